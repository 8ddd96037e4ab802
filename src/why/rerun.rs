//! Reruns: a run of a scene made again with another specification, up to its outcome, in pieces and several at a time.

use std::collections::VecDeque;
use std::sync::Arc;

use rayon::prelude::*;

use crate::analysis::basins::Basins;
use crate::analysis::outcome::{Outcome, OutcomeWork};
use crate::optim::run::Run;
use crate::optim::trajectory::Trajectory;
use crate::scene::run::RunSpec;
use crate::scene::{Problem, Scene, about};

/// What all reruns have in common.
#[derive(Clone)]
pub(super) struct Ground {
    pub(super) scene: Scene,
    pub(super) problem: Problem,
    /// The minima of the problem, where it has two weights.
    pub(super) basins: Option<Arc<Basins>>,
}

/// A run under way to its outcome.
struct Rerun {
    number: usize,
    spec: RunSpec,
    known: Known,
    stage: Stage,
}

/// What is to be known of a rerun.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// How it ends.
    End,
    /// And the way there.
    Way,
}

enum Stage {
    Running(Box<Run>),
    Judging(Box<(Trajectory, OutcomeWork)>),
    Done(Box<Outcome>),
    Over,
}

/// Steps of a run over two weights that are made in one piece, some tens of microseconds.
const STEPS: usize = 16;
/// Over so many weights a step may take as long as that.
const MANY: usize = 64;
/// Pieces of an outcome that are done at once.
const PIECES: usize = 2;
/// Numbers in the paths of all reruns under way, at most: an eighth of what a scene may have.
const MOST_NUMBERS: usize = 12_000_000;
/// Reruns under way at most; more would only wait for each other.
const MOST: usize = 64;

impl Rerun {
    fn new(ground: &Ground, number: usize, spec: RunSpec, known: Known) -> Self {
        let mut setup = ground.scene.setup(spec.clone(), &ground.problem);
        // The loss on data that were set aside is no part of an end.
        setup.test = None;
        Self { number, spec, known, stage: Stage::Running(Box::new(Run::new(setup))) }
    }

    /// Does one piece of the work.
    fn advance(&mut self, ground: &Ground) {
        let objective = &ground.problem.objective;
        self.stage = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Running(mut run) => {
                let steps = if objective.dimension() < MANY { STEPS } else { 1 };
                if (0..steps).all(|_| run.advance()) {
                    Stage::Running(run)
                } else {
                    let path = run.finish();
                    let about = about::of(&ground.scene, &self.spec, objective.examples(), &path);
                    let basins = ground.basins.as_deref();
                    let objective = Arc::clone(objective);
                    let work = if self.known == Known::Way {
                        OutcomeWork::new(objective, basins, &path, about)
                    } else {
                        OutcomeWork::of_the_end(objective, basins, &path, about)
                    };
                    Stage::Judging(Box::new((path, work)))
                }
            }
            Stage::Judging(mut judging) => {
                let (path, work) = &mut *judging;
                let found = (0..PIECES).find_map(|_| work.advance(path));
                found.map_or(Stage::Judging(judging), |outcome| Stage::Done(Box::new(outcome)))
            }
            over @ (Stage::Done(_) | Stage::Over) => over,
        };
    }
}

/// Reruns that are made together.
pub(super) struct Fleet {
    waiting: VecDeque<(usize, RunSpec)>,
    flying: Vec<Rerun>,
    landed: Vec<Option<Outcome>>,
    of_the_first: Known,
}

impl Fleet {
    /// Nothing is done yet; of every rerun the end will be known.
    pub(super) fn new(specs: impl IntoIterator<Item = RunSpec>) -> Self {
        let waiting: VecDeque<_> = specs.into_iter().enumerate().collect();
        let landed = vec![None; waiting.len()];
        Self { waiting, flying: Vec::new(), landed, of_the_first: Known::End }
    }

    /// The same, with the way of the first one known too.
    pub(super) fn with_the_way_of_the_first(self) -> Self {
        Self { of_the_first: Known::Way, ..self }
    }

    /// Does one piece of the work on every rerun under way, in parallel; true when all outcomes are there.
    pub(super) fn advance(&mut self, ground: &Ground) -> bool {
        let a_path = ground.problem.objective.dimension() * (ground.scene.steps.get() + 1);
        let many = ground.problem.objective.dimension() >= MANY;
        // Costly steps are made by few at a time, so that a piece stays short.
        let most = if many { rayon::current_num_threads() } else { MOST };
        let room = (MOST_NUMBERS / a_path.max(1)).clamp(1, most);
        while self.flying.len() < room
            && let Some((number, spec)) = self.waiting.pop_front()
        {
            let known = if number == 0 { self.of_the_first } else { Known::End };
            self.flying.push(Rerun::new(ground, number, spec, known));
        }
        self.flying.par_iter_mut().for_each(|rerun| rerun.advance(ground));
        let landed = &mut self.landed;
        self.flying.retain_mut(|rerun| match &rerun.stage {
            Stage::Done(outcome) => {
                landed[rerun.number] = Some((**outcome).clone());
                false
            }
            Stage::Running(_) | Stage::Judging(_) | Stage::Over => true,
        });
        self.flying.is_empty() && self.waiting.is_empty()
    }

    /// How many outcomes there are to be.
    pub(super) fn len(&self) -> usize {
        self.landed.len()
    }

    /// How many of them are there.
    pub(super) fn done(&self) -> usize {
        self.landed.iter().flatten().count()
    }

    /// The outcomes that are there, in the order in which they were asked for.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        self.landed.iter().flatten().cloned().collect()
    }
}
