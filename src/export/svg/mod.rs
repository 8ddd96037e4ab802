//! A figure as SVG: self-contained, and the same bytes for the same figure.
//!
//! The ground of a map is an embedded PNG; everything else is lines and words. Lengths are in points and rounded to a
//! hundredth, which no printer shows.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::analysis::relief::Relief;
use crate::figure::palette::Theme;
use crate::figure::{Axis, Figure, Ink, Mark, Pane, Place};

mod text;
mod ground;
mod axes;
mod marks;
mod lens;

use axes::Border;
use ground::grounds;
use text::{Escaped, Pt};

/// The figure as a self-contained SVG document.
#[must_use]
pub fn write(figure: &Figure, theme: Theme) -> String {
    let mut page = Page { out: String::new(), theme, clips: 0, grounds: grounds(figure) };
    // Writing to a string cannot fail.
    let _ = page.figure(figure);
    page.out
}

struct Page {
    out: String,
    theme: Theme,
    clips: usize,
    grounds: Vec<Arc<Relief>>,
}

/// From data to points of the page.
#[derive(Clone, Copy)]
struct Frame<'a> {
    place: Place,
    x: &'a Axis,
    y: &'a Axis,
}

impl Frame<'_> {
    fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let part = |axis: &Axis, value: f64| {
            let [low, high] = axis.range.map(|end| axis.scale.project(end));
            (axis.scale.project(value) - low) / (high - low)
        };
        [
            self.place.left + self.place.width * part(self.x, x),
            self.place.top + self.place.height * (1.0 - part(self.y, y)),
        ]
    }
}

impl Page {
    fn colour(&self, ink: Ink) -> String {
        let [red, green, blue] = self.theme.ink(ink);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn figure(&mut self, figure: &Figure) -> fmt::Result {
        let [width, height] = figure.size.map(Pt);
        writeln!(
            self.out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="IBM Plex Sans, Samscope Symbols" fill="none" stroke-linejoin="round" stroke-linecap="butt">"#
        )?;
        if let Some(Mark::Label { text, .. }) = figure.words.first() {
            writeln!(self.out, "<title>{}</title>", Escaped(text))?;
        }
        let paper = self.colour(Ink::Paper);
        writeln!(self.out, r#"<rect width="{width}" height="{height}" fill="{paper}"/>"#)?;
        self.write_grounds()?;
        for (place, pane) in &figure.panes {
            self.pane(*place, pane)?;
        }
        for mark in &figure.words {
            self.free_words(mark)?;
        }
        self.out.write_str("</svg>\n")
    }

    fn pane(&mut self, place: Place, pane: &Pane) -> fmt::Result {
        writeln!(
            self.out,
            r#"<g id="{}"><desc>{}</desc></g>"#,
            pane.id,
            Escaped(&pane.description)
        )?;
        let frame = Frame { place, x: &pane.x, y: &pane.y };
        if !pane.true_scale {
            self.grid(frame)?;
        }
        self.marks(frame, &pane.marks)?;
        if let Some(lens) = &pane.lens {
            self.lens(frame, lens)?;
        }
        self.border(place, if pane.true_scale { Border::Box } else { Border::Corner })?;
        self.axes(frame)?;
        self.heading(place, pane)
    }
}
