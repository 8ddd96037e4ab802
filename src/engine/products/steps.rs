//! The step shown of every run, with the vectors that trajectories do not keep: g, ε, `∇L_B(w + ε)`.
//!
//! Where it takes some microseconds, it is there in the frame that asks for it; else a thread recalls it, and goes on
//! from where the last one was recalled.

use std::sync::{Arc, Mutex};

use web_time::Instant;

use super::comparison::Comparison;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::moment::Moment;
use crate::optim::recall::Recall;
use crate::optim::replay::Step;
use crate::optim::run::Moves;
use crate::optim::trajectory::Trajectory;

impl Product for Steps {
    type Job = StepsJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<StepsJob> {
        let shown = engine.shown().filter(|_| asked.window.is_some());
        let Some(seen) = shown else { return Implied::Nothing };
        let last = engine.product::<Self>();
        let last = last.filter(|steps| Arc::ptr_eq(&steps.comparison, &seen.comparison));
        let recalls = last.map(|steps| Arc::clone(&steps.recalls)).unwrap_or_default();
        Implied::Job(StepsJob::of(&seen.comparison, asked.at).going_on_from(recalls))
    }
}

/// The step of every run that leaves the row shown.
#[derive(Clone)]
pub struct Steps {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// The moment; a run that ended before is at its last step.
    pub at: Moment,
    /// Of each run; none for a run without a row.
    pub runs: Vec<Option<Step>>,
    /// What each base makes of its step, where that was asked for.
    pub moves: Vec<Option<Moves>>,
    pub(super) recalls: Recalls,
}

/// The recalls of all runs at the last step asked for, to go on from; none while a task has taken them.
pub(super) type Recalls = Arc<Mutex<Option<Vec<Recall>>>>;

/// The steps of all runs; depends on them and the step.
#[derive(Clone)]
pub struct StepsJob {
    comparison: Arc<Comparison>,
    at: Moment,
    bases: Bases,
    /// Where to go on from: it makes the work shorter and changes no result.
    recalls: Recalls,
}

/// Whether one asks what the bases make of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bases {
    Rest,
    Follow,
}

impl PartialEq for StepsJob {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
            && self.bases == other.bases
            && Arc::ptr_eq(&self.comparison, &other.comparison)
    }
}

impl StepsJob {
    /// The steps of `comparison` at `step`.
    #[must_use]
    pub fn of(comparison: &Arc<Comparison>, at: impl Into<Moment>) -> Self {
        let at = at.into().within(&comparison.runs);
        let (comparison, bases) = (Arc::clone(comparison), Bases::Rest);
        Self { comparison, at, bases, recalls: Recalls::default() }
    }

    /// The same, with what bases make of them.
    #[must_use]
    pub fn with_bases(comparison: &Arc<Comparison>, at: impl Into<Moment>) -> Self {
        Self { bases: Bases::Follow, ..Self::of(comparison, at) }
    }

    /// The same, going on from what was recalled before.
    pub(super) fn going_on_from(self, recalls: Recalls) -> Self {
        Self { recalls, ..self }
    }

    /// Recalls of all runs: those of last time, or new ones.
    fn take(&self) -> Vec<Recall> {
        let left = self.recalls.lock().ok().and_then(|mut left| left.take());
        left.unwrap_or_else(|| {
            let setups = self.comparison.scene.setups(&self.comparison.problem);
            let recall = match self.bases {
                Bases::Rest => Recall::new,
                Bases::Follow => Recall::with_base,
            };
            setups.iter().map(recall).collect()
        })
    }

    fn put_back(&self, recalls: Vec<Recall>) {
        if let Ok(mut left) = self.recalls.lock() {
            *left = Some(recalls);
        }
    }
}

/// A frame has so many multiplications left for the vectors of a step: a tenth of a millisecond or two.
const QUICK: usize = 100_000;

impl Job for StepsJob {
    type Product = Steps;

    fn is_followed_by(&self, next: &Self) -> bool {
        Arc::ptr_eq(&self.comparison, &next.comparison)
    }

    fn is_quick(&self) -> bool {
        let recalls = self.take();
        let objective = &self.comparison.problem.objective;
        let (dimension, examples) = (objective.dimension(), objective.examples().max(1));
        let work = |(recall, run): (&Recall, &Trajectory)| {
            let step = self.at.step_of(run);
            let gradients = recall.gradients(step).saturating_mul(dimension);
            gradients.saturating_add(recall.passes(step)).saturating_mul(examples)
        };
        let works = recalls.iter().zip(&self.comparison.runs).map(work);
        let is_quick = works.fold(0, usize::saturating_add) <= QUICK;
        self.put_back(recalls);
        is_quick
    }

