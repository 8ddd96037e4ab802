//! Pixels that are computed one by one, and how they are shared out.

use std::ops::Range;

use crate::problem::grid::{Grid, Window};

/// A rectangle of pixels that are computed one by one, or every second of them, from row `done` of it on.
#[derive(Clone)]
pub(super) struct Patch {
    /// Them and no others.
    pub(super) grid: Grid,
    columns: Every,
    rows: Every,
    done: usize,
}

/// Every `step`-th pixel along an axis.
#[derive(Clone, Copy)]
struct Every {
    first: usize,
    step: usize,
    count: usize,
}

impl Every {
    /// The even or the odd ones of a range that begins at an even one.
    fn second(range: &Range<usize>, parity: usize) -> Self {
        Self { first: range.start + parity, step: 2, count: (range.len() + 1 - parity) / 2 }
    }

    fn pixel(self, k: usize) -> usize {
        self.first + k * self.step
    }

    fn edges(self, place: impl Fn(usize) -> f64) -> [f64; 2] {
        [place(self.first), place(self.pixel(self.count - 1))]
    }
}

impl Patch {
    pub(super) fn whole(grid: Grid) -> Self {
        let all = |count| Every { first: 0, step: 1, count };
        Self { grid, columns: all(grid.columns), rows: all(grid.rows), done: 0 }
    }

    fn part(whole: Grid, columns: Every, rows: Every) -> Self {
        let window = Window::new(columns.edges(|k| whole.x(k)), rows.edges(|k| whole.y(k)));
        let grid = Grid { window, columns: columns.count, rows: rows.count };
        Self { grid, columns, rows, done: 0 }
    }

    /// The pixels of a block that are not nodes: every second row, and between the nodes of the others.
    pub(super) fn around_nodes(
        whole: Grid,
        columns: &Range<usize>,
        rows: &Range<usize>,
    ) -> [Self; 2] {
        let all = Every { first: columns.start, step: 1, count: columns.len() };
        [
            Self::part(whole, all, Every::second(rows, 1)),
            Self::part(whole, Every::second(columns, 1), Every::second(rows, 0)),
        ]
    }

    fn rows_left(&self) -> usize {
        self.grid.rows - self.done
    }

    pub(super) fn pixels(&self) -> usize {
        self.rows_left() * self.grid.columns
    }

    /// The places of a row's pixels in a field with so many columns.
    pub(super) fn places(&self, row: usize, width: usize) -> impl Iterator<Item = usize> + use<> {
        let start = self.rows.pixel(row) * width;
        let columns = self.columns;
        (0..columns.count).map(move |k| start + columns.pixel(k))
    }
}

/// A few rows of a patch.
pub(super) struct Piece {
    pub(super) patch: Patch,
    /// Rows of its own.
    pub(super) rows: Range<usize>,
}

/// Rows that are computed together: few enough that a job can be dropped soon and cores share evenly, enough to
/// pay for what a tile prepares once.
const TILE_ROWS: usize = 16;

/// Takes about so many pixels from the patches, in pieces that keep every core busy.
pub(super) fn taken(patches: &mut Vec<Patch>, pixels: usize) -> Vec<Piece> {
    let share = pixels.div_ceil(rayon::current_num_threads());
    let mut left = pixels;
    let mut pieces = Vec::new();
    while let Some(patch) = patches.last_mut().filter(|_| left > 0) {
        let columns = patch.grid.columns;
        let most = share.div_ceil(columns).clamp(1, TILE_ROWS).min(left.div_ceil(columns));
        let rows = patch.done..patch.done + most.min(patch.rows_left());
        patch.done = rows.end;
        left = left.saturating_sub(rows.len() * columns);
        pieces.push(Piece { patch: patch.clone(), rows });
        if patch.rows_left() == 0 {
            patches.pop();
        }
    }
    pieces
}
