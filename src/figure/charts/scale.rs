//! The axes of a chart over time.

use super::series::Series;
use crate::analysis::charted::Charted;
use crate::analysis::spread::Spread;
use crate::figure::picture::{Against, Picture};
use crate::figure::{Axis, AxisScale, numerals, ticks};
use crate::scene::Subject;

/// Below this part of the largest, values are rounding and would only stretch an axis of ratios.
const DEEPEST: f64 = 1e-16;
/// A run that rises above its start by more than this has diverged, and only its first part is shown: …
const FAR: f64 = 1e6;
/// … up to this multiple of the start.
const SHOWN: f64 = 1e3;
/// Room above and below the line, as a part of the axis.
const ROOM: f64 = 0.06;
/// Decades on either side of zero of an axis that has both signs.
const DECADES: i32 = 4;
/// Marks of an axis.
const MARKS: [usize; 2] = [6, 4];

/// The upright axis, and what has no place on it.
pub(super) struct Upright {
    pub(super) axis: Axis,
    pub(super) left_out: Option<LeftOut>,
}

/// Values that have no place on an axis of ratios.
pub(super) struct LeftOut {
    /// How many.
    count: usize,
    /// What all of them are under; zero where all are zero or less.
    under: f64,
}

impl LeftOut {
    /// What is said of them, from long to short.
    pub(super) fn forms(&self) -> Vec<String> {
        let what = if self.under > 0.0 {
            format!("{} values under {}", self.count, numerals::short(self.under, 1))
        } else {
            format!("{} values of 0 or less", self.count)
        };
        [" have no place on this axis of ratios", " have no place here", " left out"]
            .map(|said| format!("{what}{said}"))
            .to_vec()
    }
}

/// The axis of steps or gradients.
pub(super) fn across(picture: &Picture<'_>, series: &[Series]) -> Axis {
    let asked = match picture.look.against {
        Against::Steps => picture.scene.steps.get() as f64,
        Against::Gradients => 1.0,
    };
    let most = series
        .iter()
        .filter_map(|line| line.points.last())
        .fold(asked.max(1.0), |most, point| most.max(point[0]));
    let label = match picture.look.against {
        Against::Steps => "steps",
        Against::Gradients => "gradients",
    };
    let range = picture.look.charts.time.unwrap_or([0.0, most]);
    ticks::axis(label.to_owned(), range, AxisScale::Linear, MARKS[0])
}

/// The axis of values, spread as the scene says.
pub(super) fn upward(
    picture: &Picture<'_>,
    charted: Charted,
    series: &[Series],
    ends: Ends,
) -> Upright {
    let asked = match charted {
        Charted::Loss => picture.look.charts.loss,
        Charted::Measure(_) => picture.look.charts.measure,
    };
    let values = || series.iter().flat_map(|line| &line.points).map(|point| point[1]);
    let starts = series.iter().filter_map(|line| line.points.first()).map(|point| point[1].abs());
    let start = starts.fold(0.0, f64::max);
    let highest = values().filter(|value| value.is_finite()).fold(0.0, f64::max);
    let most = if 0.0 < start && highest > FAR * start { SHOWN * start } else { f64::INFINITY };
    let finite = || values().filter(|value| value.is_finite()).map(|value| value.min(most));
    let axis = |range: [f64; 2], scale| {
        ticks::axis(String::new(), asked.unwrap_or(range), scale, MARKS[1])
    };
    let Some([low, high]) = range(finite()) else {
        return Upright { axis: axis([0.0, 1.0], AxisScale::Linear), left_out: None };
    };
    match (picture.asked.spreads.of(charted), may_be_negative(picture, charted)) {
        (Spread::Linear, _) => {
            let span = if high > low { high - low } else { high.abs().max(1.0) };
            let close = [low - ROOM * span, high + ROOM * span];
            let range = if ends == Ends::Round { round(low, high) } else { close };
            Upright { axis: axis(range, AxisScale::Linear), left_out: None }
        }
        (Spread::Log, true) => {
            let scale = AxisScale::Signed { knee: knee(finite()) };
            let [below, above] = [low, high].map(|end| scale.project(end));
            let span = if above > below { above - below } else { 1.0 };
            let room = [below - ROOM * span, above + ROOM * span];
            let range = ends.of(room).map(|at| scale.unproject(at));
            Upright { axis: axis(range, scale), left_out: None }
        }
        (Spread::Log, false) => {
            let is_shown = |value: &f64| *value > DEEPEST * high && *value > 0.0;
            let hidden = || finite().filter(|value| !is_shown(value));
            let is_positive = hidden().any(|value| value > 0.0);
            let under = if is_positive { DEEPEST * high } else { 0.0 };
            let count = hidden().count();
            let left_out = (count > 0).then_some(LeftOut { count, under });
            let [least, most] = range(finite().filter(is_shown)).unwrap_or([0.1, 1.0]);
            let decades = (most.log10() - least.log10()).max(LEAST_DECADES);
            let room = ROOM * decades + (decades - (most.log10() - least.log10())) / 2.0;
            let room = [least.log10() - room, most.log10() + room];
            let range = ends.of(room).map(|x| 10f64.powf(x));
            let range = [range[0].max(f64::MIN_POSITIVE), range[1].min(f64::MAX)];
            Upright { axis: axis(range, AxisScale::Log), left_out }
        }
    }
}

