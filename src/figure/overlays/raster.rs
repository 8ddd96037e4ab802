//! Square cells over a map, and which of them a line goes through: what is near what, at the price of a few cells a line.

use super::Extract;
use crate::figure::clip;
use crate::problem::grid::Window;

/// A grid of square cells over an extract.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raster {
    window: Window,
    /// Cells to a unit of the map.
    pub(super) scale: f64,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A map that is shown at a scale beyond all screens has no more cells than this to a side.
const MOST: f64 = 4096.0;

impl Raster {
    /// Cells of so many points over `extract`.
    pub(super) fn over(extract: &Extract<'_>, cell: f64) -> Self {
        Self::of(extract.window, extract.points_per_unit, cell)
    }

    /// Cells of so many points over a window.
    pub(super) fn of(window: Window, points_per_unit: f64, cell: f64) -> Self {
        let [width, height] = window.span();
        let scale = (points_per_unit / cell).min(MOST / width.max(height));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number, and not a large one"
        )]
        let [columns, rows] = [width, height].map(|span| (span * scale).ceil().max(1.0) as usize);
        Self { window, scale, columns, rows }
    }

    /// How many cells there are.
    pub(super) fn len(self) -> usize {
        self.columns * self.rows
    }

    /// The cell of a place in the window; the nearest one for a place beside it.
    pub(super) fn cell(self, at: [f64; 2]) -> usize {
        let place = |at: f64, low: f64, count: usize| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the cast saturates, and what is too large is cut"
            )]
            let place = ((at - low) * self.scale) as usize;
            place.min(count - 1)
        };
        place(at[1], self.window.y[0], self.rows) * self.columns
            + place(at[0], self.window.x[0], self.columns)
    }

    /// Visits the cells between two places in order, as far as they are in the window.
    pub(super) fn visit(self, from: [f64; 2], to: [f64; 2], mut visit: impl FnMut(usize)) {
        let Some([from, to]) = clip::segment(self.window, from, to) else { return };
        let way = [to[0] - from[0], to[1] - from[1]];
        let pieces = (self.scale * way[0].abs().max(way[1].abs())).ceil().clamp(1.0, MOST);
        let mut before = usize::MAX;
        let mut part = 0.0;
        while part <= pieces {
            let cell = self.cell([0, 1].map(|k| from[k] + part / pieces * way[k]));
            if cell != before {
                visit(cell);
            }
            before = cell;
            part += 1.0;
        }
    }
}
