//! The chart of the loss between the ends: is there a barrier between them, and which side is wider?

use super::label::{End, Labels, Note, Stands, Value, Values};
use super::picture::Picture;
use super::route::Route;
use super::{AxisScale, Dash, Ink, Mark, Pane, PaneId, Pen, Points, Span, clip, numerals, ticks};
use crate::analysis::cut::{Cut, RANGE};
use crate::analysis::gauge::Gauge;
use crate::problem::grid::Window;

/// The loss along the lines from the first run's end to those of the others; none while they are not known.
#[must_use]
pub fn cut(picture: &Picture<'_>) -> Option<Pane> {
    let comparison = picture.comparison?;
    let shown = picture.runs();
    let cuts: Vec<(usize, &Cut)> =
        shown.iter().filter_map(|&run| Some((run, comparison.cuts.get(run)?.as_ref()?))).collect();
    let closer = picture.look.charts;
    let (x, y) = (closer.across.unwrap_or(RANGE), closer.measure.or(heights(&cuts))?);
    let window = Window::new(x, y);
    let mut marks = Vec::new();
    let mut ends = Vec::new();
    // Of two runs there is one line, and it is nobody's; of more, each is that of the run it leads to.
    let is_one = cuts.len() == 1;
    for (run, cut) in &cuts {
        let whole = if is_one { Pen::new(Ink::Text, 1.6) } else { picture.route(*run).in_chart() };
        let dotted = Pen::new(Ink::Quiet, 1.2).dashed(Dash::Dotted);
        let tested = if is_one { dotted } else { picture.route(*run).limit() };
        let to = if is_one { String::new() } else { picture.name(*run) };
        let has_two = cut.test.is_some();
        for (losses, pen, what) in
            [(Some(&cut.train), whole, "train"), (cut.test.as_ref(), tested, "test")]
        {
            let Some(losses) = losses else { continue };
            let points = || cut.places.iter().zip(losses).map(|(t, loss)| [*t, *loss]);
            for part in clip::path(window, points()) {
                marks.push(Mark::Path { points: Points::from(part), pen });
            }
            let name = match (to.as_str(), has_two) {
                ("", false) => "loss".to_owned(),
                ("", true) => what.to_owned(),
                (to, false) => format!("to {to}"),
                (to, true) => format!("to {to} {what}"),
            };
            let seen = |at: &[f64; 2]| at[0] <= x[1] && at[1].is_finite();
            ends.extend(points().rfind(seen).map(|at| End::new(at, name, pen.ink)));
        }
    }
    let first = cuts.first().and_then(|(_, cut)| cut.heights()).map(|[first, _]| (0, [0.0, first]));
    let others = cuts.iter().filter_map(|(run, cut)| Some((*run, [1.0, cut.heights()?[1]])));
    let mut values = [0.0, 1.0].map(|x| Values { x, head: None, of: Vec::new() });
    for (run, at) in first.into_iter().chain(others) {
        let Route { shape, ink, .. } = picture.route(run);
        if !window.contains(at) {
            continue;
        }
        marks.push(Mark::Dots { points: Points::from([at]), shape, ink, size: 8.0, strength: 1.0 });
        let text = numerals::short(at[1], 3);
        values[usize::from(at[0] > 0.5)].of.push(Value { y: at[1], text, ink, is_second: false });
    }
    let mut caption = said(picture, &cuts);
    let mut notes = Vec::new();
    if shown.iter().any(|&run| picture.hides_the_end_of(run)) {
        marks.clear();
        ends.clear();
        values = values.map(|values| Values { of: Vec::new(), ..values });
        caption = "What lies between the ends is hidden until the runs are there".to_owned();
        let forms = vec!["hidden until the runs are there".to_owned()];
        notes.push(Note { stands: Stands::Middle, forms, ink: Ink::Quiet });
    }
    let others = match &cuts[..] {
        [(run, _)] => picture.name(*run),
        _ => "each other run".to_owned(),
    };
    let across = format!("t, from {} (0) to {others} (1)", picture.name(0));
    Some(Pane {
        id: PaneId::Cut,
        title: vec![
            Span { text: Gauge::Cut.name().to_owned(), ink: Ink::Text, strong: true },
            Span { text: "L(w₀ + t (w₁ − w₀))".to_owned(), ink: Ink::Quiet, strong: false },
        ],
        description: format!("The loss along the lines between the ends. {caption}"),
        caption,
        x: ticks::axis(across, x, AxisScale::Linear, 5),
        y: ticks::axis(String::new(), y, AxisScale::Linear, 4),
        true_scale: false,
        marks,
        labels: Labels { ends, values: values.into(), notes },
        legend: Vec::new(),
        lens: None,
    })
}

/// Heights beyond so many times the height of the story would press it flat.
const TALLEST: f64 = 4.0;
/// Room above and below, as a part of the axis.
const ROOM: f64 = 0.06;

/// From the lowest point to well above the ends and what lies between them.
fn heights(cuts: &[(usize, &Cut)]) -> Option<[f64; 2]> {
    let all = || cuts.iter().flat_map(|(_, cut)| cut.train.iter().chain(cut.test.iter().flatten()));
    let finite = || all().filter(|x| x.is_finite());
    let low = finite().copied().reduce(f64::min)?;
    let high = finite().copied().reduce(f64::max)?;
    let between = cuts.iter().flat_map(|(_, cut)| cut.places.iter().zip(&cut.train));
    let story = between
        .filter(|(t, loss)| (0.0..=1.0).contains(*t) && loss.is_finite())
        .fold(low, |most, (_, loss)| most.max(*loss));
    let high = if story > low { high.min(low + TALLEST * (story - low)) } else { high };
    let span = if high > low { high - low } else { high.abs().max(1.0) };
    Some([low - ROOM * span, high + ROOM * span])
}

/// A barrier below this part of the higher end is rounding.
const BARRIER: f64 = 1e-6;

/// Whether there is a barrier on each line.
fn said(picture: &Picture<'_>, cuts: &[(usize, &Cut)]) -> String {
    let first = picture.name(0);
    let one = |(run, cut): &(usize, &Cut)| {
        let other = picture.name(*run);
        let Some([low, high]) = cut.heights() else {
            return format!("The loss is not a finite number at {first}'s end or at {other}'s");
        };
        let barrier = cut.barrier();
        if barrier > BARRIER * low.abs().max(high.abs()) {
            let barrier = numerals::short(barrier, 2);
            format!("A barrier of {barrier} lies between {first}'s end and {other}'s")
        } else {
            format!("No barrier lies between {first}'s end and {other}'s")
        }
    };
    cuts.iter().map(one).collect::<Vec<_>>().join(" · ")
}
