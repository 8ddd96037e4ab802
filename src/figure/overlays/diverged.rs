//! A cross where a diverging run left the picture, with the step: never clamped, never hidden.

use super::{Extract, Overlay, Placed};
use crate::figure::{Anchor, Ink, Mark, Points, Shape, clip, words};
use crate::optim::ending::Ending;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "diverged",
    about: "where a run left the picture for good",
    place: Placed::OnMap,
    marks,
};

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (place, run, places) in extract.drawn() {
        if !matches!(run.ending, Ending::Diverged { .. }) {
            continue;
        }
        let Some(left) = words::left_picture(extract.picture, place) else { continue };
        let is_reached = extract.picture.step_of(place) >= left;
        if !is_reached && extract.picture.hides_the_end_of(place) {
            continue;
        }
        let (inside, outside) = (places[left - 1], places[left]);
        let Some([_, edge]) = clip::segment(extract.window, inside, outside) else { continue };
        let strength = if is_reached { 1.0 } else { 0.4 };
        let ink = Ink::Run(place);
        marks.push(Mark::Dots {
            points: Points::from([edge]),
            shape: Shape::Cross,
            ink,
            size: 12.0,
            strength,
        });
        marks.push(Mark::Label {
            at: edge,
            offset: inward(extract, edge),
            text: words::left(extract.picture, place),
            ink,
            size: 10.5,
            anchor: if edge[0] < extract.window.centre()[0] { Anchor::Left } else { Anchor::Right },
            angle: 0.0,
        });
    }
    marks
}

/// From the edge towards the middle, in points.
fn inward(extract: &Extract<'_>, edge: [f64; 2]) -> [f32; 2] {
    let [x, y] = extract.window.centre();
    [if edge[0] < x { 10.0 } else { -10.0 }, if edge[1] < y { -12.0 } else { 12.0 }]
}
