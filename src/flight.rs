//! A run under way to its outcome, in pieces, and several of them at a time.
//!
//! A cell is whatever has a number; what is run in it is said when its turn comes, so that a million cells that wait take
//! no memory.

use std::sync::Arc;

use rayon::prelude::*;

use crate::analysis::basins::Basins;
use crate::analysis::outcome::{About, Outcome, OutcomeWork};
use crate::analysis::survey::Survey;
use crate::optim::run::lean::Lean;
use crate::optim::run::{Run, Setup};
use crate::optim::trajectory::Trajectory;
use crate::problem::Objective;
use crate::problem::grid::Window;
use crate::scene::run::RunSpec;
use crate::scene::{Problem, Scene, Source, about};

/// A problem with what is to be known of it before runs on it can be judged.
#[derive(Clone)]
pub struct Surveyed {
    /// The problem.
    pub problem: Problem,
    /// Its minima, where it has two weights.
    pub basins: Option<Arc<Basins>>,
    /// Its own box.
    pub own: Window,
}

impl Surveyed {
    /// Draws and surveys `source`.
    #[must_use]
    pub fn of(source: &Source) -> Self {
        let own = source.subject.view().window;
        let problem = source.build();
        let basins = (problem.objective.dimension() == 2)
            .then(|| Arc::new(Survey::of(Arc::clone(&problem.objective), own)));
        Self { problem, basins, own }
    }

    /// The same of a problem that was drawn and surveyed already.
    #[must_use]
    pub fn known(source: &Source, problem: &Problem, basins: Option<&Basins>) -> Self {
        Self {
            problem: problem.clone(),
            basins: basins.cloned().map(Arc::new),
            own: source.subject.view().window,
        }
    }
}

/// What is run in a cell.
pub struct Case {
    /// The run.
    pub setup: Setup,
    /// Its problem.
    pub ground: Arc<Surveyed>,
    /// What it is a run of, where its outcome depends on more than that: over more than two weights.
    pub whole: Option<(Arc<Scene>, RunSpec)>,
    /// What is to be known of it.
    pub known: Known,
}

/// What is to be known of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// How it ends.
    End,
    /// And the way there.
    Way,
}

/// What came of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Landed {
    /// How its run ended.
    pub outcome: Outcome,
    /// The loss that it began with; no number where its first step could not be made.
    pub first_loss: f64,
}

impl Case {
    /// The run of `spec` in `scene`, on `ground`.
    #[must_use]
    pub fn of(scene: &Arc<Scene>, spec: &RunSpec, ground: &Arc<Surveyed>) -> Self {
        let mut setup = scene.setup(spec.clone(), &ground.problem);
        // The loss on data that were set aside is no part of an end.
        setup.test = None;
        let whole = ground.basins.is_none().then(|| (Arc::clone(scene), spec.clone()));
        Self { setup, ground: Arc::clone(ground), whole, known: Known::End }
    }

    /// The same, of which the way is to be known too, and the loss on data that were set aside.
    #[must_use]
    pub fn with_its_way(mut self) -> Self {
        self.setup.test = self.ground.problem.test.clone().map(|test| test as Arc<dyn Objective>);
        Self { known: Known::Way, ..self }
    }

    /// What comes of it.
    #[must_use]
    pub fn landed(self) -> Landed {
        let mut flight = Flight::new(0, self);
        loop {
            flight.advance(usize::MAX);
            if let Stage::Landed(landed) = flight.stage {
                return *landed;
            }
        }
    }

    /// How it ends.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        self.landed().outcome
    }
}

/// Cells under way, and those that wait.
pub struct Fleet {
    flying: Vec<Flight>,
}

struct Flight {
    cell: usize,
    ground: Arc<Surveyed>,
    steps: usize,
    stage: Stage,
}

/// What a run that is under way is judged by.
struct Asked {
    about: About,
    whole: Option<(Arc<Scene>, RunSpec)>,
    known: Known,
}

enum Stage {
    /// Not begun: that is done beside the others.
    Waiting(Box<Case>),
    Flying(Box<Asked>, Craft),
    Landed(Box<Landed>),
    Over,
}

enum Craft {
    Running(Box<Run>),
    /// Over two weights, with nothing that changes on the way.
    Lean(Box<Lean>),
    Judging(Box<(Trajectory, OutcomeWork)>),
}

/// Steps of a run over two weights that are made in one piece, a few tens of microseconds; and of a formula.
const STEPS: usize = 64;
const STEPS_OF_A_FORMULA: usize = 512;
/// Over so many weights a step may take as long as that.
const MANY: usize = 64;
/// Cells under way at most; more would only wait for each other.
const MOST: usize = 32;
/// Numbers in the paths of all cells under way, at most.
const MOST_NUMBERS: usize = 12_000_000;
/// Numbers that a row has beside its weights, about.
const BESIDE: usize = 12;

