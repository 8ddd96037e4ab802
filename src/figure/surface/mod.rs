//! The surface of a ground: its tones as heights, on a grid of triangles, seen by a camera.
//!
//! ```text
//! height = 0.4 · √(width · height of the map) · tone
//! ```
//!
//! Heights are the *tones*, as the contour lines are spaced: a landscape of ten powers of ten has shape everywhere, and from
//! one line to the next it rises by the same amount. Where the loss is no number there is a hole, down to the ground; where
//! the block ends it has sides, tinted by height.
//!
//! Cells are painted from the farthest to the nearest. On a grid that is exact: a cell hides only cells that lie beyond it
//! along both axes.

use std::sync::{Arc, OnceLock};

use crate::analysis::relief::Relief;
use crate::problem::grid::Window;
use crate::scene::prospect::Bearing;

pub mod camera;
mod ray;
mod drape;
pub mod faces;
mod picture;

use camera::Camera;
pub use drape::Stretch;

/// Cells along the longer side of the map.
pub const CELLS: usize = 96;
/// Cells along the side of a square that has a ceiling.
const SQUARE: usize = 8;
/// How high the highest tone is, as a part of the geometric mean of the sides of the map: at half of it hills are flat, at
/// twice it the walls hide the valleys.
const RISE: f64 = 0.4;

/// A surface, and how it is seen.
#[derive(Debug)]
pub struct Surface {
    /// The part of the map that it covers.
    pub window: Window,
    /// What it is painted with.
    pub ground: Arc<Relief>,
    /// What of the map that picture covers.
    pub covered: Window,
    /// From where it is seen.
    pub bearing: Bearing,
    /// The camera; places of its plane are measured as the map is.
    pub camera: Camera,
    /// How high the highest tone is.
    pub rise: f64,
    /// How many points a unit of the plane is long.
    pub points_per_unit: f64,
    /// Cells across and up.
    cells: [usize; 2],
    /// How high it is at the corners of the cells, row by row from the lower edge; NaN in a hole.
    heights: Vec<f64>,
    /// The highest of them, and the highest of every square of cells, row by row.
    highest: f64,
    ceilings: Vec<f64>,
    /// Whether one of them is that of a hole.
    has_holes: bool,
    /// Its pixels, once somebody has asked for them.
    picture: OnceLock<(Window, Arc<Relief>)>,
}

impl PartialEq for Surface {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Arc<Relief>, b: &Arc<Relief>| Arc::ptr_eq(a, b) || a == b;
        self.window == other.window
            && self.covered == other.covered
            && self.bearing == other.bearing
            && self.camera == other.camera
            && self.points_per_unit.to_bits() == other.points_per_unit.to_bits()
            && same(&self.ground, &other.ground)
    }
}

