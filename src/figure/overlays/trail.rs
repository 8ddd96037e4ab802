//! The route of a run: what is behind the step shown, and faintly what is ahead of it.
//!
//! Every step is drawn that the eye could tell from another. Points are not strided, which would freeze SAM's bounce
//! into a still point; they are dropped only where they fall onto what is drawn already, and where a point of the screen
//! has more than two of them: there the old ones thin out to a hatching that shows how far the run swings, without dashes
//! or markers, which would run together. The last steps are always drawn whole. On a slice a route fades as it leaves the
//! plane.

use std::collections::HashSet;
use std::ops::Range;

use super::raster::Raster;
use super::{Extract, Overlay, Placed};
use crate::figure::route::Route;
use crate::figure::{Dash, Mark, Pen, Points, words};
use crate::optim::ending::Ending;

pub(super) static OVERLAY: Overlay =
    Overlay { id: "trail", about: "the route of each run", place: Placed::OnMap, marks };

/// Two places closer than this many points are drawn as one.
const GRAIN: f64 = 0.35;
/// More dots than this would run into one another.
const MOST_DOTS: usize = 300;
/// How much of what lies ahead covers.
const AHEAD: f32 = 0.45;
/// The side of the cells that steps are counted in, in points, and how often a route goes through one at most where its
/// steps can be told apart: with its casing a line is four points wide.
const CELL: f64 = 4.0;
const CROWD: u32 = 2;
/// Crowded steps shorter than this many points are drawn as one line through their middles, with a corner after so many
/// points at least.
const NARROW: f64 = 6.0;
const CORNER: f64 = 1.5;
/// So many of the last steps are drawn whole wherever they are.
const LAST: usize = 12;
/// The pen of a hatching: its width in points, and how much it covers.
const HATCH: (f32, f32) = (0.7, 0.75);

fn marks(extract: &Extract<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (place, run, places) in extract.drawn() {
        // A run that diverges is drawn up to where it leaves the picture; beyond, it only crosses and hides the map.
        let last = match run.ending {
            Ending::Diverged { .. } => words::left_picture(extract.picture, place),
            Ending::Converged { .. } | Ending::Cycle { .. } | Ending::Moving => None,
        };
        let Some(end) = places.len().checked_sub(1) else { continue };
        let last = last.unwrap_or(end);
        let here = extract.picture.step_of(place).min(last);
        let pen = extract.picture.route(place).on_map();
        if here < last && !extract.picture.hides_the_end_of(place) {
            let ahead = Pen { width: 1.1, cased: false, ..pen }.faint(AHEAD);
            let crowd = Crowd::of(extract, &places[here..=last]);
            marks.extend(lines(extract, place, here..last + 1, ahead, &crowd));
        }
        let crowd = Crowd::of(extract, &places[..=here]);
        marks.extend(lines(extract, place, 0..here + 1, pen, &crowd));
        marks.extend(dots(extract, &places[..=here], place, &crowd));
    }
    marks
}

/// Where steps are too many to be told apart.
struct Crowd {
    raster: Raster,
    /// How many steps go through each cell.
    counts: Vec<u32>,
}

impl Crowd {
    fn of(extract: &Extract<'_>, places: &[[f64; 2]]) -> Self {
        let raster = Raster::over(extract, CELL);
        let mut counts = vec![0u32; raster.len()];
        let grain = Grain::of(extract);
        let mut drawn = HashSet::new();
        let mut last = usize::MAX;
        for ends in places.windows(2) {
            // A cycle is drawn once, and crowds nothing however often it is gone through; a route that stays in a cell
            // for many short steps goes through it once.
            if drawn.insert(grain.segment(ends[0], ends[1])) {
                raster.visit(ends[0], ends[1], |cell| {
                    counts[cell] += u32::from(cell != last);
                    last = cell;
                });
            }
        }
        Self { raster, counts }
    }

    /// Whether a step leads through a crowd for a good part of its way.
    fn holds(&self, from: [f64; 2], to: [f64; 2]) -> bool {
        let (mut all, mut crowded) = (0usize, 0usize);
        self.raster.visit(from, to, |cell| {
            all += 1;
            crowded += usize::from(self.counts[cell] > CROWD);
        });
        4 * crowded > all
    }

    fn is_at(&self, at: [f64; 2]) -> bool {
        self.counts[self.raster.cell(at)] > CROWD
    }
}

/// The hatching that is left of crowded steps: one step through most cells.
struct Hatching {
    covered: Vec<bool>,
}

impl Hatching {
    /// Whether most of a step leads where no line of the hatching is yet; it is one of them then.
    fn takes(&mut self, raster: Raster, from: [f64; 2], to: [f64; 2]) -> bool {
        let (mut all, mut new) = (0usize, 0usize);
        raster.visit(from, to, |cell| {
            all += 1;
            new += usize::from(!self.covered[cell]);
        });
        let takes = 2 * new > all;
        if takes {
            raster.visit(from, to, |cell| self.covered[cell] = true);
        }
        takes
    }
}

