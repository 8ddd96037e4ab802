//! The charts under the maps: loss and sharpness against steps or gradients.
//!
//! A run of many steps is drawn as the lowest and the highest value of each column of pixels, so that a bounce stays
//! visible however long it goes on.

use super::picture::{Against, Edges, Picture};
use super::{
    Anchor, Axis, AxisScale, Ink, Key, Mark, Pane, PaneId, Pen, Points, Span, cut, numerals, route,
    spectrum, ticks,
};
use crate::analysis::gauge::Gauge;
use crate::analysis::spectrum::WHOLE;
use crate::engine::products::measures::Measures;
use crate::optim::stability::Curvature;
use crate::optim::trajectory::{Numbers, Trajectory};

mod series;

use series::{Series, abscissa};

/// The loss of all runs.
#[must_use]
pub fn loss(picture: &Picture<'_>) -> Pane {
    let mut series = recorded(picture, |numbers| numbers.loss);
    let tested = |run: &&Trajectory| run.iter().all(|row| row.numbers.test_loss.is_some());
    for place in picture.runs() {
        if let Some(run) = picture.run(place).filter(tested) {
            let value = |numbers: &Numbers| numbers.test_loss.unwrap_or(f64::NAN);
            let pen = route::of(place).limit();
            series.push(
                Series { pen, ..Series::of(picture, place, run, value) }.named(" on test data"),
            );
        }
    }
    chart(picture, PaneId::Loss, "Loss", "L(w)", series)
}

/// The sharpness of all runs, as the gauge says; or the loss between their ends.
#[must_use]
pub fn sharpness(picture: &Picture<'_>) -> Pane {
    let gauge = picture.look.gauge;
    let not_over_time = match gauge {
        Gauge::Cut => cut::cut(picture),
        Gauge::Spectrum => Some(spectrum::spectrum(picture)),
        Gauge::Minima
        | Gauge::Proxy
        | Gauge::Gap
        | Gauge::Worst
        | Gauge::Average
        | Gauge::LambdaMax
        | Gauge::Trace
        | Gauge::Condition => None,
    };
    if let Some(pane) = not_over_time {
        return pane;
    }
    let over = picture.measures.and_then(Measures::neighbourhood);
    let is_nobodys = gauge.is_over_a_neighbourhood() && over.is_none();
    let series = match gauge {
        Gauge::Minima => at_the_minima(picture),
        _ if is_nobodys => Vec::new(),
        _ => measured(picture, gauge),
    };
    let is_blank = series.iter().all(|line| line.points.is_empty());
    let mut pane = chart(picture, PaneId::Sharpness, gauge.name(), gauge.symbol(), series);
    if let Some(over) = over.filter(|_| gauge.is_over_a_neighbourhood()) {
        let top = pane.y.range[1];
        pane.marks.push(Mark::Label {
            at: [pane.x.range[1], top],
            offset: [-4.0, 0.8 * WORDS],
            text: format!("over {over}"),
            ink: Ink::Quiet,
            size: WORDS,
            anchor: Anchor::Right,
            angle: 0.0,
        });
        pane.description += &format!(" All runs are measured over {over}.");
    }
    if is_blank && let Some(why) = unknown(picture, gauge) {
        pane.marks.push(Mark::Label {
            at: [pane.x.middle(), pane.y.middle()],
            offset: [0.0, 0.0],
            text: why.to_owned(),
            ink: Ink::Quiet,
            size: WORDS,
            anchor: Anchor::Middle,
            angle: 0.0,
        });
        pane.description = format!("{}: {why}.", gauge.name());
    }
    pane
}

/// The height of words in a chart.
const WORDS: f32 = 11.0;

