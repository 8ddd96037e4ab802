//! Two random directions from the last run's end, filter-normalised.
//!
//! ```text
//! d ~ N(0, I),     d_f ← d_f ‖w_f‖ / ‖d_f‖   for every filter f (the weights into one unit)
//! ```
//!
//! H. Li et al. (2018), "Visualizing the loss landscape of neural nets", NeurIPS, section 4. A ReLU network computes the
//! same when one layer is doubled and the next is halved; measured in plain lengths, the doubled one looks flatter.
//! Measured filter by filter it does not, so pictures of different networks can be compared: one unit is as far as the
//! weights themselves are long. Like theirs, directions leave the biases where they are. Unlike theirs, the second is
//! made orthogonal to the first within each filter of two or more weights, before it is measured.

use ndarray::Array1;

use super::{Cut, Frame, Ground, Slice, Work};
use crate::catalog::{Build, Entry};
use crate::math::random::normal;
use crate::problem::grid::Plane;

pub(super) static ENTRY: Entry<dyn Slice> = Entry {
    id: "random",
    name: "Random directions",
    formula: "w_end + a·d₁ + b·d₂, ‖d_f‖ = ‖w_f‖ in every filter",
    source: "Li et al. 2018",
    about: "A look around the last run's end that can be compared between networks.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Random)),
};

#[derive(Clone, Copy)]
struct Random;

impl Slice for Random {
    fn begin(&self) -> Box<dyn Work> {
        Box::new(*self)
    }
}

impl Work for Random {
    fn advance(&mut self, ground: &Ground<'_>) -> Option<Cut> {
        let centre = ground.last_end();
        let mut stream = ground.streams.directions();
        let mut gaussian =
            || -> Array1<f64> { (0..centre.len()).map(|_| normal(&mut stream)).collect() };
        let (mut along, mut across) = (gaussian(), gaussian());
        let mut measured = vec![false; centre.len()];
        for filter in ground.objective.filters() {
            let size = length(&centre, filter.clone());
            if filter.len() > 1 {
                let square = dot(&along, &along, filter.clone());
                let share = dot(&along, &across, filter.clone()) / square;
                for k in filter.clone() {
                    across[k] -= share * along[k];
                }
            }
            for direction in [&mut along, &mut across] {
                let own = length(direction, filter.clone());
                let factor = if own > 0.0 { size / own } else { 0.0 };
                for k in filter.clone() {
                    direction[k] *= factor;
                }
            }
            measured[filter].fill(true);
        }
        for (k, measured) in measured.into_iter().enumerate() {
            if !measured {
                along[k] = 0.0;
                across[k] = 0.0;
            }
        }
        let plane = Plane { origin: centre, along, across };
        let (plane, note) = if plane.is_flat() { unmeasured(plane, ground) } else { (plane, "") };
        Some(Cut {
            plane,
            axes: ["first random direction".to_owned(), "second random direction".to_owned()],
            about: format!(
                "in two random directions around {}'s end, filter-normalised",
                ground.last_name()
            ),
            note: note.to_owned(),
            reach: 1.0,
        })
    }
}

/// Where the weights are zero nothing can be measured by them: plain directions of length one.
fn unmeasured(plane: Plane, ground: &Ground<'_>) -> (Plane, &'static str) {
    let mut stream = ground.streams.directions();
    let mut frame = Frame::default();
    for _ in 0..2 {
        let direction: Array1<f64> = (0..plane.origin.len()).map(|_| normal(&mut stream)).collect();
        frame.admit(&direction);
    }
    frame.fill_up(ground.objective);
    (
        frame.plane(plane.origin),
        "the weights at that end are zero, so the directions have length one",
    )
}

fn dot(a: &Array1<f64>, b: &Array1<f64>, filter: std::ops::Range<usize>) -> f64 {
    filter.map(|k| a[k] * b[k]).sum()
}

fn length(v: &Array1<f64>, filter: std::ops::Range<usize>) -> f64 {
    dot(v, v, filter).sqrt()
}
