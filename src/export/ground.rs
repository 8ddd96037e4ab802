//! The ground of a map as pixels.

use crate::analysis::relief::{NOTHING, Relief};
use crate::figure::palette::{Rgb, Theme, Tints};

/// The colours of a ground, row by row, the first row at the top: those that the window shows.
pub(super) fn pixels(relief: &Relief, theme: Theme) -> impl Iterator<Item = Rgb> {
    let tints = Tints::of(theme);
    from_the_top(relief).map(move |k| tints.of_pixel(relief, k))
}

/// How much each pixel covers of what is below, in the same order; none where all of them cover all.
pub(super) fn alphas(relief: &Relief) -> Option<Vec<u8>> {
    let alpha = |k: usize| if relief.tone[k] == NOTHING { 0 } else { u8::MAX };
    relief.tone.contains(&NOTHING).then(|| from_the_top(relief).map(alpha).collect())
}

fn from_the_top(relief: &Relief) -> impl Iterator<Item = usize> {
    let (columns, rows) = (relief.columns, relief.rows);
    (0..rows).rev().flat_map(move |row| row * columns..(row + 1) * columns)
}

/// Columns and rows as picture files count them; nothing for a ground that no file can hold.
pub(super) fn sides(relief: &Relief) -> [u32; 2] {
    [relief.columns, relief.rows].map(|side| u32::try_from(side).unwrap_or(0))
}
