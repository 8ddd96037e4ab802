//! What a prediction costs.

use ndarray::ArrayView1;

use crate::catalog::{Catalog, Choice, Entry};
use crate::math::fast::Several;
use crate::problem::affine::Affine;
use crate::problem::datasets::Task;
use crate::problem::examples::Examples;
use crate::problem::flock::Herd;
use crate::problem::grid::Tile;
use crate::problem::pairs::Pairs;

pub mod linear;
mod welsch;
mod squared;
mod huber;
mod cross_entropy;
mod smooth_hinge;

/// The cost of predicting `z` where `t` is right, for one example; a risk is the mean over examples.
pub trait Loss: Send + Sync {
    /// What kind of prediction it judges.
    fn task(&self) -> Task;

    /// `ℓ(z, t)` and `∂ℓ/∂z`, together because they share their work.
    fn value_and_slope(&self, z: f64, t: f64) -> (f64, f64);

    /// Whether all derivatives by `z` exist and none jumps.
    fn is_analytic(&self) -> bool;

    /// `∂²ℓ/∂z²`.
    fn curvature(&self, z: f64, t: f64) -> f64;

    /// Sums `ℓ(z_i, t_i)` in a fixed order and writes each slope over its `z_i`.
    ///
    /// One call for a whole batch, so that the inner loop is not dispatched an example at a time; [`lanes`](super::lanes) has a
    /// faster one for losses that can be written for lanes.
    fn sum_and_slopes(&self, z: &mut [f64], targets: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (z, &t) in z.iter_mut().zip(targets) {
            let (value, slope) = self.value_and_slope(*z, t);
            sum += value;
            *z = slope;
        }
        sum
    }

    /// `Σ ℓ(z_i, t_i)`, in the same order.
    fn sum(&self, z: &[f64], targets: &[f64]) -> f64 {
        z.iter().zip(targets).map(|(&z, &t)| self.value_and_slope(z, t).0).sum()
    }

    /// `Σ ℓ(wᵀφ_i, t_i)`, the loss of a model that is linear in its weights; adds its gradient to `gradient`.
    ///
    /// One pass for predictions, losses, slopes and their pull-back, faster for losses that can be written for lanes.
    fn learn_linear(
        &self,
        w: ArrayView1<'_, f64>,
        examples: &Examples,
        gradient: &mut [f64],
    ) -> f64 {
        linear::learn_plainly(|z, t| self.value_and_slope(z, t), w, examples, gradient)
    }

    /// Descent in `f32` lanes of a linear model of two weights; none for losses that are not written for lanes.
    fn herd<'a>(&'a self, examples: &'a Pairs) -> Option<Box<dyn Herd + 'a>> {
        let _ = examples;
        None
    }

    /// `Σ ℓ(z_i, t_i)` for a pixel of a field: in the order that is fastest, and only as exact as the numbers are.
    fn sum_at_pixel(&self, z: Several<'_>, targets: Several<'_>) -> f64 {
        self.sum(&z.widened(), &targets.widened())
    }

    /// Fills a tile with the mean loss of the predictions of a linear model.
    ///
    /// This default asks [`Loss::sum`] at every pixel; [`Affine`] has faster ways for losses that can be written for
    /// lanes.
    fn field(&self, predictions: &Affine<'_>, tile: &mut Tile<'_>) {
        predictions.mean(tile, |z| self.sum(z, predictions.targets));
    }
}

/// Every loss, in the order of the menu. The first that fits a task is its default.
pub static ALL: Catalog<dyn Loss> = Catalog {
    family: "loss",
    entries: &[
        &welsch::ENTRY,
        &squared::ENTRY,
        &huber::ENTRY,
        &cross_entropy::ENTRY,
        &smooth_hinge::ENTRY,
    ],
};

/// The losses that can judge a task, in the order of the menu: the first is its default.
pub fn fitting(task: Task) -> impl Iterator<Item = &'static Entry<dyn Loss>> {
    ALL.entries.iter().copied().filter(move |entry| Choice::new(entry).build().task() == task)
}
