//! The ground around where each run stands, for the lens of its map: the loss and its own range of tones, close up.

use std::sync::Arc;

use web_time::Instant;

use super::terrain::{Drawing, Fineness, Terrain, grid, work_until};
use crate::analysis::field::FieldWork;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::problem::Objective;
use crate::problem::grid::{Plane, Precision, Window};
use crate::scene::Source;
use crate::scene::run::Runs;

/// What the lens of each run shows, in the coordinates of the map; none for a run without a lens.
pub type Lenses = [Option<Window>; Runs::MOST];

impl Product for Close {
    type Job = CloseJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<CloseJob> {
        let shown = engine.shown().filter(|_| asked.lenses.iter().any(Option::is_some));
        match shown {
            Some(seen) => Implied::Job(CloseJob {
                source: seen.comparison.scene.source(),
                plane: seen.section.plane.clone(),
                lenses: asked.lenses,
            }),
            None => Implied::Nothing,
        }
    }
}

/// The ground around where each run stands.
#[derive(Clone)]
pub struct Close {
    /// Of each run; none for a run without a lens. A range of the loss that rounding makes is no ground either.
    pub runs: Vec<Option<Terrain>>,
}

/// The ground of all lenses; depends on what is minimised and on what they show.
#[derive(Debug, Clone, PartialEq)]
pub struct CloseJob {
    /// What is minimised.
    pub source: Source,
    /// The plane through weight space.
    pub plane: Plane,
    /// What the lenses show.
    pub lenses: Lenses,
}

/// Pixels of a lens along its longer side: two or three points of the screen each, and the loss is smooth so close.
const PIXELS: usize = 96;
/// Contour lines of a lens, about: it is a quarter of a map.
const LINES: usize = 10;

impl Job for CloseJob {
    type Product = Close;

    fn begin(&self) -> Box<dyn Task<Close>> {
        let objective = self.source.build().objective;
        Box::new(CloseTask {
            job: self.clone(),
            objective,
            rows: 4,
            under_way: None,
            done: Vec::new(),
        })
    }
}

struct CloseTask {
    job: CloseJob,
    objective: Arc<dyn Objective>,
    /// Rows of a piece, as many as take about a millisecond.
    rows: usize,
    under_way: Option<Stage>,
    done: Vec<Option<Terrain>>,
}

enum Stage {
    Field(Box<FieldWork>),
    Drawing(Box<Drawing>),
}

impl CloseTask {
    /// The next piece of what is under way; none when that is done.
    fn piece(&mut self, stage: Stage, until: Instant) -> Option<Stage> {
        match stage {
            Stage::Field(mut work) => Some(if work_until(&mut work, &mut self.rows, until) {
                Stage::Drawing(Box::new(Drawing::of((*work).finish(), LINES)))
            } else {
                Stage::Field(work)
            }),
            Stage::Drawing(mut drawing) => {
                if drawing.advance() {
                    return Some(Stage::Drawing(drawing));
                }
                let (source, plane) = (self.job.source.clone(), self.job.plane.clone());
                self.done.push(drawing.finish(source, plane, Fineness::Full));
                None
            }
        }
    }
}

impl Task<Close> for CloseTask {
    fn advance(&mut self, until: Instant) -> Progress<Close> {
        while let Some(window) = self.job.lenses.get(self.done.len()) {
            let Some(window) = *window else {
                self.done.push(None);
                continue;
            };
            let new = || {
                // A lens enlarges what `f32` would round to steps.
                let (objective, plane) = (Arc::clone(&self.objective), self.job.plane.clone());
                let work = FieldWork::new(objective, plane, grid(window, PIXELS), Precision::Exact);
                Stage::Field(Box::new(work))
            };
            let stage = self.under_way.take().unwrap_or_else(new);
            self.under_way = self.piece(stage, until);
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
        Progress::Done(Close { runs: std::mem::take(&mut self.done) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::slot::to_end;
    use crate::scene::file;

    #[test]
    fn a_lens_has_the_tones_of_what_it_shows() {
        let scene = file::read("landscape = \"quadratic\"").unwrap();
        let mut lenses: Lenses = [None; Runs::MOST];
        lenses[1] = Some(Window::new([1.0, 1.02], [0.5, 0.51]));
        let job = CloseJob { source: scene.source(), plane: Plane::of_weights(), lenses };
        let close = to_end(&job);
        assert!(close.runs.len() == lenses.len() && close.runs[0].is_none());
        let ground = close.runs[1].as_ref().unwrap();
        // ½(10 x² + y²) at the two ends of the diagonal.
        let range = ground.field.range().unwrap();
        for (found, expected) in range.iter().zip([5.125, 5.0 * 1.02 * 1.02 + 0.5 * 0.51 * 0.51]) {
            assert!((found - expected).abs() < 1e-12, "{range:?}");
        }
        let [low, high] = [f32::min, f32::max]
            .map(|pick| ground.relief.tone.iter().copied().reduce(pick).unwrap());
        assert!(low < 0.01 && high > 0.99, "tones from {low} to {high}");
        assert!((4..30).contains(&ground.levels.values.len()), "{:?}", ground.levels.values);
    }
}
