//! The chart around the weights: four sharpnesses at one point.
//!
//! ```text
//! along ε̂       the tangent ends at the proxy, the curve at the gap, both where the neighbourhood ends
//! sharpest      the curve along the sharpest direction: what neither of them sees at a minimum
//! levels        the worst case and the average of the neighbourhood
//! ```
//!
//! It is of the run whose step the lens would show: hiding the others chooses another.

use super::label::{End, Labels, Note, Stands};
use super::picture::Picture;
use super::{
    AxisScale, Dash, Ink, Mark, Pane, PaneId, Pen, Points, Shape, Span, clip, lens, numerals, ticks,
};
use crate::analysis::gauge::Gauge;
use crate::analysis::measures::Measured;
use crate::analysis::profile::{Line, Profile};
use crate::problem::grid::Window;

/// Beside the worst case, what is smaller than this part of it is nothing.
const NOTHING: f64 = 1e-3;
/// Room above and below, as a part of the axis.
const ROOM: f64 = 0.08;
/// Heights beyond so many times the largest sharpness would press it flat.
const TALLEST: f64 = 2.0;

/// The loss around one run's weights; without marks while it is not known.
#[must_use]
pub fn profile(picture: &Picture<'_>) -> Pane {
    let shown = picture.runs();
    let run = lens::looking(picture, &shown);
    let profiles = picture.profiles;
    let has_ball = picture.has_neighbourhood();
    let found = run.filter(|_| has_ball).and_then(|run| profiles?.runs.get(run)?.as_ref());
    let measured = run.and_then(|run| picture.measured(run));
    let scale = found.map_or(1.0, widest);
    let closer = picture.look.charts;
    let x = closer.across.unwrap_or([-1.5 * scale, 1.5 * scale]);
    let y = closer.measure.or_else(|| heights(found?, measured)).unwrap_or([0.0, 1.0]);
    let window = Window::new(x, y);
    let mut marks = Vec::new();
    let mut labels = Labels::default();
    if let (Some(profile), Some(run)) = (found, run) {
        let of = (picture.ink(run), picture.name(run));
        draw(profile, measured, of, window, &mut marks, &mut labels);
    } else if picture.comparison.is_some() && profiles.is_some() {
        let forms = vec!["no run looks around in a ball".to_owned()];
        labels.notes.push(Note { stands: Stands::Middle, forms, ink: Ink::Quiet });
    }
    let caption = run
        .zip(measured)
        .filter(|_| found.is_some())
        .map(|(run, measured)| said(picture, run, measured))
        .unwrap_or_default();
    Pane {
        id: PaneId::Profile,
        title: vec![
            Span { text: Gauge::Profile.name().to_owned(), ink: Ink::Text, strong: true },
            Span { text: Gauge::Profile.symbol().to_owned(), ink: Ink::Quiet, strong: false },
        ],
        description: format!("The loss around the weights, along two directions. {caption}"),
        caption,
        x: ticks::axis("t, a distance from w".to_owned(), x, AxisScale::Linear, 5),
        y: ticks::axis(String::new(), y, AxisScale::Linear, 4),
        true_scale: false,
        marks,
        labels,
        legend: Vec::new(),
        lens: None,
    }
}

fn widest(profile: &Profile) -> f64 {
    let lines = [&profile.uphill, &profile.sharpest].into_iter().flatten();
    lines.map(|line| line.edge).fold(0.0, f64::max).max(f64::MIN_POSITIVE)
}

/// From the lowest point to what is largest at the edge, with some room.
fn heights(profile: &Profile, measured: Option<&Measured>) -> Option<[f64; 2]> {
    let lines = || [&profile.uphill, &profile.sharpest].into_iter().flatten();
    let all = || lines().flat_map(|line| line.rises.iter().copied()).filter(|x| x.is_finite());
    let edges = lines().filter_map(Line::at_the_edge);
    let proxy = profile.uphill.as_ref().map(|line| profile.slope * line.edge);
    let levels = measured.into_iter().flat_map(|it| [it.worst, it.average]);
    let told: Vec<f64> = edges.chain(proxy).chain(levels).filter(|x| x.is_finite()).collect();
    let most = told.iter().copied().fold(0.0, f64::max);
    let least = told.iter().copied().fold(0.0, f64::min);
    let low = all().fold(least, f64::min).max(least - TALLEST * (most - least));
    let high = all().fold(most, f64::max).min(TALLEST * most.max(f64::MIN_POSITIVE));
    let span = high - low;
    (span > 0.0 && span.is_finite()).then_some([low - ROOM * span, high + ROOM * span])
}

