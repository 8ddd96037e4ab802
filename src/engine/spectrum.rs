//! The whole spectrum where both runs stand at the step shown.

use std::sync::Arc;

use web_time::Instant;

use super::products::Duel;
use super::slot::{Job, Progress, Task};
use crate::analysis::spectrum::{Eigenvalues, SpectrumWork};

/// The spectra of both runs at a step.
#[derive(Clone)]
pub struct Spectra {
    /// The runs.
    pub duel: Arc<Duel>,
    /// The step; a run that ended before stands at its last.
    pub step: usize,
    /// Of the base run and of the other; none for a run without a row.
    pub runs: [Option<Eigenvalues>; 2],
}

impl Spectra {
    /// Whether neither run goes any further.
    #[must_use]
    pub fn is_at_the_end(&self) -> bool {
        self.step >= self.duel.base.last_step().max(self.duel.sam.last_step())
    }
}

/// The spectra of both runs; depends on them and the step.
#[derive(Clone, PartialEq)]
pub struct SpectrumJob {
    duel: Arc<Duel>,
    step: usize,
}

impl SpectrumJob {
    /// The spectra of `duel` at `step`.
    #[must_use]
    pub fn of(duel: &Arc<Duel>, step: usize) -> Self {
        let last = duel.base.last_step().max(duel.sam.last_step());
        Self { duel: Arc::clone(duel), step: step.min(last) }
    }
}

impl Job for SpectrumJob {
    type Product = Spectra;

    fn is_followed_by(&self, next: &Self) -> bool {
        *self == Self { step: self.step, ..next.clone() }
    }

    fn begin(&self) -> Box<dyn Task<Spectra>> {
        let duel = Arc::clone(&self.duel);
        let at = |run: usize| {
            let row = [&duel.base, &duel.sam][run].row_at_most(self.step)?;
            Some(SpectrumWork::at(row.w))
        };
        let work = [at(0), at(1)];
        Box::new(SpectrumTask { duel, step: self.step, work, found: [None, None] })
    }
}

struct SpectrumTask {
    duel: Arc<Duel>,
    step: usize,
    /// What is still being found.
    work: [Option<SpectrumWork>; 2],
    found: [Option<Eigenvalues>; 2],
}

impl Task<Spectra> for SpectrumTask {
    fn advance(&mut self, until: Instant) -> Progress<Spectra> {
        for (work, found) in self.work.iter_mut().zip(&mut self.found) {
            while let Some(under_way) = work {
                *found = under_way.advance(&*self.duel.problem.objective);
                if found.is_some() {
                    *work = None;
                }
                if Instant::now() >= until {
                    return Progress::Working;
                }
            }
        }
        let (duel, runs) = (Arc::clone(&self.duel), std::mem::take(&mut self.found));
        Progress::Done(Spectra { duel, step: self.step, runs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::duel::DuelJob;
    use crate::engine::slot::to_end;
    use crate::scene::file;

    fn duel(text: &str) -> Arc<Duel> {
        to_end(&DuelJob::of(&file::read(text).unwrap()))
    }

    #[test]
    fn a_quadratic_has_its_curvatures_at_every_step() {
        let duel = duel("landscape = \"quadratic\"\nsteps = 20");
        for step in [0, 7, 999] {
            let spectra = to_end(&SpectrumJob::of(&duel, step));
            for found in spectra.runs.iter().flatten() {
                assert!((found.values[0] - 10.0).abs() < 1e-9 && found.values.len() == 2);
            }
        }
        assert!(SpectrumJob::of(&duel, 20) == SpectrumJob::of(&duel, 999));
        assert!(SpectrumJob::of(&duel, 3) != SpectrumJob::of(&duel, 4));
    }

    #[test]
    fn a_run_without_a_row_has_no_spectrum() {
        let duel = duel("landscape = \"quadratic\"\nstart = [1e200, 1e200]\nsteps = 3");
        let spectra = to_end(&SpectrumJob::of(&duel, 0));
        assert_eq!(spectra.runs, [None, None]);
    }
}
