//! From marks to paint: the one place that knows what a line, an arrow, a legend or a lens looks like.
//!
//! [`figure`] paints a sheet, [`plot`] a pane without its heading, for the window. Both speak to a
//! [`Painter`](crate::figure::painter) only.

use kurbo::Rect;

use super::painter::{Colour, Outline, Painter, Scope};
use super::palette::Theme;
use super::sheet::{SMALL, TEXT};
use super::{Figure, Ink, Key, Mark, Pane, Place, metrics, prose};

pub mod frame;
pub mod strokes;
mod arrows;
mod dots;
mod text;
mod marks;
mod band;
pub mod labels;
pub mod axes;
pub mod legend;
pub mod lens;
mod heading;

use axes::Edge;
use frame::Frame;

/// Heights of text, in points, and where the upright axis' name stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Letters {
    /// Numbers at axes.
    pub numbers: f64,
    /// Names of axes and legends.
    pub names: f64,
    /// Titles and sentences.
    pub text: f64,
    /// From the left edge of the plot to the middle of the upright axis' name.
    pub upright: f64,
}

impl Letters {
    /// Those of a sheet.
    pub const SHEET: Self =
        Self { numbers: SMALL as f64, names: SMALL as f64, text: TEXT as f64, upright: 34.0 };
}

/// Paints a whole sheet.
pub fn figure(painter: &mut dyn Painter, figure: &Figure, theme: Theme) {
    let [width, height] = figure.size;
    let paper = Colour { rgb: theme.ink(Ink::Paper), opacity: 1.0 };
    painter.fill(&[Outline::Box(Rect::new(0.0, 0.0, width, height))], paper);
    bare(painter, figure, theme);
}

/// Paints a sheet without its paper.
pub fn bare(painter: &mut dyn Painter, figure: &Figure, theme: Theme) {
    let mut lowering = Lowering { painter, theme, letters: Letters::SHEET };
    for (place, pane) in &figure.panes {
        let place = rectangle(*place);
        let description = pane.said();
        lowering.painter.enter(Scope::Part { id: &pane.id.to_string(), description: &description });
        lowering.plot(pane, place);
        lowering.heading(place, pane);
        lowering.painter.leave();
    }
    for mark in &figure.words {
        lowering.free_words(mark, [0.0, 0.0]);
    }
    for letters in &figure.prose {
        lowering.letters(letters, [0.0, 0.0]);
    }
}

/// Paints text that is read, so many points from an origin.
pub fn prose(painter: &mut dyn Painter, prose: &[prose::Letters], origin: [f64; 2], theme: Theme) {
    let mut lowering = Lowering { painter, theme, letters: Letters::SHEET };
    for letters in prose {
        lowering.letters(letters, origin);
    }
}

/// Paints a pane's marks, lens, edge and axes, without what stands above and below.
pub fn plot(painter: &mut dyn Painter, pane: &Pane, place: Rect, theme: Theme, letters: Letters) {
    Lowering { painter, theme, letters }.plot(pane, place);
}

/// Paints a legend in a line, for text `size` points high.
pub fn legend(
    painter: &mut dyn Painter,
    entries: &[(Key, String)],
    line: legend::Line,
    theme: Theme,
    size: f64,
) {
    let letters = Letters { numbers: size, names: size, text: size, upright: 0.0 };
    Lowering { painter, theme, letters }.legend(entries, line);
}

/// The characters of a figure that no bundled font has, each once.
#[must_use]
pub fn lacking(figure: &Figure) -> Vec<char> {
    let mut text = String::new();
    for (_, pane) in &figure.panes {
        text.extend(pane.title.iter().map(|span| span.text.as_str()));
        text.extend(pane.legend.iter().map(|(_, words)| words.as_str()));
        text.extend([&*pane.caption, &*pane.x.label, &*pane.y.label]);
        text.extend(pane.labels.ends.iter().flat_map(|end| &end.lines).map(String::as_str));
        let lens = pane.lens.iter().flat_map(|lens| lens.marks.iter().chain(&lens.words));
        text.extend(pane.marks.iter().chain(lens).filter_map(said));
    }
    text.extend(figure.words.iter().filter_map(said));
    text.extend(figure.prose.iter().map(|letters| letters.text.as_str()));
    metrics::lacking(&text)
}

fn said(mark: &Mark) -> Option<&str> {
    match mark {
        Mark::Label { text, .. } => Some(text),
        Mark::Terrain { .. }
        | Mark::Surface(_)
        | Mark::Region { .. }
        | Mark::Path { .. }
        | Mark::Band { .. }
        | Mark::Arrow { .. }
        | Mark::Dots { .. } => None,
    }
}

fn rectangle(Place { left, top, width, height }: Place) -> Rect {
    Rect::new(left, top, left + width, top + height)
}

/// A painter, and what inks and heights mean to it.
struct Lowering<'p> {
    painter: &'p mut dyn Painter,
    theme: Theme,
    letters: Letters,
}

impl Lowering<'_> {
    fn colour(&self, ink: Ink, opacity: f32) -> Colour {
        Colour { rgb: self.theme.ink(ink), opacity }
    }

    fn plot(&mut self, pane: &Pane, place: Rect) {
        let frame = Frame::of(pane, place);
        if !pane.true_scale {
            self.grid(&frame, pane);
        }
        self.marks(&frame, &pane.marks);
        if let Some(lens) = &pane.lens {
            self.lens(&frame, lens);
        }
        self.labels(&frame, pane);
        self.border(
            place,
            match (pane.true_scale, pane.surface()) {
                // A block stands on paper, and has edges of its own.
                (_, Some(_)) => Edge::None,
                (true, None) => Edge::Box,
                (false, None) => Edge::Corner,
            },
        );
        self.axes(&frame, pane);
    }
}
