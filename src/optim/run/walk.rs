//! The state of a run between two steps: weights, memories of base and ascent, batches and random streams.
//!
//! ```text
//! look      batch, dropped units, g, and ε with its gradient              nothing of it depends on what is recorded
//! numbers   losses, proxy                                                 what is recorded, beside the weights
//! go        statistics, w ← base(w, direction, η)
//! ```
//!
//! A run, its [replay](crate::optim::replay) and a [recalled](crate::optim::recall) step all go through here, so that
//! they see the same bits.

use ndarray::{Array1, ArrayView1};

use super::Setup;
use crate::math::norm::{Ball, Norm};
use crate::math::random::{Stream, Streams};
use crate::optim::ascent::{Ascent, Here, Oracle, Sight, Slip};
use crate::optim::base::Base;
use crate::optim::clip::Place;
use crate::optim::mistake::{self, Decay, Mistake};
use crate::optim::running::RunningStatistics;
use crate::optim::schedule::Schedule;
use crate::optim::trajectory::Numbers;
use crate::problem::Batch;
use crate::problem::batches::{BatchSize, Batches};
use crate::problem::noise::Noise;

/// Weights beyond this are called diverged: their squares still fit into an `f64`, their fourth powers would not.
pub(super) const BEYOND: f64 = 1e100;

/// The state of a run between two steps.
pub(in crate::optim) struct Walk {
    setup: Setup,
    base: Box<dyn Base>,
    base_since: usize,
    ascent: Box<dyn Ascent>,
    ascent_since: usize,
    eta_schedule: Box<dyn Schedule>,
    rho_schedule: Box<dyn Schedule>,
    batches: Batches,
    noise: Noise,
    noise_dice: Stream,
    slips: Option<Slips>,
    statistics: RunningStatistics,
    dice: Stream,
    w: Array1<f64>,
    spent: usize,
    step: usize,
}

/// The mistake that a run makes in every step, and what its second pass sees.
struct Slips {
    mistake: Box<dyn Mistake>,
    /// The batches one step ahead, where the second pass sees those.
    ahead: Option<Batches>,
    /// The units that the second pass drops, where it drops others.
    noise: Option<(Noise, Stream)>,
}

impl Slips {
    /// Those of the run of `setup` before its first step; none where it makes no mistake.
    fn of(setup: &Setup, batches: &Batches) -> Option<Self> {
        if mistake::is_none(&setup.mistake) {
            return None;
        }
        let mistake = setup.mistake.build();
        let ahead = mistake.sees_another_batch().then(|| {
            let mut ahead = batches.clone();
            ahead.deal();
            ahead
        });
        let dice = || Streams::new(setup.seeds.dropout).dropout_by_mistake();
        let noise = mistake.drops_other_units().then(|| (Noise::none(), dice()));
        Some(Self { mistake, ahead, noise })
    }

    /// What `ascent` sees from `here` with the mistake; its second pass is on `there`.
    fn look<'a>(
        &'a self,
        ascent: &mut dyn Ascent,
        here: &Here<'_>,
        decay: Decay,
        (batch, noise): (Batch<'a>, &'a Noise),
        oracle: &mut Oracle<'a>,
    ) -> Sight {
        let mistake = &*self.mistake;
        let pull = mistake.pull(here.w, decay);
        let pulled = pull.as_ref().map(|pull| &here.gradient + pull);
        oracle.go_on(Slip { mistake, pull, batch, noise });
        let mut sight = match &pulled {
            Some(pulled) => ascent.look(&Here { gradient: pulled.view(), ..*here }, oracle),
            None => ascent.look(here, oracle),
        };
        // Where nobody looked around there was no second pass, and the one at w is right for the step.
        if pulled.is_some() && sight.epsilon.iter().all(|&x| x == 0.0) {
            sight.gradient = here.gradient.to_owned();
        }
        if mistake.hands_on_the_plain_gradient() {
            sight.direction = Some(here.gradient.to_owned());
        }
        sight
    }
}

