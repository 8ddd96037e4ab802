//! The ground under the runs: a coarse one first, then the full one.

use std::sync::Arc;

use web_time::{Duration, Instant};

use super::seen::Seen;
use crate::analysis::contour::{Contour, contours};
use crate::analysis::field::{Field, FieldWork};
use crate::analysis::levels::{Levels, Spacing};
use crate::analysis::relief::Relief;
use crate::analysis::thin::thinned;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::problem::Objective;
use crate::problem::grid::{Grid, Plane, Precision, Window};
use crate::scene::Source;

/// The ground that runs are drawn on.
#[derive(Debug, Clone)]
pub struct Terrain {
    /// What is minimised.
    pub source: Source,
    /// The plane that it lies in.
    pub plane: Plane,
    /// The loss on a grid.
    pub field: Field,
    /// The heights of its contour lines.
    pub levels: Levels,
    /// The lines.
    pub contours: Vec<Contour>,
    /// The same lines as they are drawn, in the same order.
    pub outlines: Vec<Outline>,
    /// Its tint and hillshade.
    pub relief: Arc<Relief>,
    /// How fine it is.
    pub fineness: Fineness,
}

impl Terrain {
    /// Whether runs are seen on it: in its plane, of the same problem.
    #[must_use]
    pub fn is_under(&self, seen: &Seen) -> bool {
        self.plane == seen.section.plane && self.source == seen.comparison.scene.source()
    }
}

/// A contour line as it is drawn: without the corners that nobody could tell, and a ring back at its beginning.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Where it goes; shared, so that it costs nothing to draw it in every frame.
    pub points: Arc<[[f64; 2]]>,
    /// The smallest window around it.
    pub bounds: Window,
    /// How far along its contour each of the contour's points is, in units of the map.
    pub walked: Arc<[f64]>,
}

/// How far a drawn line may be from the computed one, in pixels of the field: a tenth of what the field itself is
/// wrong by between two pixels, and less than any eye or printer tells.
const TOLERANCE: f64 = 0.03;

impl Outline {
    /// The outlines of `contours` of `field`.
    #[must_use]
    pub fn of(contours: &[Contour], field: &Field) -> Vec<Self> {
        let [width, height] = field.grid.window.span();
        let [columns, rows] = [field.grid.columns, field.grid.rows].map(|count| count as f64);
        let tolerance = TOLERANCE * (width / columns).min(height / rows);
        let outline = |contour: &Contour| {
            let first = contour.points.first().copied().filter(|_| contour.closed);
            let ring: Vec<[f64; 2]> = contour.points.iter().copied().chain(first).collect();
            let range = |axis: usize| {
                ring.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], at| {
                    [low.min(at[axis]), high.max(at[axis])]
                })
            };
            let bounds = Window::new(range(0), range(1));
            let points = thinned(&ring, tolerance).into();
            Self { points, bounds, walked: walked(&contour.points) }
        };
        contours.iter().map(outline).collect()
    }
}

/// How far along a line each of its points is.
fn walked(points: &[[f64; 2]]) -> Arc<[f64]> {
    let mut sum = 0.0;
    let mut before = points.first().copied();
    let along = |&[x, y]: &[f64; 2]| {
        let [from_x, from_y] = before.replace([x, y]).unwrap_or([x, y]);
        sum += (x - from_x).hypot(y - from_y);
        sum
    };
    points.iter().map(along).collect()
}

/// How fine a ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fineness {
    /// Coarse, to be shown until the full one is there.
    Preview,
    /// As fine as it gets.
    Full,
}
impl Product for Terrain {
    type Job = TerrainJob;

    /// With more than two weights the map lies in a plane that follows from the runs: the ground waits for a plane
    /// through the same problem.
    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<TerrainJob> {
        let source = asked.scene.source();
        let plane = match engine.coming() {
            _ if asked.scene.subject.dimension() == 2 => Some(Plane::of_weights()),
            Some(seen) if seen.comparison.scene.source() == source => {
                Some(seen.section.plane.clone())
            }
            Some(_) | None => None,
        };
        match asked.window.zip(plane) {
            Some((window, plane)) => {
                Implied::Job(TerrainJob { source, plane, grid: grid(window, FULL) })
            }
            None => Implied::Keep,
        }
    }
}

/// Pixels of a full field along its longer side.
pub const FULL: usize = 256;

/// Square pixels, `longest` along the longer side.
#[must_use]
pub fn grid(window: Window, longest: usize) -> Grid {
    let [width, height] = window.span();
    let side = |part: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 2 and longest"
        )]
        let pixels = (longest as f64 * (part / width.max(height)))
            .round()
            .clamp(2.0, longest as f64) as usize;
        pixels
    };
    Grid { window, columns: side(width), rows: side(height) }
}

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
        let coarse = grid(self.grid.window, COARSE);
        let coarse =
            FieldWork::new(Arc::clone(&objective), self.plane.clone(), coarse, Precision::Fast);
        Box::new(TerrainTask {
            objective,
            source: self.source.clone(),
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
    source: Source,
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

/// Contour lines of a whole map, about: with more they close up where the ground is steep, with fewer valleys lose their
/// shape.
const LINES: usize = 20;

/// What there is of a ground so far.
pub(super) struct Drawing {
    field: Field,
    count: usize,
    spacing: Spacing,
    levels: Option<Levels>,
    lines: Option<(Vec<Contour>, Vec<Outline>)>,
    relief: Option<Arc<Relief>>,
}

impl Drawing {
    /// Nothing but the loss, and about so many lines to be drawn.
    pub(super) fn of(field: Field, count: usize) -> Self {
        Self { field, count, spacing: Spacing::Auto, levels: None, lines: None, relief: None }
    }

    /// The same, with lines that are spaced so.
    pub(super) fn spaced(self, spacing: Spacing) -> Self {
        Self { spacing, ..self }
    }

    /// One more piece; false when all but the minima is there.
    pub(super) fn advance(&mut self) -> bool {
        let Some(levels) = &self.levels else {
            self.levels = Some(Levels::about(self.count, &self.field, self.spacing));
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

    pub(super) fn finish(
        self,
        source: Source,
        plane: Plane,
        fineness: Fineness,
    ) -> Option<Terrain> {
        let (contours, outlines) = self.lines?;
        let (levels, relief) = (self.levels?, self.relief?);
        let field = self.field;
        Some(Terrain { source, plane, field, levels, contours, outlines, relief, fineness })
    }
}

impl Task<Terrain> for TerrainTask {
    fn advance(&mut self, until: Instant) -> Progress<Terrain> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Field(mut work, fineness) => {
                self.stage = if work_until(&mut work, &mut self.rows, until) {
                    Stage::Drawing(Box::new(Drawing::of(work.finish(), LINES)), fineness)
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
                match drawing.finish(self.source.clone(), self.plane.clone(), fineness) {
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
pub(super) fn work_until(work: &mut FieldWork, rows: &mut usize, until: Instant) -> bool {
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
