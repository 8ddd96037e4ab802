//! Where each run is at the step shown.

use super::{Extract, Overlay, Placed};
use crate::figure::{Ink, Mark, Points, Shape};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "here", about: "the weights at the step shown", place: Placed::OnMap, marks };

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let dot = |points: Points, ink, size| Mark::Dots {
        points,
        shape: Shape::Disc,
        ink,
        size,
        strength: 1.0,
    };
    extract
        .rows()
        .map(|(run, row)| (run, extract.picture.place(row.w)))
        .filter(|(_, w)| extract.window.contains(*w))
        .flat_map(|(run, w)| {
            let place = Points::from([w]);
            [
                dot(Points::clone(&place), Ink::Paper, 10.5),
                dot(place, extract.picture.ink(run), 7.5),
            ]
        })
        .collect()
}
