//! The runs of a scene: what they share, and what each has of its own.
//!
//! ```text
//! scene   base = adam, eta = 0.05, rho = 0.1        shared by all runs
//! run 1   ascent = none                             differs in the ascent
//! run 2                                             differs in nothing
//! run 3   rho = 0.2, p = inf                        differs in the ball
//! run 4   ascent = none, at 20: ascent = sam        changes at a step
//! ```
//!
//! Where no run is named there are two: the base optimizer alone, `base`, and the same with the scene's ascent, `sam`.

use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::ascent::{self, Ascent};
use crate::optim::base::Base;
use crate::optim::clip::Clip;
use crate::optim::mistake::{self, Mistake};
use crate::optim::schedule::Schedule;
use crate::problem::batches::{BatchSize, Order};

use super::number::LearningRate;

mod name;
mod list;
pub mod then;

pub use list::{BadRuns, Runs};
pub use name::{BadRunName, RunName};
pub use then::{Changes, Then};

/// Everything that a run follows from beside the problem and the number of steps.
#[derive(Debug, Clone, PartialEq)]
pub struct RunSpec {
    /// The base optimizer: what is done with a gradient.
    pub base: Choice<dyn Base>,
    /// The ascent: where the gradient is taken.
    pub ascent: Choice<dyn Ascent>,
    /// What is done wrong in every step; none by default.
    pub mistake: Choice<dyn Mistake>,
    /// The learning rate η.
    pub eta: LearningRate,
    /// How η changes over the run.
    pub eta_schedule: Choice<dyn Schedule>,
    /// The ball of perturbations: the radius ρ and the norm.
    pub ball: Ball,
    /// How ρ changes over the run.
    pub rho_schedule: Choice<dyn Schedule>,
    /// How many examples a step sees.
    pub batch: BatchSize,
    /// In which order the examples come.
    pub order: Order,
    /// The first weights; the problem's own start when not said.
    pub start: Option<Vec<f64>>,
    /// The seed of the order of the examples; the scene's seed when not said.
    pub seed_batches: Option<u64>,
    /// The seed of random perturbations; the scene's seed when not said.
    pub seed_ascent: Option<u64>,
    /// How long gradients may be.
    pub clip: Clip,
    /// What changes at later steps.
    pub then: Changes,
}

/// A run of a scene: its name, and what differs from what all runs share.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its name in tables and files.
    pub name: RunName,
    /// Whether maps, charts and readings leave it out; tables never do.
    pub hidden: bool,
    /// What differs.
    pub own: Own,
}

/// What a run has of its own; what is `None` is shared.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(missing_docs, reason = "the fields are those of RunSpec")]
pub struct Own {
    pub base: Option<Choice<dyn Base>>,
    pub ascent: Option<Choice<dyn Ascent>>,
    pub mistake: Option<Choice<dyn Mistake>>,
    pub eta: Option<LearningRate>,
    pub eta_schedule: Option<Choice<dyn Schedule>>,
    pub rho: Option<Radius>,
    pub norm: Option<Norm>,
    pub rho_schedule: Option<Choice<dyn Schedule>>,
    pub batch: Option<BatchSize>,
    pub order: Option<Order>,
    pub start: Option<Vec<f64>>,
    pub seed_batches: Option<u64>,
    pub seed_ascent: Option<u64>,
    pub clip: Option<Clip>,
    pub then: Option<Changes>,
}

/// One thing that a run may have of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the fields of Own")]
pub enum Aspect {
    Base,
    Ascent,
    Mistake,
    Eta,
    EtaSchedule,
    Rho,
    Norm,
    RhoSchedule,
    Batch,
    Order,
    Start,
    SeedBatches,
    SeedAscent,
    Clip,
    Then,
}

impl Aspect {
    /// Every aspect, in the order in which differences are told.
    pub const ALL: [Self; 15] = [
        Self::Base,
        Self::Ascent,
        Self::Mistake,
        Self::Eta,
        Self::Rho,
        Self::Norm,
        Self::EtaSchedule,
        Self::RhoSchedule,
        Self::Batch,
        Self::Order,
        Self::Start,
        Self::SeedBatches,
        Self::SeedAscent,
        Self::Clip,
        Self::Then,
    ];
}

impl RunSpec {
    /// The same with what `own` says in place of what it says.
    #[must_use]
    pub fn with(&self, own: &Own) -> Self {
        let own = own.clone();
        let shared = self.clone();
        Self {
            base: own.base.unwrap_or(shared.base),
            ascent: own.ascent.unwrap_or(shared.ascent),
            mistake: own.mistake.unwrap_or(shared.mistake),
            eta: own.eta.unwrap_or(shared.eta),
            eta_schedule: own.eta_schedule.unwrap_or(shared.eta_schedule),
            ball: Ball {
                norm: own.norm.unwrap_or(shared.ball.norm),
                rho: own.rho.unwrap_or(shared.ball.rho),
            },
            rho_schedule: own.rho_schedule.unwrap_or(shared.rho_schedule),
            batch: own.batch.unwrap_or(shared.batch),
            order: own.order.unwrap_or(shared.order),
            start: own.start.or(shared.start),
            seed_batches: own.seed_batches.or(shared.seed_batches),
            seed_ascent: own.seed_ascent.or(shared.seed_ascent),
            clip: own.clip.unwrap_or(shared.clip),
            then: own.then.unwrap_or(shared.then),
        }
    }

