//! A run from its start to its end: setup in, trajectory out.
//!
//! ```text
//! g  = ∇L_B(w)
//! ε  = ascent(g),  gs = ∇L_B(w + ε)       on the same batch B
//! w ← base(w, gs, η)                       from w, not from w + ε
//! ```
//!
//! Units that are dropped are the same in every gradient of a step, and running statistics of normalised units move once
//! a step, to those of the batch at `w`.
//!
//! With ρ = 0 the ball is a point and nothing is perturbed: the run is the base optimizer's bit for bit, at one
//! gradient a step. η and ρ are multiplied by their [`schedule`] at every step. From some steps on a run may be made with
//! something [else](stretch).

use std::sync::Arc;

use ndarray::Array1;

use super::ascent::{self, Ascent};
use super::base::{self, Base};
use super::clip::Clip;
use super::ending::{self, Ending};
use super::mistake::{self, Mistake};
use super::schedule::{self, Schedule};
use super::trajectory::{Row, Trajectory};
use crate::catalog::Choice;
use crate::math::norm::Ball;
use crate::problem::Objective;
use crate::problem::batches::{BatchSize, Order};

pub mod stretch;
mod walk;
pub mod lean;

pub use stretch::Stretch;
pub use walk::Moves;
pub(super) use walk::{Seen, Walk};

/// Everything that a run follows from.
#[derive(Clone)]
pub struct Setup {
    /// What is minimised.
    pub objective: Arc<dyn Objective>,
    /// The loss on data that were set aside, to be recorded along the way.
    pub test: Option<Arc<dyn Objective>>,
    /// What is done with a gradient.
    pub base: Choice<dyn Base>,
    /// Where the gradient is taken.
    pub ascent: Choice<dyn Ascent>,
    /// What is done wrong in every step.
    pub mistake: Choice<dyn Mistake>,
    /// The learning rate η.
    pub eta: f64,
    /// How η changes over the run.
    pub eta_schedule: Choice<dyn Schedule>,
    /// The norm and the radius ρ of perturbations.
    pub ball: Ball,
    /// How ρ changes over the run.
    pub rho_schedule: Choice<dyn Schedule>,
    /// How long gradients may be.
    pub clip: Clip,
    /// What it is made with from later steps on, the first step first.
    pub then: Vec<Stretch>,
    /// How many steps to make.
    pub steps: usize,
    /// The first weights.
    pub start: Array1<f64>,
    /// How many examples a step sees.
    pub batch: BatchSize,
    /// In which order.
    pub order: Order,
    /// Where random numbers come from.
    pub seeds: Seeds,
}

/// The seeds of a run's random streams; one seed for all unless a scene parts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeds {
    /// Of the order of the examples.
    pub batches: u64,
    /// Of perturbations that are drawn at random.
    pub ascent: u64,
    /// Of the units that dropout drops.
    pub dropout: u64,
}

impl Seeds {
    /// `seed` for every stream.
    #[must_use]
    pub fn all(seed: u64) -> Self {
        Self { batches: seed, ascent: seed, dropout: seed }
    }
}

impl Setup {
    /// Plain SAM over plain descent from `start`: full batch, seed 0, η and ρ constant.
    #[must_use]
    pub fn new(
        objective: Arc<dyn Objective>,
        start: Array1<f64>,
        eta: f64,
        ball: Ball,
        steps: usize,
    ) -> Self {
        Self {
            objective,
            test: None,
            base: base::sgd(),
            ascent: ascent::sam(),
            mistake: mistake::none(),
            eta,
            eta_schedule: schedule::constant(),
            ball,
            rho_schedule: schedule::constant(),
            clip: Clip::NONE,
            then: Vec::new(),
            steps,
            start,
            batch: BatchSize::Full,
            order: Order::Sequential,
            seeds: Seeds::all(0),
        }
    }
}

/// A run under way.
pub struct Run {
    walk: Walk,
    path: Trajectory,
    over: bool,
}

impl Run {
    /// A run that has made no step yet.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let path = Trajectory::with_room(setup.start.len(), setup.steps + 1);
        Self { walk: Walk::new(setup), path, over: false }
    }

    /// The whole run at once.
    #[must_use]
    pub fn to_end(setup: Setup) -> Trajectory {
        let mut run = Self::new(setup);
        while run.advance() {}
        run.finish()
    }

    /// Records the current row and makes the step that leaves it; false when the run is over.
    pub fn advance(&mut self) -> bool {
        if self.over {
            return false;
        }
        let seen = self.walk.look();
        let numbers = self.walk.numbers(&seen);
        if !self.walk.is_finite(&seen, &numbers) {
            self.diverged();
            return false;
        }
        let (w, statistics) = (self.walk.weights(), self.walk.statistics().into());
        self.path.push(Row { w, statistics, numbers });
        if self.walk.is_at_the_end() {
            self.path.ending = ending::of(&self.path);
            self.over = true;
            return false;
        }
        if !self.walk.go(&seen) {
            self.diverged();
            return false;
        }
        true
    }

    /// How much of the run is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.path.rows() as f64 / (self.walk.steps() + 1) as f64
    }

    /// The diagonal of `P` in the step that [`Run::advance`] made last, where the base divides by one: what its edge is
    /// compared by ([`Base::preconditioner`]).
    #[must_use]
    pub fn preconditioner(&self) -> Option<Array1<f64>> {
        self.walk.preconditioner()
    }

    /// What was recorded.
    #[must_use]
    pub fn finish(self) -> Trajectory {
        self.path
    }

    fn diverged(&mut self) {
        if self.path.rows() == 0 {
            self.path.unfollowed = Some(self.walk.weights().to_owned());
        }
        self.path.ending = Ending::Diverged { at_step: self.path.last_step() };
        self.over = true;
    }
}

#[cfg(test)]
mod tests;
