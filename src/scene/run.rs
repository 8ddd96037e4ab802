//! The runs of a scene: what they share, and what each has of its own.
//!
//! ```text
//! scene   base = adam, eta = 0.05, rho = 0.1        shared by all runs
//! run 1   ascent = none                             differs in the ascent
//! run 2                                             differs in nothing
//! run 3   rho = 0.2, p = inf                        differs in the ball
//! ```
//!
//! Where no run is named there are two: the base optimizer alone, `base`, and the same with the scene's ascent, `sam`.

use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::ascent::{self, Ascent};
use crate::optim::base::Base;
use crate::optim::schedule::Schedule;
use crate::problem::batches::{BatchSize, Order};

use super::number::LearningRate;

/// Everything that a run follows from beside the problem and the number of steps.
#[derive(Debug, Clone, PartialEq)]
pub struct RunSpec {
    /// The base optimizer: what is done with a gradient.
    pub base: Choice<dyn Base>,
    /// The ascent: where the gradient is taken.
    pub ascent: Choice<dyn Ascent>,
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
}

/// One thing that a run may have of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the fields of Own")]
pub enum Aspect {
    Base,
    Ascent,
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
}

impl Aspect {
    /// Every aspect, in the order in which differences are told.
    pub const ALL: [Self; 12] = [
        Self::Base,
        Self::Ascent,
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
        }
    }

    /// Whether the run perturbs its weights: it has an ascent, and ρ is not zero.
    #[must_use]
    pub fn perturbs(&self) -> bool {
        self.ascent.id() != ascent::none().id() && !self.ball.rho.is_zero()
    }

    /// Whether two runs differ in `aspect`.
    #[must_use]
    pub fn differs(&self, other: &Self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Base => self.base != other.base,
            Aspect::Ascent => self.ascent != other.ascent,
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
        }
    }

    /// Makes `aspect` the run's own, with the value that `spec` has.
    pub fn take(&mut self, aspect: Aspect, spec: &RunSpec) {
        match aspect {
            Aspect::Base => self.base = Some(spec.base.clone()),
            Aspect::Ascent => self.ascent = Some(spec.ascent.clone()),
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
        }
    }

    /// Shares `aspect` with the other runs again.
    pub fn share(&mut self, aspect: Aspect) {
        match aspect {
            Aspect::Base => self.base = None,
            Aspect::Ascent => self.ascent = None,
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
        }
    }
}

/// The name of a run: lower-case letters, digits, `_` and `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunName(String);

/// A text that is no name of a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{given}\" is not a run's name; use 1 to {LONGEST} of a-z, 0-9, _ and -, for instance square"
)]
pub struct BadRunName {
    given: String,
}

/// Letters of a name at most: longer ones would not fit over a column.
const LONGEST: usize = 24;

impl RunName {
    /// The name `given`.
    ///
    /// # Errors
    /// When it is empty, too long, or has other characters.
    pub fn new(given: &str) -> Result<Self, BadRunName> {
        let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-');
        let fits = (1..=LONGEST).contains(&given.len()) && given.chars().all(allowed);
        if fits {
            Ok(Self(given.to_owned()))
        } else {
            Err(BadRunName { given: crate::typed::echo(given) })
        }
    }

    /// The name as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What an unnamed run at `place`, counted from zero, is called.
    fn numbered(place: usize) -> Self {
        Self(format!("run{}", place + 1))
    }

    /// Whether somebody chose the name: neither of the two that come with a scene nor a number.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        let is_numbered =
            self.0.strip_prefix("run").is_some_and(|rest| rest.parse::<usize>().is_ok());
        !(self.0 == BASE || self.0 == SAM || is_numbered)
    }
}

/// The name of the first run where none are said.
const BASE: &str = "base";
/// The name of the second.
const SAM: &str = "sam";

/// One to [`Runs::MOST`] runs with names that differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Runs(Vec<Run>);

/// A list of runs that no scene can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRuns {
    /// Too many.
    #[error("{0} runs are too many; a scene has one to {most} runs", most = Runs::MOST)]
    TooMany(usize),
    /// Two of one name.
    #[error("two runs are called {0}; names of runs must differ")]
    SameName(String),
}

