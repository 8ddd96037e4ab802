//! Where both runs start.

use super::{Extract, Overlay, Placed, at};
use crate::figure::{Anchor, Ink, Mark, Points, Shape};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "start", about: "where the runs start", place: Placed::OnMap, marks };

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(first) = extract.runs().find_map(|(_, run)| run.row(0)).map(|row| at(row.w)) else {
        return Vec::new();
    };
    if !extract.window.contains(first) {
        return Vec::new();
    }
    vec![
        Mark::Dots {
            points: Points::from([first]),
            shape: Shape::Ring,
            ink: Ink::Text,
            size: 9.0,
            strength: 1.0,
        },
        Mark::Label {
            at: first,
            offset: [0.0, 13.0],
            text: "start".to_owned(),
            ink: Ink::Text,
            size: 10.5,
            anchor: Anchor::Middle,
            angle: 0.0,
        },
    ]
}
