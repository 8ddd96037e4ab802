//! What a run changes at a step: another base, another ascent, another η, ρ or p from then on.

use super::{Aspect, Own, RunSpec};
use crate::catalog::Choice;
use crate::math::norm::{Norm, Radius};
use crate::optim::ascent::Ascent;
use crate::optim::base::Base;
use crate::optim::run::Stretch;
use crate::scene::number::{LearningRate, Steps};

/// What a run has from a step on; what is `None` stays as it was.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields beside at are those of RunSpec")]
pub struct Then {
    /// How many steps are made before.
    pub at: At,
    pub base: Option<Choice<dyn Base>>,
    pub ascent: Option<Choice<dyn Ascent>>,
    pub eta: Option<LearningRate>,
    pub rho: Option<Radius>,
    pub norm: Option<Norm>,
}

/// The step at which a run changes: how many steps are made before, one or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(usize);

/// A step at which no run changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "at = {given} is no step to change at; use a whole number from 1 to {}, for instance 20",
    Steps::MOST
)]
pub struct BadAt {
    given: String,
}

impl At {
    /// After so many steps.
    ///
    /// # Errors
    /// When it is none, or more than a run can make.
    pub fn new(at: usize) -> Result<Self, BadAt> {
        if (1..=Steps::MOST).contains(&at) {
            Ok(Self(at))
        } else {
            Err(BadAt { given: at.to_string() })
        }
    }

    /// The number of steps.
    #[must_use]
    pub fn get(self) -> usize {
        self.0
    }
}

impl std::str::FromStr for At {
    type Err = BadAt;

    fn from_str(given: &str) -> Result<Self, BadAt> {
        let bad = |_| BadAt { given: crate::typed::echo(given) };
        Self::new(given.parse().map_err(bad)?)
    }
}

/// The changes of a run: some or none, the first step first, no two at the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes(Vec<Then>);

/// Changes that no run can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadChanges {
    /// Two at one step.
    #[error("two changes at step {0}; make them one")]
    SameStep(usize),
    /// Too many.
    #[error("{0} changes are too many; a run changes at no more than {most} steps", most = Changes::MOST)]
    TooMany(usize),
}

impl Changes {
    /// Changes of a run at most: a run that changes more often wants a schedule.
    pub const MOST: usize = 9;

    /// These changes, in the order of their steps.
    ///
    /// # Errors
    /// When two are at one step, or there are too many.
    pub fn of(mut changes: Vec<Then>) -> Result<Self, BadChanges> {
        changes.sort_by_key(|then| then.at);
        if let Some(twice) = changes.windows(2).find(|pair| pair[0].at == pair[1].at) {
            return Err(BadChanges::SameStep(twice[0].at.get()));
        }
        if changes.len() > Self::MOST {
            return Err(BadChanges::TooMany(changes.len()));
        }
        Ok(Self(changes))
    }

    /// Whether the run changes at no step.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The changes, the first step first.
    pub fn iter(&self) -> std::slice::Iter<'_, Then> {
        self.0.iter()
    }

    /// The same with what `change` makes of what each says.
    #[must_use]
    pub fn mapped(&self, change: impl Fn(&mut Own)) -> Self {
        let mapped = |then: &Then| {
            let mut own = then.own();
            change(&mut own);
            Then::of(then.at, own)
        };
        Self(self.0.iter().map(mapped).collect())
    }

    /// The same without the change at a step.
    #[must_use]
    pub fn without(&self, at: At) -> Self {
        Self(self.0.iter().filter(|then| then.at != at).cloned().collect())
    }

    /// The same up to a step, and there `then`.
    ///
    /// # Errors
    /// When they are too many.
    pub fn forked(&self, then: Then) -> Result<Self, BadChanges> {
        let before = self.0.iter().filter(|other| other.at < then.at).cloned();
        Self::of(before.chain([then.clone()]).collect())
    }
}

impl Then {
    /// The aspects that may change at a step.
    pub const ASPECTS: [Aspect; 5] =
        [Aspect::Base, Aspect::Ascent, Aspect::Eta, Aspect::Rho, Aspect::Norm];

    /// Nothing changes at this step.
    #[must_use]
    pub fn nothing(at: At) -> Self {
        Self { at, base: None, ascent: None, eta: None, rho: None, norm: None }
    }

    /// From this step on what `own` says of what can change; the rest of it is left out.
    #[must_use]
    pub fn of(at: At, own: Own) -> Self {
        let Own { base, ascent, eta, rho, norm, .. } = own;
        Self { at, base, ascent, eta, rho, norm }
    }

    /// What it says, as a run has it of its own.
    #[must_use]
    pub fn own(&self) -> Own {
        let Self { at: _, base, ascent, eta, rho, norm } = self.clone();
        Own { base, ascent, eta, rho, norm, ..Own::default() }
    }
}

impl RunSpec {
    /// What the step that leaves `w_step` is made with: the same without changes, at the values in force there.
    #[must_use]
    pub fn at(&self, step: usize) -> Self {
        let first = Self { then: Changes::default(), ..self.clone() };
        let begun = self.then.iter().take_while(|then| then.at.get() <= step);
        begun.fold(first, |spec, then| spec.with(&then.own()))
    }

    /// What the run is made with from each of its changes on, and from the start.
    pub fn stretches(&self) -> impl Iterator<Item = (usize, Self)> + '_ {
        let steps = std::iter::once(0).chain(self.then.iter().map(|then| then.at.get()));
        steps.map(|step| (step, self.at(step)))
    }

    /// What the run is made with where it first looks around; from the start where it never does.
    #[must_use]
    pub fn looking(&self) -> Self {
        let looking = self.stretches().map(|(_, spec)| spec).find(Self::perturbs);
        looking.unwrap_or_else(|| self.at(0))
    }

    /// Whether a run of it goes the same way as one of `other`: changes that change nothing are none.
    #[must_use]
    pub fn goes_as(&self, other: &Self) -> bool {
        let way = |spec: &Self| {
            let mut way: Vec<(usize, Self)> = spec.stretches().collect();
            way.dedup_by(|later, before| later.1 == before.1);
            way
        };
        way(self) == way(other)
    }

    /// The first step that was made with the base in force at `step` without another in between.
    #[must_use]
    pub fn base_since(&self, step: usize) -> usize {
        let mut base = &self.base;
        let mut since = 0;
        for then in self.then.iter().take_while(|then| then.at.get() <= step) {
            if let Some(next) = then.base.as_ref().filter(|next| *next != base) {
                (base, since) = (next, then.at.get());
            }
        }
        since
    }

    /// What the run is made with later.
    #[must_use]
    pub(in crate::scene) fn later(&self) -> Vec<Stretch> {
        let later = self.stretches().skip(1).map(|(at, spec)| {
            let Self { base, ascent, eta, ball, .. } = spec;
            Stretch { at, base, ascent, eta: eta.get(), ball }
        });
        later.collect()
    }
}
