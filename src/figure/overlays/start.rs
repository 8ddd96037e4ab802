//! Where runs start: a ring at each different start.

use super::{Extract, Overlay, Placed};
use crate::figure::{Anchor, Ink, Mark, Points, Shape};
use crate::problem::grid::Window;

pub(super) static OVERLAY: Overlay =
    Overlay { id: "start", about: "where the runs start", place: Placed::OnMap, marks };

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let Some(first) = extract.drawn().find_map(|(_, _, places)| places.first().copied()) else {
        return Vec::new();
    };
    if !extract.window.contains(first) {
        return Vec::new();
    }
    let down = if leaves_downward(extract, first) { -13.0 } else { 13.0 };
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
            offset: [0.0, down],
            text: "start".to_owned(),
            ink: Ink::Text,
            size: 10.5,
            anchor: Anchor::Middle,
            angle: 0.0,
        },
    ]
}

/// The window that the mark and its name take up, for other words to keep away from.
pub(super) fn taken(extract: &Extract<'_>) -> Option<Window> {
    let first = *extract.all_routes().next()?.first()?;
    let [aside, near, far] = [18.0, 6.0, 20.0].map(|room| room / extract.points_per_unit);
    let (below, above) = if leaves_downward(extract, first) { (near, far) } else { (far, near) };
    Some(Window::new([first[0] - aside, first[0] + aside], [first[1] - below, first[1] + above]))
}

/// Steps that say where a route goes from its start.
const FIRST: usize = 8;

/// Whether the routes go down from the start, so that its name has to stand above it.
fn leaves_downward(extract: &Extract<'_>, first: [f64; 2]) -> bool {
    let heights =
        extract.all_routes().flat_map(|places| places.iter().skip(1).take(FIRST)).map(|at| at[1]);
    heights.map(|y| (y - first[1]).clamp(-1.0, 1.0)).sum::<f64>() < 0.0
}
