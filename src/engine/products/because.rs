//! Why a run ended as it did: the inquiry into one run, while one asks for it.

use std::sync::Arc;

use web_time::Instant;

use super::comparison::Comparison;
use super::survey::Surveyed;
use crate::analysis::basins::Basins;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::why::{Inquiry, Why};

/// What an inquiry has found, or how far it is.
#[derive(Clone)]
pub struct Inquired {
    /// The runs.
    pub comparison: Arc<Comparison>,
    /// The one that is asked about.
    pub run: usize,
    /// How much is done, from 0 to 1.
    pub part: f64,
    /// What is known; without the nearest ρ while that is still being searched.
    pub why: Option<Arc<Why>>,
}

impl Product for Inquired {
    type Job = InquiryJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<InquiryJob> {
        let Some(run) = asked.why else { return Implied::Nothing };
        let Some(comparison) = engine.comparison() else { return Implied::Keep };
        if run >= comparison.runs.len() {
            return Implied::Nothing;
        }
        let source = comparison.scene.source();
        let found = engine.product::<Surveyed>().filter(|found| found.source == source);
        let needs_basins = comparison.problem.objective.dimension() == 2;
        match found {
            None if needs_basins => Implied::Keep,
            found => Implied::Job(InquiryJob {
                comparison: Arc::clone(comparison),
                basins: found.map(|found| Arc::clone(&found.basins)),
                run,
            }),
        }
    }
}

/// The inquiry into a run; depends on the runs and on which of them.
#[derive(Clone)]
pub struct InquiryJob {
    comparison: Arc<Comparison>,
    basins: Option<Arc<Basins>>,
    run: usize,
}

impl PartialEq for InquiryJob {
    /// The minima follow from the problem.
    fn eq(&self, other: &Self) -> bool {
        self.comparison == other.comparison && self.run == other.run
    }
}

impl Job for InquiryJob {
    type Product = Inquired;

    fn begin(&self) -> Box<dyn Task<Inquired>> {
        let Comparison { scene, problem, .. } = &*self.comparison;
        let inquiry = Inquiry::new(scene, problem, self.basins.clone(), self.run);
        Box::new(InquiryTask { job: self.clone(), inquiry, told: 0.0 })
    }
}

struct InquiryTask {
    job: InquiryJob,
    inquiry: Inquiry,
    /// How much was done when it was last told.
    told: f64,
}

/// So much more must be done before it is told again.
const TOLD: f64 = 0.02;

impl InquiryTask {
    fn product(&self, why: Option<Why>) -> Inquired {
        Inquired {
            comparison: Arc::clone(&self.job.comparison),
            run: self.job.run,
            part: self.inquiry.progress(),
            why: why.map(Arc::new),
        }
    }
}

impl Task<Inquired> for InquiryTask {
    fn advance(&mut self, until: Instant) -> Progress<Inquired> {
        loop {
            if self.inquiry.advance() {
                return Progress::Done(self.product(self.inquiry.so_far().cloned()));
            }
            if Instant::now() >= until {
                break;
            }
        }
        let part = self.inquiry.progress();
        if part < self.told + TOLD {
            return Progress::Working;
        }
        self.told = part;
        Progress::Preview(self.product(self.inquiry.so_far().cloned()))
    }
}