/// Why nothing that was measured is known; none while nothing was.
fn unknown(picture: &Picture<'_>, gauge: Gauge) -> Option<&'static str> {
    if gauge == Gauge::Minima {
        picture.outcomes?;
        let two = picture.comparison?.problem.objective.dimension() == 2;
        let no_minimum = "no step flows to a minimum";
        return Some(if two { no_minimum } else { "basins are told apart for two weights only" });
    }
    let measures = picture.measures.filter(|measures| !measures.runs.concat().is_empty())?;
    if gauge.is_over_a_neighbourhood() && measures.neighbourhood().is_none() {
        return Some("no run looks around, so there is no ball to measure over");
    }
    let is_large = measures.comparison.problem.objective.dimension() > WHOLE;
    Some(if gauge == Gauge::Condition && is_large {
        "above 400 weights only the largest eigenvalues are found"
    } else {
        "finite at no step"
    })
}

fn chart(
    picture: &Picture<'_>,
    id: PaneId,
    title: &str,
    symbol: &str,
    series: Vec<Series>,
) -> Pane {
    let x = across(picture, &series);
    let y = upward(&series);
    let mut marks = Vec::new();
    for line in &series {
        marks.extend(line.marks(&x, &y));
    }
    marks.extend(playheads(picture, &series, y.range));
    marks.extend(series.iter().filter_map(|line| line.dot(&y)));
    Pane {
        id,
        title: vec![
            Span { text: title.to_owned(), ink: Ink::Text, strong: true },
            Span { text: symbol.to_owned(), ink: Ink::Quiet, strong: false },
        ],
        caption: String::new(),
        description: description(title, &series, &x),
        x,
        y,
        true_scale: false,
        marks,
        legend: series.iter().map(|line| (Key::Line(line.pen), line.name.clone())).collect(),
        lens: None,
    }
}

/// What all runs recorded.
fn recorded(picture: &Picture<'_>, value: fn(&Numbers) -> f64) -> Vec<Series> {
    let of = |run| Some(Series::of(picture, run, picture.run(run)?, value));
    picture.runs().into_iter().filter_map(of).collect()
}

/// `λ_max` at the minimum that each step of each run flows to: level as long as it stays in a basin.
fn at_the_minima(picture: &Picture<'_>) -> Vec<Series> {
    let of = |place: usize| {
        let (run, outcome) = (picture.run(place)?, picture.outcome(place)?);
        let last = run.last_step();
        let ends = outcome.stays.iter().skip(1).map(|stay| stay.from).chain([last + 1]);
        let stretches = outcome.stays.iter().zip(ends);
        let points = stretches.filter_map(|(stay, end)| Some((stay.from, end - 1, stay.lambda?)));
        let points = points.flat_map(|(from, to, lambda)| [(from, lambda), (to, lambda)]);
        let points = points.filter_map(|(step, lambda)| {
            Some((step, [abscissa(picture, step, &run.row(step)?.numbers), lambda]))
        });
        let mut line = Series::at(picture, place, points);
        // A level stretch is past as far as the step shown.
        let step = picture.look.step.min(last);
        if let Some(here) = line.here().filter(|_| line.past < line.points.len())
            && let Some(row) = run.row(step)
        {
            let x = abscissa(picture, step, &row.numbers);
            line.points.insert(line.past, [x, here[1]]);
            line.past += 1;
        }
        Some(line)
    };
    picture.runs().into_iter().filter_map(of).collect()
}

/// What was measured along all runs; curvature with their edges of stability beside it.
fn measured(picture: &Picture<'_>, gauge: Gauge) -> Vec<Series> {
    let mut all = Vec::new();
    for place in picture.runs() {
        let (Some(run), Some(measures)) = (picture.run(place), picture.measures) else { continue };
        let values = measures.runs.get(place).into_iter().flatten();
        let points = values.filter_map(|(step, measured)| {
            let value = gauge.measured(measured);
            let x = abscissa(picture, *step, &run.row(*step)?.numbers);
            value.is_finite().then_some((*step, [x, value]))
        });
        all.push(Series::at(picture, place, points));
    }
    if gauge == Gauge::LambdaMax && !all.is_empty() {
        all.extend(edges(picture));
    }
    all
}

/// The edge of stability of each run, where it has one that is compared with the Hessian's largest eigenvalue.
fn edges(picture: &Picture<'_>) -> Vec<Series> {
    let of = |place: usize| {
        let edges = Edges::of(picture, place)?;
        let mut label = "";
        let rows = picture.run(place)?.iter().enumerate();
        let points: Vec<(usize, [f64; 2])> = rows
            .filter_map(|(step, row)| {
                let edge = edges.at(step, &row.numbers)?;
                label = edge.label;
                let is_drawn = edge.of == Curvature::Hessian && edge.lambda.is_finite();
                let x = abscissa(picture, step, &row.numbers);
                is_drawn.then_some((step, [x, edge.lambda]))
            })
            .collect();
        let mut line = Series::at(picture, place, points.into_iter());
        if let [first, .., last] = line.points[..]
            && line.points.iter().all(|point| point[1].total_cmp(&first[1]).is_eq())
        {
            // Two points are enough for a level line, and keep its dots even; none of it lies ahead.
            (line.points, line.past) = (vec![first, last], 2);
        }
        let pen = route::of(place).limit();
        (!line.points.is_empty()).then_some(Series { pen, name: label.to_owned(), ..line })
    };
    picture.runs().into_iter().filter_map(of).collect()
}

fn across(picture: &Picture<'_>, series: &[Series]) -> Axis {
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
    ticks::axis(label.to_owned(), [0.0, most], AxisScale::Linear, 6)
}

/// Positive values that span more than this many decades get an axis of ratios.
const DECADES: f64 = 2.0;
/// Below this part of the largest, values are rounding and would only stretch the axis.
const DEEPEST: f64 = 1e-16;
/// A run that rises above its start by more than this has diverged, and only its first part is shown: …
const FAR: f64 = 1e6;
/// … up to this multiple of the start.
const SHOWN: f64 = 1e3;
/// Room above and below the line, as a part of the axis.
const ROOM: f64 = 0.06;

fn upward(series: &[Series]) -> Axis {
    let values = || series.iter().flat_map(|line| &line.points).map(|point| point[1]);
    let starts = series.iter().filter_map(|line| line.points.first()).map(|point| point[1].abs());
    let start = starts.fold(0.0, f64::max);
    let highest = values().filter(|value| value.is_finite()).fold(0.0, f64::max);
    let most = if 0.0 < start && highest > FAR * start { SHOWN * start } else { f64::INFINITY };
    let finite = || values().filter(|value| value.is_finite()).map(|value| value.min(most));
    let Some([low, high]) = range(finite()) else {
        return ticks::axis(String::new(), [0.0, 1.0], AxisScale::Linear, 4);
    };
    let positive = range(finite().filter(|&value| value > DEEPEST * high));
    if let Some([least, most]) = positive {
        let decades = most.log10() - least.log10();
        if decades > DECADES && low >= 0.0 {
            let room = ROOM * decades;
            let range = [least.log10() - room, most.log10() + room].map(|x| 10f64.powf(x));
            if range[0] > 0.0 && range[1].is_finite() {
                return ticks::axis(String::new(), range, AxisScale::Log, 4);
            }
        }
    }
    let span = if high > low { high - low } else { high.abs().max(1.0) };
    ticks::axis(String::new(), [low - ROOM * span, high + ROOM * span], AxisScale::Linear, 4)
}

fn range(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    values.fold(None, |range, value| match range {
        None => Some([value, value]),
        Some([low, high]) => Some([low.min(value), high.max(value)]),
    })
}

/// The step shown: one line against steps, one a run against gradients, where a step costs them differently.
fn playheads(picture: &Picture<'_>, series: &[Series], y: [f64; 2]) -> Vec<Mark> {
    let upright =
        |x: f64, pen: Pen| Mark::Path { points: Points::from([[x, y[0]], [x, y[1]]]), pen };
    match picture.look.against {
        Against::Steps => series
            .iter()
            .filter_map(Series::here)
            .map(|here| here[0])
            .reduce(f64::max)
            .map(|x| upright(x, Pen::new(Ink::Playhead, 1.0)))
            .into_iter()
            .collect(),
        Against::Gradients => series
            .iter()
            .filter_map(|line| Some((Ink::Run(line.run), line.here()?)))
            .map(|(ink, here)| upright(here[0], Pen::new(ink, 1.0).faint(0.6)))
            .collect(),
    }
}

fn description(title: &str, series: &[Series], x: &Axis) -> String {
    let mut text = format!("{title} against {}.", x.label);
    for line in series {
        let ends = line.points.first().zip(line.points.last()).zip(line.here());
        if let Some(((first, last), here)) = ends {
            text += &format!(
                " {} from {} to {}, now {}.",
                line.name,
                numerals::short(first[1], 4),
                numerals::short(last[1], 4),
                numerals::short(here[1], 4),
            );
        }
    }
    text
}
