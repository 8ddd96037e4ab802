//! The step shown of every run, with the vectors that trajectories do not keep: g, ε, `∇L_B(w + ε)`.
//!
//! Where it takes some microseconds, it is there in the frame that asks for it; else a thread recalls it, and goes on
//! from where the last one was recalled.

use std::sync::{Arc, Mutex};

use web_time::Instant;

use super::comparison::Comparison;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::recall::Recall;
use crate::optim::replay::Step;
use crate::optim::trajectory::Trajectory;

impl Product for Steps {
    type Job = StepsJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<StepsJob> {
        let shown = engine.shown().filter(|_| asked.window.is_some());
        let Some(seen) = shown else { return Implied::Nothing };
        let last = engine.product::<Self>();
        let last = last.filter(|steps| Arc::ptr_eq(&steps.comparison, &seen.comparison));
        let recalls = last.map(|steps| Arc::clone(&steps.recalls)).unwrap_or_default();
        Implied::Job(StepsJob { recalls, ..StepsJob::of(&seen.comparison, asked.step) })
    }
}

/// The step of every run that leaves the row shown.
#[derive(Clone)]
pub struct Steps {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// The step; a run that ended before is at its last.
    pub step: usize,
    /// Of each run; none for a run without a row.
    pub runs: Vec<Option<Step>>,
    recalls: Recalls,
}

/// Where the last steps were recalled, for whoever comes next; nothing while somebody is at it.
type Recalls = Arc<Mutex<Option<Vec<Recall>>>>;

/// The steps of all runs; depends on them and the step.
#[derive(Clone)]
pub struct StepsJob {
    comparison: Arc<Comparison>,
    step: usize,
    /// Makes it faster and nothing else.
    recalls: Recalls,
}

impl PartialEq for StepsJob {
    fn eq(&self, other: &Self) -> bool {
        self.step == other.step && Arc::ptr_eq(&self.comparison, &other.comparison)
    }
}

impl StepsJob {
    /// The steps of `comparison` at `step`.
    #[must_use]
    pub fn of(comparison: &Arc<Comparison>, step: usize) -> Self {
        let step = step.min(comparison.last_step());
        Self { comparison: Arc::clone(comparison), step, recalls: Recalls::default() }
    }

    /// Recalls of all runs: those of last time, or new ones.
    fn take(&self) -> Vec<Recall> {
        let left = self.recalls.lock().ok().and_then(|mut left| left.take());
        left.unwrap_or_else(|| {
            let setups = self.comparison.scene.setups(&self.comparison.problem);
            setups.iter().map(Recall::new).collect()
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
            let step = self.step.min(run.last_step());
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
            while !recall.advance(run, job.step.min(run.last_step()), STRIDE) {
                if Instant::now() >= until {
                    return Progress::Working;
                }
            }
        }
        Progress::Done(Steps {
            comparison: Arc::clone(&job.comparison),
            step: job.step,
            runs: recalls.iter().map(|recall| recall.last().cloned()).collect(),
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
