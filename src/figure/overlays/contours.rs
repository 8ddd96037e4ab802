//! Contour lines: thin, every fifth an index line, thicker; interrupted where a height is written on them.

use super::{Extract, Overlay, Placed, heights};
use crate::analysis::contour::Contour;
use crate::figure::thin::thinned;
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
        for part in parts(contour, gap) {
            let drawn = extract.clipped(thinned(&part, TOLERANCE / extract.points_per_unit));
            marks.extend(drawn.into_iter().map(|points| Mark::Path { points, pen }));
        }
    }
    marks
}

/// How far a drawn line may be from the computed one, in points: less than any eye or printer tells.
const TOLERANCE: f64 = 0.06;

/// A line without the points of its gap; a ring with a gap is one line from its end to its beginning.
fn parts(contour: &Contour, gap: Option<[usize; 2]>) -> Vec<Vec<[f64; 2]>> {
    let points = &contour.points;
    let first = points.first().copied().filter(|_| contour.closed);
    match gap {
        Some([from, to]) if from <= to && to < points.len() => {
            let (before, after) = (&points[..=from], &points[to..]);
            if contour.closed {
                vec![[after, before].concat()]
            } else {
                vec![before.to_vec(), after.to_vec()]
            }
        }
        _ => vec![points.iter().copied().chain(first).collect()],
    }
}
