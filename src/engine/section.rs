//! The plane that finished runs are seen in: another one does not make them run again.

use std::sync::Arc;

use ndarray::Array1;
use web_time::Instant;

use super::products::{Duel, Seen};
use super::slot::{Job, Progress, Task};
use crate::analysis::section::SectionWork;
use crate::analysis::slices::{Ground, Slice};
use crate::catalog::Choice;
use crate::math::random::Streams;

/// What is seen of two runs; depends on them, on the slice, and on the step where the slice follows it.
#[derive(Clone, PartialEq)]
pub struct SectionJob {
    duel: Arc<Duel>,
    slice: Choice<dyn Slice>,
    step: Option<usize>,
}

impl SectionJob {
    /// What `slice` shows of `duel` at `step`.
    #[must_use]
    pub fn of(duel: &Arc<Duel>, slice: &Choice<dyn Slice>, step: usize) -> Self {
        let step = slice.build().follows_the_step().then_some(step);
        Self { duel: Arc::clone(duel), slice: slice.clone(), step }
    }
}

impl Job for SectionJob {
    type Product = Seen;

    fn is_followed_by(&self, next: &Self) -> bool {
        *self == Self { step: self.step, ..next.clone() }
    }

    fn begin(&self) -> Box<dyn Task<Seen>> {
        Box::new(SectionTask {
            start: self.duel.scene.first_weights(),
            duel: Arc::clone(&self.duel),
            step: self.step.unwrap_or(self.duel.scene.steps.get()),
            work: SectionWork::of(&*self.slice.build()),
        })
    }
}

struct SectionTask {
    duel: Arc<Duel>,
    start: Array1<f64>,
    step: usize,
    work: SectionWork,
}

impl Task<Seen> for SectionTask {
    fn advance(&mut self, until: Instant) -> Progress<Seen> {
        let ground = Ground {
            objective: &*self.duel.problem.objective,
            start: self.start.view(),
            base: &self.duel.base,
            sam: &self.duel.sam,
            step: self.step,
            streams: Streams::new(self.duel.scene.seed),
        };
        loop {
            if let Some(section) = self.work.advance(&ground) {
                let (duel, section) = (Arc::clone(&self.duel), Arc::new(section));
                return Progress::Done(Seen { duel, section });
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
    }
}