/// The vectors of a step before it is made: g, ε and the gradient at `w + ε`.
pub(in crate::optim) struct Seen {
    /// η of the step.
    pub(in crate::optim) eta: f64,
    /// Norm and radius of the step.
    pub(in crate::optim) ball: Ball,
    /// `L_B(w)`.
    pub(in crate::optim) batch_loss: f64,
    /// `∇L_B(w)`.
    pub(in crate::optim) gradient: Array1<f64>,
    /// ε, with loss and gradient at `w + ε`.
    pub(in crate::optim) sight: Sight,
    /// How many gradients it costs.
    cost: usize,
}

/// What the base makes of a step, and what it would make of the gradient at the weights themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Moves {
    /// `w′`, the weights after the step; after the last step of a run it is where the next one would go.
    pub next: Array1<f64>,
    /// Where the base would go from the same weights, with the same memory, if it were handed `g = ∇L_B(w)`.
    pub plain: Array1<f64>,
    /// `∇L_B(w′)`, on the same batch.
    pub gradient_ahead: Array1<f64>,
}

impl Seen {
    /// What the base is handed.
    fn direction(&self) -> &Array1<f64> {
        self.sight.direction.as_ref().unwrap_or(&self.sight.gradient)
    }
}

impl Walk {
    /// Before the first step.
    pub(in crate::optim) fn new(setup: Setup) -> Self {
        let batches = Batches::new(
            setup.objective.examples(),
            setup.batch,
            setup.order,
            Streams::new(setup.seeds.batches).batches(),
        );
        Self {
            base: setup.base.build(),
            base_since: 0,
            ascent: setup.ascent.build(),
            ascent_since: 0,
            eta_schedule: setup.eta_schedule.build(),
            rho_schedule: setup.rho_schedule.build(),
            slips: Slips::of(&setup, &batches),
            batches,
            noise: Noise::none(),
            noise_dice: Streams::new(setup.seeds.dropout).dropout(),
            statistics: RunningStatistics::new(&*setup.objective, &setup.start),
            dice: Streams::new(setup.seeds.ascent).ascent(),
            w: setup.start.clone(),
            spent: 0,
            step: 0,
            setup,
        }
    }

    /// The step's batch and its dropped units, which follow from no weights.
    fn deal(&mut self) {
        self.batches.deal();
        let objective = &*self.setup.objective;
        let batch = self.batches.current();
        if let Some(dropout) = objective.dropout() {
            self.noise.throw(dropout, objective.examples(), batch, &mut self.noise_dice);
        }
        let Some(Slips { ahead, noise, .. }) = &mut self.slips else { return };
        if let Some(ahead) = ahead {
            ahead.deal();
        }
        if let (Some((noise, dice)), Some(dropout)) = (noise, objective.dropout()) {
            noise.throw(dropout, objective.examples(), batch, dice);
        }
    }

    /// Begins what is in force at the next step and was not before: without a memory.
    fn enter(&mut self) {
        let now = self.setup.in_force(self.step);
        if now.base_since != self.base_since {
            (self.base, self.base_since) = (now.base.build(), now.base_since);
        }
        if now.ascent_since != self.ascent_since {
            (self.ascent, self.ascent_since) = (now.ascent.build(), now.ascent_since);
            self.dice = Streams::new(self.setup.seeds.ascent).ascent();
        }
    }

