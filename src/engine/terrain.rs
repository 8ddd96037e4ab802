//! The ground under the runs: a coarse one first, then the full one.

use std::sync::Arc;

use web_time::Instant;

use super::plan;
use super::products::{Fineness, Outline, Terrain};
use super::slot::{Job, Progress, Task};
use crate::analysis::contour::contours;
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
        let stage = Stage::Preview(FieldWork::new(
            Arc::clone(&objective),
            self.plane.clone(),
            coarse,
            Precision::Fast,
        ));
        Box::new(TerrainTask { objective, plane: self.plane.clone(), grid: self.grid, stage })
    }
}

/// Pixels of a preview along its longer side.
const COARSE: usize = 64;

struct TerrainTask {
    objective: Arc<dyn Objective>,
    plane: Plane,
    grid: Grid,
    stage: Stage,
}

enum Stage {
    Preview(FieldWork),
    Full(FieldWork),
    Over,
}

impl Task<Terrain> for TerrainTask {
    fn advance(&mut self, until: Instant) -> Progress<Terrain> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Preview(mut work) => {
                if !work_until(&mut work, until) {
                    self.stage = Stage::Preview(work);
                    return Progress::Working;
                }
                let field = work.finish();
                let full = FieldWork::new(
                    Arc::clone(&self.objective),
                    self.plane.clone(),
                    self.grid,
                    field.precision_needed(),
                );
                self.stage = Stage::Full(full);
                Progress::Preview(self.terrain(field, Fineness::Preview))
            }
            Stage::Full(mut work) => {
                if work_until(&mut work, until) {
                    Progress::Done(self.terrain(work.finish(), Fineness::Full))
                } else {
                    self.stage = Stage::Full(work);
                    Progress::Working
                }
            }
            Stage::Over => Progress::Working,
        }
    }
}

/// Rows between two looks at the clock.
const ROWS: usize = 4;

/// Computes rows until the clock runs out or none is left; true when none is.
fn work_until(work: &mut FieldWork, until: Instant) -> bool {
    while work.advance(ROWS) {
        if Instant::now() >= until {
            return false;
        }
    }
    true
}

impl TerrainTask {
    fn terrain(&self, field: Field, fineness: Fineness) -> Terrain {
        let levels = Levels::of(&field, Spacing::Auto);
        let contours = contours(&field, &levels.values);
        let relief = Arc::new(Relief::new(&field, &levels));
        let minima = minima(&*self.objective, &field);
        let outlines = Outline::of(&contours, &field);
        let plane = self.plane.clone();
        Terrain { plane, field, levels, contours, outlines, relief, minima, fineness }
    }
}
