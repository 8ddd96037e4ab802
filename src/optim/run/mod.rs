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
//! gradient a step. η and ρ are multiplied by their [`schedule`] at every step.

use std::sync::Arc;

use ndarray::Array1;

use super::ascent::{self, Ascent, Here, Oracle};
use super::base::{self, Base};
use super::ending::{self, Ending};
use super::running::RunningStatistics;
use super::schedule::{self, Schedule};
use super::trajectory::{Numbers, Row, Trajectory};
use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm};
use crate::math::random::{Stream, Streams};
use crate::problem::batches::{BatchSize, Batches, Order};
use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

/// Weights beyond this are called diverged: their squares still fit into an `f64`, their fourth powers would not.
const BEYOND: f64 = 1e100;

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
    /// The learning rate η.
    pub eta: f64,
    /// How η changes over the run.
    pub eta_schedule: Choice<dyn Schedule>,
    /// The norm and the radius ρ of perturbations.
    pub ball: Ball,
    /// How ρ changes over the run.
    pub rho_schedule: Choice<dyn Schedule>,
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
            eta,
            eta_schedule: schedule::constant(),
            ball,
            rho_schedule: schedule::constant(),
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
    setup: Setup,
    base: Box<dyn Base>,
    ascent: Box<dyn Ascent>,
    eta_schedule: Box<dyn Schedule>,
    rho_schedule: Box<dyn Schedule>,
    batches: Batches,
    noise: Noise,
    noise_dice: Stream,
    statistics: RunningStatistics,
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
        Self {
            base: setup.base.build(),
            ascent: setup.ascent.build(),
            eta_schedule: setup.eta_schedule.build(),
            rho_schedule: setup.rho_schedule.build(),
            batches: Batches::new(
                setup.objective.examples(),
                setup.batch,
                setup.order,
                Streams::new(setup.seeds.batches).batches(),
            ),
            noise: Noise::none(),
            noise_dice: Streams::new(setup.seeds.dropout).dropout(),
            statistics: RunningStatistics::new(&*setup.objective, &setup.start),
            dice: Streams::new(setup.seeds.ascent).ascent(),
            w: setup.start.clone(),
            spent: 0,
            path: Trajectory::with_room(setup.start.len(), setup.steps + 1),
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
        let eta = self.setup.eta * self.eta_schedule.factor(step, self.setup.steps);
        let ball = self.setup.ball.scaled(self.rho_schedule.factor(step, self.setup.steps));
        self.batches.deal();
        let (objective, batch) = (&*self.setup.objective, self.batches.current());
        if let Some(dropout) = objective.dropout() {
            self.noise.throw(dropout, objective.examples(), batch, &mut self.noise_dice);
        }
        let mut oracle = Oracle::new(objective, batch, &self.noise, &mut self.dice);
        let (batch_loss, gradient) = oracle.gradient(self.w.view());
        let here =
            Here { step, w: self.w.view(), loss: batch_loss, gradient: gradient.view(), ball };
        let sight =
            if ball.rho.is_zero() { here.plain() } else { self.ascent.look(&here, &mut oracle) };
        let cost = oracle.gradients();
        let loss = match batch {
            Batch::Whole if self.noise.is_none() => batch_loss,
            Batch::Whole | Batch::Members(_) => objective.loss(self.w.view(), Batch::Whole),
        };
        let proxy = match self.ascent.neighbourhood(self.w.view(), ball) {
            Some(neighbourhood) => neighbourhood.rise(gradient.view()),
            None => ball.rise(gradient.view()),
        };
        let test = self.setup.test.as_ref();
        let test_loss =
            test.map(|test| test.deployed_loss(self.w.view(), self.statistics.values()));
        let numbers = Numbers {
            eta,
            rho: ball.rho.get(),
            gradients: self.spent,
            loss,
            test_loss,
            batch_loss,
            adversarial_loss: sight.loss,
            gradient_norm: Norm::L2.length(gradient.view()),
            proxy,
        };
        let direction = sight.direction.as_ref().unwrap_or(&sight.gradient);
        let numbers_seen = [loss, batch_loss, sight.loss, numbers.gradient_norm, proxy];
        let vectors_seen = [&gradient, &sight.epsilon, &sight.gradient, direction];
        let finite = numbers_seen
            .iter()
            .chain(&test_loss)
            .chain(self.statistics.values())
            .all(|x| x.is_finite())
            && vectors_seen.iter().all(|vector| vector.iter().all(|x| x.is_finite()));
        if !finite {
            self.diverged();
            return false;
        }
        self.path.push(Row {
            w: self.w.view(),
            gradient: gradient.view(),
            epsilon: sight.epsilon.view(),
            gradient_there: sight.gradient.view(),
            statistics: self.statistics.values().into(),
            numbers,
        });
        if step >= self.setup.steps {
            self.path.ending = ending::of(&self.path);
            self.over = true;
            return false;
        }
        self.statistics.take_in(&objective.statistics(self.w.view(), batch, &self.noise));
        self.base.step(&mut self.w, direction.view(), eta);
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

    /// The diagonal of `P` in the step that [`Run::advance`] made last, where the base divides by one: what its edge is
    /// compared by ([`Base::preconditioner`]).
    #[must_use]
    pub fn preconditioner(&self) -> Option<Array1<f64>> {
        self.base.preconditioner()
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

#[cfg(test)]
mod tests;
