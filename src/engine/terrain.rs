//! The ground under the runs: a coarse one first, then the full one.

use std::sync::Arc;

use web_time::{Duration, Instant};

use super::plan;
use super::products::{Fineness, Outline, Terrain};
use super::slot::{Job, Progress, Task};
use crate::analysis::contour::{Contour, contours};
use crate::analysis::field::{Field, FieldWork};
use crate::analysis::levels::{Levels, Spacing};
use crate::analysis::minima::minima;
use crate::analysis::relief::Relief;
use crate::problem::Objective;
use crate::problem::grid::{Grid, Plane, Precision};
use crate::scene::Source;

/// The ground under the runs; depends on what is minimised and where one looks, not on who minimises it.
#[derive(Debug, Clone, PartialEq)]
pub struct TerrainJob {
    /// What is minimised.
    pub source: Source,
    /// The plane through weight space.
    pub plane: Plane,
    /// The pixels.
    pub grid: Grid,
}

impl Job for TerrainJob {
    type Product = Terrain;

    fn begin(&self) -> Box<dyn Task<Terrain>> {
        let objective = self.source.build().objective;
        let coarse = plan::grid(self.grid.window, COARSE);
        let coarse =
            FieldWork::new(Arc::clone(&objective), self.plane.clone(), coarse, Precision::Fast);
        Box::new(TerrainTask {
            objective,
            plane: self.plane.clone(),
            grid: self.grid,
            rows: ROWS,
            stage: Stage::Field(coarse, Fineness::Preview),
        })
    }
}

/// Pixels of a preview along its longer side.
const COARSE: usize = 64;

struct TerrainTask {
    objective: Arc<dyn Objective>,
    plane: Plane,
    grid: Grid,
    /// Rows of a piece, as many as take about a millisecond.
    rows: usize,
    stage: Stage,
}

#[expect(clippy::large_enum_variant, reason = "there is one, and it lives in a box")]
enum Stage {
    /// The loss is being computed.
    Field(FieldWork, Fineness),
    /// It is there, and what is drawn of it is being made, one thing a piece.
    Drawing(Box<Drawing>, Fineness),
    Over,
}

/// What there is of a ground so far.
struct Drawing {
    field: Field,
    levels: Option<Levels>,
    lines: Option<(Vec<Contour>, Vec<Outline>)>,
    relief: Option<Arc<Relief>>,
}

impl Drawing {
    /// One more piece; false when all but the minima is there.
    fn advance(&mut self) -> bool {
        let Some(levels) = &self.levels else {
            self.levels = Some(Levels::of(&self.field, Spacing::Auto));
            return true;
        };
        match &mut self.lines {
            None => {
                self.lines = Some((contours(&self.field, &levels.values), Vec::new()));
                return true;
            }
            Some((contours, outlines)) if outlines.len() < contours.len() => {
                *outlines = Outline::of(contours, &self.field);
                return true;
            }
            Some(_) => {}
        }
        if self.relief.is_none() {
            self.relief = Some(Arc::new(Relief::new(&self.field, levels)));
            return true;
        }
        false
    }

    fn finish(
        self,
        objective: &dyn Objective,
        plane: Plane,
        fineness: Fineness,
    ) -> Option<Terrain> {
        let (contours, outlines) = self.lines?;
        let minima = minima(objective, &self.field);
        let (levels, relief) = (self.levels?, self.relief?);
        Some(Terrain {
            plane,
            field: self.field,
            levels,
            contours,
            outlines,
            relief,
            minima,
            fineness,
        })
    }
}

impl Task<Terrain> for TerrainTask {
    fn advance(&mut self, until: Instant) -> Progress<Terrain> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Field(mut work, fineness) => {
                self.stage = if work_until(&mut work, &mut self.rows, until) {
                    let field = work.finish();
                    let nothing = Drawing { field, levels: None, lines: None, relief: None };
                    Stage::Drawing(Box::new(nothing), fineness)
                } else {
                    Stage::Field(work, fineness)
                };
                Progress::Working
            }
            Stage::Drawing(mut drawing, fineness) => {
                while drawing.advance() {
                    if Instant::now() >= until {
                        self.stage = Stage::Drawing(drawing, fineness);
                        return Progress::Working;
                    }
                }
                if fineness == Fineness::Preview {
                    let (objective, plane) = (Arc::clone(&self.objective), self.plane.clone());
                    let precision = drawing.field.precision_needed();
                    let full = FieldWork::new(objective, plane, self.grid, precision);
                    self.stage = Stage::Field(full, Fineness::Full);
                }
                match drawing.finish(&*self.objective, self.plane.clone(), fineness) {
                    Some(terrain) if fineness == Fineness::Preview => Progress::Preview(terrain),
                    Some(terrain) => Progress::Done(terrain),
                    None => Progress::Working,
                }
            }
            Stage::Over => Progress::Working,
        }
    }
}

/// Rows of a first piece.
const ROWS: usize = 4;
/// A piece that takes longer is followed by a shorter one, and one that takes a quarter of it by a longer one.
const PIECE: Duration = Duration::from_millis(1);

/// Computes rows until the clock runs out or none is left; true when none is.
fn work_until(work: &mut FieldWork, rows: &mut usize, until: Instant) -> bool {
    loop {
        let began = Instant::now();
        if !work.advance(*rows) {
            return true;
        }
        let now = Instant::now();
        let took = now.duration_since(began);
        if took > PIECE {
            // Two rows still keep two cores busy.
            *rows = (*rows / 2).max(2);
        } else if took < PIECE / 4 {
            *rows = (*rows * 2).min(MOST_ROWS);
        }
        if now >= until {
            return false;
        }
    }
}

/// Rows of a piece at most.
const MOST_ROWS: usize = 64;
