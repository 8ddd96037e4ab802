//! Finished runs projected onto the plane of the map: another plane does not make them run again.

use std::sync::Arc;

use ndarray::Array1;
use web_time::Instant;

use super::comparison::Comparison;
use crate::analysis::section::{Section, SectionWork};
use crate::analysis::slices::{Ground, Slice};
use crate::catalog::Choice;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::math::random::Streams;
use crate::optim::moment::Moment;
use crate::problem::grid::Window;
use crate::scene::Scene;

/// Runs, and their projection onto the plane of the map.
#[derive(Clone)]
pub struct Seen {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// The plane, and what is seen of them there.
    pub section: Arc<Section>,
}

impl Seen {
    /// The window of the map of `scene`, in the plane's coordinates: as said, or as suits the plane.
    #[must_use]
    pub fn shown_window(&self, scene: &Scene) -> Window {
        scene.window.unwrap_or(self.section.window)
    }

    /// Whether this is the same section of the same runs.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.section, &other.section)
    }
}

impl Product for Seen {
    type Job = SeenJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<SeenJob> {
        match engine.comparison().filter(|runs| runs.whole.is_none()) {
            Some(runs) => Implied::Job(SeenJob::of(runs, &asked.scene.slice, asked.at)),
            None => Implied::Nothing,
        }
    }
}

/// What is seen of runs; depends on them, on the slice, and on the step where the slice follows it.
#[derive(Clone, PartialEq)]
pub struct SeenJob {
    comparison: Arc<Comparison>,
    slice: Choice<dyn Slice>,
    step: Option<usize>,
}

impl SeenJob {
    /// What `slice` shows of `comparison` at a moment; where it follows the step, that of the last run.
    #[must_use]
    pub fn of(
        comparison: &Arc<Comparison>,
        slice: &Choice<dyn Slice>,
        at: impl Into<Moment>,
    ) -> Self {
        let last = comparison.runs.last();
        let step = last.map_or(0, |run| at.into().step_of(run));
        let step = slice.build().follows_the_step().then_some(step);
        Self { comparison: Arc::clone(comparison), slice: slice.clone(), step }
    }
}

impl Job for SeenJob {
    type Product = Seen;

    fn is_followed_by(&self, next: &Self) -> bool {
        *self == Self { step: self.step, ..next.clone() }
    }

    fn begin(&self) -> Box<dyn Task<Seen>> {
        Box::new(SeenTask {
            start: self.comparison.scene.first_weights_of(0),
            comparison: Arc::clone(&self.comparison),
            step: self.step.unwrap_or(self.comparison.scene.steps.get()),
            work: SectionWork::of(&*self.slice.build()),
        })
    }
}

struct SeenTask {
    comparison: Arc<Comparison>,
    start: Array1<f64>,
    step: usize,
    work: SectionWork,
}

/// Letters of a run's name at most that an axis has room for, as many as a chosen one may have.
const LONGEST: usize = 24;

/// What the runs are called on axes: as in words, or, where that is too long, as in tables.
fn names(comparison: &Comparison) -> Vec<String> {
    let named = comparison.labels.iter().zip(comparison.scene.runs.iter());
    let brief = named.map(|(label, run)| {
        let fits = label.chars().count() <= LONGEST;
        if fits { label.clone() } else { run.name.as_str().to_owned() }
    });
    brief.collect()
}

impl Task<Seen> for SeenTask {
    fn advance(&mut self, until: Instant) -> Progress<Seen> {
        let names = names(&self.comparison);
        let ground = Ground {
            objective: &*self.comparison.problem.objective,
            start: self.start.view(),
            runs: &self.comparison.runs,
            names: &names,
            step: self.step,
            streams: Streams::new(self.comparison.scene.seed),
        };
        loop {
            if let Some(section) = self.work.advance(&ground) {
                let (comparison, section) = (Arc::clone(&self.comparison), Arc::new(section));
                return Progress::Done(Seen { comparison, section });
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
    }
}
