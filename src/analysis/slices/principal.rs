//! The principal plane of both paths: the one that keeps most of them.
//!
//! ```text
//! C = 1/n Σ (w_k − w̄)(w_k − w̄)ᵀ,     the plane through w̄ along its two first eigenvectors
//! ```
//!
//! K. Pearson (1901), "On lines and planes of closest fit to systems of points in space", Philosophical Magazine 2(11);
//! for training runs E. Lorch (2016), "Visualizing deep network training trajectories with PCA", ICML workshop. The
//! share of the variance that it keeps is always said: where the paths are straight it is close to one, and a random
//! walk in many dimensions would look like a smooth curve in it too (J. Antognini and J. Sohl-Dickstein, 2018).

use ndarray::{Array1, Array2};

use super::{Cut, Frame, Ground, Slice};
use crate::analysis::lanczos;
use crate::catalog::Entry;
use crate::math::eigen;

pub(super) static ENTRY: Entry<dyn Slice> = Entry {
    id: "principal",
    name: "Principal plane of the paths",
    formula: "w̄ + a·v₁ + b·v₂, v the principal directions",
    source: "Pearson 1901; Lorch 2016",
    about: "The plane that keeps most of both paths.",
    settings: &[],
    build: |_| Box::new(Principal),
};

struct Principal;

/// More points say nothing new about a plane; an odd stride does not fall in step with a bounce.
const MOST_POINTS: usize = 2001;
/// Up to so many weights the whole covariance is formed.
const DENSE: usize = 160;
/// Products with the covariance otherwise.
const PRODUCTS: usize = 80;

impl Slice for Principal {
    fn cut(&self, ground: &Ground<'_>) -> Cut {
        let points = thinned(ground);
        let mean = mean(&points, ground.start.to_owned());
        let centred: Vec<Array1<f64>> = points.iter().map(|point| point - &mean).collect();
        let mut frame = Frame::default();
        let mut axes = Vec::new();
        for (direction, name) in directions(&centred, mean.len()).iter().zip(["first", "second"]) {
            if frame.admit(direction) {
                axes.push(format!("{name} principal direction"));
            }
        }
        let missing = axes.len() < 2;
        axes.extend(
            frame.fill_up(ground.objective).into_iter().map(|name| format!("along {name}")),
        );
        axes.resize(2, "nothing: there is one weight only".to_owned());
        let note = if missing {
            "the paths lie on a line; the rest of the plane is a weight's own direction"
        } else {
            ""
        };
        Cut {
            plane: frame.plane(mean),
            axes: [axes.swap_remove(0), axes.pop().unwrap_or_default()],
            about: "along the principal plane of both paths".to_owned(),
            note: note.to_owned(),
            reach: 0.0,
        }
    }
}

fn thinned(ground: &Ground<'_>) -> Vec<Array1<f64>> {
    let count = ground.kept_of_both().count();
    let stride = (count / MOST_POINTS) | 1;
    ground.kept_of_both().step_by(stride).map(|w| w.to_owned()).collect()
}

fn mean(points: &[Array1<f64>], otherwise: Array1<f64>) -> Array1<f64> {
    if points.is_empty() {
        return otherwise;
    }
    let mut sum = Array1::zeros(otherwise.len());
    for point in points {
        sum += point;
    }
    sum / points.len() as f64
}

/// The two first principal directions, as far as there are points that differ.
fn directions(centred: &[Array1<f64>], dimension: usize) -> Vec<Array1<f64>> {
    let largest = centred.iter().flatten().fold(0.0f64, |most, x| most.max(x.abs()));
    if largest == 0.0 {
        return Vec::new();
    }
    // Measured against the largest component, so that no square overflows or vanishes.
    let scaled: Vec<Array1<f64>> = centred.iter().map(|point| point / largest).collect();
    let (values, vectors): (Vec<f64>, Vec<Array1<f64>>) = if dimension <= DENSE {
        let mut covariance = Array2::<f64>::zeros((dimension, dimension));
        for point in &scaled {
            for (i, mut row) in covariance.rows_mut().into_iter().enumerate() {
                let share = point[i];
                row.iter_mut().zip(point).take(i + 1).for_each(|(c, x)| *c += share * x);
            }
        }
        let eigen = eigen::symmetric(covariance.view());
        (eigen.values.to_vec(), eigen.vectors.rows().into_iter().map(|v| v.to_owned()).collect())
    } else {
        let ritz = lanczos::largest(dimension, 2, PRODUCTS, |v| {
            let mut image = Array1::zeros(dimension);
            for point in &scaled {
                image.scaled_add(point.dot(&v), point);
            }
            image
        });
        (ritz.values, ritz.vectors)
    };
    let first = values.first().copied().unwrap_or(0.0);
    vectors
        .into_iter()
        .zip(values)
        .take(2)
        .filter(|(_, value)| *value > FLAT * first)
        .map(|(vector, _)| vector)
        .collect()
}

/// A variance below this part of the largest is rounding.
const FLAT: f64 = 1e-14;
