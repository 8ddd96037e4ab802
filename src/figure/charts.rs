//! The charts under the maps: loss and sharpness against steps or gradients.
//!
//! Every line is named at its right end, and its value stands beside the playhead. A run of many steps is drawn as the
//! band between the lowest and the highest value of each column of pixels.

use super::label::{End, Labels, Note, Stands, Value, Values};
use super::picture::{Against, Edges, Picture};
use super::{Axis, Ink, Mark, Pane, PaneId, Pen, Points, Span, cut, numerals, profile, spectrum};
use crate::analysis::charted::Charted;
use crate::analysis::gauge::Gauge;
use crate::analysis::spectrum::WHOLE;
use crate::engine::products::measures::Measures;
use crate::optim::moment::Moment;
use crate::optim::stability::Curvature;
use crate::optim::trajectory::{Numbers, Trajectory};

mod envelope;
mod series;
mod scale;
pub mod numbers;

use scale::{Ends, Upright};
use series::{Series, abscissa};

/// The loss of all runs.
#[must_use]
pub fn loss(picture: &Picture<'_>) -> Pane {
    chart(picture, Charted::Loss, losses(picture))
}

/// The lines of the loss, and of that on data which were set aside.
fn losses(picture: &Picture<'_>) -> Vec<Series> {
    let mut series = recorded(picture, |numbers| numbers.loss);
    let tested = |run: &&Trajectory| run.iter().all(|row| row.numbers.test_loss.is_some());
    for place in picture.runs() {
        if let Some(run) = picture.run(place).filter(tested) {
            let value = |numbers: &Numbers| numbers.test_loss.unwrap_or(f64::NAN);
            for line in series.iter_mut().filter(|line| line.run == place) {
                line.name += " train";
            }
            let name = format!("{} test", picture.name(place));
            series.push(Series::of(picture, place, run, value).second(name));
        }
    }
    series
}

/// The sharpness of all runs, as the gauge says; or the loss between their ends.
#[must_use]
pub fn sharpness(picture: &Picture<'_>) -> Pane {
    let gauge = picture.look.gauge;
    let not_over_time = match gauge {
        Gauge::Cut => cut::cut(picture),
        Gauge::Spectrum => Some(spectrum::spectrum(picture)),
        Gauge::Profile => Some(profile::profile(picture)),
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
        | Gauge::AngleThere
        | Gauge::Alignment
        | Gauge::Share
        | Gauge::Balance
        | Gauge::Distance => None,
    };
    if let Some(pane) = not_over_time {
        return pane;
    }
    let over = picture.measures.and_then(Measures::neighbourhood);
    let series = sharpnesses(picture, gauge);
    let is_blank = series.iter().all(|line| line.points.is_empty());
    let mut pane = chart(picture, Charted::Measure(gauge), series);
    let note = |stands, text: String| Note { stands, forms: vec![text], ink: Ink::Quiet };
    if let Some(over) = over.filter(|_| gauge.is_over_a_neighbourhood()) {
        pane.labels.notes.push(note(Stands::Top, format!("over {over}")));
        pane.description += &format!(" All runs are measured over {over}.");
    }
    if is_blank && let Some(why) = unknown(picture, gauge) {
        pane.labels.notes.push(note(Stands::Middle, why.to_owned()));
        pane.description = format!("{}: {why}.", gauge.name());
    }
    pane
}

/// The lines of a sharpness over time; none of one over a neighbourhood that nobody looks around in.
fn sharpnesses(picture: &Picture<'_>, gauge: Gauge) -> Vec<Series> {
    let over = picture.measures.and_then(Measures::neighbourhood);
    match gauge {
        Gauge::Minima => at_the_minima(picture),
        _ if gauge.is_over_a_neighbourhood() && over.is_none() => Vec::new(),
        _ => measured(picture, gauge),
    }
}

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
        return Some("no run looks around in a ball, so there is none to measure over");
    }
    let weights = measures.comparison.problem.objective.dimension();
    Some(match gauge {
        Gauge::Condition if weights > WHOLE => {
            "above 400 weights only the largest eigenvalues are found"
        }
        Gauge::Share | Gauge::Balance if weights > 2 => "it is told of two weights only",
        Gauge::Balance => "this loss does not depend on the product of its weights alone",
        _ => "finite at no step",
    })
}