/// Where an axis ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// Close to its values.
    Close,
    /// At round numbers around them, so that an axis that grows with its values does so seldom.
    Round,
}

impl Ends {
    /// The ends of an axis of ratios, in decades.
    fn of(self, range: [f64; 2]) -> [f64; 2] {
        match self {
            Self::Close => range,
            Self::Round => [range[0].floor(), range[1].ceil()],
        }
    }
}

/// Round numbers around two: zero where both are on one side of it, and 1, 2 or 5 in a decade.
fn round(low: f64, high: f64) -> [f64; 2] {
    let beyond = |size: f64| {
        let size = size * (1.0 + ROOM);
        let decade = 10f64.powf(size.log10().floor());
        let leaps = [1.0, 2.0, 5.0, 10.0].map(|leap| leap * decade);
        leaps.into_iter().find(|leap| *leap >= size).unwrap_or(size)
    };
    let above = if high > 0.0 { beyond(high) } else { 0.0 };
    let below = if low < 0.0 { -beyond(-low) } else { 0.0 };
    if above > below { [below, above] } else { [0.0, 1.0] }
}

/// An axis of ratios shows no less than this: equal values would have no length.
const LEAST_DECADES: f64 = 0.05;

/// Whether values below zero are to be expected: an axis of ratios has both signs then, whatever the runs did.
fn may_be_negative(picture: &Picture<'_>, charted: Charted) -> bool {
    match (charted, &picture.scene.subject) {
        (Charted::Measure(gauge), _) => gauge.may_be_negative(),
        // Every loss on data is zero or more.
        (Charted::Loss, Subject::Fit(_)) => false,
        (Charted::Loss, Subject::Formula(landscape)) => {
            let landscape = landscape.build();
            let minima = landscape.minima();
            // Without a minimum a formula falls without bound.
            minima.is_empty() || minima.iter().any(|&[x, y]| landscape.value(x, y) < 0.0)
        }
    }
}

/// The power of ten below which sizes are not told apart by their ratio.
fn knee(values: impl Iterator<Item = f64>) -> i32 {
    let size = values.map(f64::abs).fold(0.0, f64::max);
    #[expect(clippy::cast_possible_truncation, reason = "an exponent of an f64")]
    let decade = if size > 0.0 { size.log10().floor() as i32 } else { 0 };
    decade - DECADES
}

fn range(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    values.fold(None, |range, value| match range {
        None => Some([value, value]),
        Some([low, high]) => Some([low.min(value), high.max(value)]),
    })
}
