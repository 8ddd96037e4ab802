//! The changes that are tried on a run, one ingredient at a time.

use crate::catalog::Choice;
use crate::math::norm::{Norm, Radius};
use crate::optim::ascent::Ascent;
use crate::optim::mistake::{self, Climb, Mistake};
use crate::optim::{ascent, base};
use crate::problem::batches::BatchSize;
use crate::scene::number::LearningRate;
use crate::scene::run::{Changes, Own, Runs};
use crate::scene::{Problem, Scene, about};

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ingredient {
    /// A run with a mistake makes none.
    NoMistake,
    /// ε is as long as it was, in the norm of the ball, and points anywhere: twenty seeds.
    RandomEpsilon,
    /// ε points down.
    Reversed,
    /// The step is made with the gradient at the weights.
    PlainStep,
    /// There is no ε.
    NoEpsilon,
    /// ε is as long as the gradient.
    Unnormalised,
    /// A run that does not look around does.
    WithSam,
    /// Another norm.
    P(Norm),
    /// The nearest ρ that makes a difference.
    Rho,
    /// Half the learning rate.
    HalfEta,
    /// Every step sees all data.
    FullBatch,
    /// The base remembers no direction.
    NoMomentum,
    /// Nothing changes at a later step.
    NoThen,
}

/// One change: the run has these things of its own instead of what it had.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What is changed.
    pub ingredient: Ingredient,
    /// Everything that the changed run has of its own.
    pub own: Own,
}

/// Seeds of random perturbations that are tried.
const SEEDS: u64 = 20;
/// The settings of bases that keep the last direction.
const MOMENTA: [&str; 2] = ["momentum", "beta1"];

impl Ingredient {
    /// Whether it is told after another ρ.
    #[must_use]
    pub fn is_told_after_rho(self) -> bool {
        match self {
            Self::P(_) | Self::HalfEta | Self::FullBatch | Self::NoMomentum | Self::NoThen => true,
            Self::NoMistake
            | Self::RandomEpsilon
            | Self::Reversed
            | Self::PlainStep
            | Self::NoEpsilon
            | Self::Unnormalised
            | Self::WithSam
            | Self::Rho => false,
        }
    }
}

impl Change {
    /// Run `place` of `scene` with this ρ instead of its own.
    #[must_use]
    pub fn of_rho(scene: &Scene, place: usize, rho: Radius) -> Self {
        let own = scene.runs.get(place).map(|run| run.own.clone()).unwrap_or_default();
        Self { ingredient: Ingredient::Rho, own: Own { rho: Some(rho), ..own } }
    }

    /// The scene with two runs: run `place` of `scene` as it is, and beside it the one with the change.
    #[must_use]
    pub fn beside(&self, scene: &Scene, place: usize) -> Scene {
        let Some(run) = scene.runs.get(place) else { return scene.clone() };
        // Without a name it is called by what it is, or by what it differs in.
        let pair =
            vec![(Some(run.name.clone()), false, run.own.clone()), (None, false, self.own.clone())];
        match Runs::of(pair) {
            Ok(runs) => Scene { runs, ..scene.clone() },
            // Two runs, one of them without a name, are always a list.
            Err(_) => scene.clone(),
        }
    }
}