fn chart(picture: &Picture<'_>, charted: Charted, series: Vec<Series>) -> Pane {
    let (id, title, symbol) = match charted {
        Charted::Loss => (PaneId::Loss, "Loss", "L(w)"),
        Charted::Measure(gauge) => (PaneId::Sharpness, gauge.name(), gauge.symbol()),
    };
    let x = scale::across(picture, &series);
    // The axes are those of the whole runs, and stand still while they are shown; but where the future is hidden, how
    // high they are would tell it.
    let hides = series.iter().any(|line| picture.hides_the_end_of(line.run));
    let so_far =
        |line: Series| if picture.hides_the_end_of(line.run) { line.so_far() } else { line };
    let series: Vec<Series> = series.into_iter().map(so_far).collect();
    let ends = if hides { Ends::Round } else { Ends::Close };
    let Upright { axis: y, left_out } = scale::upward(picture, charted, &series, ends);
    let mut marks = Vec::new();
    for line in &series {
        marks.extend(line.marks(&x, &y));
    }
    let mut labels = Labels { ends: self::ends(&series, &x, &y), ..Labels::default() };
    if hides {
        // A line from where a curve is to its name would be read as what comes next.
        labels.ends.iter_mut().for_each(|end| end.at[0] = x.range[1]);
    }
    let mut description = description(title, &series, &x);
    if let Some(left_out) = left_out {
        let forms = left_out.forms();
        description += &forms.first().map(|said| format!(" {said}.")).unwrap_or_default();
        labels.notes.push(Note { stands: Stands::Bottom, forms, ink: Ink::Quiet });
    }
    match picture.look.charts.read {
        Some(at) => {
            let at = at.round();
            let pen = Pen::new(Ink::Quiet, 0.8);
            marks.extend(playheads(picture, &series, y.range));
            marks.push(upright(at, y.range, pen));
            let head = Some(format!("{} {}", unit(picture), numerals::short(at, 7)));
            let of = series.iter().filter_map(|line| line.value(at)).collect();
            labels.values.push(Values { x: at, head, of });
        }
        None => {
            marks.extend(playheads(picture, &series, y.range));
            let is_last = |line: &Series| line.past == line.points.len();
            let is_over = !hides && series.iter().all(is_last);
            if is_over && picture.look.charts.time.is_none() {
                labels.ends.iter_mut().for_each(|end| end.shows_value = true);
            } else {
                labels.values.extend(values(picture, &series));
            }
        }
    }
    marks.extend(series.iter().filter_map(|line| line.dot(&y)));
    Pane {
        id,
        title: vec![
            Span { text: title.to_owned(), ink: Ink::Text, strong: true },
            Span { text: symbol.to_owned(), ink: Ink::Quiet, strong: false },
        ],
        caption: String::new(),
        description,
        x,
        y,
        true_scale: false,
        marks,
        labels,
        legend: Vec::new(),
        lens: None,
    }
}

