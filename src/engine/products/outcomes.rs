//! How every run ended, as data: what sentences, tables and titles format.

use std::sync::Arc;

use web_time::Instant;

use super::comparison::Comparison;
use super::survey::Surveyed;
use crate::analysis::basins::Basins;
use crate::analysis::outcome::{Outcome, OutcomeWork};
use crate::analysis::silent::{self, Silence};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::scene::about;

/// How every run of a comparison ended.
#[derive(Clone)]
pub struct Outcomes {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// How each ended.
    pub runs: Vec<Outcome>,
    /// Why each has nothing to learn from, where it has not.
    pub silence: Vec<Option<Silence>>,
}

impl Product for Outcomes {
    type Job = OutcomesJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<OutcomesJob> {
        if !asked.outcomes {
            return Implied::Keep;
        }
        let Some(comparison) = engine.comparison() else { return Implied::Keep };
        let source = comparison.scene.source();
        let basins = engine.product::<Surveyed>().filter(|found| found.source == source);
        let needs_basins = comparison.problem.objective.dimension() == 2;
        match basins {
            None if needs_basins => Implied::Keep,
            found => Implied::Job(OutcomesJob::of(comparison, found)),
        }
    }
}

/// The outcomes of runs; depends on them and on the minima of their problem.
#[derive(Clone)]
pub struct OutcomesJob {
    comparison: Arc<Comparison>,
    basins: Option<Arc<Basins>>,
}

impl PartialEq for OutcomesJob {
    /// The minima follow from the problem, so the runs are all that has to be compared.
    fn eq(&self, other: &Self) -> bool {
        self.comparison == other.comparison
    }
}

impl OutcomesJob {
    /// The outcomes of `comparison`, with the minima of its problem where it has two weights.
    #[must_use]
    pub fn of(comparison: &Arc<Comparison>, surveyed: Option<&Surveyed>) -> Self {
        let basins = surveyed.map(|found| Arc::clone(&found.basins));
        Self { comparison: Arc::clone(comparison), basins }
    }
}

impl Job for OutcomesJob {
    type Product = Outcomes;

    fn begin(&self) -> Box<dyn Task<Outcomes>> {
        Box::new(OutcomesTask { job: self.clone(), work: None, found: Vec::new() })
    }
}

struct OutcomesTask {
    job: OutcomesJob,
    /// The outcome that is being found.
    work: Option<OutcomeWork>,
    found: Vec<Outcome>,
}

impl OutcomesTask {
    fn work(&self, run: usize) -> Option<OutcomeWork> {
        let Comparison { scene, problem, runs, .. } = &*self.job.comparison;
        let spec = scene.spec(run);
        let path = runs.get(run)?;
        let objective = Arc::clone(&problem.objective);
        let about = about::of(scene, &spec, objective.examples(), path);
        Some(OutcomeWork::new(objective, self.job.basins.as_deref(), path, about))
    }

    fn product(&mut self) -> Outcomes {
        let comparison = Arc::clone(&self.job.comparison);
        let risk = comparison.problem.risk.as_deref();
        let silence = comparison.runs.iter().map(|run| silent::of(risk?, run)).collect();
        Outcomes { comparison, runs: std::mem::take(&mut self.found), silence }
    }
}

impl Task<Outcomes> for OutcomesTask {
    fn advance(&mut self, until: Instant) -> Progress<Outcomes> {
        loop {
            let run = self.found.len();
            let Some(path) = self.job.comparison.runs.get(run) else {
                return Progress::Done(self.product());
            };
            if self.work.is_none() {
                self.work = self.work(run);
            }
            if let Some(outcome) = self.work.as_mut().and_then(|work| work.advance(path)) {
                self.found.push(outcome);
                self.work = None;
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
    }
}
