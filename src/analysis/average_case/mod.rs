//! Average sharpness: how far the loss rises on the boundary of a neighbourhood, on average.
//!
//! ```text
//! E [ L(w + ε) ] − L(w),     ε = T u,  u on the sphere ‖u‖_p = ρ by its cone measure
//! ```
//!
//! The measure is the one that random perturbations are drawn from ([`cone`](crate::math::cone)). For the ball with
//! `p = 2` the mean is `½ρ² tr ∇²L(w) / d` to second order: the average curvature, where the worst case is the largest.
//!
//! With two weights it is an integral over an angle (`circle`), right to all digits shown; with more a mean of samples
//! (`samples`), whose standard error is given.

use ndarray::{Array1, Array2, ArrayView1};

use super::estimate::Estimate;
use crate::optim::neighbourhood::Neighbourhood;
use crate::problem::{Batch, Objective};

mod circle;
mod samples;
#[cfg(test)]
mod tests;

use circle::Circle;
use samples::Samples;

/// What is known of the Hessian before the mean is taken: it makes samples of a bent loss agree.
#[derive(Debug, Clone, PartialEq)]
pub enum Bend {
    /// Nothing.
    Unknown,
    /// Its trace; products with vectors are cheap.
    Trace(f64),
    /// All of it.
    Matrix(Array2<f64>),
}

/// The mean rise over the boundary of a neighbourhood of `w`, on all examples.
#[must_use]
pub fn average_case(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
    neighbourhood: impl Into<Neighbourhood>,
) -> Estimate {
    let bend = if w.len() > 2 && w.len() <= super::spectrum::AT_ONCE {
        Bend::Matrix(objective.hessian(w))
    } else {
        Bend::Unknown
    };
    let mut work = AverageCaseWork::at(w, neighbourhood, bend);
    loop {
        if let Some(mean) = work.advance(objective) {
            return mean;
        }
    }
}

/// A mean rise being measured, in pieces short enough that it can be dropped for another at any moment.
pub struct AverageCaseWork {
    w: Array1<f64>,
    neighbourhood: Neighbourhood,
    /// The loss at the weights, once it is known.
    here: Option<f64>,
    stage: Stage,
}

enum Stage {
    /// With two weights.
    Circle(Circle),
    /// With more.
    Samples(Box<Samples>),
}

impl AverageCaseWork {
    /// The mean over the boundary of a neighbourhood of `w`, which has not begun.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>, neighbourhood: impl Into<Neighbourhood>, bend: Bend) -> Self {
        let neighbourhood = neighbourhood.into();
        let stage = if w.len() == 2 {
            Stage::Circle(Circle::of(neighbourhood.unit().norm))
        } else {
            Stage::Samples(Box::new(Samples::of(w.len(), &neighbourhood, bend)))
        };
        Self { w: w.to_owned(), neighbourhood, here: None, stage }
    }

    /// One more piece, of the same objective every time; the mean when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<Estimate> {
        if self.neighbourhood.unit().rho.is_zero() {
            return Some(Estimate::known(0.0));
        }
        let Some(here) = self.here else {
            self.here = Some(objective.loss(self.w.view(), Batch::Whole));
            return None;
        };
        let around =
            Around { objective, w: self.w.view(), neighbourhood: &self.neighbourhood, here };
        match &mut self.stage {
            Stage::Circle(circle) => circle.advance(&around),
            Stage::Samples(samples) => samples.advance(&around),
        }
    }
}

/// The loss around the weights.
struct Around<'a> {
    objective: &'a dyn Objective,
    w: ArrayView1<'a, f64>,
    neighbourhood: &'a Neighbourhood,
    here: f64,
}

impl Around<'_> {
    /// The mean rise at `T u` and `−T u`, in which the slope of the loss cancels.
    fn rise_of_pair(&self, epsilon: &Array1<f64>) -> f64 {
        let [ahead, behind] = [&self.w + epsilon, &self.w - epsilon]
            .map(|there| self.objective.loss(there.view(), Batch::Whole) - self.here);
        f64::midpoint(ahead, behind)
    }
}
