//! The lines of a chart: past whole, future faint, as bands where they are too dense to follow.

use std::sync::Arc;

use super::envelope::{self, Part, columns, parts};
use crate::figure::label::{End, Value};
use crate::figure::picture::{Against, Picture};
use crate::figure::route::Route;
use crate::figure::{Axis, Dash, Ink, Mark, Pen, Points, clip, numerals};
use crate::optim::trajectory::{Numbers, Trajectory};
use crate::problem::grid::Window;

/// How much of what lies ahead covers.
const AHEAD: f32 = 0.4;
/// How much of its ground a band covers, and the width of the lines at its edges in points.
const COVER: f32 = 0.3;
const EDGE: f32 = 0.9;
/// A line of more steps than this that turns at so many of them is drawn whole: broken, it would be a bar code.
const FAST: (usize, f64) = (60, 0.4);

/// Where a step lies on the axis across.
pub(super) fn abscissa(picture: &Picture<'_>, step: usize, numbers: &Numbers) -> f64 {
    let x = match picture.look.against {
        Against::Steps => step,
        Against::Gradients => numbers.gradients,
    };
    x as f64
}

/// One line of a chart.
pub(super) struct Series {
    pub(super) run: usize,
    pub(super) route: Route,
    pub(super) pen: Pen,
    /// What it is called at its end.
    pub(super) name: String,
    /// The ink of its name.
    pub(super) ink: Ink,
    /// Whether it is a run's second line: an edge, or the loss on test data.
    pub(super) is_second: bool,
    pub(super) points: Vec<[f64; 2]>,
    /// How many of them are not ahead of the step shown.
    pub(super) past: usize,
}

impl Series {
    pub(super) fn of(
        picture: &Picture<'_>,
        place: usize,
        run: &Trajectory,
        value: fn(&Numbers) -> f64,
    ) -> Self {
        let points = run.iter().enumerate().map(|(step, row)| {
            (step, [abscissa(picture, step, &row.numbers), value(&row.numbers)])
        });
        Self::at(picture, place, points)
    }

    /// The line through points that belong to steps, in order.
    pub(super) fn at(
        picture: &Picture<'_>,
        run: usize,
        points: impl Iterator<Item = (usize, [f64; 2])>,
    ) -> Self {
        let (steps, points): (Vec<usize>, Vec<[f64; 2]>) = points.unzip();
        let here = picture.step_of(run);
        let past = steps.partition_point(|&step| step <= here);
        let route = picture.route(run);
        let (pen, ink) = (route.in_chart(), route.ink);
        Self { run, route, pen, name: picture.name(run), ink, is_second: false, points, past }
    }

    /// The same as a run's second line, under a name of its own.
    pub(super) fn second(self, name: String) -> Self {
        Self { pen: self.route.limit(), name, is_second: true, ..self }
    }

    /// The same without what lies ahead.
    pub(super) fn so_far(mut self) -> Self {
        self.points.truncate(self.past);
        self
    }

    pub(super) fn here(&self) -> Option<[f64; 2]> {
        self.past.checked_sub(1).and_then(|last| self.points.get(last)).copied()
    }

    /// Past whole, future faint.
    pub(super) fn marks(&self, x: &Axis, y: &Axis) -> Vec<Mark> {
        let joint = self.past.saturating_sub(1);
        let pen = self.pen;
        let mut marks = Vec::new();
        let faint = pen.faint(AHEAD * pen.strength);
        for (points, pen) in [(&self.points[joint..], faint), (&self.points[..self.past], pen)] {
            let is_dense = envelope::is_dense(&self.points, x.range);
            let inside = envelope::shown(points, x.range);
            marks.extend(if is_dense {
                bands(inside, x, y, pen)
            } else {
                lines(inside, x, y, pen)
            });
        }
        marks
    }

    pub(super) fn dot(&self, y: &Axis) -> Option<Mark> {
        let [low, high] = y.range;
        let here = self.here().filter(|point| low <= point[1] && point[1] <= high)?;
        if self.is_second {
            return None; // an edge or a test loss has no place of its own
        }
        let Route { shape, ink, .. } = self.route;
        Some(Mark::Dots { points: Points::from([here]), shape, ink, size: 7.0, strength: 1.0 })
    }

