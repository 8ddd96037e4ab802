//! The loss where each run is drawn at the moment shown: at the nearest point of the plane of the map.

use std::sync::Arc;

use web_time::Instant;

use super::seen::Seen;
use crate::analysis::section::Section;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::optim::moment::Moment;
use crate::problem::Batch;

impl Product for Feet {
    type Job = FeetJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<FeetJob> {
        let shown = engine.shown().filter(|_| asked.along.is_some());
        match shown.filter(|seen| !seen.section.is_whole()) {
            Some(seen) => Implied::Job(FeetJob::of(seen, asked.at)),
            None => Implied::Nothing,
        }
    }
}

/// The losses of the points that runs are drawn at.
#[derive(Clone)]
pub struct Feet {
    section: Arc<Section>,
    at: Moment,
    losses: Vec<Option<f64>>,
}

impl Feet {
    /// The loss of the point of the plane of `section` that run number `run` is drawn at at a moment; none where it is
    /// not known, or no number.
    #[must_use]
    pub fn of(&self, section: &Section, run: usize, at: Moment) -> Option<f64> {
        let is_here = std::ptr::eq(&*self.section, section) && self.at == at;
        is_here.then(|| self.losses.get(run).copied().flatten()).flatten()
    }
}

/// The losses of a moment; depends on the plane, the runs in it, and the moment.
#[derive(Clone)]
pub struct FeetJob {
    seen: Seen,
    at: Moment,
}

impl PartialEq for FeetJob {
    fn eq(&self, other: &Self) -> bool {
        self.seen.is(&other.seen) && self.at == other.at
    }
}

impl FeetJob {
    /// The losses under the runs of `seen` at a moment.
    #[must_use]
    pub fn of(seen: &Seen, at: Moment) -> Self {
        Self { seen: seen.clone(), at }
    }
}

impl Job for FeetJob {
    type Product = Feet;

    fn is_followed_by(&self, next: &Self) -> bool {
        self.seen.is(&next.seen)
    }

    fn begin(&self) -> Box<dyn Task<Feet>> {
        Box::new(FeetTask { job: self.clone(), losses: Vec::new() })
    }
}

struct FeetTask {
    job: FeetJob,
    losses: Vec<Option<f64>>,
}

impl Task<Feet> for FeetTask {
    fn advance(&mut self, until: Instant) -> Progress<Feet> {
        let FeetJob { seen: Seen { comparison, section }, at } = &self.job;
        while let Some(run) = comparison.runs.get(self.losses.len()) {
            let loss = run.row_at_most(at.step_of(run)).map(|row| {
                let [a, b] = section.plane.project(row.w);
                comparison.problem.objective.loss(section.plane.at(a, b).view(), Batch::Whole)
            });
            self.losses.push(loss.filter(|loss| loss.is_finite()));
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
        let losses = std::mem::take(&mut self.losses);
        Progress::Done(Feet { section: Arc::clone(section), at: *at, losses })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::file;

    #[test]
    fn the_loss_under_a_run_is_that_of_the_point_it_is_drawn_at() {
        let scene = file::read("data = \"moons\"\nmodel = \"network\"\nsteps = 30").unwrap();
        let mut engine = Engine::in_place();
        for step in [0, 7, 30, 99] {
            let along = Some(super::super::measures::Along::At(step.into()));
            engine.follow(|engine| {
                let window = engine.window_of(&scene, engine.coming());
                Asked { along, ..Asked::of(&scene, step).on(window) }
            });
            let seen = engine.shown().unwrap();
            let feet = engine.product::<Feet>().unwrap();
            for (run, path) in seen.comparison.runs.iter().enumerate() {
                let found = feet.of(&seen.section, run, step.into()).unwrap();
                let own = path.row_at_most(step).unwrap();
                // The plane goes through the start and the ends.
                if [0, 30, 99].contains(&step) {
                    assert!((found - own.numbers.loss).abs() < 1e-9, "{found} {step}");
                }
                assert!(feet.of(&seen.section, run, Moment::Step(step + 1)).is_none());
            }
        }
    }

    #[test]
    fn where_the_map_is_the_whole_space_nothing_is_asked() {
        let scene = file::read("landscape = \"quadratic\"").unwrap();
        let mut engine = Engine::in_place();
        engine.follow(|engine| {
            let window = engine.window_of(&scene, engine.coming());
            let along = Some(super::super::measures::Along::At(Moment::Step(0)));
            Asked { along, ..Asked::of(&scene, 0).on(window) }
        });
        assert!(engine.product::<Feet>().is_none());
    }
}
