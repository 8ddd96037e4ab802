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
            offset: [0.0, if leaves_downward(extract, first) { -13.0 } else { 13.0 }],
            text: "start".to_owned(),
            ink: Ink::Text,
            size: 10.5,
            anchor: Anchor::Middle,
            angle: 0.0,
        },
    ]
}

/// Steps that say where a route goes from its start.
const FIRST: usize = 8;

/// Whether the routes go down from the start, so that its name has to stand above it.
fn leaves_downward(extract: &Extract<'_>, first: [f64; 2]) -> bool {
    let heights =
        extract.both_runs().flat_map(|run| run.points().skip(1).take(FIRST)).map(|w| w[1]);
    heights.map(|y| (y - first[1]).clamp(-1.0, 1.0)).sum::<f64>() < 0.0
}
