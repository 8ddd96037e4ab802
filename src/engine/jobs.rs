//! The jobs: what each product depends on, and how it is made a turn at a time.

use std::sync::Arc;

use web_time::Instant;

use super::plan;
use super::products::{Duel, Fineness, Terrain};
use super::slot::{Job, Progress, Task};
use crate::analysis::contour::contours;
use crate::analysis::cut::CutWork;
use crate::analysis::field::{Field, FieldWork};
use crate::analysis::levels::{Levels, Spacing};
use crate::analysis::minima::minima;
use crate::analysis::relief::Relief;
use crate::analysis::section::Section;
use crate::analysis::slices::{self, Ground};
use crate::math::random::Streams;
use crate::optim::run::Run;
use crate::optim::trajectory::Trajectory;
use crate::problem::Objective;
use crate::problem::grid::{Grid, Plane, Precision};
use crate::scene::{Problem, Scene, Source};

/// Two runs and the plane they are seen in; depends on everything in a scene but which part of the map is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct DuelJob {
    scene: Scene,
    /// The step shown, where the plane depends on it.
    step: Option<usize>,
}

impl DuelJob {
    /// The runs of `scene`, seen at `step`.
    #[must_use]
    pub fn of(scene: &Scene, step: usize) -> Self {
        let mut scene = Scene { title: String::new(), window: None, ..scene.clone() };
        if scene.subject.dimension() == 2 {
            // The map is the whole space: no slice makes a difference.
            scene.slice = slices::default();
        }
        let step = scene.slice.build().follows_the_step().then_some(step);
        Self { scene, step }
    }
}

impl Job for DuelJob {
    type Product = Duel;

    fn begin(&self) -> Box<dyn Task<Duel>> {
        let problem = self.scene.source().build();
        let [base, sam] = self.scene.setups(&problem).map(Run::new);
        Box::new(DuelTask {
            scene: self.scene.clone(),
            step: self.step.unwrap_or(self.scene.steps.get()),
            problem,
            stage: Training::Running(Box::new((base, sam))),
        })
    }
}

struct DuelTask {
    scene: Scene,
    step: usize,
    problem: Problem,
    stage: Training,
}

enum Training {
    Running(Box<(Run, Run)>),
    /// The runs are over; the loss between their ends is being measured.
    Cutting(Box<Finished>, Option<CutWork>),
    Over,
}

struct Finished {
    base: Trajectory,
    sam: Trajectory,
    section: Section,
}

impl DuelTask {
    fn cut(&self, base: &Trajectory, sam: &Trajectory) -> Option<CutWork> {
        let test = self.problem.test.clone().map(|test| test as Arc<dyn Objective>);
        let objective = Arc::clone(&self.problem.objective);
        Some(CutWork::new(objective, test, [base.end()?, sam.end()?]))
    }

    fn section(&self, base: &Trajectory, sam: &Trajectory) -> Section {
        let start = self.scene.first_weights();
        let ground = Ground {
            objective: &*self.problem.objective,
            start: start.view(),
            base,
            sam,
            step: self.step,
            streams: Streams::new(self.scene.seed),
        };
        if start.len() == 2 {
            Section::of_two_weights(&ground, self.scene.subject.view().window)
        } else {
            Section::of(&*self.scene.slice.build(), &ground)
        }
    }
}

/// Steps between two looks at the clock: a step takes some microseconds, a look tens of nanoseconds.
const STRIDE: usize = 16;

