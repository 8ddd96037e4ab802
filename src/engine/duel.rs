//! The two runs: everything that depends on who minimises what, and nothing that depends on how it is seen.

use std::sync::Arc;

use web_time::Instant;

use super::products::Duel;
use super::slot::{Job, Progress, Task};
use crate::analysis::cut::CutWork;
use crate::analysis::section::Section;
use crate::analysis::slices;
use crate::optim::run::Run;
use crate::optim::trajectory::Trajectory;
use crate::problem::Objective;
use crate::scene::{Problem, Scene};

/// Two runs; depends on everything in a scene but how they are seen.
#[derive(Debug, Clone, PartialEq)]
pub struct DuelJob {
    scene: Scene,
}

impl DuelJob {
    /// The runs of `scene`.
    #[must_use]
    pub fn of(scene: &Scene) -> Self {
        let unseen =
            Scene { title: String::new(), window: None, slice: slices::default(), ..scene.clone() };
        Self { scene: unseen }
    }
}

impl Job for DuelJob {
    type Product = Arc<Duel>;

    fn begin(&self) -> Box<dyn Task<Arc<Duel>>> {
        let problem = self.scene.source().build();
        let [base, sam] = self.scene.setups(&problem).map(Run::new);
        let stage = Stage::Running(Box::new((base, sam)));
        let dimension = problem.objective.dimension();
        Box::new(DuelTask { scene: self.scene.clone(), dimension, problem, stage })
    }
}

struct DuelTask {
    scene: Scene,
    dimension: usize,
    problem: Problem,
    stage: Stage,
}

enum Stage {
    Running(Box<(Run, Run)>),
    /// The runs are over; the loss between their ends is being measured.
    Cutting(Box<(Trajectory, Trajectory)>, Option<CutWork>),
    Over,
}

impl DuelTask {
    fn cut(&self, base: &Trajectory, sam: &Trajectory) -> Option<CutWork> {
        let test = self.problem.test.clone().map(|test| test as Arc<dyn Objective>);
        let objective = Arc::clone(&self.problem.objective);
        Some(CutWork::new(objective, test, [base.end()?, sam.end()?]))
    }

    fn duel(&self, base: Trajectory, sam: Trajectory, cut: Option<CutWork>) -> Duel {
        let whole = (self.dimension == 2).then(|| {
            let names = self.problem.objective.weight_names();
            let window = self.scene.subject.view().window;
            Arc::new(Section::of_two_weights(names, window, [&base, &sam]))
        });
        Duel {
            scene: self.scene.clone(),
            problem: self.problem.clone(),
            base,
            sam,
            cut: cut.map(CutWork::finish),
            whole,
        }
    }
}

/// Steps between two looks at the clock: a step over two weights takes some microseconds, a look tens of nanoseconds.
const STRIDE: usize = 16;
/// With so many weights or more a step may take a tenth of a millisecond, and one looks after each.
const MANY: usize = 64;

impl Task<Arc<Duel>> for DuelTask {
    fn advance(&mut self, until: Instant) -> Progress<Arc<Duel>> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Running(mut runs) => {
                let (base, sam) = &mut *runs;
                let stride = if self.dimension < MANY { STRIDE } else { 1 };
                if run_until(base, sam, stride, until) {
                    let (base, sam) = *runs;
                    let ends = Box::new((base.finish(), sam.finish()));
                    let cut = self.cut(&ends.0, &ends.1);
                    self.stage = Stage::Cutting(ends, cut);
                } else {
                    self.stage = Stage::Running(runs);
                }
                Progress::Working
            }
            Stage::Cutting(runs, mut cut) => {
                if let Some(work) = &mut cut {
                    while work.advance() {
                        if Instant::now() >= until {
                            self.stage = Stage::Cutting(runs, cut);
                            return Progress::Working;
                        }
                    }
                }
                let (base, sam) = *runs;
                Progress::Done(Arc::new(self.duel(base, sam, cut)))
            }
            Stage::Over => Progress::Working,
        }
    }
}

/// Makes steps, looking at the clock after every `stride`, until the clock runs out or both runs are over; true when they are.
fn run_until(base: &mut Run, sam: &mut Run, stride: usize, until: Instant) -> bool {
    loop {
        for _ in 0..stride {
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
        assert_eq!(DuelJob::of(&scene), DuelJob::of(&other.unwrap()));
        let seed = file::read("data = \"linear_task\"\nseed = 2").unwrap();
        assert_ne!(DuelJob::of(&scene), DuelJob::of(&seed));
    }
}
