//! Contour lines: thin, every fifth an index line, thicker; interrupted where a height is written on them.

use super::{Extract, Overlay, Placed};
use crate::analysis::contour::Contour;
use crate::figure::{Ink, Mark, Pen, Points};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "contours", about: "lines of equal loss", place: Placed::Everywhere, marks };

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    let mut marks = Vec::new();
    for (k, (contour, outline)) in terrain.contours.iter().zip(&terrain.outlines).enumerate() {
        let pen = match terrain.levels.index.get(contour.level_index) {
            Some(true) => Pen::new(Ink::IndexContour, 0.9).faint(0.55),
            _ => Pen::new(Ink::Contour, 0.6).faint(0.42),
        };
        let mut heights = extract.lettering.heights.iter();
        let drawn = match heights.find(|height| height.contour == k) {
            Some(height) => height.beside.clone(),
            None => extract.shown(outline),
        };
        marks.extend(drawn.into_iter().map(|points| Mark::Path { points, pen }));
    }
    marks
}

/// A line without the points between two of its own, as it is drawn; a ring with a gap is one line from its end to its
/// beginning.
pub(super) fn interrupted(
    extract: &Extract<'_>,
    contour: &Contour,
    [from, to]: [usize; 2],
) -> Vec<Points> {
    let (before, after) = (&contour.points[..=from], &contour.points[to..]);
    if contour.closed {
        extract.clipped(after.iter().chain(before).copied())
    } else {
        [before, after].into_iter().flat_map(|part| extract.clipped(part.iter().copied())).collect()
    }
}