/// Every change that makes sense for run `place` of `scene`, but for [`Ingredient::Rho`]; of a random ε one for each seed.
///
/// What would change nothing is left out: another batch of a run that sees all data, a norm that it has.
#[must_use]
pub fn changes(scene: &Scene, problem: &Problem, place: usize) -> Vec<Change> {
    let Some(run) = scene.runs.get(place) else { return Vec::new() };
    let (spec, own) = (scene.spec(place).within(scene.steps.get()), &run.own);
    let about = about::circumstances(scene, &spec, &*problem.objective);
    let mut found = Vec::new();
    let mut add = |ingredient, own: Own| found.push(Change { ingredient, own });
    let with = |mistake: Choice<dyn Mistake>| Own { mistake: Some(mistake), ..own.clone() };
    let knows_ball = spec.perturbs() && spec.looking().ascent.build().has_neighbourhood();
    if spec.is_mistaken() && about.looks_around {
        add(Ingredient::NoMistake, with(mistake::none()));
    }
    if knows_ball && about.climb == Climb::Maximizer {
        for seed in 0..SEEDS {
            let random = Own { seed_ascent: Some(seed), ..of_look(own, "random_ball") };
            add(Ingredient::RandomEpsilon, random);
        }
    }
    if !spec.is_mistaken() {
        let slips = [
            (Ingredient::Reversed, mistake::reversed()),
            (Ingredient::PlainStep, mistake::plain_step()),
            (Ingredient::Unnormalised, mistake::unnormalised()),
        ];
        for (ingredient, mistake) in slips {
            if about.looks_around && mistake::idle(&mistake, &about).is_none() {
                add(ingredient, with(mistake));
            }
        }
    }
    if spec.perturbs() {
        add(Ingredient::NoEpsilon, of_ascent(own, "none"));
    } else if !spec.ball.rho.is_zero() {
        add(Ingredient::WithSam, of_ascent(own, "sam"));
    }
    if knows_ball {
        for norm in [Norm::L1, Norm::L2, Norm::LInf] {
            if norm != spec.looking().ball.norm {
                let then = always(own, |later| later.norm = None);
                add(Ingredient::P(norm), Own { norm: Some(norm), then, ..own.clone() });
            }
        }
    }
    if let Ok(half) = LearningRate::new(0.5 * spec.eta.get())
        && half != spec.eta
    {
        let then = always(own, |later| {
            let halved = later.eta.map(|eta| LearningRate::new(0.5 * eta.get()).unwrap_or(eta));
            later.eta = halved;
        });
        add(Ingredient::HalfEta, Own { eta: Some(half), then, ..own.clone() });
    }
    if !about.sees_all {
        add(Ingredient::FullBatch, Own { batch: Some(BatchSize::Full), ..own.clone() });
    }
    if spec.stretches().any(|(_, spec)| forgetful(&spec.base).is_some()) {
        let base = Some(forgetful(&spec.base).unwrap_or_else(|| spec.base.clone()));
        let then = always(own, |later| {
            if let Some(base) = later.base.as_ref().and_then(forgetful) {
                later.base = Some(base);
            }
        });
        add(Ingredient::NoMomentum, Own { base, then, ..own.clone() });
    }
    if !spec.then.is_empty() {
        add(Ingredient::NoThen, Own { then: None, ..own.clone() });
    }
    found
}

/// What a run has of its own with another ascent from start to end.
fn of_ascent(own: &Own, id: &str) -> Own {
    let then = always(own, |later| later.ascent = None);
    Own { ascent: ascent::ALL.choose(id).ok(), then, ..own.clone() }
}

/// The same where it has an ascent: where it has none, it still does not look around.
fn of_look(own: &Own, id: &str) -> Own {
    let other = |given: &Choice<dyn Ascent>| {
        let is_none = given.id() == ascent::none().id();
        if is_none { Some(given.clone()) } else { ascent::ALL.choose(id).ok() }
    };
    let then = always(own, |later| later.ascent = later.ascent.as_ref().and_then(other));
    let first = own.ascent.as_ref().map_or_else(|| ascent::ALL.choose(id).ok(), other);
    Own { ascent: first, then, ..own.clone() }
}

/// The changes of a run, with what `change` makes of what each says; none where it has none of its own.
fn always(own: &Own, change: impl Fn(&mut Own)) -> Option<Changes> {
    own.then.as_ref().map(|then| then.mapped(change))
}

/// The base without a memory of directions; none where it has none.
fn forgetful(base: &Choice<dyn base::Base>) -> Option<Choice<dyn base::Base>> {
    let key = MOMENTA.into_iter().find(|key| base.get(key).is_some_and(|beta| beta != 0.0))?;
    base.clone().with(key, 0.0).ok()
}
