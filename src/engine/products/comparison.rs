//! The runs of a scene: everything that depends on who minimises what, and nothing that depends on how it is seen.

use std::sync::Arc;

use web_time::Instant;

use crate::analysis::cut::{Cut, CutWork};
use crate::analysis::section::Section;
use crate::analysis::{grounds, slices};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::run::Run;
use crate::optim::trajectory::Trajectory;
use crate::problem::Objective;
use crate::scene::arrows::Arrows;
use crate::scene::layer::Layer;
use crate::scene::prospect::{Bearing, Prospect};
use crate::scene::{Problem, Scene, names};

/// The runs of a scene, compared.
#[derive(Clone)]
pub struct Comparison {
    /// What they follow from: the scene they were asked for by, without what only says how they are seen.
    pub scene: Scene,
    /// What they minimised.
    pub problem: Problem,
    /// What each run is called in words.
    pub labels: Vec<String>,
    /// The runs, in the order of the scene.
    pub runs: Vec<Trajectory>,
    /// The loss along the line from the first run's end to that of each other run, and beyond; none for a run without
    /// an end, and for the first.
    pub cuts: Vec<Option<Cut>>,
    /// What is seen of them where the map is the whole space; none where it is a plane that is still to be chosen.
    pub whole: Option<Arc<Section>>,
}

impl Comparison {
    /// The last step that any run made.
    #[must_use]
    pub fn last_step(&self) -> usize {
        self.runs.iter().map(Trajectory::last_step).max().unwrap_or(0)
    }
}

impl PartialEq for Comparison {
    /// Runs of one scene are the same bit for bit, so the scene is all that has to be compared.
    fn eq(&self, other: &Self) -> bool {
        self.scene == other.scene
    }
}

impl Product for Arc<Comparison> {
    type Job = ComparisonJob;

    fn implied(asked: &Asked<'_>, _: &Engine) -> Implied<ComparisonJob> {
        Implied::Job(ComparisonJob::of(asked.scene))
    }
}

/// The runs; depends on everything in a scene but how they are seen.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonJob {
    scene: Scene,
}

impl ComparisonJob {
    /// The runs of `scene`.
    #[must_use]
    pub fn of(scene: &Scene) -> Self {
        let mut scene = scene.clone();
        scene.title = String::new();
        scene.window = None;
        scene.measure = None;
        scene.layer = Layer::default();
        scene.ground = grounds::loss();
        scene.arrows = Arrows::default();
        scene.view = Prospect::default();
        scene.turn = Bearing::default();
        scene.slice = slices::default();
        scene.runs.show_all();
        Self { scene }
    }
}

impl Job for ComparisonJob {
    type Product = Arc<Comparison>;

    fn begin(&self) -> Box<dyn Task<Arc<Comparison>>> {
        let problem = self.scene.source().build();
        let runs = self.scene.setups(&problem).into_iter().map(Run::new).collect();
        let dimension = problem.objective.dimension();
        let stage = Stage::Running(runs);
        Box::new(ComparisonTask { scene: self.scene.clone(), dimension, problem, stage })
    }
}

struct ComparisonTask {
    scene: Scene,
    dimension: usize,
    problem: Problem,
    stage: Stage,
}

enum Stage {
    Running(Vec<Run>),
    /// The runs are over; the loss between their ends is being measured.
    Cutting {
        runs: Vec<Trajectory>,
        work: Vec<Option<CutWork>>,
        done: Vec<Option<Cut>>,
    },
    Over,
}

impl ComparisonTask {
    /// The lines from the first run's end to the others', of which nothing is known yet.
    fn cuts(&self, runs: &[Trajectory]) -> Vec<Option<CutWork>> {
        let first = runs.first().and_then(Trajectory::end);
        let cut = |(place, run): (usize, &Trajectory)| {
            let test = self.problem.test.clone().map(|test| test as Arc<dyn Objective>);
            let objective = Arc::clone(&self.problem.objective);
            let ends = [first.clone()?, run.end()?];
            (place > 0).then(|| CutWork::new(objective, test, ends))
        };
        runs.iter().enumerate().map(cut).collect()
    }

    fn comparison(&self, runs: Vec<Trajectory>, cuts: Vec<Option<Cut>>) -> Comparison {
        let whole = (self.dimension == 2).then(|| {
            let names = self.problem.objective.weight_names();
            let window = self.scene.subject.view().window;
            Arc::new(Section::of_two_weights(names, window, &runs))
        });
        Comparison {
            scene: self.scene.clone(),
            labels: names::labels(&self.scene),
            problem: self.problem.clone(),
            runs,
            cuts,
            whole,
        }
    }
}

/// Steps between two looks at the clock: a step over two weights takes some microseconds, a look tens of nanoseconds.
const STRIDE: usize = 16;
/// With so many weights or more a step may take a tenth of a millisecond, and one looks after each.
const MANY: usize = 64;

impl Task<Arc<Comparison>> for ComparisonTask {
    fn advance(&mut self, until: Instant) -> Progress<Arc<Comparison>> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Running(mut runs) => {
                let stride = if self.dimension < MANY { STRIDE } else { 1 };
                self.stage = if run_until(&mut runs, stride, until) {
                    let runs: Vec<Trajectory> = runs.into_iter().map(Run::finish).collect();
                    Stage::Cutting { work: self.cuts(&runs), runs, done: Vec::new() }
                } else {
                    Stage::Running(runs)
                };
                Progress::Working
            }
            Stage::Cutting { runs, mut work, mut done } => {
                while let Some(cut) = work.get_mut(done.len()) {
                    if cut.as_mut().is_some_and(CutWork::advance) {
                        if Instant::now() >= until {
                            self.stage = Stage::Cutting { runs, work, done };
                            return Progress::Working;
                        }
                    } else {
                        done.push(cut.take().map(CutWork::finish));
                    }
                }
                Progress::Done(Arc::new(self.comparison(runs, done)))
            }
            Stage::Over => Progress::Working,
        }
    }
}

/// Makes steps, looking at the clock after every `stride`, until the clock runs out or all runs are over; true when they are.
fn run_until(runs: &mut [Run], stride: usize, until: Instant) -> bool {
    loop {
        for _ in 0..stride {
            let mut moved = false;
            for run in &mut *runs {
                moved |= run.advance();
            }
            if !moved {
                return true;
            }
        }
        if Instant::now() >= until {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::file;

    #[test]
    fn how_runs_are_seen_makes_no_difference_to_them() {
        let scene = file::read("data = \"linear_task\"").unwrap();
        let other = file::read(
            "title = \"otherwise\"\ndata = \"linear_task\"\nslice = \"eigenvectors\"\nwindow = [0, 1, 0, 1]",
        );
        assert_eq!(ComparisonJob::of(&scene), ComparisonJob::of(&other.unwrap()));
        let seed = file::read("data = \"linear_task\"\nseed = 2").unwrap();
        assert_ne!(ComparisonJob::of(&scene), ComparisonJob::of(&seed));
    }
}