    /// The vectors of the next step from the present weights; to be called once a step.
    pub(in crate::optim) fn look(&mut self) -> Seen {
        self.deal();
        self.enter();
        let Setup { objective, steps, clip, .. } = &self.setup;
        let now = self.setup.in_force(self.step);
        let eta = now.eta * self.eta_schedule.factor(self.step, *steps);
        let ball = now.ball.scaled(self.rho_schedule.factor(self.step, *steps));
        let batch = self.batches.current();
        let mut oracle = Oracle::new(&**objective, batch, &self.noise, &mut self.dice);
        let (step, w) = (self.step - self.ascent_since, self.w.view());
        let (batch_loss, gradient) = oracle.gradient(w);
        let short = clip.clipped(Place::Before, gradient.view());
        let seen = short.as_ref().unwrap_or(&gradient).view();
        let here = Here { step, w, loss: batch_loss, gradient: seen, ball };
        let mut sight = if ball.rho.is_zero() {
            here.plain()
        } else if let Some(slips) = &self.slips {
            let decay = Decay {
                penalty: objective.penalty(),
                decoupled: now.base.get("weight_decay").unwrap_or(0.0),
            };
            let noise = slips.noise.as_ref().map_or(&self.noise, |(noise, _)| noise);
            // An objective without dropout throws nothing, and its noise stays none.
            let batch = slips.ahead.as_ref().map_or(batch, Batches::current);
            slips.look(&mut *self.ascent, &here, decay, (batch, noise), &mut oracle)
        } else {
            self.ascent.look(&here, &mut oracle)
        };
        clip.hand_on(short, &gradient, &mut sight);
        Seen { eta, ball, batch_loss, cost: oracle.gradients(), sight, gradient }
    }

    /// The numbers to be recorded of a step.
    pub(in crate::optim) fn numbers(&self, seen: &Seen) -> Numbers {
        let (objective, w) = (&self.setup.objective, self.w.view());
        let loss = match self.batches.current() {
            Batch::Whole if self.noise.is_none() => seen.batch_loss,
            Batch::Whole | Batch::Members(_) => objective.loss(w, Batch::Whole),
        };
        let proxy = match self.ascent.neighbourhood(w, seen.ball) {
            Some(neighbourhood) => neighbourhood.rise(seen.gradient.view()),
            None => seen.ball.rise(seen.gradient.view()),
        };
        let test = self.setup.test.as_ref();
        Numbers {
            eta: seen.eta,
            rho: seen.ball.rho.get(),
            gradients: self.spent,
            loss,
            test_loss: test.map(|test| test.deployed_loss(w, self.statistics.values())),
            batch_loss: seen.batch_loss,
            adversarial_loss: seen.sight.loss,
            gradient_norm: Norm::L2.length(seen.gradient.view()),
            adversarial_gradient_norm: Norm::L2.length(seen.sight.gradient.view()),
            proxy,
        }
    }

    /// Whether a step and its numbers are finite, all but η and ρ, which are by their types.
    pub(in crate::optim) fn is_finite(&self, seen: &Seen, numbers: &Numbers) -> bool {
        let Numbers { loss, batch_loss, adversarial_loss, gradient_norm, proxy, .. } = *numbers;
        let vectors = [&seen.gradient, &seen.sight.epsilon, &seen.sight.gradient, seen.direction()];
        [loss, batch_loss, adversarial_loss, gradient_norm, proxy]
            .iter()
            .chain(&numbers.test_loss)
            .chain(self.statistics.values())
            .all(|x| x.is_finite())
            && vectors.iter().all(|vector| vector.iter().all(|x| x.is_finite()))
    }

    /// Whether a mistake of this kind is made.
    fn slips(&self, kind: fn(&dyn Mistake) -> bool) -> bool {
        self.slips.as_ref().is_some_and(|slips| kind(&*slips.mistake))
    }

    /// Where a step departs from: the weights, unless by mistake.
    fn departure(&self, seen: &Seen) -> Array1<f64> {
        if self.slips(|mistake| mistake.departs_from_the_perturbed()) {
            &self.w + &seen.sight.epsilon
        } else {
            self.w.clone()
        }
    }

    /// What the base makes of the step whose vectors were found, without making it: where it goes, and where it would go
    /// were it handed `∇L_B(w)` instead, each with the memory that it has.
    pub(in crate::optim) fn foretell(&self, seen: &Seen) -> Moves {
        let to = |mut w: Array1<f64>, handed: &Array1<f64>| {
            self.base.copied().step(w.view_mut(), handed.view(), seen.eta);
            w
        };
        let next = to(self.departure(seen), seen.direction());
        let plain = to(self.w.clone(), &seen.gradient);
        let batch = self.batches.current();
        let (_, ahead) = self.setup.objective.training_pass(next.view(), batch, &self.noise);
        Moves { next, plain, gradient_ahead: ahead }
    }

