//! Why a run has nothing to learn from: examples that are all one, a prediction that is the same for every input, hidden
//! units that are all off.
//!
//! A ReLU unit whose sum is negative on every example is off: its output is zero and so is its gradient, and no step
//! brings it back (L. Lu, Y. Shin, Y. Su and G. Karniadakis, 2020, "Dying ReLU and initialization", Commun. Comput. Phys. 28(5)). When
//! all units of a layer are off, only the last bias still moves.

use ndarray::Axis;

use crate::optim::trajectory::{Row, Trajectory};
use crate::problem::risk::Risk;
use crate::problem::{Batch, Objective};

/// Why the run that left `path` has nothing to learn from where it ends; none where it has.
#[must_use]
pub fn silent(risk: &Risk, objective: &dyn Objective, path: &Trajectory) -> Option<&'static str> {
    let row = path.row(path.last_step())?;
    if are_one(risk) {
        return Some("all examples have the same input");
    }
    if !predicts_alike(risk, row) {
        return None;
    }
    let (_, gradient) = objective.loss_and_gradient(row.w, Batch::Whole);
    let mut still = gradient.iter().take(gradient.len().saturating_sub(1));
    let hidden_are_off = row.w.len() > HIDDEN && still.all(|g| *g == 0.0);
    Some(if hidden_are_off {
        "it predicts the same for every input: all hidden units are off and get no gradient"
    } else {
        "it predicts the same for every input"
    })
}

/// A model with no more weights than this has no hidden layer.
const HIDDEN: usize = 3;
/// Examples that are looked at; a model that tells none of them apart tells none apart.
const LOOKED_AT: usize = 48;
/// Relative to their size, predictions closer than this are the same.
const ALIKE: f64 = 1e-12;

fn are_one(risk: &Risk) -> bool {
    let mut rows = risk.sample.inputs.rows().into_iter();
    let first = rows.next();
    first.is_some_and(|first| rows.all(|row| row == first))
}

fn predicts_alike(risk: &Risk, row: Row<'_>) -> bool {
    let count = risk.sample.len();
    let stride = count.div_ceil(LOOKED_AT).max(1);
    let members: Vec<usize> = (0..count).step_by(stride).collect();
    let inputs = risk.sample.inputs.select(Axis(0), &members);
    let z = risk.predict(row.w, &row.statistics.to_vec(), inputs.view());
    let [low, high] = z
        .iter()
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], z| [low.min(*z), high.max(*z)]);
    high - low <= ALIKE * high.abs().max(low.abs())
}
