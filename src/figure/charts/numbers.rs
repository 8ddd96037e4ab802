//! What the charts show as numbers: the lines of both, point by point.
//!
//! ```text
//! over time        a step, or gradients, and what the line has there; of what is level its ends
//! cut              t on the way between two ends, and the loss
//! spectrum         the place of an eigenvalue, the largest first, and it
//! profile          a distance from the weights, and the rise of the loss
//! ```

use super::series::Series;
use super::{losses, sharpnesses};
use crate::analysis::gauge::Gauge;
use crate::analysis::profile;
use crate::figure::picture::Picture;

/// A line of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The chart: "loss", or a measure by its name on the command line.
    pub chart: &'static str,
    /// Whose it is, by its place.
    pub run: usize,
    /// What it tells: "loss", "test", "edge", or a measure.
    pub tells: &'static str,
    /// Its points, in order; not all heights need be finite.
    pub points: Vec<[f64; 2]>,
}

/// Every line of the chart of the loss and of that of sharpness.
#[must_use]
pub fn lines(picture: &Picture<'_>) -> Vec<Line> {
    let mut all = over_time(picture, "loss", ["loss", "test"], losses(picture));
    let gauge = picture.look.gauge;
    let id = gauge.id();
    all.extend(match gauge {
        Gauge::Cut => cuts(picture),
        Gauge::Spectrum => spectra(picture),
        Gauge::Profile => profiles(picture),
        Gauge::AngleThere => {
            let tells = [id, Gauge::AngleHere.id()];
            over_time(picture, id, tells, sharpnesses(picture, gauge))
        }
        Gauge::Minima
        | Gauge::Proxy
        | Gauge::Gap
        | Gauge::Worst
        | Gauge::Average
        | Gauge::LambdaMax
        | Gauge::Trace
        | Gauge::Condition
        | Gauge::Cosine
        | Gauge::AngleHere
        | Gauge::Alignment
        | Gauge::Share
        | Gauge::Balance
        | Gauge::Distance => over_time(picture, id, [id, "edge"], sharpnesses(picture, gauge)),
    });
    all
}

/// Lines over time: of what a run has, and its second ones.
fn over_time(
    picture: &Picture<'_>,
    chart: &'static str,
    [tells, second]: [&'static str; 2],
    series: Vec<Series>,
) -> Vec<Line> {
    let line = |series: Series| {
        let hides = picture.hides_the_end_of(series.run);
        let series = if hides { series.so_far() } else { series };
        let tells = if series.is_second { second } else { tells };
        Line { chart, run: series.run, tells, points: series.points }
    };
    series.into_iter().map(line).collect()
}

fn cuts(picture: &Picture<'_>) -> Vec<Line> {
    let chart = Gauge::Cut.id();
    let shown = picture.runs();
    if shown.iter().any(|&run| picture.hides_the_end_of(run)) {
        return Vec::new();
    }
    let cut = |&run: &usize| Some((run, picture.comparison?.cuts.get(run)?.as_ref()?));
    let lines = shown.iter().filter_map(cut).flat_map(|(run, cut)| {
        let told = [("loss", Some(&cut.train)), ("test", cut.test.as_ref())];
        told.into_iter().filter_map(move |(tells, losses)| {
            let points = cut.places.iter().zip(losses?).map(|(t, loss)| [*t, *loss]);
            Some(Line { chart, run, tells, points: points.collect() })
        })
    });
    lines.collect()
}

fn spectra(picture: &Picture<'_>) -> Vec<Line> {
    let chart = Gauge::Spectrum.id();
    let line = |run: usize| {
        let found = picture.spectra?.runs.get(run)?.as_ref()?;
        let points = found.values.iter().zip(1u32..).map(|(value, place)| [place.into(), *value]);
        Some(Line { chart, run, tells: "eigenvalue", points: points.collect() })
    };
    picture.runs().into_iter().filter_map(line).collect()
}

fn profiles(picture: &Picture<'_>) -> Vec<Line> {
    // The chart has none either: without a ball there is no distance to go.
    if !picture.has_neighbourhood() {
        return Vec::new();
    }
    let chart = Gauge::Profile.id();
    let lines = picture.runs().into_iter().flat_map(|run| {
        let found = picture.profiles.and_then(|profiles| profiles.runs.get(run)?.as_ref());
        let told = found.map(|found| [("epsilon", &found.uphill), ("sharpest", &found.sharpest)]);
        told.into_iter().flatten().filter_map(move |(tells, line)| {
            let profile::Line { places, rises, .. } = line.as_ref()?;
            let points = places.iter().zip(rises).map(|(t, rise)| [*t, *rise]).collect();
            Some(Line { chart, run, tells, points })
        })
    });
    lines.collect()
}
