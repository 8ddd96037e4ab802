//! A plane through weight space and the pixels on it.
//!
//! ```text
//! w(a, b) = origin + a·along + b·across
//! ```
//!
//! Two-weight problems use the plane of the weights themselves, where `a` and `b` *are* the weights.

use ndarray::{Array1, ArrayView1, array};

mod window;

pub use window::{BadWindow, Window};

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

/// What rounding leaves of the distance of weights that lie in a plane, as a part of their size.
const ROUNDING: f64 = 1e-13;

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

    /// The coordinates of the point of the plane that is nearest to `w`: the inverse of [`Plane::at`] on the plane.
    ///
    /// The two directions may have any length and any angle; where they are parallel or zero, what is missing is 0.
    #[must_use]
    pub fn project(&self, w: ArrayView1<'_, f64>) -> [f64; 2] {
        if self.is_the_weight_plane() && w.len() == 2 {
            return [w[0], w[1]];
        }
        self.components((&w - &self.origin).view())
    }

    /// The coordinates of a displacement's shadow on the plane.
    #[must_use]
    pub fn components(&self, step: ArrayView1<'_, f64>) -> [f64; 2] {
        let (aa, ab, bb) = (
            self.along.dot(&self.along),
            self.along.dot(&self.across),
            self.across.dot(&self.across),
        );
        let (sa, sb) = (self.along.dot(&step), self.across.dot(&step));
        let determinant = aa * bb - ab * ab;
        if determinant > PARALLEL * aa * bb {
            return [(sa * bb - sb * ab) / determinant, (sb * aa - sa * ab) / determinant];
        }
        if aa > 0.0 {
            [sa / aa, 0.0]
        } else if bb > 0.0 {
            [0.0, sb / bb]
        } else {
            [0.0, 0.0]
        }
    }

    /// Whether its two directions do not span a plane.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        let (aa, ab, bb) = (
            self.along.dot(&self.along),
            self.along.dot(&self.across),
            self.across.dot(&self.across),
        );
        let spans = aa * bb - ab * ab > PARALLEL * aa * bb;
        !spans
    }

    /// How far `w` is from the plane.
    #[must_use]
    pub fn distance(&self, w: ArrayView1<'_, f64>) -> f64 {
        if self.is_the_weight_plane() && w.len() == 2 {
            return 0.0;
        }
        let [a, b] = self.project(w);
        let apart = &w - &self.at(a, b);
        // Scaled, so that a diverged run is far away and not infinitely far.
        let largest = apart.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let size = w.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        if largest <= ROUNDING * size {
            return 0.0;
        }
        if !largest.is_finite() {
            return largest;
        }
        largest * apart.iter().map(|x| (x / largest) * (x / largest)).sum::<f64>().sqrt()
    }

    /// Two unit vectors that span the plane at a right angle, the first along its first direction; a direction that is
    /// missing is zero.
    #[must_use]
    pub fn frame(&self) -> [Array1<f64>; 2] {
        let unit = |v: Array1<f64>| {
            let length = v.dot(&v).sqrt();
            if length > 0.0 { v / length } else { v }
        };
        let first = unit(self.along.clone());
        let rest = &self.across - &(&first * first.dot(&self.across));
        let size = self.across.dot(&self.across);
        let second = if rest.dot(&rest) > PARALLEL * size { unit(rest) } else { rest * 0.0 };
        [first, second]
    }
}

/// Directions whose angle has a squared sine below this are called parallel.
const PARALLEL: f64 = 1e-24;

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
    /// The grid of `columns × rows` points on `window`; at least two of each, so that it reaches both edges.
    #[must_use]
    pub fn new(window: Window, columns: usize, rows: usize) -> Self {
        Self { window, columns: columns.max(2), rows: rows.max(2) }
    }

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

/// The coordinate of point `k` of `count`; the lower edge where there is one point only, as in a part of a grid.
fn between([low, high]: [f64; 2], k: usize, count: usize) -> f64 {
    low + (high - low) * (k as f64 / (count.max(2) - 1) as f64)
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

    /// Fills every row with `write(x of its pixels, y, values)`.
    pub fn rows(&mut self, mut write: impl FnMut(&[f64], f64, &mut [f64])) {
        let grid = self.grid;
        let x: Vec<f64> = (0..grid.columns).map(|column| grid.x(column)).collect();
        for (k, row) in self.values.chunks_exact_mut(grid.columns).enumerate() {
            write(&x, grid.y(self.first_row + k), row);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_two_points_on_each_side_at_least() {
        let grid = Grid::new(Window::new([0.0, 1.0], [2.0, 4.0]), 0, 1);
        assert_eq!((grid.columns, grid.rows), (2, 2));
        assert_eq!([grid.x(0), grid.x(1), grid.y(0), grid.y(1)], [0.0, 1.0, 2.0, 4.0]);
    }
}
