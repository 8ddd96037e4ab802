//! The heights of index lines, written along them.
//!
//! A label wants a straight stretch of its line, room from the edges, and no route or other label in its way; it is
//! turned with the line and never upside down.

use kurbo::Rect;

use super::room::Room;
use super::{Extract, Overlay, Placed, contours};
use crate::figure::{Anchor, Ink, Mark, Points, grounds, numerals};

pub(super) static OVERLAY: Overlay =
    Overlay { id: "heights", about: "the loss on index lines", place: Placed::OnMap, marks };

/// Height of the digits, in points.
const SIZE: f32 = 11.0;
/// Width of a character against its height; IBM Plex Sans digits are 0.6 wide.
const CHARACTER: f64 = 0.6;
/// Room between the middles of two labels, and between a label and anything else, in points.
const FROM_LABEL: f64 = 54.0;
const CLEAR: f64 = 6.0;
/// A stretch whose ends are nearer than this part of its length is too bent to write on.
const STRAIGHT: f64 = 0.96;
/// Labels on one map: more would be noise.
const MOST: usize = 12;

/// A height with its place on a line.
#[derive(Clone)]
pub(super) struct Height {
    /// Which contour.
    pub(super) contour: usize,
    /// What is drawn of that contour: all but the stretch on which the label stands.
    pub(super) beside: Vec<Points>,
    /// What it takes up, in points from the upper left corner of the map.
    pub(super) taken: Rect,
    at: [f64; 2],
    angle: f64,
    text: String,
}

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    #[expect(clippy::cast_possible_truncation, reason = "an angle")]
    extract
        .lettering
        .heights
        .iter()
        .map(|height| Mark::Label {
            at: height.at,
            offset: [0.0, 0.0],
            text: height.text.clone(),
            ink: Ink::IndexContour,
            size: SIZE,
            anchor: Anchor::Middle,
            angle: height.angle as f32,
        })
        .collect()
}

/// Every height that finds a place beside all other words, the longest lines first.
pub(super) fn written(extract: &Extract<'_>, free: &mut Room) -> Vec<Height> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    let scale = extract.points_per_unit;
    let unit = grounds::unit(extract.picture, extract.runs);
    let mut lines: Vec<(usize, f64)> = terrain
        .contours
        .iter()
        .enumerate()
        .filter(|(_, contour)| terrain.levels.index.get(contour.level_index) == Some(&true))
        .filter_map(|(k, _)| Some((k, scale * terrain.outlines.get(k)?.walked.last()?)))
        .collect();
    lines.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut written: Vec<Height> = Vec::new();
    for (k, length) in lines {
        let contour = &terrain.contours[k];
        let text = numerals::short(terrain.levels.values[contour.level_index], 3) + unit;
        let room = f64::from(SIZE) * (CHARACTER * text.chars().count() as f64 + 0.7);
        if length < 2.5 * room {
            continue;
        }
        let line = (&*contour.points, &*terrain.outlines[k].walked);
        let found = place(scale, line, room, free, &written);
        if let Some(Place { gap, at, angle }) = found {
            let beside = contours::interrupted(extract, contour, gap);
            let taken = turned(free.point(at), room, angle);
            written.push(Height { contour: k, beside, taken, at, angle, text });
        }
        if written.len() == MOST {
            break;
        }
    }
    written
}

/// A place for a height on a line.
struct Place {
    /// The points of the line between which it stands.
    gap: [usize; 2],
    at: [f64; 2],
    angle: f64,
}

/// The straightest free stretch of a line, of which is known how far along it each point is.
fn place(
    scale: f64,
    (points, along): (&[[f64; 2]], &[f64]),
    room: f64,
    free: &Room,
    written: &[Height],
) -> Option<Place> {
    let walked = |k: usize| scale * along[k];
    let mut best: Option<(f64, Place)> = None;
    let mut next = 0.0;
    for from in 0..points.len() {
        // Trying every fourth point of the screen is fine enough for the eye.
        let here = walked(from);
        if here < next {
            continue;
        }
        next = here + 4.0;
        let beyond = along[from..].partition_point(|&way| scale * way < here + room);
        let to = from + beyond;
        if to >= points.len() {
            break;
        }
        let (a, b) = (points[from], points[to]);
        let straight = scale * apart(a, b) / (walked(to) - here);
        // What costs least is asked first: most stretches are less straight than one that was found.
        if straight.is_nan() || straight < STRAIGHT {
            continue;
        }
        if best.as_ref().is_some_and(|(found, _)| straight <= *found) {
            continue;
        }
        let at = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        let angle = upright((b[1] - a[1]).atan2(b[0] - a[0]));
        if written.iter().any(|other| scale * apart(other.at, at) < FROM_LABEL)
            || !free.is_free(turned(free.point(at), room, angle).inset(CLEAR))
        {
            continue;
        }
        best = Some((straight, Place { gap: [from, to], at, angle }));
    }
    best.map(|(_, place)| place)
}

/// The same direction, read from left to right.
fn upright(angle: f64) -> f64 {
    use std::f64::consts::{FRAC_PI_2, PI};
    if angle > FRAC_PI_2 {
        angle - PI
    } else if angle <= -FRAC_PI_2 {
        angle + PI
    } else {
        angle
    }
}

/// The box around a label of this length that is turned about its middle.
fn turned([x, y]: [f64; 2], length: f64, angle: f64) -> Rect {
    let (sine, cosine) = (angle.sin().abs(), angle.cos().abs());
    let half = |along: f64, across: f64| (along * length + across * f64::from(SIZE)) / 2.0;
    let (wide, high) = (half(cosine, sine), half(sine, cosine));
    Rect::new(x - wide, y - high, x + wide, y + high)
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    // Asked some hundred thousand times a frame: `hypot` would cost several times as much for digits nobody sees.
    let [x, y] = [a[0] - b[0], a[1] - b[1]];
    (x * x + y * y).sqrt()
}
