//! The heights of index lines, written along them.
//!
//! A label wants a straight stretch of its line, room from the edges, and no route or other label in its way; it is
//! turned with the line and never upside down.

use super::minima::Labelled;
use super::{Extract, Overlay, Placed, contours};
use crate::figure::{Anchor, Ink, Mark, Points, numerals};
use crate::problem::grid::Window;

pub(super) static OVERLAY: Overlay =
    Overlay { id: "heights", about: "the loss on index lines", place: Placed::OnMap, marks };

/// Height of the digits, in points.
const SIZE: f32 = 9.0;
/// Width of a character against its height; IBM Plex Sans digits are 0.6 wide.
const CHARACTER: f64 = 0.6;
/// Room between a label and the edge, and between two labels, in points.
const FROM_EDGE: f64 = 22.0;
const FROM_LABEL: f64 = 54.0;
/// Room between a label and a minimum or a route, in points.
const FROM_MINIMUM: f64 = 24.0;
const FROM_ROUTE: f64 = 14.0;
/// A stretch whose ends are nearer than this part of its length is too bent to write on.
const STRAIGHT: f64 = 0.96;
/// Labels on one map: more would be noise.
const MOST: usize = 12;

/// A height with its place on a line.
pub(super) struct Height {
    /// Which contour.
    pub(super) contour: usize,
    /// What is drawn of that contour: all but the stretch on which the label stands.
    pub(super) beside: Vec<Points>,
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

/// Every height that finds a place beside the words of minima, the longest lines first.
pub(super) fn written(
    extract: &Extract<'_>,
    minima: &[Labelled],
    places: &[[f64; 2]],
) -> Vec<Height> {
    let Some(terrain) = extract.picture.terrain else { return Vec::new() };
    let scale = extract.points_per_unit;
    let mut lines: Vec<(usize, f64)> = terrain
        .contours
        .iter()
        .enumerate()
        .filter(|(_, contour)| terrain.levels.index.get(contour.level_index) == Some(&true))
        .map(|(k, contour)| (k, scale * length(&contour.points)))
        .collect();
    lines.sort_by(|a, b| b.1.total_cmp(&a.1));
    let obstacles = Obstacles::of(extract, minima, places);
    let mut written: Vec<Height> = Vec::new();
    for (k, length) in lines {
        let contour = &terrain.contours[k];
        let text = numerals::short(terrain.levels.values[contour.level_index], 3);
        let room = f64::from(SIZE) * (CHARACTER * text.chars().count() as f64 + 0.7);
        if length < 2.5 * room {
            continue;
        }
        let found = place(extract.points_per_unit, &contour.points, room, &obstacles, &written);
        if let Some(Place { gap, at, angle }) = found {
            let beside = contours::interrupted(extract, contour, gap);
            written.push(Height { contour: k, beside, at, angle, text });
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

/// The straightest free stretch of a line.
fn place(
    scale: f64,
    points: &[[f64; 2]],
    room: f64,
    obstacles: &Obstacles,
    written: &[Height],
) -> Option<Place> {
    let mut walked = Vec::with_capacity(points.len());
    let mut sum = 0.0;
    for (k, point) in points.iter().enumerate() {
        if k > 0 {
            sum += scale * apart(points[k - 1], *point);
        }
        walked.push(sum);
    }
    let mut best: Option<(f64, Place)> = None;
    let mut next = 0.0;
    for from in 0..points.len() {
        // Trying every fourth point of the screen is fine enough for the eye.
        if walked[from] < next {
            continue;
        }
        next = walked[from] + 4.0;
        let to = from + walked[from..].partition_point(|&way| way < walked[from] + room);
        if to >= points.len() {
            break;
        }
        let (a, b) = (points[from], points[to]);
        let straight = scale * apart(a, b) / (walked[to] - walked[from]);
        // What costs least is asked first: most stretches are less straight than one that was found.
        if straight.is_nan() || straight < STRAIGHT {
            continue;
        }
        if best.as_ref().is_some_and(|(found, _)| straight <= *found) {
            continue;
        }
        let at = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        if written.iter().any(|other| scale * apart(other.at, at) < FROM_LABEL)
            || !obstacles.leave_free(at, room / 2.0)
        {
            continue;
        }
        let angle = upright((b[1] - a[1]).atan2(b[0] - a[0]));
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

/// What labels keep away from: edges, minima and routes.
struct Obstacles {
    inside: Window,
    scale: f64,
    minima: Vec<[f64; 2]>,
    words: Vec<Window>,
    routes: Vec<[f64; 2]>,
}

impl Obstacles {
    fn of(extract: &Extract<'_>, told: &[Labelled], minima: &[[f64; 2]]) -> Self {
        let scale = extract.points_per_unit;
        let window = extract.window;
        let edge = FROM_EDGE / scale;
        let mut routes: Vec<[f64; 2]> = Vec::new();
        for places in extract.all_routes() {
            for &point in places.iter().filter(|&&point| window.contains(point)) {
                // A point near the last one blocks nothing new.
                if routes.last().is_none_or(|last| scale * apart(*last, point) > 4.0) {
                    routes.push(point);
                }
            }
        }
        Self {
            inside: Window::new(
                [window.x[0] + edge, window.x[1] - edge],
                [window.y[0] + edge, window.y[1] - edge],
            ),
            scale,
            minima: minima.to_vec(),
            words: told.iter().map(|label| label.taken).collect(),
            routes,
        }
    }

    fn leave_free(&self, at: [f64; 2], half: f64) -> bool {
        let clear = |points: &[[f64; 2]], room: f64| {
            points.iter().all(|point| self.scale * apart(*point, at) >= room)
        };
        let beside = |window: &Window| {
            let room = half / self.scale;
            !Window::new(
                [window.x[0] - room, window.x[1] + room],
                [window.y[0] - room, window.y[1] + room],
            )
            .contains(at)
        };
        self.inside.contains(at)
            && self.words.iter().all(beside)
            && clear(&self.minima, FROM_MINIMUM)
            && clear(&self.routes, FROM_ROUTE + half)
    }
}

fn length(points: &[[f64; 2]]) -> f64 {
    points.windows(2).map(|ends| apart(ends[0], ends[1])).sum()
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    // Asked some hundred thousand times a frame: `hypot` would cost several times as much for digits nobody sees.
    let [x, y] = [a[0] - b[0], a[1] - b[1]];
    (x * x + y * y).sqrt()
}
