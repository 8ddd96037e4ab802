//! A plane through weight space and the pixels on it.
//!
//! ```text
//! w(a, b) = origin + a·along + b·across
//! ```
//!
//! Two-weight problems use the plane of the weights themselves, where `a` and `b` *are* the weights.

use ndarray::{Array1, array};

/// A rectangle of the plane that is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Left and right edge.
    pub x: [f64; 2],
    /// Lower and upper edge.
    pub y: [f64; 2],
}

impl Window {
    /// The window between these edges.
    #[must_use]
    pub const fn new(x: [f64; 2], y: [f64; 2]) -> Self {
        Self { x, y }
    }

    /// Width and height.
    #[must_use]
    pub fn span(self) -> [f64; 2] {
        [self.x[1] - self.x[0], self.y[1] - self.y[0]]
    }

    /// The middle point.
    #[must_use]
    pub fn centre(self) -> [f64; 2] {
        [f64::midpoint(self.x[0], self.x[1]), f64::midpoint(self.y[0], self.y[1])]
    }

    /// Whether `at` lies inside, edges included.
    #[must_use]
    pub fn contains(self, at: [f64; 2]) -> bool {
        self.x[0] <= at[0] && at[0] <= self.x[1] && self.y[0] <= at[1] && at[1] <= self.y[1]
    }

    /// The smallest window around this one with width / height = `aspect`.
    #[must_use]
    pub fn widened_to(self, aspect: f64) -> Self {
        let [width, height] = self.span();
        let [cx, cy] = self.centre();
        let (width, height) = if width < aspect * height {
            (aspect * height, height)
        } else {
            (width, width / aspect)
        };
        Self::new([cx - width / 2.0, cx + width / 2.0], [cy - height / 2.0, cy + height / 2.0])
    }
}

/// An affine plane through weight space.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    /// The weights at `(0, 0)`.
    pub origin: Array1<f64>,
    /// The direction of the first coordinate.
    pub along: Array1<f64>,
    /// The direction of the second coordinate.
    pub across: Array1<f64>,
}

impl Plane {
    /// The whole space of a two-weight problem: coordinates are weights.
    #[must_use]
    pub fn of_weights() -> Self {
        Self { origin: array![0.0, 0.0], along: array![1.0, 0.0], across: array![0.0, 1.0] }
    }

    /// Whether coordinates are the weights themselves.
    #[must_use]
    pub fn is_the_weight_plane(&self) -> bool {
        *self == Self::of_weights()
    }

    /// The weights at coordinates `(a, b)`.
    #[must_use]
    pub fn at(&self, a: f64, b: f64) -> Array1<f64> {
        let mut w = self.origin.clone();
        w.scaled_add(a, &self.along);
        w.scaled_add(b, &self.across);
        w
    }
}

/// The pixels of a window: `columns × rows` points, edges included, the first row at the lower edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// What is covered.
    pub window: Window,
    /// Points in a row; at least two.
    pub columns: usize,
    /// Rows; at least two.
    pub rows: usize,
}

impl Grid {
    /// The first coordinate of a column.
    #[must_use]
    pub fn x(&self, column: usize) -> f64 {
        between(self.window.x, column, self.columns)
    }

    /// The second coordinate of a row.
    #[must_use]
    pub fn y(&self, row: usize) -> f64 {
        between(self.window.y, row, self.rows)
    }
}

fn between([low, high]: [f64; 2], k: usize, count: usize) -> f64 {
    low + (high - low) * (k as f64 / (count - 1) as f64)
}

/// A few consecutive rows of a grid, to be filled.
#[derive(Debug)]
pub struct Tile<'a> {
    /// The whole grid.
    pub grid: Grid,
    /// The first row of the tile.
    pub first_row: usize,
    /// One value a pixel, row by row; its length is a whole number of rows.
    pub values: &'a mut [f64],
    /// How exact the values must be.
    pub precision: Precision,
}

/// How exact a field must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// `f32` inside is enough: the loss varies a lot over the window.
    Fast,
    /// `f64` throughout: the window shows so little that `f32` would draw its own steps.
    Exact,
}

impl Tile<'_> {
    /// Fills every pixel with `value(x, y)`.
    pub fn each(&mut self, mut value: impl FnMut(f64, f64) -> f64) {
        self.each_with(|x, y, _| value(x, y));
    }

    /// Changes every pixel to `value(x, y, what it was)`.
    pub fn each_with(&mut self, mut value: impl FnMut(f64, f64, f64) -> f64) {
        let grid = self.grid;
        for (k, row) in self.values.chunks_exact_mut(grid.columns).enumerate() {
            let y = grid.y(self.first_row + k);
            for (column, pixel) in row.iter_mut().enumerate() {
                *pixel = value(grid.x(column), y, *pixel);
            }
        }
    }
}