    fn begin(&self) -> Box<dyn Task<Steps>> {
        Box::new(StepsTask { recalls: self.take(), job: self.clone() })
    }
}

struct StepsTask {
    job: StepsJob,
    recalls: Vec<Recall>,
}

/// Steps between two looks at the clock.
const STRIDE: usize = 16;

impl Task<Steps> for StepsTask {
    fn advance(&mut self, until: Instant) -> Progress<Steps> {
        let Self { job, recalls } = self;
        for (recall, run) in recalls.iter_mut().zip(&job.comparison.runs) {
            while !recall.advance(run, job.at.step_of(run), STRIDE) {
                if Instant::now() >= until {
                    return Progress::Working;
                }
            }
        }
        Progress::Done(Steps {
            comparison: Arc::clone(&job.comparison),
            at: job.at,
            runs: recalls.iter().map(|recall| recall.last().cloned()).collect(),
            moves: recalls.iter().map(|recall| recall.moves().cloned()).collect(),
            recalls: Arc::clone(&job.recalls),
        })
    }
}

impl Drop for StepsTask {
    /// A task that is dropped for another step has not gone its way in vain.
    fn drop(&mut self) {
        self.job.put_back(std::mem::take(&mut self.recalls));
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::ComparisonJob;
    use super::*;
    use crate::engine::slot::to_end;
    use crate::optim::replay::Replay;
    use crate::problem::grid::Window;
    use crate::scene::{Scene, file};

    fn runs_of(text: &str) -> Arc<Comparison> {
        to_end(&ComparisonJob::of(&file::read(text).unwrap()))
    }

    #[test]
    fn every_run_has_the_step_of_its_replay() {
        for ascent in ["sam", "friendly", "random_ball"] {
            let comparison =
                runs_of(&format!("landscape = \"himmelblau\"\nascent = \"{ascent}\"\nsteps = 30"));
            let setups = comparison.scene.setups(&comparison.problem);
            for step in [0, 7, 30, 999] {
                let steps = to_end(&StepsJob::of(&comparison, step));
                for (found, setup) in steps.runs.iter().zip(&setups) {
                    assert_eq!(*found, Replay::new(setup).nth(step.min(30)), "{ascent}");
                }
            }
        }
    }

    #[test]
    fn a_run_without_a_row_has_no_step() {
        let comparison = runs_of("landscape = \"quadratic\"\nstart = [1e200, 1e200]\nsteps = 3");
        assert_eq!(to_end(&StepsJob::of(&comparison, 0)).runs, vec![None, None]);
    }

    /// Asks once, as a frame does, for `step` of `scene` whose runs are there.
    fn ask(engine: &mut Engine, scene: &Scene, step: usize) {
        engine.ask(&Asked::of(scene, step).on(Window::new([-1.0, 1.0], [-1.0, 1.0])));
    }

    #[test]
    fn over_two_weights_the_step_is_there_in_the_frame_that_asks_for_it() {
        let (sender, wakes) = std::sync::mpsc::channel();
        let mut engine = Engine::on_threads(move || {
            let _ = sender.send(());
        });
        let scene = file::read("ascent = \"friendly\"").unwrap();
        while engine.shown().is_none() {
            ask(&mut engine, &scene, 0);
            wakes.recv().expect("workers wake their owner");
            engine.poll();
        }
        for step in 0..20 {
            ask(&mut engine, &scene, step);
            assert_eq!(engine.product::<Steps>().map(|steps| steps.at), Some(Moment::Step(step)));
        }
    }

    #[test]
    fn late_steps_of_an_ascent_with_memory_are_quick_after_the_one_before() {
        let comparison =
            runs_of("data = \"moons\"\nmodel = \"network\"\nascent = \"friendly\"\nsteps = 300");
        let job = StepsJob::of(&comparison, 290);
        assert!(!job.is_quick());
        let steps = to_end(&job);
        let recalls = Arc::clone(&steps.recalls);
        assert!(StepsJob { recalls, ..StepsJob::of(&comparison, 291) }.is_quick());
    }
}
