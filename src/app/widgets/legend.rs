//! What the inks of a pane mean: small keys with a word each, in one line.

use egui::{Painter, Rect};

use crate::app::canvas::painter::Screen;
use crate::app::fonts;
use crate::figure::palette::Theme;
use crate::figure::{Pane, lower};

/// The width of the whole legend.
#[must_use]
pub fn width(pane: &Pane) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "some hundred points")]
    let width = lower::legend::width(&pane.legend, fonts::SMALL.into()) as f32;
    width
}

/// Paints the legend right-aligned into the line, as much of it as fits.
pub fn paint(painter: &Painter, pane: &Pane, theme: Theme, line: Rect) {
    let place = lower::legend::Line {
        right: line.right().into(),
        middle: line.center().y.into(),
        room: line.width().into(),
    };
    let mut screen = Screen::without_ground(painter);
    lower::legend(&mut screen, &pane.legend, place, theme, fonts::SMALL.into());
}
