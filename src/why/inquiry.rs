//! An inquiry into one run, in pieces, and what it found.

use std::sync::Arc;

use super::change::{Change, Ingredient, changes};
use super::end::{Difference, End};
use super::nearest::{Nearest, Search};
use super::rerun::{Fleet, Ground};
use crate::analysis::basins::Basins;
use crate::analysis::outcome::Outcome;
use crate::scene::run::RunSpec;
use crate::scene::{Problem, Scene};

/// Which changes make a run end otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The scene of the run.
    pub scene: Scene,
    /// Its place there.
    pub place: usize,
    /// How it ended.
    pub outcome: Outcome,
    /// What came of every change, in the order of [`changes`].
    pub findings: Vec<Finding>,
    /// The nearest ρ that makes a difference; none where there is none on the grid, and while it is being searched.
    pub nearest: Option<Nearest>,
}

/// What came of one change.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was changed.
    pub ingredient: Ingredient,
    /// The reruns: one, or one for each seed.
    pub cases: Vec<Case>,
}

/// One rerun.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What the run had of its own.
    pub change: Change,
    /// How it ended; nothing is known of its way.
    pub outcome: Outcome,
    /// How that differs from the end of the run as it is.
    pub difference: Difference,
}

impl Finding {
    /// The greatest difference that the change makes.
    #[must_use]
    pub fn difference(&self) -> Difference {
        self.cases.iter().map(|case| case.difference).max().unwrap_or(Difference::None)
    }

    /// The reruns that make the greatest difference.
    pub fn flips(&self) -> impl Iterator<Item = &Case> {
        let most = self.difference();
        self.cases.iter().filter(move |case| most != Difference::None && case.difference == most)
    }
}

/// An inquiry under way.
pub struct Inquiry {
    ground: Ground,
    place: usize,
    spec: RunSpec,
    changes: Vec<Change>,
    stage: Stage,
}

enum Stage {
    /// The run itself, and every change.
    Changes(Fleet),
    Radius {
        why: Box<Why>,
        search: Box<Search>,
        rounds: usize,
    },
    Done(Box<Why>),
    Over,
}

/// The part of the work that is done when only the nearest ρ is left.
const CHANGES: f64 = 0.3;
/// Rounds of a search for ρ, as far as one knows before.
const ROUNDS: f64 = 400.0;

impl Inquiry {
    /// An inquiry into run `place` of `scene`, with the minima of its problem where that has two weights.
    #[must_use]
    pub fn new(
        scene: &Scene,
        problem: &Problem,
        basins: Option<Arc<Basins>>,
        place: usize,
    ) -> Self {
        let spec = scene.spec(place);
        let changes = changes(scene, problem, place);
        let own = std::iter::once(spec.clone());
        let changed = changes.iter().map(|change| scene.shared.with(&change.own));
        let fleet = Fleet::new(own.chain(changed)).with_the_way_of_the_first();
        let ground = Ground::new(scene, problem, basins);
        Self { ground, place, spec, changes, stage: Stage::Changes(fleet) }
    }

    /// The whole inquiry at once; `progress` is told how much of it is done.
    pub fn to_end(mut self, mut progress: impl FnMut(f64)) -> Option<Why> {
        while !self.advance() {
            progress(self.progress());
        }
        self.finish()
    }

    /// Does one piece of the work, in parallel; true when it is done.
    pub fn advance(&mut self) -> bool {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Changes(mut fleet) => {
                if fleet.advance(&self.ground) {
                    self.changed(fleet.outcomes())
                } else {
                    Stage::Changes(fleet)
                }
            }
            Stage::Radius { mut why, mut search, rounds } => {
                if search.advance(&self.ground) {
                    why.nearest = search.finish();
                    Stage::Done(why)
                } else {
                    Stage::Radius { why, search, rounds: rounds + 1 }
                }
            }
            over @ (Stage::Done(_) | Stage::Over) => over,
        };
        matches!(self.stage, Stage::Done(_) | Stage::Over)
    }

    /// What is known when every change was tried.
    fn changed(&self, outcomes: Vec<Outcome>) -> Stage {
        let mut outcomes = outcomes.into_iter();
        let Some(own) = outcomes.next() else { return Stage::Over };
        let end = End::of(&own);
        let mut findings: Vec<Finding> = Vec::new();
        for (change, outcome) in self.changes.iter().cloned().zip(outcomes) {
            let ingredient = change.ingredient;
            let difference = end.difference(&End::of(&outcome));
            let case = Case { change, outcome, difference };
            match findings.last_mut().filter(|last| last.ingredient == ingredient) {
                Some(last) => last.cases.push(case),
                None => findings.push(Finding { ingredient, cases: vec![case] }),
            }
        }
        let search = Box::new(Search::new(self.spec.clone(), &own));
        let scene = Scene::clone(&self.ground.scene);
        let why = Box::new(Why { scene, place: self.place, outcome: own, findings, nearest: None });
        // Twice the largest numbers is no radius.
        let has_a_grid = (2.0 * self.spec.ball.rho.get()).is_finite();
        if self.spec.perturbs() && has_a_grid {
            Stage::Radius { why, search, rounds: 0 }
        } else {
            Stage::Done(why)
        }
    }

    /// How much of the work is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        match &self.stage {
            Stage::Changes(fleet) => CHANGES * fleet.done() as f64 / fleet.len().max(1) as f64,
            Stage::Radius { rounds, .. } => {
                let rounds = *rounds as f64;
                CHANGES + (1.0 - CHANGES) * rounds / (rounds + ROUNDS)
            }
            Stage::Done(_) | Stage::Over => 1.0,
        }
    }

    /// What is known while only the nearest ρ is being searched.
    #[must_use]
    pub fn so_far(&self) -> Option<&Why> {
        match &self.stage {
            Stage::Radius { why, .. } | Stage::Done(why) => Some(why),
            Stage::Changes(_) | Stage::Over => None,
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Option<Why> {
        match self.stage {
            Stage::Done(why) => Some(*why),
            Stage::Changes(_) | Stage::Radius { .. } | Stage::Over => None,
        }
    }
}
