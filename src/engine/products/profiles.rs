//! The loss through where each run stands, along ε̂ and along the sharpest direction.

use std::sync::Arc;

use web_time::Instant;

use super::comparison::Comparison;
use super::measures;
use crate::analysis::profile::{Profile, ProfileWork};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::moment::Moment;
use crate::optim::trajectory::Trajectory;

impl Product for Profiles {
    type Job = ProfilesJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<ProfilesJob> {
        match engine.comparison().filter(|_| asked.profiles) {
            Some(runs) => Implied::Job(ProfilesJob::of(runs, asked.at)),
            None => Implied::Nothing,
        }
    }
}

/// The profiles of all runs at a step.
#[derive(Clone)]
pub struct Profiles {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// The moment; a run that ended before stands at its last step.
    pub at: Moment,
    /// Of each run; none without a row, or without a neighbourhood.
    pub runs: Vec<Option<Profile>>,
}

/// The profiles of all runs; depends on them and the step.
#[derive(Clone, PartialEq)]
pub struct ProfilesJob {
    comparison: Arc<Comparison>,
    at: Moment,
}

impl ProfilesJob {
    /// The profiles of `comparison` at `step`.
    #[must_use]
    pub fn of(comparison: &Arc<Comparison>, at: impl Into<Moment>) -> Self {
        Self { comparison: Arc::clone(comparison), at: at.into().within(&comparison.runs) }
    }

    fn work(&self, run: usize, path: &Trajectory) -> Option<ProfileWork> {
        let step = self.at.step_of(path);
        let row = path.row_at_most(step)?;
        let around = measures::around(&self.comparison, run, step, row.w)?;
        Some(ProfileWork::at(row.w.to_owned(), around))
    }
}

impl Job for ProfilesJob {
    type Product = Profiles;

    fn is_followed_by(&self, next: &Self) -> bool {
        Arc::ptr_eq(&self.comparison, &next.comparison)
    }

    fn begin(&self) -> Box<dyn Task<Profiles>> {
        let runs = self.comparison.runs.iter().enumerate();
        let work: Vec<Option<ProfileWork>> = runs.map(|(k, path)| self.work(k, path)).collect();
        let found = vec![None; work.len()];
        Box::new(ProfilesTask { job: self.clone(), work, found })
    }
}

struct ProfilesTask {
    job: ProfilesJob,
    /// What is still being found.
    work: Vec<Option<ProfileWork>>,
    found: Vec<Option<Profile>>,
}

impl Task<Profiles> for ProfilesTask {
    fn advance(&mut self, until: Instant) -> Progress<Profiles> {
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
        Progress::Done(Profiles { comparison, at: self.job.at, runs })
    }
}
