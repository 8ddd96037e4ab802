//! The principal plane of all paths: the one that keeps most of them.
//!
//! ```text
//! C = 1/n Σ (w_k − w̄)(w_k − w̄)ᵀ,     the plane through w̄ along its two first eigenvectors
//! ```
//!
//! K. Pearson (1901), "On lines and planes of closest fit to systems of points in space", Philosophical Magazine 2(11);
//! for training runs E. Lorch (2016), "Visualizing deep network training trajectories with PCA", ICML workshop. The
//! share of the variance that it keeps is always said: where the paths are straight it is close to one, and a random
//! walk in many dimensions would look like a smooth curve in it too (J. Antognini and J. Sohl-Dickstein, 2018).

use ndarray::{Array1, Array2, ArrayView1};

use super::{Cut, Frame, Ground, Slice, Work};
use crate::analysis::lanczos::LanczosWork;
use crate::catalog::{Build, Entry};
use crate::math::eigen;

pub(super) static ENTRY: Entry<dyn Slice> = Entry {
    id: "principal",
    name: "Principal plane of the paths",
    formula: "w̄ + a·v₁ + b·v₂, v the principal directions",
    source: "Pearson 1901; Lorch 2016",
    about: "The plane that keeps most of all paths.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Principal)),
};

struct Principal;

/// More points say nothing new about a plane; an odd stride does not fall in step with a bounce.
const MOST_POINTS: usize = 2001;
/// Up to so many weights the whole covariance is formed: two thousand points of them in about a millisecond.
const DENSE: usize = 48;
/// Products with the covariance otherwise.
const PRODUCTS: usize = 80;

impl Slice for Principal {
    fn begin(&self) -> Box<dyn Work> {
        Box::new(Searching(None))
    }
}

/// The search for the two directions; beyond [`DENSE`] weights one product with the covariance a piece.
struct Searching(Option<(Cloud, LanczosWork)>);

impl Work for Searching {
    fn advance(&mut self, ground: &Ground<'_>) -> Option<Cut> {
        let Some((cloud, lanczos)) = &mut self.0 else {
            let cloud = Cloud::of(ground);
            if cloud.scaled.is_empty() {
                return Some(cut(ground, cloud.mean, &[]));
            }
            if cloud.mean.len() <= DENSE {
                let eigen = eigen::symmetric(cloud.covariance().view());
                let vectors = eigen.vectors.rows().into_iter().map(|v| v.to_owned());
                let found = told_apart(vectors, eigen.values.iter().copied());
                return Some(cut(ground, cloud.mean, &found));
            }
            let lanczos = LanczosWork::largest(cloud.mean.len(), 2, PRODUCTS);
            self.0 = Some((cloud, lanczos));
            return None;
        };
        if lanczos.advance(&mut |v| cloud.covariance_times(v)) {
            return None;
        }
        let found = lanczos.finish();
        let found = told_apart(found.vectors.into_iter(), found.values.into_iter());
        Some(cut(ground, std::mem::take(&mut cloud.mean), &found))
    }
}

fn cut(ground: &Ground<'_>, mean: Array1<f64>, directions: &[Array1<f64>]) -> Cut {
    let mut frame = Frame::default();
    let mut axes = Vec::new();
    for (direction, name) in directions.iter().zip(["first", "second"]) {
        if frame.admit(direction) {
            axes.push(format!("{name} principal direction"));
        }
    }
    let note = match axes.len() {
        0 => "the paths stay at one point; both directions are a weight's own",
        1 => "the paths lie on a line; the rest of the plane is a weight's own direction",
        _ => "",
    };
    axes.extend(frame.fill_up(ground.objective).into_iter().map(|name| format!("along {name}")));
    axes.resize(2, "nothing: there is one weight only".to_owned());
    Cut {
        plane: frame.plane(mean),
        axes: [axes.swap_remove(0), axes.pop().unwrap_or_default()],
        about: "along the principal plane of the paths".to_owned(),
        note: note.to_owned(),
        reach: 0.0,
    }
}

fn thinned(ground: &Ground<'_>) -> Vec<Array1<f64>> {
    let count = ground.kept_of_all().count();
    let stride = (count / MOST_POINTS) | 1;
    ground.kept_of_all().step_by(stride).map(|w| w.to_owned()).collect()
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

/// The points of all paths around their mean.
struct Cloud {
    mean: Array1<f64>,
    /// Measured against the largest component, so that no square overflows or vanishes; empty where no points differ.
    scaled: Vec<Array1<f64>>,
}

impl Cloud {
    fn of(ground: &Ground<'_>) -> Self {
        let points = thinned(ground);
        let mean = mean(&points, ground.start.to_owned());
        let mut scaled: Vec<Array1<f64>> = points.iter().map(|point| point - &mean).collect();
        let largest = scaled.iter().flatten().fold(0.0f64, |most, x| most.max(x.abs()));
        if largest == 0.0 {
            scaled.clear();
        }
        scaled.iter_mut().for_each(|point| *point /= largest);
        Self { mean, scaled }
    }

    /// The covariance up to a factor; its lower triangle.
    fn covariance(&self) -> Array2<f64> {
        let dimension = self.mean.len();
        let mut covariance = Array2::<f64>::zeros((dimension, dimension));
        for point in &self.scaled {
            for (i, mut row) in covariance.rows_mut().into_iter().enumerate() {
                let share = point[i];
                row.iter_mut().zip(point).take(i + 1).for_each(|(c, x)| *c += share * x);
            }
        }
        covariance
    }

    fn covariance_times(&self, v: ArrayView1<'_, f64>) -> Array1<f64> {
        let mut image = Array1::zeros(v.len());
        for point in &self.scaled {
            image.scaled_add(point.dot(&v), point);
        }
        image
    }
}

/// The first two directions, as far as the paths go along them at all.
fn told_apart(
    vectors: impl Iterator<Item = Array1<f64>>,
    values: impl Iterator<Item = f64>,
) -> Vec<Array1<f64>> {
    let mut first = None;
    vectors
        .zip(values)
        .take(2)
        .filter(|(_, value)| *value > FLAT * *first.get_or_insert(*value))
        .map(|(vector, _)| vector)
        .collect()
}

/// A variance below this part of the largest is rounding.
const FLAT: f64 = 1e-14;
