//! The minima in view, each with its height and its sharpness `λ_max`.

use super::{Extract, Overlay, Placed};
use crate::figure::picture::Lane;
use crate::figure::{Anchor, Ink, Mark, Points, Shape, clip, numerals};

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

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    let seen: Vec<_> =
        terrain.minima.iter().filter(|minimum| extract.window.contains(minimum.at)).collect();
    if seen.is_empty() {
        return Vec::new();
    }
    let places: Points = seen.iter().map(|minimum| minimum.at).collect();
    let mut marks = vec![Mark::Dots {
        points: places,
        shape: Shape::Triangle,
        ink: Ink::Minimum,
        size: 8.0,
        strength: 1.0,
    }];
    for minimum in seen.into_iter().take(LABELLED) {
        let (offset, anchor) = beside(extract, minimum.at);
        let lines = [
            format!("L = {}", numerals::short(minimum.height, 3)),
            format!("λ = {}", numerals::short(minimum.lambda_max, 3)),
        ];
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

/// On which side of a mark its label stands: where the window does not end and the fewest points of a route are in
/// the way, to the right and above if there is a choice.
fn beside(extract: &Extract<'_>, at: [f64; 2]) -> ([f32; 2], Anchor) {
    let scale = extract.points_per_unit;
    let sides = [(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)];
    let corner = |(right, up): (f64, f64)| {
        let far = [at[0] + right * ROOM[0] / scale, at[1] + up * ROOM[1] / scale];
        clip::between(at, far)
    };
    let cost = |side: (f64, f64)| {
        let taken = corner(side);
        let outside = [taken.x[0], taken.x[1]].iter().any(|x| !within(extract.window.x, *x))
            || [taken.y[0], taken.y[1]].iter().any(|y| !within(extract.window.y, *y));
        let routes: usize = Lane::BOTH
            .into_iter()
            .filter_map(|lane| extract.picture.run(lane))
            .filter(|run| run.dimension == 2)
            .map(|run| run.points().filter(|w| taken.contains([w[0], w[1]])).count())
            .sum();
        (outside, routes)
    };
    let (right, up) = sides.into_iter().min_by_key(|&side| cost(side)).unwrap_or(sides[0]);
    let down = if up > 0.0 { -14.0 } else { 14.0 };
    if right > 0.0 { ([10.0, down], Anchor::Left) } else { ([-10.0, down], Anchor::Right) }
}

fn within([low, high]: [f64; 2], x: f64) -> bool {
    low <= x && x <= high
}
