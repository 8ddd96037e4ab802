//! The whole spectrum where each run stands at the step shown.

use std::sync::Arc;

use web_time::Instant;

use super::comparison::Comparison;
use crate::analysis::spectrum::{Eigenvalues, SpectrumWork};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::moment::Moment;
use crate::optim::trajectory::Trajectory;

impl Product for Spectra {
    type Job = SpectraJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<SpectraJob> {
        match engine.comparison().filter(|_| asked.spectra) {
            Some(runs) => Implied::Job(SpectraJob::of(runs, asked.at)),
            None => Implied::Nothing,
        }
    }
}

/// The spectra of all runs at a step.
#[derive(Clone)]
pub struct Spectra {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// The moment; a run that ended before stands at its last step.
    pub at: Moment,
    /// Of each run; none for a run without a row.
    pub runs: Vec<Option<Eigenvalues>>,
}

/// The spectra of all runs; depends on them and the step.
#[derive(Clone, PartialEq)]
pub struct SpectraJob {
    comparison: Arc<Comparison>,
    at: Moment,
}

impl SpectraJob {
    /// The spectra of `comparison` at `step`.
    #[must_use]
    pub fn of(comparison: &Arc<Comparison>, at: impl Into<Moment>) -> Self {
        Self { comparison: Arc::clone(comparison), at: at.into().within(&comparison.runs) }
    }
}

impl Job for SpectraJob {
    type Product = Spectra;

    fn is_followed_by(&self, next: &Self) -> bool {
        *self == Self { at: self.at, ..next.clone() }
    }

    fn begin(&self) -> Box<dyn Task<Spectra>> {
        let comparison = Arc::clone(&self.comparison);
        let at =
            |run: &Trajectory| Some(SpectrumWork::at(run.row_at_most(self.at.step_of(run))?.w));
        let work: Vec<Option<SpectrumWork>> = comparison.runs.iter().map(at).collect();
        let found = vec![None; work.len()];
        Box::new(SpectraTask { comparison, at: self.at, work, found })
    }
}

struct SpectraTask {
    comparison: Arc<Comparison>,
    at: Moment,
    /// What is still being found.
    work: Vec<Option<SpectrumWork>>,
    found: Vec<Option<Eigenvalues>>,
}

impl Task<Spectra> for SpectraTask {
    fn advance(&mut self, until: Instant) -> Progress<Spectra> {
        for (work, found) in self.work.iter_mut().zip(&mut self.found) {
            while let Some(under_way) = work {
                *found = under_way.advance(&*self.comparison.problem.objective);
                if found.is_some() {
                    *work = None;
                }
                if Instant::now() >= until {
                    return Progress::Working;
                }
            }
        }
        let (comparison, runs) = (Arc::clone(&self.comparison), std::mem::take(&mut self.found));
        Progress::Done(Spectra { comparison, at: self.at, runs })
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::ComparisonJob;
    use super::*;
    use crate::engine::slot::to_end;
    use crate::scene::file;

    fn runs_of(text: &str) -> Arc<Comparison> {
        to_end(&ComparisonJob::of(&file::read(text).unwrap()))
    }

    #[test]
    fn a_quadratic_has_its_curvatures_at_every_step() {
        let comparison = runs_of("landscape = \"quadratic\"\nsteps = 20");
        for step in [0, 7, 999] {
            let spectra = to_end(&SpectraJob::of(&comparison, step));
            for found in spectra.runs.iter().flatten() {
                assert!((found.values[0] - 10.0).abs() < 1e-9 && found.values.len() == 2);
            }
        }
        assert!(SpectraJob::of(&comparison, 20) == SpectraJob::of(&comparison, 999));
        assert!(SpectraJob::of(&comparison, 3) != SpectraJob::of(&comparison, 4));
    }

    #[test]
    fn a_run_without_a_row_has_no_spectrum() {
        let comparison = runs_of("landscape = \"quadratic\"\nstart = [1e200, 1e200]\nsteps = 3");
        let spectra = to_end(&SpectraJob::of(&comparison, 0));
        assert_eq!(spectra.runs, vec![None, None]);
    }
}
