//! Where runs start: a ring, and its name where no path leaves and the map does not end.

use kurbo::Size;

use super::room::{Room, Spot};
use super::{Extract, Overlay, Placed};
use crate::figure::metrics::{self, Face};
use crate::figure::{Ink, Mark, Points, Shape};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "start", about: "where the runs start", place: Placed::OnMap, marks };

/// The name, its height and the diameter of the ring, in points.
pub(super) const NAME: &str = "start";
const SIZE: f64 = 11.0;
const RING: f32 = 9.0;
/// Words about other things keep so far away, in points.
const REACH: f64 = 7.0;
/// Sides of the ring, the best one first.
pub(super) const SIDES: [[f64; 2]; 8] = [
    [0.0, 1.0],
    [0.0, -1.0],
    [1.0, 0.0],
    [-1.0, 0.0],
    [1.0, 1.0],
    [-1.0, 1.0],
    [1.0, -1.0],
    [-1.0, -1.0],
];

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(first) = place(extract) else { return Vec::new() };
    let ring = Mark::Dots {
        points: Points::from([first]),
        shape: Shape::Ring,
        ink: Ink::Text,
        size: RING,
        strength: 1.0,
    };
    #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
    let name = extract.lettering.start.map(|spot| Mark::Label {
        at: first,
        offset: spot.offset.map(|x| x as f32),
        text: NAME.to_owned(),
        ink: Ink::Text,
        size: SIZE as f32,
        anchor: spot.anchor,
        angle: 0.0,
    });
    std::iter::once(ring).chain(name).collect()
}

/// Where the runs drawn start, where that is on the map.
pub(super) fn place(extract: &Extract<'_>) -> Option<[f64; 2]> {
    let first = extract.drawn().find_map(|(_, _, places)| places.first().copied())?;
    extract.window.contains(first).then_some(first)
}

/// Finds room for the name.
pub(super) fn lettered(extract: &Extract<'_>, room: &mut Room) -> Option<Spot> {
    let first = *extract.all_routes().next()?.first()?;
    if !extract.window.contains(first) {
        return None;
    }
    room.mark(first, REACH);
    let size = Size::new(metrics::width(NAME, Face::Regular, SIZE), 1.15 * SIZE);
    room.beside(first, size, &SIDES)
}
