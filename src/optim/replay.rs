//! Replay: a run made once more, this time with the vectors of every step.
//!
//! ```text
//! w,  g = ∇L_B(w),  ε,  g_s = ∇L_B(w + ε),  direction      of step 0, 1, 2, …, bit for bit those of the run
//! ```
//!
//! A [trajectory](super::trajectory) keeps the weights and numbers only. A replay keeps nothing: a table of millions of
//! rows can be written while it goes. For one step of a finished run see [`recall`](super::recall).

use ndarray::Array1;

use super::ascent::{Sight, Via};
use super::run::{Seen, Setup, Walk};
use super::trajectory::Numbers;

/// One step of a run with its vectors: w, g, ε, the gradient at `w + ε`, and the direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How many steps were made before it.
    pub step: usize,
    /// `w`, which it leaves.
    pub w: Array1<f64>,
    /// `g = ∇L_B(w)`.
    pub gradient: Array1<f64>,
    /// The perturbation ε; zero where there was none.
    pub epsilon: Array1<f64>,
    /// The perturbations that ε is made of.
    pub via: Via,
    /// `g_s = ∇L_B(w + ε)`; equal to `g` where ε is zero.
    pub gradient_there: Array1<f64>,
    /// What the base optimizer is handed, where it is not `g_s`.
    pub direction: Option<Array1<f64>>,
    /// The running means of all normalised units, then their variances; empty where none is normalised.
    pub statistics: Vec<f64>,
    /// Its numbers.
    pub numbers: Numbers,
}

impl Step {
    /// What the base optimizer is handed.
    #[must_use]
    pub fn direction(&self) -> &Array1<f64> {
        self.direction.as_ref().unwrap_or(&self.gradient_there)
    }

    /// The step `step` that leaves `w`, with the vectors in `seen`.
    pub(super) fn of(
        step: usize,
        w: Array1<f64>,
        seen: Seen,
        numbers: Numbers,
        statistics: Vec<f64>,
    ) -> Self {
        let Seen { gradient, sight, .. } = seen;
        let Sight { epsilon, gradient: gradient_there, direction, via, .. } = sight;
        Self { step, w, gradient, epsilon, via, gradient_there, direction, statistics, numbers }
    }
}

/// A run made once more, step by step; the rows that the run recorded, in order.
pub struct Replay {
    walk: Walk,
    over: bool,
    beyond: Option<Step>,
}

impl Replay {
    /// The run of `setup` before its first step.
    #[must_use]
    pub fn new(setup: &Setup) -> Self {
        Self { walk: Walk::new(setup.clone()), over: false, beyond: None }
    }

    /// Whether it ended before its last step, because numbers did.
    #[must_use]
    pub fn has_diverged(&self) -> bool {
        self.over && self.walk.step() <= self.walk.steps()
    }

    /// The step after the last, where not all of its vectors are finite: all there is of a run without a row.
    #[must_use]
    pub fn beyond(&self) -> Option<&Step> {
        self.beyond.as_ref()
    }

    /// How many numbers the running statistics of normalised units are.
    #[must_use]
    pub fn statistics(&self) -> usize {
        self.walk.statistics().len()
    }

    /// The diagonal of `P` in the step that leaves the row handed out last, where the base divides by one.
    #[must_use]
    pub fn preconditioner(&self) -> Option<Array1<f64>> {
        self.walk.preconditioner()
    }
}

impl Iterator for Replay {
    type Item = Step;

    /// The next row with its step, which is then made.
    fn next(&mut self) -> Option<Step> {
        if self.over {
            return None;
        }
        let seen = self.walk.look();
        let numbers = self.walk.numbers(&seen);
        let is_finite = self.walk.is_finite(&seen, &numbers);
        let (was_last, at) = (self.walk.is_at_the_end(), self.walk.step());
        let (w, statistics) = (self.walk.weights().to_owned(), self.walk.statistics().to_vec());
        // The step that leaves the last row is made too: its preconditioner belongs to that row.
        let is_bounded = is_finite && self.walk.go(&seen);
        self.over = was_last || !is_bounded;
        let step = Step::of(at, w, seen, numbers, statistics);
        if is_finite {
            return Some(step);
        }
        self.beyond = Some(step);
        None
    }
}
