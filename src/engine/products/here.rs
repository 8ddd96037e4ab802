//! How sharp the loss is where every run stands, for the numbers at the step shown: each over its own neighbourhood.
//!
//! With two weights the steps that follow are measured too, so that numbers are there when the playhead is.

use std::sync::Arc;

use web_time::Instant;

use super::comparison::{Comparison, ComparisonJob};
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
                // While a slider makes new runs, the step shown of each of them is all that anybody will see.
                let known = engine.product::<Self>().map(|found| &found.measures.comparison);
                let stays = known.is_some_and(|known| Arc::ptr_eq(known, runs))
                    && ComparisonJob::of(&runs.scene) == ComparisonJob::of(asked.scene);
                let job = if stays { HereJob::going_on } else { HereJob::of };
                Implied::Job(job(runs, asked.at.within(&runs.runs)))
            }
            (None, _) | (_, None) => Implied::Keep,
        }
    }
}

/// What was measured where the runs stand.
#[derive(Clone)]
pub struct Here {
    /// At some steps of each run.
    pub measures: Measures,
    /// The first and the last moment of them; a run that ended before is at its last step.
    pub moments: [Moment; 2],
}

impl Here {
    /// What was measured where run number `run` stands at `step`; none where that is not known.
    #[must_use]
    pub fn of(&self, run: usize, at: Moment) -> Option<&Measured> {
        let runs = &self.measures.comparison.runs;
        let (at, [first, last]) = (at.within(runs), self.moments);
        let is_known = at.counts_as(first) && (first.count()..=last.count()).contains(&at.count());
        if is_known { self.measures.at(run, at.step_of(runs.get(run)?)) } else { None }
    }
}

/// The measures of a moment and some that follow; depends on the runs and on which moments these are.
#[derive(Clone, PartialEq)]
pub struct HereJob {
    inner: MeasuresJob,
    moments: [Moment; 2],
}

/// With two weights so many moments and as many that follow are measured together: a fraction of a millisecond each.
const STRETCH: usize = 16;

impl HereJob {
    /// What has to be known of `runs` at a moment.
    #[must_use]
    pub fn of(runs: &Arc<Comparison>, at: Moment) -> Self {
        let at = at.within(&runs.runs);
        Self { inner: MeasuresJob::of(runs, Along::Between([at; 2])), moments: [at; 2] }
    }

    /// The same, and with two weights of the moments that follow.
    #[must_use]
    pub fn going_on(runs: &Arc<Comparison>, at: Moment) -> Self {
        let at = at.within(&runs.runs);
        let few = runs.problem.objective.dimension() == 2;
        let first = if few { at.count() - at.count() % STRETCH } else { at.count() };
        let last = if few { first + 2 * STRETCH - 1 } else { first };
        let moments = [first, last].map(|count| at.counting(count).within(&runs.runs));
        let inner = MeasuresJob::of(runs, Along::Between(moments));
        Self { inner, moments }
    }
}

impl Job for HereJob {
    type Product = Here;

    fn is_followed_by(&self, next: &Self) -> bool {
        self.inner.is_followed_by(&next.inner)
    }

    fn begin(&self) -> Box<dyn Task<Here>> {
        Box::new(Measuring { inner: self.inner.begin(), moments: self.moments })
    }
}

struct Measuring {
    inner: Box<dyn Task<Measures>>,
    moments: [Moment; 2],
}

impl Task<Here> for Measuring {
    fn advance(&mut self, until: Instant) -> Progress<Here> {
        match self.inner.advance(until) {
            Progress::Done(measures) => Progress::Done(Here { measures, moments: self.moments }),
            Progress::Preview(_) | Progress::Working => Progress::Working,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::slot::to_end;
    use crate::scene::file;

    #[test]
    fn numbers_are_those_of_the_step_even_where_a_chart_leaves_it_out() {
        let text = "data = \"moons\"\nmodel = \"network\"\nsteps = 400";
        let runs = to_end(&ComparisonJob::of(&file::read(text).unwrap()));
        let chart = to_end(&MeasuresJob::of(&runs, Along::Everything));
        let step = (0..400).find(|step| chart.runs[1].iter().all(|(k, _)| k != step)).unwrap();
        let here = to_end(&HereJob::of(&runs, step.into()));
        assert_eq!(here.measures.runs[1][0].0, step);
        assert!(here.of(1, Moment::Step(step + 1)).is_none());
        assert_ne!(
            here.of(1, step.into()).unwrap().lambda_max,
            chart.at(1, step).unwrap().lambda_max
        );
        assert!(Arc::ptr_eq(&here.measures.comparison, &runs));
    }

    #[test]
    fn with_two_weights_the_next_step_is_known_before_it_is_shown() {
        let text = "landscape = \"quadratic\"\nsteps = 50\n[[run]]\neta = 0.3\n[[run]]\nrho = 0.2";
        let runs = to_end(&ComparisonJob::of(&file::read(text).unwrap()));
        for step in 0..=runs.last_step() {
            let here = to_end(&HereJob::going_on(&runs, step.into()));
            for run in 0..2 {
                let single = to_end(&MeasuresJob::of(&runs, Along::At(step.into())));
                // Where a gradient vanishes an angle is no number, which equals none.
                let told = format!("{:?}", here.of(run, step.into()));
                assert_eq!(told, format!("{:?}", single.at(run, step)));
                assert!(here.of(run, Moment::Step(step + 1)).is_some());
            }
        }
    }
}
