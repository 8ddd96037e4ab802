//! The ground of a map as pixels.

use crate::analysis::relief::Relief;
use crate::figure::palette::{Rgb, Theme, Tints};

/// The colours of a ground, row by row, the first row at the top: those that the window shows.
pub(super) fn pixels(relief: &Relief, theme: Theme) -> impl Iterator<Item = Rgb> {
    let tints = Tints::of(theme);
    let rows = (0..relief.rows).rev();
    rows.flat_map(|row| row * relief.columns..(row + 1) * relief.columns)
        .map(move |k| tints.of_pixel(relief, k))
}

/// Columns and rows as picture files count them; nothing for a ground that no file can hold.
pub(super) fn sides(relief: &Relief) -> [u32; 2] {
    [relief.columns, relief.rows].map(|side| u32::try_from(side).unwrap_or(0))
}
