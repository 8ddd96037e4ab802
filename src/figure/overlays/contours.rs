//! Contour lines: thin, every fifth an index line, thicker; interrupted where a height is written on them.

use super::{Extract, Overlay, Placed};
use crate::analysis::contour::Contour;
use crate::figure::{Ink, Mark, Pen};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "contours", about: "lines of equal loss", place: Placed::Everywhere, marks };

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    let mut marks = Vec::new();
    for (k, (contour, outline)) in terrain.contours.iter().zip(&terrain.outlines).enumerate() {
        let pen = match terrain.levels.index.get(contour.level_index) {
            Some(true) => Pen::new(Ink::IndexContour, 0.9).faint(0.85),
            _ => Pen::new(Ink::Contour, 0.6).faint(0.7),
        };
        let gap =
            extract.heights.iter().find(|height| height.contour == k).map(|height| height.gap);
        let drawn = match gap.and_then(|gap| interrupted(contour, gap)) {
            Some(parts) => parts.into_iter().flat_map(|part| extract.clipped(part)).collect(),
            None => extract.shown(outline),
        };
        marks.extend(drawn.into_iter().map(|points| Mark::Path { points, pen }));
    }
    marks
}

/// A line without the points of its gap; a ring with a gap is one line from its end to its beginning.
fn interrupted(contour: &Contour, [from, to]: [usize; 2]) -> Option<Vec<Vec<[f64; 2]>>> {
    let points = &contour.points;
    (from <= to && to < points.len()).then(|| {
        let (before, after) = (&points[..=from], &points[to..]);
        if contour.closed {
            vec![[after, before].concat()]
        } else {
            vec![before.to_vec(), after.to_vec()]
        }
    })
}
