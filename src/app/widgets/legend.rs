//! What the inks of a pane mean: small keys with a word each, in one line.

use egui::{Painter, Rect};

use crate::app::canvas::painter::Screen;
use crate::app::fonts;
use crate::figure::legend as metrics;
use crate::figure::palette::Theme;
use crate::figure::{Key, Pane, lower};

/// The width of the whole legend.
#[must_use]
pub fn width(pane: &Pane) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "some hundred points")]
    let width = metrics::width(&pane.legend, fonts::SMALL.into()) as f32;
    width
}

/// The height of a row.
pub const ROW: f32 = 17.0;

/// How many rows the legend takes in so much width.
#[must_use]
pub fn rows(pane: &Pane, width: f32) -> usize {
    metrics::rows(&pane.legend, width.into(), fonts::SMALL.into()).len()
}

/// As many entries as a line of this width has room for, the first ones.
#[must_use]
pub fn fitting(pane: &Pane, width: f32) -> Vec<(Key, String)> {
    metrics::fitting(&pane.legend, width.into(), fonts::SMALL.into())
}

/// Paints the legend right-aligned, in as many rows as it takes from the top of `place` on.
pub fn paint(painter: &Painter, pane: &Pane, theme: Theme, place: Rect) {
    paint_some(painter, &pane.legend, theme, place);
}

/// The same of some entries.
pub fn paint_some(painter: &Painter, entries: &[(Key, String)], theme: Theme, place: Rect) {
    let mut screen = Screen::without_ground(painter);
    let size = fonts::SMALL.into();
    let rows = metrics::rows(entries, place.width().into(), size);
    let one = if rows.len() > 1 { ROW } else { place.height() };
    for (k, row) in rows.into_iter().enumerate() {
        let middle = f64::from(place.top() + (k as f32 + 0.5) * one);
        let line = lower::legend::Line { right: place.right().into(), middle };
        lower::legend(&mut screen, row, line, theme, size);
    }
}
