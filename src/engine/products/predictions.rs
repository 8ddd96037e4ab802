//! What every run predicts at the step shown: curves and boundaries beside the data.

use std::sync::Arc;

use web_time::Instant;

use super::comparison::Comparison;
use crate::analysis::predictions::Prediction;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::moment::Moment;
use crate::problem::datasets::Task as Learning;
use crate::scene::Subject;

/// The predictions of all runs at a step.
#[derive(Clone)]
pub struct Predictions {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// Of each run; none for a run without a row.
    pub runs: Vec<Option<Prediction>>,
}

impl Product for Predictions {
    type Job = PredictionsJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<PredictionsJob> {
        match engine
            .comparison()
            .filter(|runs| asked.window.is_some() && runs.problem.risk.is_some())
        {
            Some(runs) => Implied::Job(PredictionsJob::of(runs, asked.at)),
            None => Implied::Nothing,
        }
    }
}

/// The predictions of all runs; depends on them and the step.
#[derive(Clone, PartialEq)]
pub struct PredictionsJob {
    comparison: Arc<Comparison>,
    at: Moment,
}

impl PredictionsJob {
    /// The predictions of `comparison` at `step`.
    #[must_use]
    pub fn of(comparison: &Arc<Comparison>, at: impl Into<Moment>) -> Self {
        let at = at.into().within(&comparison.runs);
        Self { comparison: Arc::clone(comparison), at }
    }

    /// What the model learns; none where there are no data.
    fn learning(&self) -> Option<Learning> {
        match &self.comparison.scene.subject {
            Subject::Fit(fit) => Some(fit.data.build().task()),
            Subject::Formula(_) => None,
        }
    }
}

impl Job for PredictionsJob {
    type Product = Predictions;

    /// A line is evaluated at some hundred places: it is there in the frame that moves the step.
    fn is_quick(&self) -> bool {
        self.comparison.problem.objective.dimension() == 2
    }

    fn is_followed_by(&self, next: &Self) -> bool {
        Arc::ptr_eq(&self.comparison, &next.comparison)
    }

    fn begin(&self) -> Box<dyn Task<Predictions>> {
        Box::new(PredictionsTask {
            job: self.clone(),
            learning: self.learning(),
            found: Vec::new(),
        })
    }
}

struct PredictionsTask {
    job: PredictionsJob,
    learning: Option<Learning>,
    found: Vec<Option<Prediction>>,
}

impl Task<Predictions> for PredictionsTask {
    fn advance(&mut self, until: Instant) -> Progress<Predictions> {
        let PredictionsJob { comparison, at } = &self.job;
        while let Some(run) = comparison.runs.get(self.found.len()) {
            let risk = comparison.problem.risk.as_deref();
            let of = |row| Some(Prediction::of(risk?, self.learning?, row));
            self.found.push(run.row_at_most(at.step_of(run)).and_then(of));
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
        let runs = std::mem::take(&mut self.found);
        Progress::Done(Predictions { comparison: Arc::clone(comparison), runs })
    }
}