impl Task<Duel> for DuelTask {
    fn advance(&mut self, until: Instant) -> Progress<Duel> {
        match std::mem::replace(&mut self.stage, Training::Over) {
            Training::Running(mut runs) => {
                let (base, sam) = &mut *runs;
                if run_until(base, sam, until) {
                    let (base, sam) = *runs;
                    let (base, sam) = (base.finish(), sam.finish());
                    let (section, cut) = (self.section(&base, &sam), self.cut(&base, &sam));
                    self.stage = Training::Cutting(Box::new(Finished { base, sam, section }), cut);
                } else {
                    self.stage = Training::Running(runs);
                }
                Progress::Working
            }
            Training::Cutting(finished, mut cut) => {
                if let Some(work) = &mut cut {
                    while work.advance() {
                        if Instant::now() >= until {
                            self.stage = Training::Cutting(finished, cut);
                            return Progress::Working;
                        }
                    }
                }
                let Finished { base, sam, section } = *finished;
                Progress::Done(Duel {
                    scene: self.scene.clone(),
                    problem: self.problem.clone(),
                    base,
                    sam,
                    section,
                    cut: cut.map(CutWork::finish),
                })
            }
            Training::Over => Progress::Working,
        }
    }
}

/// Makes steps until the clock runs out or both runs are over; true when they are.
fn run_until(base: &mut Run, sam: &mut Run, until: Instant) -> bool {
    loop {
        for _ in 0..STRIDE {
            let base_moved = base.advance();
            let sam_moved = sam.advance();
            if !base_moved && !sam_moved {
                return true;
            }
        }
        if Instant::now() >= until {
            return false;
        }
    }
}

/// The ground under the runs; depends on what is minimised and where one looks, not on who minimises it.
#[derive(Debug, Clone, PartialEq)]
pub struct TerrainJob {
    /// What is minimised.
    pub source: Source,
    /// The plane through weight space.
    pub plane: Plane,
    /// The pixels.
    pub grid: Grid,
}

impl Job for TerrainJob {
    type Product = Terrain;

    fn begin(&self) -> Box<dyn Task<Terrain>> {
        let objective = self.source.build().objective;
        let coarse = plan::grid(self.grid.window, COARSE);
        let stage = Stage::Preview(FieldWork::new(
            Arc::clone(&objective),
            self.plane.clone(),
            coarse,
            Precision::Fast,
        ));
        Box::new(TerrainTask { objective, plane: self.plane.clone(), grid: self.grid, stage })
    }
}

/// Pixels of a preview along its longer side.
const COARSE: usize = 64;

struct TerrainTask {
    objective: Arc<dyn Objective>,
    plane: Plane,
    grid: Grid,
    stage: Stage,
}

enum Stage {
    Preview(FieldWork),
    Full(FieldWork),
    Over,
}

impl Task<Terrain> for TerrainTask {
    fn advance(&mut self, until: Instant) -> Progress<Terrain> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Preview(mut work) => {
                if !work_until(&mut work, until) {
                    self.stage = Stage::Preview(work);
                    return Progress::Working;
                }
                let field = work.finish();
                let full = FieldWork::new(
                    Arc::clone(&self.objective),
                    self.plane.clone(),
                    self.grid,
                    field.precision_needed(),
                );
                self.stage = Stage::Full(full);
                Progress::Preview(self.terrain(field, Fineness::Preview))
            }
            Stage::Full(mut work) => {
                if work_until(&mut work, until) {
                    Progress::Done(self.terrain(work.finish(), Fineness::Full))
                } else {
                    self.stage = Stage::Full(work);
                    Progress::Working
                }
            }
            Stage::Over => Progress::Working,
        }
    }
}

/// Rows between two looks at the clock.
const ROWS: usize = 4;

/// Computes rows until the clock runs out or none is left; true when none is.
fn work_until(work: &mut FieldWork, until: Instant) -> bool {
    while work.advance(ROWS) {
        if Instant::now() >= until {
            return false;
        }
    }
    true
}

impl TerrainTask {
    fn terrain(&self, field: Field, fineness: Fineness) -> Terrain {
        let levels = Levels::of(&field, Spacing::Auto);
        let contours = contours(&field, &levels.values);
        let relief = Arc::new(Relief::new(&field, &levels));
        let minima = minima(&*self.objective, &field);
        Terrain { plane: self.plane.clone(), field, levels, contours, relief, minima, fineness }
    }
}