impl Default for Runs {
    /// The base optimizer alone, and the same with the scene's ascent.
    fn default() -> Self {
        let run = |name: &str, own| Run { name: RunName(name.to_owned()), hidden: false, own };
        let alone = Own { ascent: Some(ascent::none()), ..Own::default() };
        Self(vec![run(BASE, alone), run(SAM, Own::default())])
    }
}

impl Runs {
    /// Runs of a scene at most: more are not told apart by eye.
    pub const MOST: usize = 6;

    /// The runs of these names, where there are some, with what each has of its own.
    ///
    /// A run without a name is called by its place.
    ///
    /// # Errors
    /// When there are too many, or two have one name. No run at all gives the default two.
    pub fn of(runs: Vec<(Option<RunName>, bool, Own)>) -> Result<Self, BadRuns> {
        if runs.is_empty() {
            return Ok(Self::default());
        }
        if runs.len() > Self::MOST {
            return Err(BadRuns::TooMany(runs.len()));
        }
        let said: Vec<RunName> = runs.iter().filter_map(|run| run.0.clone()).collect();
        if let Some(twice) = (1..said.len()).find(|&k| said[..k].contains(&said[k])) {
            return Err(BadRuns::SameName(said[twice].0.clone()));
        }
        let mut taken = said;
        let named = |(place, (name, hidden, own)): (usize, (Option<RunName>, bool, Own))| {
            let name = name.unwrap_or_else(|| {
                let free = (place..).map(RunName::numbered).find(|name| !taken.contains(name));
                let name = free.unwrap_or_else(|| RunName::numbered(place));
                taken.push(name.clone());
                name
            });
            Run { name, hidden, own }
        };
        Ok(Self(runs.into_iter().enumerate().map(named).collect()))
    }

    /// How many there are, one or more.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a scene always has a run")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The runs in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Run> {
        self.0.iter()
    }

    /// Run `place`, if there is one.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Run> {
        self.0.get(place)
    }

    /// What run `place` has of its own, to be changed.
    pub fn own_mut(&mut self, place: usize) -> Option<&mut Own> {
        self.0.get_mut(place).map(|run| &mut run.own)
    }

    /// The runs, to be changed in what they have of their own.
    pub fn owns_mut(&mut self) -> impl Iterator<Item = &mut Own> {
        self.0.iter_mut().map(|run| &mut run.own)
    }

    /// Shows every run.
    pub fn show_all(&mut self) {
        for run in &mut self.0 {
            run.hidden = false;
        }
    }

    /// Shows or hides run `place`; the last one that is shown stays.
    pub fn hide(&mut self, place: usize, hidden: bool) {
        let shown = self.0.iter().filter(|run| !run.hidden).count();
        if let Some(run) = self.0.get_mut(place)
            && !(hidden && !run.hidden && shown <= 1)
        {
            run.hidden = hidden;
        }
    }

    /// Calls run `place` so.
    ///
    /// # Errors
    /// When another run has the name.
    pub fn rename(&mut self, place: usize, name: RunName) -> Result<(), BadRuns> {
        if self.0.iter().enumerate().any(|(k, run)| k != place && run.name == name) {
            return Err(BadRuns::SameName(name.0));
        }
        if let Some(run) = self.0.get_mut(place) {
            run.name = name;
        }
        Ok(())
    }

    /// Adds a run after run `place`, the same as it in all but its name.
    ///
    /// # Errors
    /// When there are as many as there can be.
    pub fn duplicate(&mut self, place: usize) -> Result<(), BadRuns> {
        if self.0.len() >= Self::MOST {
            return Err(BadRuns::TooMany(self.0.len() + 1));
        }
        let Some(run) = self.0.get(place).cloned() else { return Ok(()) };
        let taken = |name: &RunName| self.0.iter().any(|other| other.name == *name);
        let free = (self.0.len()..).map(RunName::numbered).find(|name| !taken(name));
        let name = free.unwrap_or_else(|| RunName::numbered(self.0.len()));
        self.0.insert(place + 1, Run { name, hidden: false, ..run });
        Ok(())
    }

    /// Takes run `place` out, unless it is the only one, or the only one that is shown.
    pub fn remove(&mut self, place: usize) {
        let other_is_shown = self.0.iter().enumerate().any(|(k, run)| k != place && !run.hidden);
        if self.0.len() > 1 && place < self.0.len() && other_is_shown {
            self.0.remove(place);
        }
    }
}

#[cfg(test)]
mod tests;
