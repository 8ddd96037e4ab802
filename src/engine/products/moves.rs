//! What bases make of the step shown: where it goes, and where they would go by the gradient at the weights themselves.
//!
//! A base with memory has to be shown every step before it once more, so this is a product apart from [`Steps`], whose
//! vectors do not wait for it.

use std::sync::Arc;

use web_time::Instant;

use super::steps::{Steps, StepsJob};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Pace, Product};

impl Product for BaseMoves {
    type Job = MovesJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<MovesJob> {
        // While the step moves by itself nobody sees where one more would go.
        let stands = asked.window.is_some() && asked.pace == Pace::AtOnce;
        let shown = engine.shown().filter(|_| stands);
        let Some(seen) = shown else { return Implied::Nothing };
        let last = engine.product::<Self>().map(|found| &found.steps);
        let last = last.filter(|steps| Arc::ptr_eq(&steps.comparison, &seen.comparison));
        let recalls = last.map(|steps| Arc::clone(&steps.recalls)).unwrap_or_default();
        let job = StepsJob::with_bases(&seen.comparison, asked.at);
        Implied::Job(MovesJob(job.going_on_from(recalls)))
    }
}

/// The step of every run, with what its base makes of it.
#[derive(Clone)]
pub struct BaseMoves {
    /// The step, with the moves of all bases.
    pub steps: Steps,
}

/// The moves of all bases; depends on the runs and the step.
#[derive(Clone, PartialEq)]
pub struct MovesJob(StepsJob);

impl Job for MovesJob {
    type Product = BaseMoves;

    fn is_followed_by(&self, next: &Self) -> bool {
        self.0.is_followed_by(&next.0)
    }

    fn is_quick(&self) -> bool {
        self.0.is_quick()
    }

    fn begin(&self) -> Box<dyn Task<BaseMoves>> {
        Box::new(Moving(self.0.begin()))
    }
}

struct Moving(Box<dyn Task<Steps>>);

impl Task<BaseMoves> for Moving {
    fn advance(&mut self, until: Instant) -> Progress<BaseMoves> {
        match self.0.advance(until) {
            Progress::Done(steps) => Progress::Done(BaseMoves { steps }),
            Progress::Preview(_) | Progress::Working => Progress::Working,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::{Comparison, ComparisonJob};
    use super::*;
    use crate::engine::slot::to_end;
    use crate::scene::file;

    fn runs_of(text: &str) -> Arc<Comparison> {
        to_end(&ComparisonJob::of(&file::read(text).unwrap()))
    }

    #[test]
    fn every_base_says_where_it_goes() {
        for base in ["sgd", "momentum"] {
            let runs =
                runs_of(&format!("landscape = \"himmelblau\"\nbase = \"{base}\"\nsteps = 30"));
            for step in [0, 7, 29] {
                let found = to_end(&MovesJob(StepsJob::with_bases(&runs, step)));
                for (run, moves) in runs.runs.iter().zip(&found.steps.moves) {
                    let next = run.row(step + 1).unwrap().w;
                    assert_eq!(moves.as_ref().map(|moves| moves.next.view()), Some(next));
                }
                // The vectors alone are there without them, and at a lower price.
                assert_eq!(to_end(&StepsJob::of(&runs, step)).moves, vec![None, None]);
            }
        }
    }
}
