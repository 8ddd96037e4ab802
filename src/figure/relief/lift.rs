//! The marks of a map on its surface.
//!
//! Lines are laid over it. What stands behind a slope is fainter, where it belongs to a run, and left out where it belongs to
//! the ground: a route that ended at a ridge would be told as one that does.

use crate::figure::surface::{Stretch, Surface};
use crate::figure::{Ink, Mark, Pen, Points, clip};

/// How much of a hidden mark covers, and how wide a hidden line is at most, in points.
const HIDDEN: f32 = 0.4;
const HIDDEN_WIDTH: f32 = 1.0;

/// The marks of a map as they are seen on `surface`, in its plane.
pub(super) fn lifted(surface: &Surface, marks: &[Mark]) -> Vec<Mark> {
    let mut lifted = Vec::new();
    let mut rest = marks;
    while let [mark, others @ ..] = rest {
        rest = match mark {
            // Lines of one pen lie in one casing, and what is hidden of them below it.
            Mark::Path { pen, .. } => {
                let count = rest
                    .iter()
                    .take_while(
                        |mark| matches!(mark, Mark::Path { pen: other, .. } if other == pen),
                    )
                    .count();
                let (lines, others) = rest.split_at(count);
                lifted.extend(paths(surface, lines, *pen));
                others
            }
            Mark::Dots { .. }
            | Mark::Arrow { .. }
            | Mark::Region { .. }
            | Mark::Label { .. }
            | Mark::Terrain { .. }
            | Mark::Surface(_)
            | Mark::Band { .. } => {
                lifted.extend(one(surface, mark));
                others
            }
        };
    }
    lifted
}

fn paths(surface: &Surface, lines: &[Mark], pen: Pen) -> Vec<Mark> {
    let of_ground = is_of_the_ground(pen.ink);
    let (mut hidden, mut seen) = (Vec::new(), Vec::new());
    for line in lines {
        let Mark::Path { points, .. } = line else { continue };
        for Stretch { points, is_hidden, is_in_hole } in surface.draped(points) {
            if of_ground && is_in_hole {
                continue;
            }
            let points = Points::from(points);
            if !is_hidden {
                seen.push(Mark::Path { points, pen });
            } else if !of_ground {
                hidden.push(Mark::Path { points, pen: behind(pen) });
            }
        }
    }
    hidden.extend(seen);
    hidden
}

fn one(surface: &Surface, mark: &Mark) -> Vec<Mark> {
    match mark {
        Mark::Dots { points, shape, ink, size, strength } => {
            let inside = points.iter().copied().filter(|at| surface.window.contains(*at));
            let (seen, hidden): (Vec<_>, Vec<_>) = inside.partition(|at| surface.shows(*at));
            let dots = |at: Vec<[f64; 2]>, strength: f32| Mark::Dots {
                points: at.into_iter().map(|at| surface.project(at)).collect(),
                shape: *shape,
                ink: *ink,
                size: *size,
                strength,
            };
            let mut marks = Vec::new();
            if !hidden.is_empty() && *ink != Ink::Paper {
                marks.push(dots(hidden, HIDDEN * strength));
            }
            if !seen.is_empty() {
                marks.push(dots(seen, *strength));
            }
            marks
        }
        Mark::Arrow { from, to, pen } => {
            let Some([from, to]) = clip::segment(surface.window, *from, *to) else {
                return Vec::new();
            };
            let is_seen = surface.shows(from) && surface.shows(to);
            if !is_seen && is_of_the_ground(pen.ink) {
                return Vec::new();
            }
            let pen = if is_seen { *pen } else { behind(*pen) };
            vec![Mark::Arrow { from: surface.project(from), to: surface.project(to), pen }]
        }
        Mark::Region { outline, ink, strength } => {
            let is_seen =
                outline.iter().all(|at| surface.window.contains(*at) && surface.shows(*at));
            let outline: Points = outline.iter().map(|at| surface.project(*at)).collect();
            // Painters fill what is convex: over a bent piece of the surface there is the line around it alone.
            if is_seen && is_convex(&outline) {
                vec![Mark::Region { outline, ink: *ink, strength: *strength }]
            } else {
                Vec::new()
            }
        }
        Mark::Label { at, .. } if !surface.window.contains(*at) || !surface.shows(*at) => {
            Vec::new()
        }
        Mark::Label { at, offset, text, ink, size, anchor, angle } => vec![Mark::Label {
            at: surface.project(*at),
            offset: *offset,
            text: text.clone(),
            ink: *ink,
            size: *size,
            anchor: *anchor,
            angle: *angle,
        }],
        Mark::Path { .. } => lifted(surface, std::slice::from_ref(mark)),
        // The ground is the surface; bands are of charts.
        Mark::Terrain { .. } | Mark::Surface(_) | Mark::Band { .. } => Vec::new(),
    }
}

/// How a line is drawn that stands behind something.
fn behind(pen: Pen) -> Pen {
    Pen { width: pen.width.min(HIDDEN_WIDTH), cased: false, ..pen }.faint(HIDDEN * pen.strength)
}

/// Whether it is seen of lines of this ink that they are hidden, and nothing is lost.
fn is_of_the_ground(ink: Ink) -> bool {
    matches!(ink, Ink::Contour | Ink::IndexContour | Ink::Gradient)
}

/// Whether an outline turns one way all along.
fn is_convex(outline: &[[f64; 2]]) -> bool {
    let count = outline.len();
    let turn = |k: usize| {
        let [a, b, c] = [0, 1, 2].map(|next| outline[(k + next) % count]);
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    };
    let (low, high) = (0..count)
        .map(turn)
        .fold((0.0f64, 0.0f64), |(low, high), turn| (low.min(turn), high.max(turn)));
    count > 2 && (low >= 0.0 || high <= 0.0)
}
