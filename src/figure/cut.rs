//! The chart of the cut through both ends: is there a barrier between them, and which side is wider?

use super::picture::{Lane, Picture};
use super::{
    AxisScale, Dash, Ink, Key, Mark, Pane, Pen, Points, Shape, Span, clip, numerals, ticks,
};
use crate::analysis::cut::{Cut, RANGE};
use crate::problem::grid::Window;

/// The loss along the line through both ends; none while they are not known.
#[must_use]
pub fn cut(picture: &Picture<'_>) -> Option<Pane> {
    let cut = picture.duel?.cut.as_ref()?;
    let y = heights(cut)?;
    let window = Window::new(RANGE, y);
    let mut marks = Vec::new();
    let mut legend = Vec::new();
    let mut line = |losses: &[f64], pen: Pen, name: &str| {
        let points = cut.places.iter().zip(losses).map(|(t, loss)| [*t, *loss]);
        for part in clip::path(window, points) {
            marks.push(Mark::Path { points: Points::from(part), pen });
        }
        legend.push((Key::Line(pen), name.to_owned()));
    };
    line(&cut.train, Pen::new(Ink::Text, 1.6), "training loss");
    if let Some(test) = &cut.test {
        line(test, Pen::new(Ink::Quiet, 1.2).dashed(Dash::Dotted), "test loss");
    }
    let ends = cut.heights();
    for (lane, t, shape, ink) in
        [(Lane::Base, 0.0, Shape::Disc, Ink::Base), (Lane::Sam, 1.0, Shape::Diamond, Ink::Sam)]
    {
        let Some([first, last]) = ends else { continue };
        let at = [t, if lane == Lane::Base { first } else { last }];
        if window.contains(at) {
            let points = Points::from([at]);
            marks.push(Mark::Dots { points, shape, ink, size: 8.0, strength: 1.0 });
        }
        legend.push((Key::Dot(shape, ink), format!("{} ends", picture.name(lane))));
    }
    let caption = said(picture, cut);
    Some(Pane {
        id: "cut",
        title: vec![
            Span { text: "Between the ends".to_owned(), ink: Ink::Text, strong: true },
            Span { text: "L(w₀ + t (w₁ − w₀))".to_owned(), ink: Ink::Quiet, strong: false },
        ],
        description: format!("The loss along the line through both ends. {caption}"),
        caption,
        x: ticks::axis("t".to_owned(), RANGE, AxisScale::Linear, 5),
        y: ticks::axis(String::new(), y, AxisScale::Linear, 4),
        true_scale: false,
        marks,
        legend,
        lens: None,
    })
}

/// Heights beyond so many times the height of the story would press it flat.
const TALLEST: f64 = 4.0;
/// Room above and below, as a part of the axis.
const ROOM: f64 = 0.06;

/// From the lowest point to well above the ends and what lies between them.
fn heights(cut: &Cut) -> Option<[f64; 2]> {
    let finite = || cut.train.iter().chain(cut.test.iter().flatten()).filter(|x| x.is_finite());
    let low = finite().copied().reduce(f64::min)?;
    let high = finite().copied().reduce(f64::max)?;
    let between = cut.places.iter().zip(&cut.train);
    let story = between
        .filter(|(t, loss)| (0.0..=1.0).contains(*t) && loss.is_finite())
        .fold(low, |most, (_, loss)| most.max(*loss));
    let high = if story > low { high.min(low + TALLEST * (story - low)) } else { high };
    let span = if high > low { high - low } else { high.abs().max(1.0) };
    Some([low - ROOM * span, high + ROOM * span])
}

/// A barrier below this part of the higher end is rounding.
const BARRIER: f64 = 1e-6;

fn said(picture: &Picture<'_>, cut: &Cut) -> String {
    let [base, sam] = Lane::BOTH.map(|lane| picture.name(lane));
    let Some([first, last]) = cut.heights() else {
        return "The loss is not a finite number at an end".to_owned();
    };
    let barrier = cut.barrier();
    if barrier > BARRIER * first.abs().max(last.abs()) {
        format!(
            "A barrier of {} lies between {base}'s end and {sam}'s",
            numerals::short(barrier, 2)
        )
    } else {
        format!("No barrier lies between {base}'s end and {sam}'s")
    }
}
