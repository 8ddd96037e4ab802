//! A first sketch of where starts end: all pixels moved together, and only asked in whose basin they are at last.
//!
//! Plain descent and plain SAM with p = 2 over a formula whose gradient is written for lanes, in `f32`. No run is judged, so that nothing is counted by it: it is what is seen until the runs have landed.

use std::sync::Arc;

use super::kind::Kind;
use super::question::Question;
use crate::analysis::basin::BasinWork;
use crate::analysis::basins::Basins;
use crate::analysis::flow::Point;
use crate::analysis::outcome;
use crate::optim::run::lean::Lean;
use crate::problem::Batch;
use crate::problem::grid::Precision;

/// A sketch on its way.
pub(super) struct SketchWork {
    question: Question,
    basins: Arc<Basins>,
    run: usize,
    starts: Option<BasinWork>,
}

/// What each pixel of one run seems to end in; none where that is more than a basin.
pub(super) type Sketch = Vec<Option<Kind>>;

/// Steps of all pixels together: more take longer than a coarse round that is judged.
const MOST: usize = 200_000_000;
/// Steps of all pixels in one piece: a millisecond or two.
const STEPS: usize = 32;

impl SketchWork {
    /// That of the runs of a question; none where it would be waited for, or the minima are not known.
    pub(super) fn new(question: &Question) -> Option<Self> {
        let basins = Arc::clone(question.ground.basins.as_ref()?);
        let pixels = question.grid.columns * question.grid.rows * question.specs.len();
        let steps = pixels.saturating_mul(question.scene.steps.get());
        let is_cheap = question.ground.problem.objective.herd().is_some() && steps <= MOST;
        let new = Self { question: question.clone(), basins, run: 0, starts: None };
        is_cheap.then(|| new.begun())
    }

    fn begun(mut self) -> Self {
        let Question { grid, ground, .. } = &self.question;
        let case = self.question.case(self.run, grid.window.centre());
        let rule = case.and_then(|case| Lean::rule(&case.setup));
        let objective = &ground.problem.objective;
        let start = |rule| BasinWork::new(Arc::clone(objective), rule, *grid, Precision::Fast);
        self.starts = rule.map(start);
        self
    }

    /// Does one piece of the work: a run with its sketch when that is done; and whether there is more.
    pub(super) fn advance(mut self) -> (Option<(usize, Sketch)>, Option<Self>) {
        if self.run == self.question.specs.len() {
            return (None, None);
        }
        if self.starts.as_mut().is_some_and(|starts| starts.advance(STEPS)) {
            return (None, Some(self));
        }
        let run = self.run;
        let ends = self.starts.take().map(BasinWork::finish).map(|found| found.ends);
        let sketch = ends.map(|ends| ends.into_iter().map(|end| self.kind(end)).collect());
        self.run += 1;
        (sketch.map(|sketch| (run, sketch)), Some(self.begun()))
    }

    /// The kind of a run that is at `end` at last.
    fn kind(&self, end: Point) -> Option<Kind> {
        if !end.iter().all(|x| x.is_finite()) {
            return Some(Kind::Beyond);
        }
        let objective = &self.question.ground.problem.objective;
        let loss = objective.loss((&end).into(), Batch::Whole);
        let minimum = self.basins.captured(end, loss)?;
        Some(Kind::Basin(outcome::basin_of_formula(
            &self.basins,
            self.question.ground.own,
            minimum,
        )))
    }
}
