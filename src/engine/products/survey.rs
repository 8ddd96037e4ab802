//! The minima of a problem over two weights: found once a problem, whatever is shown of it.

use std::sync::Arc;

use web_time::Instant;

use crate::analysis::basins::Basins;
use crate::analysis::survey::Survey;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::scene::Source;

/// The minima of a problem, and what is known of its basins.
#[derive(Clone)]
pub struct Surveyed {
    /// The problem.
    pub source: Source,
    /// Its minima and basins.
    pub basins: Arc<Basins>,
}

impl Product for Surveyed {
    type Job = SurveyJob;

    fn implied(asked: &Asked<'_>, _: &Engine) -> Implied<SurveyJob> {
        if !asked.outcomes {
            return Implied::Keep;
        }
        match SurveyJob::of(&asked.scene.source()) {
            Some(job) => Implied::Job(job),
            None => Implied::Nothing,
        }
    }
}

/// The minima of a problem; depends on nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyJob {
    source: Source,
}

impl SurveyJob {
    /// The minima of `source`; none where there are more weights than two.
    #[must_use]
    pub fn of(source: &Source) -> Option<Self> {
        (source.subject.dimension() == 2).then(|| Self { source: source.clone() })
    }
}

impl Job for SurveyJob {
    type Product = Surveyed;

    fn begin(&self) -> Box<dyn Task<Surveyed>> {
        let own = self.source.subject.view().window;
        let survey = Survey::new(self.source.build().objective, own);
        Box::new(SurveyTask { source: self.source.clone(), survey: Some(survey) })
    }
}

struct SurveyTask {
    source: Source,
    survey: Option<Survey>,
}

impl Task<Surveyed> for SurveyTask {
    fn advance(&mut self, until: Instant) -> Progress<Surveyed> {
        while let Some(survey) = &mut self.survey
            && survey.advance()
        {
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
        match self.survey.take() {
            Some(survey) => Progress::Done(Surveyed {
                source: self.source.clone(),
                basins: Arc::new(survey.finish()),
            }),
            None => Progress::Working,
        }
    }
}
