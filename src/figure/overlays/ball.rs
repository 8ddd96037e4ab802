//! The ball that each run looks around in, in the shape of its norm: a hairline, and a breath of fill where all of it is
//! on the map.

use super::{Extract, Overlay, Placed};
use crate::figure::{Ink, Mark, Pen, Points};
use crate::optim::trajectory::Row;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "ball",
    about: "the ball ‖ε‖_p ≤ ρ around the weights",
    place: Placed::OnMap,
    marks,
};

/// Corners of the outline: at this number neither circle nor square shows one that it has not.
const CORNERS: usize = 144;
/// A ball smaller than this many points is a dot on the dot that it surrounds.
const SMALLEST: f64 = 3.0;

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    extract.rows().flat_map(|(run, row)| of_one(extract, run, &row)).collect()
}

fn of_one(extract: &Extract<'_>, run: usize, row: &Row<'_>) -> Vec<Mark> {
    let Some(mut outline) = extract.picture.ball_around(run, row, CORNERS) else {
        return Vec::new();
    };
    if width(&outline) * extract.points_per_unit < SMALLEST {
        return Vec::new();
    }
    let mut marks = Vec::new();
    // A ball that is wider than the map would only tint all of it.
    if outline.iter().all(|&corner| extract.window.contains(corner)) {
        marks.push(Mark::Region {
            outline: Points::from(outline.clone()),
            ink: Ink::Epsilon,
            strength: 0.10,
        });
    }
    outline.extend(outline.first().copied());
    marks.extend(
        extract
            .clipped(outline)
            .into_iter()
            .map(|points| Mark::Path { points, pen: Pen::new(Ink::Epsilon, 0.9).faint(0.9) }),
    );
    marks
}

/// The longer side of the box around an outline.
pub(in crate::figure) fn width(outline: &[[f64; 2]]) -> f64 {
    let side = |axis: usize| {
        let (low, high) =
            outline.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                (low.min(at[axis]), high.max(at[axis]))
            });
        high - low
    };
    side(0).max(side(1))
}
