//! Rounds of a map that is made coarse first.
//!
//! ```text
//! stride 64   every 64th pixel of every 64th row, each standing for those around it
//! stride 32   those between them …
//! stride 1    all
//! ```
//!
//! The first round is a thousandth of the work and less, so that there is a picture at once however dear a run is.

use crate::problem::grid::Grid;

/// The strides of the rounds, each a divisor of the one before.
pub(super) const STRIDES: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];

/// The pixels that a round adds to those before it.
pub(super) fn pixels(grid: Grid, round: usize) -> Vec<u32> {
    let Grid { columns, rows, .. } = grid;
    let stride = STRIDES[round];
    let is_new = |column: usize, row: usize| {
        round == 0 || !(column.is_multiple_of(2 * stride) && row.is_multiple_of(2 * stride))
    };
    let pixels = (0..rows)
        .step_by(stride)
        .flat_map(|row| (0..columns).step_by(stride).map(move |column| (column, row)));
    let new = pixels.filter(|(column, row)| is_new(*column, *row));
    new.filter_map(|(column, row)| u32::try_from(row * columns + column).ok()).collect()
}

/// The pixel of a stride that stands for `pixel`.
pub(super) fn nearest(grid: Grid, pixel: usize, stride: usize) -> usize {
    let Grid { columns, rows, .. } = grid;
    let nearest = |place: usize, count: usize| {
        let below = place - place % stride;
        let above = below + stride;
        if 2 * (place % stride) > stride && above < count { above } else { below }
    };
    nearest(pixel / columns, rows) * columns + nearest(pixel % columns, columns)
}
