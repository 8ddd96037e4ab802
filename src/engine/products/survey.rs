//! The minima and saddles of a problem over two weights: found once a problem, whatever is shown of it.

use std::sync::Arc;

use web_time::Instant;

use crate::analysis::basins::Basins;
use crate::analysis::saddles::{Saddle, Search};
use crate::analysis::survey::{self, Survey};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::problem::grid::Window;
use crate::scene::Source;

/// The minima and saddles of a problem, and what is known of its basins.
#[derive(Clone)]
pub struct Surveyed {
    /// The problem.
    pub source: Source,
    /// Its minima and basins.
    pub basins: Arc<Basins>,
    /// Its saddles, the lowest first.
    pub saddles: Arc<[Saddle]>,
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

/// The minima and saddles of a problem; depends on nothing else.
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
        Box::new(SurveyTask { source: self.source.clone(), own, stage: Stage::Minima(survey) })
    }
}

struct SurveyTask {
    source: Source,
    own: Window,
    stage: Stage,
}

enum Stage {
    Minima(Survey),
    /// The minima are there, and saddles are looked for.
    Saddles(Arc<Basins>, Search),
    Over,
}

impl SurveyTask {
    /// One more piece of the work; the product when all is done.
    fn piece(&mut self) -> Option<Surveyed> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Minima(mut survey) => {
                if survey.advance() {
                    Stage::Minima(survey)
                } else {
                    let basins = Arc::new(survey.finish());
                    let search = self.search(&basins);
                    Stage::Saddles(basins, search)
                }
            }
            Stage::Saddles(basins, mut search) => {
                if !search.advance() {
                    let saddles = search.finish().into();
                    return Some(Surveyed { source: self.source.clone(), basins, saddles });
                }
                Stage::Saddles(basins, search)
            }
            Stage::Over => Stage::Over,
        };
        None
    }

    /// A landscape is looked at as far as its domain reaches, a fit to data in its own box.
    fn search(&self, basins: &Basins) -> Search {
        let objective = basins.objective();
        let whole = objective.examples() == 0;
        let area = if whole { survey::thrice(self.own) } else { self.own };
        let mut minima: Vec<_> = basins.minima().iter().collect();
        minima.sort_by(|a, b| a.loss.total_cmp(&b.loss));
        let minima = minima.into_iter().map(|minimum| minimum.at).collect();
        Search::new(Arc::clone(objective), area, minima)
    }
}

impl Task<Surveyed> for SurveyTask {
    fn advance(&mut self, until: Instant) -> Progress<Surveyed> {
        loop {
            if let Some(surveyed) = self.piece() {
                return Progress::Done(surveyed);
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
    }
}