    /// Whether the run perturbs its weights at some step: it has an ascent, and ρ is not zero.
    #[must_use]
    pub fn perturbs(&self) -> bool {
        let looks = |ascent: &Choice<dyn Ascent>, ball: Ball| {
            ascent.id() != ascent::none().id() && !ball.rho.is_zero()
        };
        if self.then.is_empty() {
            return looks(&self.ascent, self.ball);
        }
        self.stretches().any(|(_, spec)| looks(&spec.ascent, spec.ball))
    }

    /// Whether the run has an ascent at some step, whatever its ρ is.
    #[must_use]
    pub fn has_ascent(&self) -> bool {
        let is_one = |ascent: &Choice<dyn Ascent>| ascent.id() != ascent::none().id();
        let mut later = self.then.iter().filter_map(|then| then.ascent.as_ref());
        is_one(&self.ascent) || later.any(is_one)
    }

    /// Whether every step of the run has a mistake in it; a run that does not look around cannot make one.
    #[must_use]
    pub fn is_mistaken(&self) -> bool {
        !mistake::is_none(&self.mistake) && self.perturbs()
    }

    /// Whether two runs differ in `aspect`.
    #[must_use]
    pub fn differs(&self, other: &Self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Base => self.base != other.base,
            Aspect::Ascent => self.ascent != other.ascent,
            Aspect::Mistake => self.mistake != other.mistake,
            Aspect::Eta => self.eta != other.eta,
            Aspect::EtaSchedule => self.eta_schedule != other.eta_schedule,
            Aspect::Rho => self.ball.rho != other.ball.rho,
            Aspect::Norm => self.ball.norm != other.ball.norm,
            Aspect::RhoSchedule => self.rho_schedule != other.rho_schedule,
            Aspect::Batch => self.batch != other.batch,
            Aspect::Order => self.order != other.order,
            Aspect::Start => self.start != other.start,
            Aspect::SeedBatches => self.seed_batches != other.seed_batches,
            Aspect::SeedAscent => self.seed_ascent != other.seed_ascent,
            Aspect::Clip => self.clip != other.clip,
            Aspect::Then => self.then != other.then,
        }
    }
}

impl Own {
    /// Everything that `spec` says.
    #[must_use]
    pub fn of(spec: &RunSpec) -> Self {
        let mut own = Self::default();
        for aspect in Aspect::ALL {
            own.take(aspect, spec);
        }
        own
    }

    /// Whether `aspect` is the run's own.
    #[must_use]
    pub fn has(&self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Base => self.base.is_some(),
            Aspect::Ascent => self.ascent.is_some(),
            Aspect::Mistake => self.mistake.is_some(),
            Aspect::Eta => self.eta.is_some(),
            Aspect::EtaSchedule => self.eta_schedule.is_some(),
            Aspect::Rho => self.rho.is_some(),
            Aspect::Norm => self.norm.is_some(),
            Aspect::RhoSchedule => self.rho_schedule.is_some(),
            Aspect::Batch => self.batch.is_some(),
            Aspect::Order => self.order.is_some(),
            Aspect::Start => self.start.is_some(),
            Aspect::SeedBatches => self.seed_batches.is_some(),
            Aspect::SeedAscent => self.seed_ascent.is_some(),
            Aspect::Clip => self.clip.is_some(),
            Aspect::Then => self.then.is_some(),
        }
    }

    /// Makes `aspect` the run's own, with the value that `spec` has.
    pub fn take(&mut self, aspect: Aspect, spec: &RunSpec) {
        match aspect {
            Aspect::Base => self.base = Some(spec.base.clone()),
            Aspect::Ascent => self.ascent = Some(spec.ascent.clone()),
            Aspect::Mistake => self.mistake = Some(spec.mistake.clone()),
            Aspect::Eta => self.eta = Some(spec.eta),
            Aspect::EtaSchedule => self.eta_schedule = Some(spec.eta_schedule.clone()),
            Aspect::Rho => self.rho = Some(spec.ball.rho),
            Aspect::Norm => self.norm = Some(spec.ball.norm),
            Aspect::RhoSchedule => self.rho_schedule = Some(spec.rho_schedule.clone()),
            Aspect::Batch => self.batch = Some(spec.batch),
            Aspect::Order => self.order = Some(spec.order),
            Aspect::Start => self.start.clone_from(&spec.start),
            Aspect::SeedBatches => self.seed_batches = spec.seed_batches,
            Aspect::SeedAscent => self.seed_ascent = spec.seed_ascent,
            Aspect::Clip => self.clip = Some(spec.clip),
            Aspect::Then => self.then = Some(spec.then.clone()).filter(|then| !then.is_empty()),
        }
    }

    /// Shares `aspect` with the other runs again.
    pub fn share(&mut self, aspect: Aspect) {
        match aspect {
            Aspect::Base => self.base = None,
            Aspect::Ascent => self.ascent = None,
            Aspect::Mistake => self.mistake = None,
            Aspect::Eta => self.eta = None,
            Aspect::EtaSchedule => self.eta_schedule = None,
            Aspect::Rho => self.rho = None,
            Aspect::Norm => self.norm = None,
            Aspect::RhoSchedule => self.rho_schedule = None,
            Aspect::Batch => self.batch = None,
            Aspect::Order => self.order = None,
            Aspect::Start => self.start = None,
            Aspect::SeedBatches => self.seed_batches = None,
            Aspect::SeedAscent => self.seed_ascent = None,
            Aspect::Clip => self.clip = None,
            Aspect::Then => self.then = None,
        }
    }
}

#[cfg(test)]
mod tests;
