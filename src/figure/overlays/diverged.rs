//! A cross where a diverging run left the picture, with the step: never clamped, never hidden.

use kurbo::Size;

use super::room::{OF_A_MARK, Room, Spot};
use super::{Extract, Overlay, Placed};
use crate::figure::metrics::{self, Face};
use crate::figure::{Ink, Mark, Points, Shape, clip, words};
use crate::optim::ending::Ending;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "diverged",
    about: "where a run left the picture for good",
    place: Placed::OnMap,
    marks,
};

/// The height of the words, and how far other words keep from the cross, in points.
const SIZE: f64 = 11.0;
const REACH: f64 = 7.0;

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (run, edge, left) in leaving(extract) {
        let strength = if extract.picture.step_of(run) >= left { 1.0 } else { 0.4 };
        let ink = extract.picture.ink(run);
        marks.push(Mark::Dots {
            points: Points::from([edge]),
            shape: Shape::Cross,
            ink,
            size: 12.0,
            strength,
        });
        let of_run = |(of, spot): &(usize, Spot)| (*of == run).then_some(*spot);
        let Some(spot) = extract.lettering.diverged.iter().find_map(of_run) else { continue };
        #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
        marks.push(Mark::Label {
            at: edge,
            offset: spot.offset.map(|x| x as f32),
            text: words::left(extract.picture, run),
            ink,
            size: SIZE as f32,
            anchor: spot.anchor,
            angle: 0.0,
        });
    }
    marks
}

/// Where each run that left did, and what is said of it there.
pub(super) fn told(extract: &Extract<'_>) -> Vec<([f64; 2], Ink, String)> {
    let told = |(run, edge, _)| (edge, extract.picture.ink(run), words::left(extract.picture, run));
    leaving(extract).map(told).collect()
}

/// Finds room for what is said of each run that left.
pub(super) fn lettered(extract: &Extract<'_>, room: &mut Room) -> Vec<(usize, Spot)> {
    let all: Vec<_> = leaving(extract).collect();
    for (_, edge, _) in &all {
        room.take(room.around(*edge, REACH));
    }
    all.into_iter()
        .filter_map(|(run, edge, _)| {
            let text = words::left(extract.picture, run);
            let size = Size::new(metrics::width(&text, Face::Regular, SIZE), 1.15 * SIZE);
            Some((run, room.beside(edge, size, &OF_A_MARK)?))
        })
        .collect()
}

/// The runs drawn that left the picture: each with the place on its edge, and the step.
fn leaving(extract: &Extract<'_>) -> impl Iterator<Item = (usize, [f64; 2], usize)> {
    extract.drawn().filter_map(|(place, run, places)| {
        if !matches!(run.ending, Ending::Diverged { .. }) {
            return None;
        }
        let left = words::left_picture(extract.picture, place)?;
        if extract.picture.step_of(place) < left && extract.picture.hides_the_end_of(place) {
            return None;
        }
        let [_, edge] = clip::segment(extract.window, places[left - 1], places[left])?;
        Some((place, edge, left))
    })
}