impl Surface {
    /// The surface of the part of a ground that lies in `seen`, whose heights are the tones of `heights`, and that is
    /// painted with `ground`; both cover the same. None where nothing of it is seen.
    #[must_use]
    pub fn of(
        heights: &Relief,
        ground: &Arc<Relief>,
        covered: Window,
        seen: Window,
        bearing: Bearing,
    ) -> Option<Self> {
        let common = |a: [f64; 2], b: [f64; 2]| [a[0].max(b[0]), a[1].min(b[1])];
        let (x, y) = (common(covered.x, seen.x), common(covered.y, seen.y));
        let is_there = |[low, high]: [f64; 2]| low < high && (high - low).is_finite();
        if !is_there(x) || !is_there(y) || heights.columns < 2 || heights.rows < 2 {
            return None;
        }
        let window = Window::new(x, y);
        let [width, height] = window.span();
        let rise = RISE * (seen.span()[0] * seen.span()[1]).sqrt();
        let longest = width.max(height);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and the number of cells"
        )]
        let cells = [width, height]
            .map(|side| (CELLS as f64 * side / longest).round().clamp(1.0, CELLS as f64) as usize);
        let camera = Camera::new(seen.centre(), bearing);
        let mut surface = Self {
            window,
            ground: Arc::clone(ground),
            covered,
            bearing,
            camera,
            rise,
            points_per_unit: 1.0,
            cells,
            heights: Vec::new(),
            highest: 0.0,
            ceilings: Vec::new(),
            has_holes: false,
            picture: OnceLock::new(),
        };
        let corners =
            (0..=cells[1]).flat_map(|row| (0..=cells[0]).map(move |column| [column, row]));
        surface.heights = corners
            .map(|corner| {
                let at = surface.in_cells(corner.map(|k| k as f64));
                rise * sampled(heights, &heights.tone, part_of(covered, at))
            })
            .collect();
        let known = surface.heights.iter().copied().filter(|height| height.is_finite());
        surface.highest = known.fold(0.0, f64::max);
        surface.has_holes = surface.heights.iter().any(|height| height.is_nan());
        surface.ceilings = surface.ceilings();
        Some(surface)
    }

    /// The same surface with another picture of the same part of the map.
    #[must_use]
    pub fn painted_with(&self, ground: &Arc<Relief>) -> Self {
        Self {
            ground: Arc::clone(ground),
            heights: self.heights.clone(),
            ceilings: self.ceilings.clone(),
            picture: OnceLock::new(),
            ..*self
        }
    }

    /// How high the surface is at a place; none in a hole and beside it.
    #[must_use]
    pub fn height(&self, at: [f64; 2]) -> Option<f64> {
        self.height_in_cells(self.cells_from(at))
    }

    /// Where a place of the map is seen, as high as the surface is there; on the ground in a hole and beside it.
    #[must_use]
    pub fn project(&self, at: [f64; 2]) -> [f64; 2] {
        self.camera.project(self.lifted(at))
    }

    /// A place of the map on the surface.
    #[must_use]
    pub fn lifted(&self, at: [f64; 2]) -> [f64; 3] {
        [at[0], at[1], self.height(at).unwrap_or(0.0)]
    }

    /// Whether a place of the map is seen.
    #[must_use]
    pub fn shows(&self, at: [f64; 2]) -> bool {
        !self.hides(self.lifted(at))
    }

    /// The corners of the block that the surface stands in: four on the ground, and the same as high as the highest tone.
    #[must_use]
    pub fn corners(&self) -> [[f64; 2]; 8] {
        let Window { x, y } = self.window;
        let ground = [[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]];
        let at = |k: usize| {
            let [x, y] = ground[k % 4];
            self.camera.project([x, y, if k < 4 { 0.0 } else { self.rise }])
        };
        std::array::from_fn(at)
    }

    /// How high the surface is, at a place given in cells.
    fn height_in_cells(&self, [x, y]: [f64; 2]) -> Option<f64> {
        let [columns, rows] = self.cells;
        let inside = |at: f64, count: usize| (-ROUNDING..=count as f64 + ROUNDING).contains(&at);
        if !inside(x, columns) || !inside(y, rows) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the grid, and the cast saturates"
        )]
        let [column, row] = [(x as usize).min(columns - 1), (y as usize).min(rows - 1)];
        let [right, up] = [x - column as f64, y - row as f64];
        let [lower_left, lower_right, upper_right, upper_left] =
            self.corner_heights(column, row)?;
        Some(if right >= up {
            lower_left + right * (lower_right - lower_left) + up * (upper_right - lower_right)
        } else {
            lower_left + up * (upper_left - lower_left) + right * (upper_right - upper_left)
        })
    }

    /// The highest corner of every square of cells; one without a number has none.
    fn ceilings(&self) -> Vec<f64> {
        let [columns, rows] = self.cells;
        let [across, up] = self.cells.map(|count| count.div_ceil(SQUARE));
        let mut ceilings = vec![f64::NEG_INFINITY; across * up];
        for row in 0..rows {
            for column in 0..columns {
                let corners = self.corner_heights(column, row).unwrap_or([f64::NEG_INFINITY; 4]);
                let ceiling = &mut ceilings[row / SQUARE * across + column / SQUARE];
                *ceiling = corners.into_iter().fold(*ceiling, f64::max);
            }
        }
        ceilings
    }

    /// A height that the surface does not exceed at a place given in cells.
    fn ceiling(&self, [x, y]: [f64; 2]) -> f64 {
        let across = self.cells[0].div_ceil(SQUARE);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the grid, and the cast saturates"
        )]
        let [column, row] =
            [(x as usize).min(self.cells[0] - 1), (y as usize).min(self.cells[1] - 1)];
        self.ceilings[row / SQUARE * across + column / SQUARE]
    }

    /// The heights of the corners of a cell, counter-clockwise from the lower left; none of a hole.
    fn corner_heights(&self, column: usize, row: usize) -> Option<[f64; 4]> {
        let across = self.cells[0] + 1;
        let at = |column: usize, row: usize| self.heights[row * across + column];
        let heights =
            [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
        (!heights.iter().any(|height| height.is_nan())).then_some(heights)
    }

    /// A place given in cells, as a place of the map.
    fn in_cells(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [width, height] = self.window.span();
        let [columns, rows] = self.cells;
        [
            self.window.x[0] + width * (x / columns as f64),
            self.window.y[0] + height * (y / rows as f64),
        ]
    }

    /// A place of the map, in cells.
    fn cells_from(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        self.cells_along([x - self.window.x[0], y - self.window.y[0]])
    }

    /// A way over the map, in cells.
    fn cells_along(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [width, height] = self.window.span();
        [x / width * self.cells[0] as f64, y / height * self.cells[1] as f64]
    }
}

/// What is this much of a cell beside the grid is on its edge.
const ROUNDING: f64 = 1e-6;

/// Where a place lies between the edges of a window, 0 to 1.
fn part_of(window: Window, at: [f64; 2]) -> [f64; 2] {
    let part = |at: f64, [low, high]: [f64; 2]| ((at - low) / (high - low)).clamp(0.0, 1.0);
    [part(at[0], window.x), part(at[1], window.y)]
}

/// One of the numbers of a relief between its pixels, at a part of its width and height; NaN beside a pixel that has none.
fn sampled(relief: &Relief, of: &[f32], part: [f64; 2]) -> f64 {
    let ([column, row], [right, up]) = pixel(relief, part);
    let at = |column: usize, row: usize| f64::from(of[row * relief.columns + column]);
    // A pixel that is not between others has no say, not even one without a number.
    let mix = |low: f64, high: f64, part: f64| match part {
        0.0 => low,
        1.0 => high,
        _ => low + part * (high - low),
    };
    let lower = mix(at(column, row), at(column + 1, row), right);
    let upper = mix(at(column, row + 1), at(column + 1, row + 1), right);
    mix(lower, upper, up)
}

/// The pixel below and left of a part of the width and height of a relief, and how far beyond it that is.
fn pixel(relief: &Relief, [x, y]: [f64; 2]) -> ([usize; 2], [f64; 2]) {
    let place = |part: f64, count: usize| {
        let at = part * (count - 1) as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part lies between 0 and 1"
        )]
        let below = (at as usize).min(count - 2);
        (below, at - below as f64)
    };
    let ((column, right), (row, up)) = (place(x, relief.columns), place(y, relief.rows));
    ([column, row], [right, up])
}

#[cfg(test)]
mod tests;
