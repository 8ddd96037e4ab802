//! The lines of a chart: past whole, future faint, thinned to what pixels can show.

use crate::figure::picture::{Against, Picture};
use crate::figure::{Axis, AxisScale, Dash, Mark, Pen, Points, clip, route};
use crate::optim::trajectory::{Numbers, Trajectory};
use crate::problem::grid::Window;

/// Columns of pixels that a line is thinned to.
const COLUMNS: usize = 600;
/// How much of what lies ahead covers.
const AHEAD: f32 = 0.4;

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
    pub(super) pen: Pen,
    pub(super) name: String,
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
        let past = steps.partition_point(|&step| step <= picture.look.step);
        Self { run, pen: route::of(run).in_chart(), name: picture.name(run), points, past }
    }

    pub(super) fn named(self, addition: &str) -> Self {
        Self { name: self.name + addition, ..self }
    }

    pub(super) fn here(&self) -> Option<[f64; 2]> {
        self.past.checked_sub(1).and_then(|last| self.points.get(last)).copied()
    }

    /// Past whole, future faint.
    pub(super) fn marks(&self, x: &Axis, y: &Axis) -> Vec<Mark> {
        let joint = self.past.saturating_sub(1);
        let pen = self.pen;
        let mut marks = lines(&self.points[joint..], x, y, pen.faint(AHEAD * pen.strength));
        marks.extend(lines(&self.points[..self.past], x, y, pen));
        marks
    }

    pub(super) fn dot(&self, y: &Axis) -> Option<Mark> {
        let [low, high] = y.range;
        let here = self.here().filter(|point| low <= point[1] && point[1] <= high)?;
        if self.pen.dash == Dash::Dotted {
            return None; // an edge or a test loss has no place of its own
        }
        let route::Route { shape, ink, .. } = route::of(self.run);
        Some(Mark::Dots { points: Points::from([here]), shape, ink, size: 7.0, strength: 1.0 })
    }
}

/// Whether an axis has a place for a value.
fn shows(scale: AxisScale, y: f64) -> bool {
    scale.project(y).is_finite()
}

/// A thinned line, broken where the axis has no place for a value and cut where it leaves the chart.
fn lines(points: &[[f64; 2]], x: &Axis, y: &Axis, pen: Pen) -> Vec<Mark> {
    let scale = y.scale;
    let frame = clip::around(Window::new(x.range, y.range.map(|end| scale.project(end))), 0.5);
    points
        .split(|point| !shows(scale, point[1]))
        .map(|stretch| thinned(stretch, x.range))
        .flat_map(|stretch| {
            clip::path(frame, stretch.into_iter().map(|[x, y]| [x, scale.project(y)]))
        })
        .map(|part| part.into_iter().map(|[x, y]| [x, scale.unproject(y)]).collect())
        .map(|points| Mark::Path { points, pen })
        .collect()
}

/// The first, lowest, highest and last point of every column of pixels, in order.
fn thinned(points: &[[f64; 2]], [low, high]: [f64; 2]) -> Vec<[f64; 2]> {
    let column = |point: &[f64; 2]| ((point[0] - low) / (high - low) * COLUMNS as f64).floor();
    let mut kept = Vec::new();
    for group in points.chunk_by(|a, b| column(a).total_cmp(&column(b)).is_eq()) {
        if group.len() <= 4 {
            kept.extend_from_slice(group);
            continue;
        }
        let by_height = |a: &usize, b: &usize| group[*a][1].total_cmp(&group[*b][1]);
        let lowest = (0..group.len()).min_by(by_height).unwrap_or(0);
        let highest = (0..group.len()).max_by(by_height).unwrap_or(0);
        let mut chosen = [0, lowest, highest, group.len() - 1];
        chosen.sort_unstable();
        kept.extend(chosen.chunk_by(|a, b| a == b).map(|same| group[same[0]]));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bounce_of_twenty_thousand_steps_is_still_a_bounce() {
        let points: Vec<[f64; 2]> =
            (0..20_000).map(|k| [f64::from(k), if k % 2 == 0 { 1.0 } else { 3.0 }]).collect();
        let kept = thinned(&points, [0.0, 20_000.0]);
        assert!(kept.len() <= 4 * COLUMNS);
        for column in kept.chunks(4) {
            let heights = || column.iter().map(|point| point[1]);
            let (low, high) = (heights().reduce(f64::min), heights().reduce(f64::max));
            assert!(low < Some(1.5) && high > Some(2.5));
        }
        assert!(kept.is_sorted_by(|a, b| a[0] <= b[0]));
    }
}
