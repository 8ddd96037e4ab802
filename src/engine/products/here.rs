//! How sharp the loss is where every run stands, for the numbers at the step shown: each over its own neighbourhood.

use web_time::Instant;

use super::measures::{Along, Measures, MeasuresJob};
use crate::analysis::measures::Measured;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::moment::Moment;

impl Product for Here {
    type Job = HereJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<HereJob> {
        match (asked.along, engine.comparison()) {
            (Some(_), Some(runs)) => {
                let at = asked.at.within(&runs.runs);
                Implied::Job(HereJob(MeasuresJob::of(runs, Along::At(at))))
            }
            (None, _) | (_, None) => Implied::Keep,
        }
    }
}

/// What was measured where the runs stand.
#[derive(Clone)]
pub struct Here {
    /// At one step of each run.
    pub measures: Measures,
    /// The moment; a run that ended before is at its last step.
    pub at: Moment,
}

impl Here {
    /// What was measured where run number `run` stands.
    #[must_use]
    pub fn of(&self, run: usize) -> Option<&Measured> {
        let path = self.measures.comparison.runs.get(run)?;
        self.measures.at(run, self.at.step_of(path))
    }
}

/// The measures of a step; depends on the runs and the step.
#[derive(Clone, PartialEq)]
pub struct HereJob(MeasuresJob);

impl Job for HereJob {
    type Product = Here;

    fn is_followed_by(&self, next: &Self) -> bool {
        self.0.is_followed_by(&next.0)
    }

    fn begin(&self) -> Box<dyn Task<Here>> {
        Box::new(Measuring { inner: self.0.begin(), at: self.0.moment() })
    }
}

struct Measuring {
    inner: Box<dyn Task<Measures>>,
    at: Moment,
}

impl Task<Here> for Measuring {
    fn advance(&mut self, until: Instant) -> Progress<Here> {
        match self.inner.advance(until) {
            Progress::Done(measures) => Progress::Done(Here { measures, at: self.at }),
            Progress::Preview(_) | Progress::Working => Progress::Working,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::comparison::ComparisonJob;
    use super::*;
    use crate::engine::slot::to_end;
    use crate::scene::file;

    #[test]
    fn numbers_are_those_of_the_step_even_where_a_chart_leaves_it_out() {
        let text = "data = \"moons\"\nmodel = \"network\"\nsteps = 400";
        let runs = to_end(&ComparisonJob::of(&file::read(text).unwrap()));
        let chart = to_end(&MeasuresJob::of(&runs, Along::Everything));
        let step = (0..400).find(|step| chart.runs[1].iter().all(|(k, _)| k != step)).unwrap();
        let here = to_end(&HereJob(MeasuresJob::of(&runs, Along::At(step.into()))));
        assert_eq!(here.measures.runs[1][0].0, step);
        assert_ne!(here.of(1).unwrap().lambda_max, chart.at(1, step).unwrap().lambda_max);
        assert!(Arc::ptr_eq(&here.measures.comparison, &runs));
    }
}
