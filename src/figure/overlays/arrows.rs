//! Arrows all over the map: which way it goes down from each place.
//!
//! ```text
//! length ∝ (‖v‖ / the largest on the map)^¼
//! ```
//!
//! An arrow begins at its place. Its way is exact, its length a hint: a gradient of a ten-thousandth is a tenth as long. In a plane
//! through more weights it is the shadow of the way in the whole space. Where words stand there is none. Lines go that way
//! all along, with a head in the middle.

use super::{Extract, Overlay, Placed};
use crate::engine::products::slopes::{Slope, SlopesJob};
use crate::figure::{Ink, Mark, Pen, Points};
use crate::scene::arrows::Arrows;

pub(super) static OVERLAY: Overlay = Overlay {
    id: "arrows",
    about: "the way down from many places, of the loss or as SAM steps",
    place: Placed::OnMap,
    marks,
};

/// From arrow to arrow at least, in points.
const APART: f64 = 25.0;
/// The longest arrow, as a part of that.
const LONGEST: f64 = 0.86;
/// How lengths follow gradients.
const POWER: f64 = 0.25;

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let picture = extract.picture;
    let Some(slopes) = picture.slopes else { return Vec::new() };
    let Some(&run) = extract.runs.last() else { return Vec::new() };
    let Some((looking, found)) = slopes.of(run) else { return Vec::new() };
    let thin = |ink| Pen::new(ink, 1.0).faint(0.75);
    let (dark, own) = (thin(Ink::Gradient), thin(picture.ink(run)));
    if picture.asked.arrows.are_lines() {
        let pen = if looking.is_some() { own } else { dark };
        return found.lines.iter().flat_map(|line| drawn_line(extract, line, pen)).collect();
    }
    let found = &found.slopes;
    let stride = stride(&slopes.of, extract.points_per_unit);
    let reach = stride as f64 * slopes.of.cell() * LONGEST;
    let drawn: Vec<&Slope> = found
        .iter()
        .filter(|slope| slope.cell.iter().all(|k| k % stride == stride / 2))
        .filter(|slope| extract.window.contains(slope.at))
        .filter(|slope| extract.lettering.is_clear(slope.at, reach))
        .collect();
    let descent = |slope: &Slope| slope.descent;
    let other = |slope: &Slope| slope.other;
    type Kind = (fn(&Slope) -> [f64; 2], Pen);
    let kinds: Vec<Kind> = match picture.asked.arrows {
        Arrows::None | Arrows::DescentLines | Arrows::SamLines => Vec::new(),
        _ if looking.is_none() => vec![(descent, dark)],
        Arrows::Descent => vec![(descent, dark)],
        Arrows::Sam | Arrows::Surrogate => vec![(other, own)],
        // The dark ones over the wider ones: where both go one way, both are seen.
        Arrows::Both => vec![(other, Pen { width: 2.2, ..own }), (descent, dark)],
    };
    let length = |[x, y]: [f64; 2]| x.hypot(y);
    let of_all = drawn.iter().flat_map(|slope| kinds.iter().map(|(of, _)| length(of(slope))));
    let largest = of_all.filter(|length| length.is_finite()).fold(0.0, f64::max);
    let mut marks = Vec::new();
    for (of, pen) in kinds {
        for slope in &drawn {
            let way = of(slope);
            let long = length(way);
            if !(long > 0.0 && long.is_finite()) {
                continue;
            }
            let scale = reach * (long / largest).powf(POWER) / long;
            let to = [0, 1].map(|k| slope.at[k] + scale * way[k]);
            marks.extend(extract.arrow(slope.at, to, pen));
        }
    }
    marks
}

/// The head in the middle of a line begins so many points before it.
const SHAFT: f64 = 9.0;

/// A line with a head in its middle that says which way it goes.
fn drawn_line(extract: &Extract<'_>, line: &Points, pen: Pen) -> Vec<Mark> {
    let pen = Pen { width: 0.8, ..pen };
    let pieces = extract.clipped(line.iter().copied());
    let mut marks: Vec<Mark> =
        pieces.into_iter().map(|points| Mark::Path { points, pen }).collect();
    let middle = line.len() / 2;
    if let Some(to) = line.get(middle) {
        let far = |from: &&[f64; 2]| {
            extract.points_per_unit * (to[0] - from[0]).hypot(to[1] - from[1]) >= SHAFT
        };
        let from = line[..middle].iter().rev().find(far);
        marks.extend(from.and_then(|from| extract.arrow(*from, *to, pen)));
    }
    marks
}

/// Every so many places of the lattice have room for an arrow.
fn stride(of: &SlopesJob, points_per_unit: f64) -> usize {
    let apart = of.cell() * points_per_unit;
    (1..MOST).find(|stride| *stride as f64 * apart >= APART).unwrap_or(MOST)
}

/// On a map that is smaller than a stamp, one arrow in so many.
const MOST: usize = 8;
