//! A whole sheet for a file: the maps, the charts, the data, and what was asked for in words.

use super::Figure;
use super::picture::Picture;

/// The plot areas of the two maps on a sheet of this size, width / height: what a window is widened to.
#[must_use]
pub fn map_aspect(size: [f64; 2]) -> f64 {
    let _ = size;
    1.0
}

/// The whole sheet, `size` points wide and high.
#[must_use]
pub fn sheet(picture: &Picture<'_>, size: [f64; 2]) -> Figure {
    let _ = picture;
    Figure { size, panes: Vec::new(), words: Vec::new() }
}