/// What a step of the axis across is.
fn unit(picture: &Picture<'_>) -> &'static str {
    match picture.look.against {
        Against::Steps => "step",
        Against::Gradients => "gradient",
    }
}

/// The names of all lines; a limit that several runs share has one name.
fn ends(series: &[Series], x: &Axis, y: &Axis) -> Vec<End> {
    let mut ends: Vec<End> = Vec::new();
    for end in series.iter().filter_map(|line| line.end(x, y)) {
        let bits = |end: &End| end.at.map(f64::to_bits);
        let same = |other: &&mut End| other.name() == end.name() && bits(other) == bits(&end);
        match ends.iter_mut().find(same) {
            Some(shared) => shared.ink = Ink::Quiet,
            None => ends.push(end),
        }
    }
    ends
}

/// What the lines are where the step shown stands.
fn values(picture: &Picture<'_>, series: &[Series]) -> Option<Values> {
    let last = || series.iter().filter_map(Series::here).map(|here| here[0]).reduce(f64::max);
    let x = stands_at(picture).or_else(last)?;
    let of = series
        .iter()
        .filter_map(|line| Some(Value { y: line.here()?[1], ..line.value(line.here()?[0])? }))
        .collect();
    Some(Values { x, head: None, of })
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
        let step = picture.step_of(place);
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
    let mut all = along(picture, gauge);
    if gauge == Gauge::AngleThere {
        // Beside the angle of SAM's gradient stands that of descent's.
        let beside = along(picture, Gauge::AngleHere);
        all.extend(beside.into_iter().map(|line| line.second("∇L(w)".to_owned())));
    }
    if gauge == Gauge::LambdaMax && !all.is_empty() {
        let mut edges = edges(picture);
        let names: Vec<(String, Option<[f64; 2]>)> =
            edges.iter().map(|line| (line.name.clone(), line.points.last().copied())).collect();
        for line in &mut edges {
            // A label that several runs have at different heights says whose it is.
            let last = line.points.last().copied();
            if names.iter().any(|(name, other)| *name == line.name && *other != last) {
                line.name = format!("{} {}", picture.name(line.run), line.name);
            }
        }
        all.extend(edges);
    }
    all
}

/// What was measured along all runs, one line each.
fn along(picture: &Picture<'_>, gauge: Gauge) -> Vec<Series> {
    let mut all = Vec::new();
    for place in picture.runs() {
        let (Some(run), Some(measures)) = (picture.run(place), picture.measures) else { continue };
        let values = measures.runs.get(place).into_iter().flatten();
        let mut values: Vec<(usize, f64)> =
            values.map(|(step, measured)| (*step, gauge.measured(measured))).collect();
        // A long run is measured at some of its steps only; the one shown is measured anyhow.
        let here = picture.step_of(place);
        let is_pointwise = !gauge.is_over_a_neighbourhood() && !values.is_empty();
        let own = picture.measured(place).filter(|_| is_pointwise);
        if let (Some(own), Err(at)) = (own, values.binary_search_by_key(&here, |(step, _)| *step)) {
            values.insert(at, (here, gauge.measured(own)));
        }
        let points = values.into_iter().filter_map(|(step, value)| {
            let x = abscissa(picture, step, &run.row(step)?.numbers);
            value.is_finite().then_some((step, [x, value]))
        });
        all.push(Series::at(picture, place, points));
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
        (!line.points.is_empty()).then(|| line.second(label.to_owned()))
    };
    picture.runs().into_iter().filter_map(of).collect()
}

/// The moment shown: one line where it stands at one place of the axis, else one a run.
fn playheads(picture: &Picture<'_>, series: &[Series], y: [f64; 2]) -> Vec<Mark> {
    if let Some(x) = stands_at(picture) {
        return vec![upright(x, y, Pen::new(Ink::Playhead, 1.0))];
    }
    let of_run =
        |line: &Series| Some(upright(line.here()?[0], y, Pen::new(line.route.ink, 1.0).faint(0.6)));
    series.iter().filter_map(of_run).collect()
}

/// Where the moment shown stands on the axis across, if that is one place for all runs.
fn stands_at(picture: &Picture<'_>) -> Option<f64> {
    let runs = &picture.comparison?.runs;
    match (picture.look.at.within(runs), picture.look.against) {
        (Moment::Step(step), Against::Steps) => Some(step as f64),
        (Moment::Gradients(paid), Against::Gradients) => Some(paid as f64),
        (Moment::Step(_), Against::Gradients) | (Moment::Gradients(_), Against::Steps) => None,
    }
}

/// A line from the lower to the upper edge.
fn upright(x: f64, y: [f64; 2], pen: Pen) -> Mark {
    Mark::Path { points: Points::from([[x, y[0]], [x, y[1]]]), pen }
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
