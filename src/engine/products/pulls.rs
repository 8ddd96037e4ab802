//! The pull of each example on the step shown, of every run.

use std::sync::Arc;

use ndarray::Array1;
use web_time::Instant;

use super::comparison::Comparison;
use super::steps::Steps;
use crate::analysis::pull::{Pull, PullWork};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::ascent::Via;
use crate::optim::moment::Moment;

impl Product for Pulls {
    type Job = PullsJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<PullsJob> {
        let has_data = |steps: &&Steps| steps.comparison.problem.risk.is_some();
        match engine.product::<Steps>().filter(|_| asked.pulls).filter(has_data) {
            Some(steps) => Implied::Job(PullsJob::of(steps)),
            None => Implied::Nothing,
        }
    }
}

/// The pulls on the steps of all runs.
#[derive(Clone)]
pub struct Pulls {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// The moment.
    pub at: Moment,
    /// Of each run; none for a run without a step.
    pub runs: Vec<Option<Pull>>,
}

/// The pulls on the steps of all runs; depends on these.
#[derive(Clone)]
pub struct PullsJob {
    comparison: Arc<Comparison>,
    at: Moment,
    steps: Vec<Option<[Array1<f64>; 2]>>,
    via: Vec<Via>,
}

impl PartialEq for PullsJob {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && Arc::ptr_eq(&self.comparison, &other.comparison)
    }
}

impl PullsJob {
    /// The pulls on `steps`.
    #[must_use]
    pub fn of(steps: &Steps) -> Self {
        let vectors = steps.runs.iter();
        Self {
            comparison: Arc::clone(&steps.comparison),
            at: steps.at,
            steps: vectors
                .clone()
                .map(|step| step.as_ref().map(|step| [step.w.clone(), step.epsilon.clone()]))
                .collect(),
            via: vectors
                .map(|step| step.as_ref().map(|step| step.via.clone()).unwrap_or_default())
                .collect(),
        }
    }
}

impl Job for PullsJob {
    type Product = Pulls;

    fn is_followed_by(&self, next: &Self) -> bool {
        Arc::ptr_eq(&self.comparison, &next.comparison)
    }

    fn begin(&self) -> Box<dyn Task<Pulls>> {
        let steps = self.steps.iter().zip(&self.via);
        let work = steps.map(|(step, via)| {
            step.as_ref().map(|[w, epsilon]| PullWork::at(w.view(), epsilon.view(), via))
        });
        let work: Vec<Option<PullWork>> = work.collect();
        let found = vec![None; work.len()];
        Box::new(PullsTask { job: self.clone(), work, found })
    }
}

struct PullsTask {
    job: PullsJob,
    /// What is still being found.
    work: Vec<Option<PullWork>>,
    found: Vec<Option<Pull>>,
}

impl Task<Pulls> for PullsTask {
    fn advance(&mut self, until: Instant) -> Progress<Pulls> {
        for (work, found) in self.work.iter_mut().zip(&mut self.found) {
            while let Some(under_way) = work {
                *found = under_way.advance(&*self.job.comparison.problem.objective);
                if found.is_some() {
                    *work = None;
                }
                if Instant::now() >= until {
                    return Progress::Working;
                }
            }
        }
        let (comparison, runs) =
            (Arc::clone(&self.job.comparison), std::mem::take(&mut self.found));
        Progress::Done(Pulls { comparison, at: self.job.at, runs })
    }
}
