//! Which minimum a place belongs to: where a marble comes to rest that is let go there.
//!
//! ```text
//! from a pixel to the lowest of its eight neighbours, until none is lower
//! ```
//!
//! The marble rolls over the pixels of the field, so a ridge is known to a pixel and no better; a marble that ends at
//! the edge of the window belongs to no minimum in view.

use crate::analysis::field::Field;
use crate::analysis::minima::{Minimum, nearest};
use crate::engine::products::terrain::Terrain;

/// The basins of a ground.
pub struct Basins<'a> {
    field: &'a Field,
    minima: &'a [Minimum],
    /// What is known of each pixel so far, so that no stretch is rolled over twice.
    known: Vec<Known>,
}

/// What is known of a pixel: the number of its basin, counted from one; nothing yet where it is zero.
///
/// A number whose zero is the beginning, because a list of zeros costs nothing to make: a whole ground of anything
/// wider was most of the work of the sentence under a map.
type Known = u32;

/// A marble that comes to rest there belongs to no minimum.
const NOWHERE: Known = Known::MAX;

/// A marble stops on a pixel, and the minimum lies within so many pixels of it.
const REACH: f64 = 3.0;

impl<'a> Basins<'a> {
    /// The basins of `terrain`.
    #[must_use]
    pub fn of(terrain: &'a Terrain) -> Self {
        let field = &terrain.field;
        Self { field, minima: &terrain.minima, known: vec![0; field.values.len()] }
    }

    /// The index of the minimum that `at` belongs to.
    pub fn at(&mut self, at: [f64; 2]) -> Option<usize> {
        let mut pixel = self.pixel(at)?;
        let mut trail = Vec::new();
        let basin = loop {
            let known = self.known[self.index(pixel)];
            if known != 0 {
                break known;
            }
            trail.push(self.index(pixel));
            match self.lower(pixel) {
                Some(next) => pixel = next,
                None => break self.rest(pixel),
            }
        };
        for index in trail {
            self.known[index] = basin;
        }
        (basin != NOWHERE).then(|| basin as usize - 1)
    }

    fn pixel(&self, at: [f64; 2]) -> Option<[usize; 2]> {
        let grid = self.field.grid;
        let [width, height] = grid.window.span();
        let place = |x: f64, low: f64, span: f64, count: usize| {
            let place = ((x - low) / span * (count - 1) as f64).round();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            let inside = (0.0 <= place && place < count as f64).then_some(place as usize);
            inside
        };
        let column = place(at[0], grid.window.x[0], width, grid.columns)?;
        let row = place(at[1], grid.window.y[0], height, grid.rows)?;
        Some([column, row])
    }

    fn index(&self, [column, row]: [usize; 2]) -> usize {
        row * self.field.grid.columns + column
    }

    /// The lowest neighbour, if it is lower.
    fn lower(&self, [column, row]: [usize; 2]) -> Option<[usize; 2]> {
        let grid = self.field.grid;
        let columns = column.saturating_sub(1)..=(column + 1).min(grid.columns - 1);
        let rows = row.saturating_sub(1)..=(row + 1).min(grid.rows - 1);
        rows.flat_map(|r| columns.clone().map(move |c| [c, r]))
            .map(|at| (at, self.field.pixel(at[0], at[1])))
            .filter(|(_, value)| *value < self.field.pixel(column, row))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(at, _)| at)
    }

    /// The minimum beside the pixel where a marble came to rest.
    fn rest(&self, [column, row]: [usize; 2]) -> Known {
        let grid = self.field.grid;
        let [width, height] = grid.window.span();
        let pixel = (width / (grid.columns - 1) as f64).hypot(height / (grid.rows - 1) as f64);
        nearest(self.minima, [grid.x(column), grid.y(row)])
            .filter(|(_, apart)| *apart <= REACH * pixel)
            .and_then(|(found, _)| self.minima.iter().position(|minimum| *minimum == found))
            .and_then(|place| Known::try_from(place + 1).ok())
            .unwrap_or(NOWHERE)
    }
}
