//! Average sharpness: how far the loss rises on the rim of the ball, on average over all directions.
//!
//! ```text
//! E [ L(w + ε) ] − L(w),     ε = ρ d/‖d‖_p,  d uniform over directions
//! ```
//!
//! For `p = 2` it is `½ρ² tr ∇²L(w) / d` to second order: the average curvature, where the worst case is the largest.
//! With two weights the directions are equally spaced, which integrates smooth functions to rounding; with more they
//! are drawn, each with its opposite, so that the slope of the loss averages to zero exactly.

use ndarray::{Array1, ArrayView1, array};
use rand_distr::{Distribution as _, StandardNormal};

use crate::math::norm::Ball;
use crate::math::random::{Stream, Streams};
use crate::problem::{Batch, Objective};

/// Pairs of opposite directions. Enough for six digits in the plane, and for two or three above.
const PAIRS: usize = 64;

/// The mean rise over the sphere of the ball around `w`, on all examples.
#[must_use]
pub fn average_case(objective: &dyn Objective, w: ArrayView1<'_, f64>, ball: Ball) -> f64 {
    let mut work = AverageCaseWork::at(w, ball);
    loop {
        if let Some(mean) = work.advance(objective) {
            return mean;
        }
    }
}

/// A mean rise being measured, in pieces short enough that it can be dropped for another at any moment.
pub struct AverageCaseWork {
    w: Array1<f64>,
    ball: Ball,
    dice: Stream,
    /// The loss at the weights, once it is known.
    here: Option<f64>,
    /// Pairs of directions so far, and the sum of their rises.
    pairs: usize,
    sum: f64,
}

impl AverageCaseWork {
    /// The mean over the sphere around `w`, which has not begun.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>, ball: Ball) -> Self {
        let dice = Streams::new(0).directions();
        Self { w: w.to_owned(), ball, dice, here: None, pairs: 0, sum: 0.0 }
    }

    /// One more pair of directions, of the same objective every time; the mean when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<f64> {
        if self.ball.rho.is_zero() {
            return Some(0.0);
        }
        let Some(here) = self.here else {
            self.here = Some(objective.loss(self.w.view(), Batch::Whole));
            return None;
        };
        let direction = self.direction();
        let epsilon = &direction * (self.ball.rho.get() / self.ball.norm.length(direction.view()));
        for there in [&self.w + &epsilon, &self.w - &epsilon] {
            self.sum += objective.loss(there.view(), Batch::Whole) - here;
        }
        self.pairs += 1;
        (self.pairs == PAIRS).then(|| self.sum / (2 * PAIRS) as f64)
    }

    fn direction(&mut self) -> Array1<f64> {
        if self.w.len() == 2 {
            let (y, x) = libm::sincos(std::f64::consts::PI * self.pairs as f64 / PAIRS as f64);
            array![x, y]
        } else {
            self.w.iter().map(|_| StandardNormal.sample(&mut self.dice)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::{Norm, Radius};
    use crate::problem::Formula;
    use crate::problem::landscapes;

    #[test]
    fn on_a_quadratic_it_is_half_rho_squared_times_the_mean_curvature() {
        let bowl = landscapes::ALL.choose("quadratic").unwrap().with("angle", 20.0).unwrap();
        let ball = Ball { norm: Norm::L2, rho: Radius::new(0.3).unwrap() };
        let found = average_case(&Formula(bowl.build()), array![0.4, -0.7].view(), ball);
        let expected = 0.5 * 0.09 * (10.0 + 1.0) / 2.0;
        assert!((found - expected).abs() < 1e-12, "{found} for {expected}");
    }
}
