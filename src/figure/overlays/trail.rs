//! The route of a run: what is behind the step shown, and faintly what is ahead of it.
//!
//! Every step is drawn that the eye could tell from another. Points are not strided, which would freeze SAM's bounce
//! into a still point; they are dropped only where they fall onto what is drawn already. On a slice a route fades as it
//! leaves the plane.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Extract, Overlay, Placed};
use crate::figure::{Mark, Pen, Points, route, words};
use crate::optim::ending::Ending;

pub(super) static OVERLAY: Overlay =
    Overlay { id: "trail", about: "the route of each run", place: Placed::OnMap, marks };

/// Two places closer than this many points are drawn as one.
const GRAIN: f64 = 0.35;
/// More dots than this would run into one another.
const MOST_DOTS: usize = 300;
/// How much of what lies ahead covers.
const AHEAD: f32 = 0.45;

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let step = extract.picture.look.step;
    let mut marks = Vec::new();
    for (place, run, places) in extract.drawn() {
        // A run that diverges is drawn up to where it leaves the picture; beyond, it only crosses and hides the map.
        let last = match run.ending {
            Ending::Diverged { .. } => words::left_picture(extract.picture, place),
            Ending::Converged { .. } | Ending::Cycle { .. } | Ending::Moving => None,
        };
        let Some(end) = places.len().checked_sub(1) else { continue };
        let last = last.unwrap_or(end);
        let here = step.min(last);
        let pen = route::of(place).on_map();
        if here < last {
            let ahead = Pen { width: 1.1, cased: false, ..pen }.faint(AHEAD);
            marks.extend(lines(extract, place, here..last + 1, ahead));
        }
        marks.extend(lines(extract, place, 0..here + 1, pen));
        marks.extend(dots(extract, &places[..=here], place));
    }
    marks
}

fn lines(extract: &Extract<'_>, run: usize, steps: Range<usize>, pen: Pen) -> Vec<Mark> {
    let Some(shadow) = extract.picture.shadow(run) else { return Vec::new() };
    let fading = Fading::of(extract);
    let strength = |step: usize| fading.strength(shadow.distances.get(step).copied());
    let grid = Grain::of(extract);
    let mut drawn = BTreeSet::new();
    let mut marks = Vec::new();
    // A segment is as faint as the step that it leads to.
    let ends: Vec<usize> = steps.skip(1).collect();
    for stretch in ends.chunk_by(|a, b| strength(*a).to_bits() == strength(*b).to_bits()) {
        let places = shadow.places.get(stretch[0] - 1..=stretch[stretch.len() - 1]);
        let pen = pen.faint(pen.strength * strength(stretch[0]));
        for part in extract.clipped(places.unwrap_or_default().iter().copied()) {
            for stretch in fresh(&part, grid, &mut drawn) {
                marks.push(Mark::Path { points: Points::from(stretch), pen });
            }
        }
    }
    marks
}

/// How a route fades as it leaves the plane of the map: in a few grades, each of which is one line.
#[derive(Clone, Copy)]
struct Fading {
    /// The shorter side of what is shown, measured as weights are.
    span: f64,
}

/// Up to this distance, as a part of the shorter side of the map, a route is drawn with this strength.
const GRADES: [(f64, f32); 3] = [(0.02, 1.0), (0.1, 0.75), (0.3, 0.5)];
/// Beyond, it is a hint of a route.
const FAR: f32 = 0.28;

impl Fading {
    fn of(extract: &Extract<'_>) -> Self {
        let [width, height] = extract.picture.look.window.span();
        Self { span: extract.picture.unit() * width.min(height) }
    }

    fn strength(self, distance: Option<f64>) -> f32 {
        let distance = distance.unwrap_or(0.0);
        let grade = GRADES.iter().find(|(part, _)| distance <= part * self.span);
        grade.map_or(FAR, |(_, strength)| *strength)
    }
}

/// Places on a grid finer than the eye.
#[derive(Clone, Copy)]
struct Grain {
    origin: [f64; 2],
    scale: f64,
}

impl Grain {
    fn of(extract: &Extract<'_>) -> Self {
        Self {
            origin: [extract.window.x[0], extract.window.y[0]],
            scale: extract.points_per_unit / GRAIN,
        }
    }

    fn cell(self, at: [f64; 2]) -> [i64; 2] {
        let [x, y] = [0, 1].map(|k| ((at[k] - self.origin[k]) * self.scale).round());
        #[expect(clippy::cast_possible_truncation, reason = "points are clipped to the window")]
        let cell = [x as i64, y as i64];
        cell
    }
}

/// The stretches of a line that are not drawn yet: a cycle that is gone through a thousand times is drawn once.
fn fresh(
    line: &[[f64; 2]],
    grain: Grain,
    drawn: &mut BTreeSet<[[i64; 2]; 2]>,
) -> Vec<Vec<[f64; 2]>> {
    let mut stretches: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut open = false;
    let Some(mut from) = line.first().copied() else { return stretches };
    for &to in &line[1..] {
        let (a, b) = (grain.cell(from), grain.cell(to));
        if a == b {
            continue;
        }
        let segment = if a < b { [a, b] } else { [b, a] };
        if drawn.insert(segment) {
            match stretches.last_mut() {
                Some(stretch) if open => stretch.push(to),
                _ => stretches.push(vec![from, to]),
            }
            open = true;
        } else {
            open = false;
        }
        from = to;
    }
    stretches
}

/// A dot after every step so far that is long enough to be seen; shorter ones would only fatten the line.
fn dots(extract: &Extract<'_>, places: &[[f64; 2]], run: usize) -> Option<Mark> {
    let route::Route { shape, size, ink, .. } = route::of(run);
    let shortest = f64::from(size) / extract.points_per_unit;
    let grain = Grain::of(extract);
    let mut taken = BTreeSet::new();
    let points: Vec<[f64; 2]> = places
        .windows(2)
        .map(|ends| (ends[0], ends[1]))
        .filter(|(from, to)| (to[0] - from[0]).hypot(to[1] - from[1]) >= shortest)
        .map(|(_, to)| to)
        .filter(|&point| extract.window.contains(point) && taken.insert(grain.cell(point)))
        .take(MOST_DOTS + 1)
        .collect();
    if points.is_empty() || points.len() > MOST_DOTS {
        return None;
    }
    Some(Mark::Dots { points: points.into(), shape, ink, size, strength: 1.0 })
}
