//! The minima in view, each with its height and its sharpness `λ_max`.

use super::{Extract, Overlay, Placed, start};
use crate::analysis::minima::Minimum;
use crate::figure::{Anchor, Ink, Mark, Points, Shape, clip, numerals};
use crate::problem::grid::Window;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "minima",
    about: "minima with their height and λ_max",
    place: Placed::OnMap,
    marks,
};

/// Height of the words, in points.
const SIZE: f32 = 10.5;
/// A label is about so wide and high, with its distance from the mark, in points.
const ROOM: [f64; 2] = [72.0, 26.0];
/// Minima that are labelled: the lowest ones. The rest are marked only.
const LABELLED: usize = 6;
/// Minima that are marked: more would be noise.
const MARKED: usize = 24;

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let known = extract.lettering.places.iter().copied();
    let places: Points = known.filter(|at| extract.window.contains(*at)).take(MARKED).collect();
    if places.is_empty() {
        return Vec::new();
    }
    let span = extract.picture.terrain.map_or(0.0, |terrain| terrain.levels.span);
    let mut marks = vec![Mark::Dots {
        points: places,
        shape: Shape::Triangle,
        ink: Ink::Minimum,
        size: 8.0,
        strength: 1.0,
    }];
    for Labelled { minimum, right, up, .. } in &extract.lettering.minima {
        let down = if *up > 0.0 { -14.0 } else { 14.0 };
        let (offset, anchor) = if *right > 0.0 {
            ([10.0, down], Anchor::Left)
        } else {
            ([-10.0, down], Anchor::Right)
        };
        let mut lines = vec![format!("L = {}", numerals::short(height(span, minimum.height), 3))];
        // The tip of a cone has no curvature.
        if minimum.lambda_max.is_finite() {
            lines.push(format!("λ = {}", numerals::short(minimum.lambda_max, 3)));
        }
        for (text, down) in lines.into_iter().zip([-0.62f32, 0.62]) {
            marks.push(Mark::Label {
                at: minimum.at,
                offset: [offset[0], offset[1] + down * SIZE],
                text,
                ink: Ink::Minimum,
                size: SIZE,
                anchor,
                angle: 0.0,
            });
        }
    }
    marks
}

/// A minimum whose label has room, and where.
pub(super) struct Labelled {
    minimum: Minimum,
    right: f64,
    up: f64,
    /// The window that it takes up, for other words to keep away from.
    pub(super) taken: Window,
}

/// Every label stands where the window does not end, no other label stands and the fewest points of a route are in
/// the way; to the right and above if there is a choice. The lowest minima choose first.
pub(super) fn labelled(extract: &Extract<'_>, known: &[Minimum]) -> Vec<Labelled> {
    let seen = known.iter().filter(|minimum| extract.window.contains(minimum.at));
    let start = start::taken(extract);
    let mut labels: Vec<Labelled> = Vec::new();
    for minimum in seen.take(LABELLED) {
        let best = [(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)]
            .into_iter()
            .map(|(right, up)| {
                let side =
                    [right * ROOM[0], up * ROOM[1]].map(|room| room / extract.points_per_unit);
                let far = [minimum.at[0] + side[0], minimum.at[1] + side[1]];
                Labelled { minimum: *minimum, right, up, taken: clip::between(minimum.at, far) }
            })
            .filter(|label| inside(extract.window, label.taken))
            .filter(|label| !start.is_some_and(|start| overlap(start, label.taken)))
            .filter(|label| !labels.iter().any(|other| overlap(other.taken, label.taken)))
            .min_by_key(|label| route_points(extract, label.taken));
        labels.extend(best);
    }
    labels
}

/// How many steps of either run fall into `window`.
fn route_points(extract: &Extract<'_>, window: Window) -> usize {
    // Route by route: asked of every point of both for every place of every label, and several times as slow through
    // one iterator.
    let inside = |places: &[[f64; 2]]| places.iter().filter(|at| window.contains(**at)).count();
    extract.all_routes().map(inside).sum()
}

fn inside(outer: Window, inner: Window) -> bool {
    outer.contains([inner.x[0], inner.y[0]]) && outer.contains([inner.x[1], inner.y[1]])
}

/// Whether two windows have a place in common.
pub(super) fn overlap(a: Window, b: Window) -> bool {
    let meet = |a: [f64; 2], b: [f64; 2]| a[0] < b[1] && b[0] < a[1];
    meet(a.x, b.x) && meet(a.y, b.y)
}

/// Below this part of the range of the loss a height is rounding, and is written as 0.
const ROUNDING: f64 = 1e-12;

fn height(span: f64, height: f64) -> f64 {
    if height.abs() < ROUNDING * span { 0.0 } else { height }
}
