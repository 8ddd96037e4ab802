//! A run from its start to its end: setup in, trajectory out.
//!
//! ```text
//! g  = ∇L_B(w)
//! ε  = ascent(g),  gs = ∇L_B(w + ε)       on the same batch B
//! w ← base(w, gs, η)                       from w, not from w + ε
//! ```
//!
//! With ρ = 0 the ball is a point and nobody looks around: the run is the base optimizer's bit for bit, at one
//! gradient a step.

use std::sync::Arc;

use ndarray::Array1;

use super::ascent::{Ascent, Here, Oracle};
use super::base::Base;
use super::ending::{self, Ending};
use super::trajectory::{Numbers, Trajectory};
use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm};
use crate::math::random::{Stream, Streams};
use crate::problem::batches::{BatchSize, Batches, Order};
use crate::problem::{Batch, Objective};

/// Weights beyond this are called diverged: their squares still fit, their fourth powers would not.
const BEYOND: f64 = 1e100;

/// Everything that a run follows from.
#[derive(Clone)]
pub struct Setup {
    /// What is minimised.
    pub objective: Arc<dyn Objective>,
    /// What is done with a gradient.
    pub base: Choice<dyn Base>,
    /// Where the gradient is taken.
    pub ascent: Choice<dyn Ascent>,
    /// The learning rate η.
    pub eta: f64,
    /// Where the ascent may look.
    pub ball: Ball,
    /// How many steps to make.
    pub steps: usize,
    /// The first weights.
    pub start: Array1<f64>,
    /// How many examples a step sees.
    pub batch: BatchSize,
    /// In which order.
    pub order: Order,
    /// Where random numbers come from.
    pub seed: u64,
}

/// A run under way.
pub struct Run {
    setup: Setup,
    base: Box<dyn Base>,
    ascent: Box<dyn Ascent>,
    batches: Batches,
    dice: Stream,
    w: Array1<f64>,
    spent: usize,
    path: Trajectory,
    over: bool,
}

impl Run {
    /// A run that has made no step yet.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let streams = Streams::new(setup.seed);
        Self {
            base: setup.base.build(),
            ascent: setup.ascent.build(),
            batches: Batches::new(
                setup.objective.examples(),
                setup.batch,
                setup.order,
                streams.batches(),
            ),
            dice: streams.ascent(),
            w: setup.start.clone(),
            spent: 0,
            path: Trajectory::empty(setup.start.len()),
            over: false,
            setup,
        }
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
        let step = self.path.rows();
        self.batches.deal();
        let mut oracle =
            Oracle::new(&*self.setup.objective, self.batches.current(), &mut self.dice);
        let (batch_loss, gradient) = oracle.gradient(self.w.view());
        let here = Here {
            step,
            w: self.w.view(),
            loss: batch_loss,
            gradient: gradient.view(),
            ball: self.setup.ball,
        };
        let sight = if self.setup.ball.rho.is_zero() {
            here.plain()
        } else {
            self.ascent.look(&here, &mut oracle)
        };
        let cost = oracle.gradients();
        let loss = match self.batches.current() {
            Batch::Whole => batch_loss,
            Batch::Members(_) => self.setup.objective.loss(self.w.view(), Batch::Whole),
        };
        let numbers = Numbers {
            gradients: self.spent,
            loss,
            batch_loss,
            adversarial_loss: sight.loss,
            gradient_norm: Norm::L2.length(gradient.view()),
            proxy: self.setup.ball.rise(gradient.view()),
        };
        let direction = sight.direction.as_ref().unwrap_or(&sight.gradient);
        let finite = [loss, batch_loss, sight.loss, numbers.gradient_norm, numbers.proxy]
            .iter()
            .chain(&gradient)
            .chain(&sight.epsilon)
            .chain(&sight.gradient)
            .chain(direction)
            .all(|x| x.is_finite());
        if !finite {
            self.diverged();
            return false;
        }
        self.path.push(
            self.w.view(),
            gradient.view(),
            sight.epsilon.view(),
            sight.gradient.view(),
            numbers,
        );
        if step >= self.setup.steps {
            self.path.ending = ending::of(&self.path);
            self.over = true;
            return false;
        }
        self.base.step(&mut self.w, direction.view(), self.setup.eta);
        self.spent += cost;
        if !self.w.iter().all(|x| x.abs() <= BEYOND) {
            self.diverged();
            return false;
        }
        true
    }

    /// How much of the run is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.path.rows() as f64 / (self.setup.steps + 1) as f64
    }

    /// What was recorded.
    #[must_use]
    pub fn finish(self) -> Trajectory {
        self.path
    }

    fn diverged(&mut self) {
        self.path.ending = Ending::Diverged { at_step: self.path.last_step() };
        self.over = true;
    }
}
