//! Contour lines: thin, every fifth an index line, thicker; interrupted where a height is written on them.

use super::{Extract, Overlay, Placed, heights};
use crate::figure::{Ink, Mark, Pen};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "contours", about: "lines of equal loss", place: Placed::Everywhere, marks };

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    let written = heights::written(extract);
    let mut marks = Vec::new();
    for (k, contour) in terrain.contours.iter().enumerate() {
        let pen = match terrain.levels.index.get(contour.level_index) {
            Some(true) => Pen::new(Ink::IndexContour, 0.9).faint(0.85),
            _ => Pen::new(Ink::Contour, 0.6).faint(0.7),
        };
        let gap = written.iter().find(|height| height.contour == k).map(|height| height.gap);
        for part in parts(&contour.points, gap) {
            marks.extend(
                extract
                    .clipped(part.iter().copied())
                    .into_iter()
                    .map(|points| Mark::Path { points, pen }),
            );
        }
    }
    marks
}

/// A line without the points of its gap.
fn parts(points: &[[f64; 2]], gap: Option<[usize; 2]>) -> Vec<&[[f64; 2]]> {
    match gap {
        Some([from, to]) if from <= to && to < points.len() => {
            vec![&points[..=from], &points[to..]]
        }
        _ => vec![points],
    }
}
