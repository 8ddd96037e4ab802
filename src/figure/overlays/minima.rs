//! The minima in view, each with its height and its sharpness `λ_max`.

use super::{Extract, Overlay, Placed};
use crate::figure::{Anchor, Ink, Mark, Points, Shape, numerals};

pub(super) static OVERLAY: Overlay = Overlay {
    id: "minima",
    about: "minima with their height and λ_max",
    place: Placed::OnMap,
    marks,
};

/// Height of the words, in points.
const SIZE: f32 = 10.5;
/// A label is about so wide and high, with its distance from the mark, in points.
const ROOM: [f64; 2] = [64.0, 22.0];
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
            format!("L {}", numerals::short(minimum.height, 3)),
            format!("λ {}", numerals::short(minimum.lambda_max, 3)),
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

/// On which side of a mark its label has room: to the right and above, unless the window ends there.
fn beside(extract: &Extract<'_>, at: [f64; 2]) -> ([f32; 2], Anchor) {
    let scale = extract.points_per_unit;
    let right = scale * (extract.window.x[1] - at[0]);
    let above = scale * (extract.window.y[1] - at[1]);
    let up = if above > ROOM[1] { -14.0 } else { 14.0 };
    if right > ROOM[0] { ([11.0, up], Anchor::Left) } else { ([-11.0, up], Anchor::Right) }
}