impl Fleet {
    /// No cell is under way.
    #[must_use]
    pub fn new() -> Self {
        Self { flying: Vec::new() }
    }

    /// Does one piece of the work on every cell under way, in parallel; cells that have landed with their outcomes, and
    /// whether there are more.
    ///
    /// `next` says which cell is the next and what is run in it, and none when no more wait.
    pub fn advance(
        &mut self,
        mut next: impl FnMut() -> Option<(usize, Case)>,
    ) -> (Vec<(usize, Landed)>, bool) {
        let mut room = MOST;
        if let Some(first) = self.flying.first() {
            room = first.room();
        }
        let mut waits = true;
        while self.flying.len() < room {
            let Some((cell, case)) = next() else {
                waits = false;
                break;
            };
            let flight = Flight::new(cell, case);
            room = room.min(flight.room());
            self.flying.push(flight);
        }
        self.flying.par_iter_mut().with_max_len(1).for_each(|flight| {
            let objective = &flight.ground.problem.objective;
            flight.advance(match objective.dimension() {
                MANY.. => 1,
                _ if objective.examples() == 0 => STEPS_OF_A_FORMULA,
                _ => STEPS,
            });
        });
        let mut landed = Vec::new();
        self.flying.retain_mut(|flight| match std::mem::replace(&mut flight.stage, Stage::Over) {
            Stage::Landed(found) => {
                landed.push((flight.cell, *found));
                false
            }
            stage => {
                flight.stage = stage;
                true
            }
        });
        (landed, waits || !self.flying.is_empty())
    }
}

impl Default for Fleet {
    fn default() -> Self {
        Self::new()
    }
}

impl Flight {
    fn new(cell: usize, case: Case) -> Self {
        let (ground, steps) = (Arc::clone(&case.ground), case.setup.steps);
        Self { cell, ground, steps, stage: Stage::Waiting(Box::new(case)) }
    }

    /// How many like this may be under way at once.
    fn room(&self) -> usize {
        let dimension = self.ground.problem.objective.dimension();
        // Costly steps are made by few at a time, so that a piece stays short.
        let most = if dimension >= MANY { rayon::current_num_threads() } else { MOST };
        let a_path = (dimension + BESIDE).saturating_mul(self.steps.saturating_add(1));
        (MOST_NUMBERS / a_path.max(1)).clamp(1, most)
    }

    /// Does one piece of the work, so many steps or a part of the judgement.
    fn advance(&mut self, steps: usize) {
        let (asked, craft) = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Waiting(case) => begun(*case),
            Stage::Flying(asked, craft) => (asked, craft),
            over @ (Stage::Landed(_) | Stage::Over) => {
                self.stage = over;
                return;
            }
        };
        self.stage = match craft {
            Craft::Running(mut run) => {
                if (0..steps).all(|_| run.advance()) {
                    Stage::Flying(asked, Craft::Running(run))
                } else {
                    self.judge(asked, run.finish())
                }
            }
            Craft::Lean(mut run) => {
                if (0..steps).all(|_| run.advance()) {
                    Stage::Flying(asked, Craft::Lean(run))
                } else {
                    self.judge(asked, run.finish())
                }
            }
            Craft::Judging(mut judging) => {
                let (path, work) = &mut *judging;
                match work.advance(path) {
                    Some(outcome) => land(outcome, path),
                    None => Stage::Flying(asked, Craft::Judging(judging)),
                }
            }
        };
    }

    /// A path as it is judged; most are in one piece.
    fn judge(&self, asked: Box<Asked>, path: Trajectory) -> Stage {
        let Surveyed { problem, basins, .. } = &*self.ground;
        let objective = &problem.objective;
        let about = match &asked.whole {
            Some((scene, spec)) => about::of(scene, spec, objective.examples(), &path),
            None => asked.about,
        };
        let (objective, basins) = (Arc::clone(objective), basins.as_deref());
        let mut work = match asked.known {
            Known::End => OutcomeWork::of_the_end(objective, basins, &path, about),
            Known::Way => OutcomeWork::new(objective, basins, &path, about),
        };
        match work.advance(&path) {
            Some(outcome) => land(outcome, &path),
            None => Stage::Flying(asked, Craft::Judging(Box::new((path, work)))),
        }
    }
}

/// A case whose run is before its first step.
fn begun(Case { setup, ground, whole, known }: Case) -> (Box<Asked>, Craft) {
    let about = About::of(&setup, ground.own);
    let craft = match Lean::of(&setup) {
        Some(lean) => Craft::Lean(Box::new(lean)),
        None => Craft::Running(Box::new(Run::new(setup))),
    };
    (Box::new(Asked { about, whole, known }), craft)
}

fn land(outcome: Outcome, path: &Trajectory) -> Stage {
    let first_loss = path.row(0).map_or(f64::NAN, |row| row.numbers.loss);
    Stage::Landed(Box::new(Landed { outcome, first_loss }))
}
