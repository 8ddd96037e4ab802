//! The field: the loss at every pixel of a window.
//!
//! ```text
//! F[row, column] = L(w(x_column, y_row)),     w(a, b) = origin + a·along + b·across
//! ```
//!
//! A pixel depends on nothing but its place and the grid, so pixels can be computed in any order, on any number of
//! threads and in pieces of any size: the field is the same, bit for bit. Where the loss is smooth and dear, three pixels
//! of four follow from the others.
//!
//! A loss may overflow far out. Pixels that are not finite stay so in [`Field::values`]: the heat map leaves them
//! blank, contours end at them, and everything here that summarises a field looks at the finite pixels only.

use crate::problem::Objective;
use crate::problem::grid::{Grid, Plane, Precision};

mod filling;
mod lattice;
mod patch;

pub use filling::FieldWork;
use filling::Filling;

/// The loss at every pixel of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Where the pixels are.
    pub grid: Grid,
    /// One value a pixel, row by row, the first row at the lower edge. Not all need be finite.
    pub values: Vec<f64>,
}

impl Field {
    /// The field of `objective` on `plane`, on all cores.
    #[must_use]
    pub fn compute(
        objective: &dyn Objective,
        plane: &Plane,
        grid: Grid,
        precision: Precision,
    ) -> Self {
        let mut filling = Filling::new(objective, grid, precision);
        while filling.advance(objective, plane, grid.rows) {}
        filling.finish()
    }

    fn blank(grid: Grid) -> Self {
        Self { grid, values: vec![f64::NAN; grid.columns * grid.rows] }
    }

    /// The value of a pixel.
    #[must_use]
    pub fn pixel(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.grid.columns + column]
    }

    /// The finite values, in order of the pixels.
    pub fn finite(&self) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().copied().filter(|value| value.is_finite())
    }

    /// The lowest and the highest finite value, if there is one.
    #[must_use]
    pub fn range(&self) -> Option<[f64; 2]> {
        self.finite().fold(None, |range, value| match range {
            None => Some([value, value]),
            Some([low, high]) => Some([low.min(value), high.max(value)]),
        })
    }

    /// The values below which these parts of the finite pixels lie, from 0 to 1, interpolated between pixels;
    /// empty when no pixel is finite.
    #[must_use]
    pub fn quantiles(&self, parts: &[f64]) -> Vec<f64> {
        let mut sorted: Vec<f64> = self.finite().collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let Some(last) = sorted.len().checked_sub(1) else { return Vec::new() };
        parts
            .iter()
            .map(|part| {
                let (below, rest) = split(part.clamp(0.0, 1.0) * last as f64, last);
                let above = (below + 1).min(last);
                mix(sorted[below], sorted[above], rest)
            })
            .collect()
    }

    /// The value at a point of the window, bilinear between the four pixels around it; none outside, and none where
    /// one of the four is not finite.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> Option<f64> {
        let Grid { window, columns, rows } = self.grid;
        if !window.contains([x, y]) || columns < 2 || rows < 2 {
            return None;
        }
        let [width, height] = window.span();
        let (column, right) = split((x - window.x[0]) / width * (columns - 1) as f64, columns - 2);
        let (row, up) = split((y - window.y[0]) / height * (rows - 1) as f64, rows - 2);
        let lower = mix(self.pixel(column, row), self.pixel(column + 1, row), right);
        let upper = mix(self.pixel(column, row + 1), self.pixel(column + 1, row + 1), right);
        Some(mix(lower, upper, up)).filter(|value| value.is_finite())
    }

    /// How exact a finer field of the same window must be, judged by this one, a coarse preview.
    ///
    /// What must not drown in rounding is the height of the valley floor above the minimum, since on a logarithmic
    /// scale it has as many lines as the walls.
    #[must_use]
    pub fn precision_needed(&self) -> Precision {
        let (Some([low, high]), &[floor]) = (self.range(), self.quantiles(&[FLOOR]).as_slice())
        else {
            return Precision::Exact;
        };
        if floor - low < ROUNDING_SHOWS * high.abs().max(low.abs()) {
            Precision::Exact
        } else {
            Precision::Fast
        }
    }
}

/// The part of the pixels that is called the floor.
const FLOOR: f64 = 0.02;

/// A floor lower than this part of the largest value is drawn from `f64`: `f32` fields are good to about a millionth
/// of it, and a hundred times that would be seen as roughness in the lines.
const ROUNDING_SHOWS: f64 = 1e-4;

/// The whole part of a place, at most `most`, and what remains.
fn split(place: f64, most: usize) -> (usize, f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "places are inside the grid, and the cast saturates where rounding put them outside"
    )]
    let whole = (place as usize).min(most);
    (whole, place - whole as f64)
}

fn mix(low: f64, high: f64, part: f64) -> f64 {
    low + (high - low) * part
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::problem::Formula;
    use crate::problem::grid::{Tile, Window};
    use crate::problem::landscapes;

    /// A field of a formula, for tests of what reads fields.
    pub(in crate::analysis) fn of(grid: Grid, value: impl Fn(f64, f64) -> f64) -> Field {
        let mut field = Field::blank(grid);
        let values = &mut field.values;
        Tile { grid, first_row: 0, values, precision: Precision::Exact }.each(value);
        field
    }

    fn grid() -> Grid {
        Grid { window: Window::new([-1.0, 3.0], [0.0, 1.0]), columns: 21, rows: 11 }
    }

    fn bowl() -> Arc<dyn Objective> {
        Arc::new(Formula(landscapes::ALL.choose("quadratic").unwrap().build()))
    }

    #[test]
    fn a_field_computed_in_pieces_is_the_field_computed_at_once() {
        let whole = Field::compute(&*bowl(), &Plane::of_weights(), grid(), Precision::Exact);
        for rows in [1, 3, 8, 100] {
            let mut work = FieldWork::new(bowl(), Plane::of_weights(), grid(), Precision::Exact);
            while work.advance(rows) {}
            assert_eq!(work.finish(), whole);
        }
    }

    #[test]
    fn between_pixels_a_field_is_bilinear() {
        let field = of(grid(), |x, y| 2.0 + x - 3.0 * y + x * y);
        for [x, y] in [[-1.0, 0.0], [3.0, 1.0], [0.123, 0.456], [2.99, 0.01]] {
            let found = field.at(x, y).unwrap();
            assert!((found - (2.0 + x - 3.0 * y + x * y)).abs() < 1e-12);
        }
        assert_eq!(field.at(3.1, 0.5), None);
        assert_eq!(field.at(f64::NAN, 0.5), None);
    }

    #[test]
    fn summaries_look_at_finite_pixels_only() {
        let field = of(grid(), |x, _| if x > 1.0 { f64::INFINITY } else { x });
        assert_eq!(field.range(), Some([-1.0, 1.0]));
        assert_eq!(field.quantiles(&[0.0, 1.0]), vec![-1.0, 1.0]);
        assert_eq!(field.at(2.0, 0.5), None);
        let nothing = of(grid(), |_, _| f64::NAN);
        assert_eq!(nothing.range(), None);
        assert!(nothing.quantiles(&[0.5]).is_empty());
    }

    #[test]
    fn a_nearly_flat_window_is_computed_exactly() {
        let steep = of(grid(), |x, y| x * x + y);
        assert_eq!(steep.precision_needed(), Precision::Fast);
        let flat = of(grid(), |x, _| 1.0 + 1e-7 * x);
        assert_eq!(flat.precision_needed(), Precision::Exact);
    }
}