fn draw(
    profile: &Profile,
    measured: Option<&Measured>,
    (ink, name): (Ink, String),
    window: Window,
    marks: &mut Vec<Mark>,
    labels: &mut Labels,
) {
    let line =
        |from: [f64; 2], to: [f64; 2], pen| Mark::Path { points: Points::from([from, to]), pen };
    let dot = |at: [f64; 2], shape, ink| Mark::Dots {
        points: Points::from([at]),
        shape,
        ink,
        size: 8.0,
        strength: 1.0,
    };
    let quiet = Pen::new(Ink::Quiet, 0.8);
    marks.push(line([window.x[0], 0.0], [window.x[1], 0.0], quiet));
    let levels =
        measured.into_iter().flat_map(|it| [("worst case", it.worst), ("average", it.average)]);
    for (what, level) in levels.filter(|(_, level)| level.is_finite()) {
        if (window.y[0]..=window.y[1]).contains(&level) {
            let pen = Pen::new(Ink::Epsilon, 1.1).dashed(Dash::Dashed);
            marks.push(line([window.x[0], level], [window.x[1], level], pen));
            labels.ends.push(End::new([window.x[1], level], what.to_owned(), Ink::Epsilon));
        }
    }
    let curves = [
        (&profile.sharpest, "sharpest", Pen::new(ink, 1.6).dashed(Dash::Dotted)),
        (&profile.uphill, "along ε", Pen::new(ink, 2.0)),
    ];
    for (curve, along, pen) in curves {
        let Some(curve) = curve else { continue };
        let points = || curve.places.iter().zip(&curve.rises).map(|(t, rise)| [*t, *rise]);
        for part in clip::path(window, points()) {
            marks.push(Mark::Path { points: Points::from(part), pen });
        }
        let seen = |at: &[f64; 2]| at[1].is_finite() && window.contains(*at);
        labels
            .ends
            .extend(points().rfind(seen).map(|at| End::new(at, format!("{name} {along}"), ink)));
        for edge in [-curve.edge, curve.edge] {
            let upright = [[edge, window.y[0]], [edge, window.y[1]]];
            let pen = Pen::new(Ink::Epsilon, 0.8).dashed(Dash::Dotted);
            for part in clip::path(window, upright) {
                marks.push(Mark::Path { points: Points::from(part), pen });
            }
        }
    }
    if let Some(uphill) = &profile.uphill {
        let proxy = [uphill.edge, profile.slope * uphill.edge];
        for part in clip::path(window, [[0.0, 0.0], proxy]) {
            marks
                .push(Mark::Path { points: Points::from(part), pen: Pen::new(Ink::Gradient, 1.4) });
        }
        if window.contains(proxy) {
            marks.push(dot(proxy, Shape::Ring, Ink::Gradient));
        }
        let gap = uphill.at_the_edge().map(|rise| [uphill.edge, rise]);
        marks.extend(
            gap.filter(|at| window.contains(*at)).map(|at| dot(at, Shape::Diamond, Ink::Epsilon)),
        );
    }
    marks.push(dot([0.0, 0.0], Shape::Disc, ink));
}

/// The four numbers, and what is remarkable about them.
fn said(picture: &Picture<'_>, run: usize, measured: &Measured) -> String {
    let name = picture.name(run);
    let Measured { proxy_all: proxy, gap_all: gap, worst, average, .. } = *measured;
    let number = |x: f64| numerals::short(x, 3);
    // A gap that is no number has seen nothing either.
    let sees = gap.abs() >= NOTHING * worst;
    let blind = proxy < NOTHING * worst && !sees && average > NOTHING * worst;
    if blind {
        return format!(
            "{name}: proxy and gap see nothing here, for there is no slope; the worst case {} and the average {} do",
            number(worst),
            number(average)
        );
    }
    format!(
        "{name}: proxy {} (ring) · gap {} (diamond) · worst case {} · average {}",
        number(proxy),
        number(gap),
        number(worst),
        number(average)
    )
}