    /// Its name where it ends in what is shown.
    pub(super) fn end(&self, x: &Axis, y: &Axis) -> Option<End> {
        let seen = |point: &&[f64; 2]| shows(y, point[1]);
        let last = self.points.iter().rev().filter(seen).find(|point| point[0] <= x.range[1]);
        let at = last.or(self.points.iter().find(seen)).or(self.points.last())?;
        let [low, high] = y.range;
        let value = Some(numerals::short(at[1], 3)).filter(|_| at[1].is_finite());
        let end = End::new([at[0], at[1].max(low).min(high)], self.name.clone(), self.ink);
        Some(End { value, ..end })
    }

    /// Its value at a place of the axis across: that of the last step which is not beyond it.
    pub(super) fn value(&self, x: f64) -> Option<Value> {
        let count = self.points.partition_point(|point| point[0] <= x);
        let [_, y] = *self.points.get(count.checked_sub(1)?)?;
        let (text, ink, is_second) = (numerals::short(y, 3), self.ink, self.is_second);
        y.is_finite().then_some(Value { y, text, ink, is_second })
    }
}

/// Whether an axis has a place for a value.
pub(super) fn shows(axis: &Axis, y: f64) -> bool {
    axis.scale.project(y).is_finite()
}

/// A line, broken where the axis has no place for a value and cut where it leaves the chart.
fn lines(points: &[[f64; 2]], x: &Axis, y: &Axis, pen: Pen) -> Vec<Mark> {
    let scale = y.scale;
    let frame = clip::around(Window::new(x.range, y.range.map(|end| scale.project(end))), 0.5);
    let pen = if is_fast(points) { pen.dashed(Dash::Solid) } else { pen };
    points
        .split(|point| !shows(y, point[1]))
        .flat_map(|stretch| clip::path(frame, stretch.iter().map(|&[x, y]| [x, scale.project(y)])))
        .map(|part| part.into_iter().map(|[x, y]| [x, scale.unproject(y)]).collect())
        .map(|points| Mark::Path { points, pen })
        .collect()
}

/// Whether a line turns at so many of its many steps that its dashes could not be told from its turns.
fn is_fast(points: &[[f64; 2]]) -> bool {
    let turns = points
        .windows(3)
        .filter(|three| (three[1][1] - three[0][1]) * (three[2][1] - three[1][1]) < 0.0)
        .count();
    points.len() > FAST.0 && turns as f64 > FAST.1 * points.len() as f64
}

/// A line too dense to follow: where it moves within columns of pixels, the band that it covers.
fn bands(points: &[[f64; 2]], x: &Axis, y: &Axis, pen: Pen) -> Vec<Mark> {
    let [low, high] = y.range.map(|end| y.scale.project(end));
    let mut marks = Vec::new();
    for stretch in points.split(|point| !shows(y, point[1])) {
        for part in parts(&columns(stretch, x.range), |y_| y.scale.project(y_), high - low) {
            match part {
                Part::Line(line) => marks.extend(lines(&line, x, y, pen)),
                Part::Band(columns) => {
                    let cut = |value: f64| value.max(y.range[0]).min(y.range[1]);
                    let boxes: Arc<[[f64; 4]]> = columns
                        .iter()
                        .map(|c| [c.ends[0], c.ends[1], cut(c.extremes[0]), cut(c.extremes[1])])
                        .collect();
                    let strength = COVER * pen.strength;
                    marks.push(Mark::Band { columns: boxes, ink: pen.ink, strength });
                    let edge = Pen { width: EDGE, ..pen.dashed(Dash::Solid) };
                    for k in [0, 1] {
                        let line: Vec<[f64; 2]> = columns
                            .iter()
                            .flat_map(|c| c.ends.map(|end| [end, c.extremes[k]]))
                            .collect();
                        marks.extend(lines(&line, x, y, edge));
                    }
                }
            }
        }
    }
    marks
}