    /// The first step whose direction the base remembers at `step`; none where it has no memory.
    pub(in crate::optim) fn base_remembers_since(&self, step: usize) -> Option<usize> {
        let now = self.setup.in_force(step);
        now.base.build().remembers().then_some(now.base_since)
    }

    /// Makes the step whose vectors were found; false when its weights are beyond the bound.
    pub(in crate::optim) fn go(&mut self, seen: &Seen) -> bool {
        let batch = self.batches.current();
        let objective = &*self.setup.objective;
        let at = |w: ArrayView1<'_, f64>| objective.statistics(w, batch, &self.noise);
        self.statistics.take_in(&at(self.w.view()));
        let looked = seen.sight.epsilon.iter().any(|&x| x != 0.0);
        if looked && self.slips(|mistake| mistake.moves_statistics_twice()) {
            self.statistics.take_in(&at((&self.w + &seen.sight.epsilon).view()));
        }
        if self.slips(|mistake| mistake.departs_from_the_perturbed()) {
            self.w += &seen.sight.epsilon;
        }
        self.base.step(self.w.view_mut(), seen.direction().view(), seen.eta);
        self.spent += seen.cost;
        self.step += 1;
        self.w.iter().all(|x| x.abs() <= BEYOND)
    }

    /// Skips a step whose weights are known already, drawing its batch and its dropped units only.
    pub(in crate::optim) fn pass(&mut self) {
        self.deal();
        self.step += 1;
    }

    /// Whether steps draw batches or dropped units one after the other, so that a skipped step must draw them too.
    pub(in crate::optim) fn deals(&self) -> bool {
        let Setup { objective, batch, .. } = &self.setup;
        let has_batches = match batch {
            BatchSize::Full => false,
            BatchSize::Of(size) => size.get() < objective.examples(),
        };
        has_batches || objective.dropout().is_some()
    }

    /// Goes on as if `step` steps were made.
    pub(in crate::optim) fn jump_to(&mut self, step: usize) {
        self.step = step;
    }

    /// Moves to weights that are known already.
    pub(in crate::optim) fn stand_at(&mut self, w: ArrayView1<'_, f64>) {
        self.w.assign(&w);
    }

    /// The weights.
    pub(in crate::optim) fn weights(&self) -> ArrayView1<'_, f64> {
        self.w.view()
    }

    /// The running statistics of normalised units.
    pub(in crate::optim) fn statistics(&self) -> &[f64] {
        self.statistics.values()
    }

    /// How many steps were made.
    pub(in crate::optim) fn step(&self) -> usize {
        self.step
    }

    /// How many are to be made.
    pub(in crate::optim) fn steps(&self) -> usize {
        self.setup.steps
    }

    /// Whether all steps were made.
    pub(in crate::optim) fn is_at_the_end(&self) -> bool {
        self.step >= self.setup.steps
    }

    /// What the run follows from.
    pub(in crate::optim) fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The first step whose gradients the memory of the ascent at `step` depends on.
    pub(in crate::optim) fn remembers_since(&self, step: usize) -> usize {
        let now = self.setup.in_force(step);
        let first = now.ascent_since;
        let since = first + now.ascent.build().remembers_since(step - first);
        // Where ρ = 0 nobody looks, and what was seen before is still remembered.
        let looks = |step| {
            let ball = self.setup.in_force(step).ball;
            !ball.rho.is_zero() && self.rho_schedule.factor(step, self.setup.steps) != 0.0
        };
        if since < step && !looks(since) { first } else { since }
    }

    /// The diagonal of `P` in the last step.
    pub(in crate::optim) fn preconditioner(&self) -> Option<Array1<f64>> {
        self.base.preconditioner()
    }
}