fn lines(
    extract: &Extract<'_>,
    run: usize,
    steps: Range<usize>,
    pen: Pen,
    crowd: &Crowd,
) -> Vec<Mark> {
    let Some(shadow) = extract.picture.shadow(run) else { return Vec::new() };
    let fading = Fading::of(extract);
    let strength = |step: usize| fading.strength(shadow.distances.get(step).copied());
    let grain = Grain::of(extract);
    let mut drawn = HashSet::new();
    let raster = Raster::over(extract, CELL);
    let mut hatching = Hatching { covered: vec![false; raster.len()] };
    let (mut whole, mut hatched) = (Vec::new(), Vec::new());
    let recent = steps.end.saturating_sub(LAST);
    // A segment is as faint as the step that it leads to.
    let ends: Vec<usize> = steps.skip(1).collect();
    let alike = |a: &usize, b: &usize| {
        strength(*a).to_bits() == strength(*b).to_bits() && (*a < recent) == (*b < recent)
    };
    for stretch in ends.chunk_by(alike) {
        let places = shadow.places.get(stretch[0] - 1..=stretch[stretch.len() - 1]);
        let pen = pen.faint(pen.strength * strength(stretch[0]));
        let thin = Pen { width: HATCH.0, dash: Dash::Solid, cased: false, ..pen };
        let thin = thin.faint(HATCH.1 * pen.strength);
        for part in extract.clipped(places.unwrap_or_default().iter().copied()) {
            let crowded = |from, to| stretch[0] < recent && crowd.holds(from, to);
            let Stretches { told, narrow, wide, .. } = fresh(&part, grain, &mut drawn, crowded);
            let middle = Pen { dash: Dash::Solid, ..pen };
            let line = |pen| move |line: Vec<[f64; 2]>| Mark::Path { points: line.into(), pen };
            whole.extend(narrow.into_iter().map(line(middle)));
            whole.extend(told.into_iter().map(line(pen)));
            let kept = wide.into_iter().filter(|ends| hatching.takes(raster, ends[0], ends[1]));
            hatched.extend(kept.map(|ends| Mark::Path { points: Points::from(ends), pen: thin }));
        }
    }
    hatched.extend(whole);
    hatched
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

    /// The cells of two ends, whichever comes first.
    fn segment(self, from: [f64; 2], to: [f64; 2]) -> [[i64; 2]; 2] {
        let (a, b) = (self.cell(from), self.cell(to));
        if a < b { [a, b] } else { [b, a] }
    }
}

/// What is to be drawn of a line.
#[derive(Default)]
struct Stretches {
    /// Steps that can be told apart.
    told: Vec<Vec<[f64; 2]>>,
    /// The middles of short steps in a crowd.
    narrow: Vec<Vec<[f64; 2]>>,
    /// Long steps in a crowd.
    wide: Vec<[[f64; 2]; 2]>,
    open: Open,
}

/// What the last step was added to.
#[derive(Default, PartialEq)]
enum Open {
    Told,
    Narrow,
    #[default]
    Nothing,
}

impl Stretches {
    fn tell(&mut self, from: [f64; 2], to: [f64; 2]) {
        match self.told.last_mut() {
            Some(stretch) if self.open == Open::Told => stretch.push(to),
            _ => self.told.push(vec![from, to]),
        }
        self.open = Open::Told;
    }

    fn narrow(&mut self, from: [f64; 2], to: [f64; 2], corner: f64) {
        let middle = [0, 1].map(|k| f64::midpoint(from[k], to[k]));
        match self.narrow.last_mut() {
            Some(line) if self.open == Open::Narrow => {
                let last = line.last().copied().unwrap_or(from);
                if apart(last, middle) >= corner {
                    line.push(middle);
                }
            }
            _ => self.narrow.push(vec![from, middle]),
        }
        self.open = Open::Narrow;
    }

    /// Leads a line of middles to where its last step ended.
    fn close(&mut self, at: [f64; 2]) {
        if self.open == Open::Narrow
            && let Some(line) = self.narrow.last_mut()
        {
            line.push(at);
        }
        self.open = Open::Nothing;
    }
}

/// The parts of a line that are not drawn yet: a cycle that is gone through a thousand times is drawn once.
fn fresh(
    line: &[[f64; 2]],
    grain: Grain,
    drawn: &mut HashSet<[[i64; 2]; 2]>,
    crowded: impl Fn([f64; 2], [f64; 2]) -> bool,
) -> Stretches {
    let points = |points: f64| points / (GRAIN * grain.scale);
    let mut stretches = Stretches::default();
    let Some(mut from) = line.first().copied() else { return stretches };
    for &to in &line[1..] {
        let segment = grain.segment(from, to);
        if segment[0] == segment[1] {
            continue;
        }
        if !drawn.insert(segment) {
            stretches.close(from);
        } else if !crowded(from, to) {
            if stretches.open != Open::Told {
                stretches.close(from);
            }
            stretches.tell(from, to);
        } else if apart(from, to) < points(NARROW) {
            stretches.narrow(from, to, points(CORNER));
        } else {
            stretches.close(from);
            stretches.wide.push([from, to]);
        }
        from = to;
    }
    stretches.close(from);
    stretches
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// A dot after every step so far that is long enough to be seen; shorter ones would only fatten the line, and in a crowd
/// they would hide it.
fn dots(extract: &Extract<'_>, places: &[[f64; 2]], run: usize, crowd: &Crowd) -> Option<Mark> {
    let Route { shape, size, ink, .. } = extract.picture.route(run);
    let shortest = f64::from(size) / extract.points_per_unit;
    let grain = Grain::of(extract);
    let mut taken = HashSet::new();
    let points: Vec<[f64; 2]> = places
        .windows(2)
        .enumerate()
        .filter(|(_, ends)| apart(ends[0], ends[1]) >= shortest)
        .filter(|(step, ends)| step + 1 + LAST > places.len() || !crowd.is_at(ends[1]))
        .map(|(_, ends)| ends[1])
        .filter(|&point| extract.window.contains(point) && taken.insert(grain.cell(point)))
        .take(MOST_DOTS + 1)
        .collect();
    if points.is_empty() || points.len() > MOST_DOTS {
        return None;
    }
    Some(Mark::Dots { points: points.into(), shape, ink, size, strength: 1.0 })
}
