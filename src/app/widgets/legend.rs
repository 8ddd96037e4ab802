//! What the inks of a pane mean: small keys with a word each, in one line.

use egui::{Align2, Painter, Pos2, Rect, vec2};

use crate::app::canvas::marks;
use crate::app::fonts;
use crate::app::style;
use crate::figure::palette::Theme;
use crate::figure::{Ink, Pane};

/// The width of a key.
const KEY: f32 = 18.0;
/// Between a key and its word, and between a word and the next key.
const GAP: [f32; 2] = [5.0, 14.0];

/// The width of the whole legend.
#[must_use]
pub fn width(painter: &Painter, pane: &Pane) -> f32 {
    let word = |text: &str| {
        let font = fonts::regular(fonts::SMALL);
        painter.layout_no_wrap(text.to_owned(), font, egui::Color32::BLACK).size().x
    };
    let words: f32 = pane.legend.iter().map(|(_, words)| word(words) + KEY + GAP[0]).sum();
    words + GAP[1] * pane.legend.len().saturating_sub(1) as f32
}

/// Paints the legend right-aligned into the line, as much of it as fits from the right.
pub fn paint(painter: &Painter, pane: &Pane, theme: Theme, line: Rect) {
    let mut right = line.right();
    for (key, words) in pane.legend.iter().rev() {
        let colour = style::ink(theme, Ink::Quiet);
        let galley = painter.layout_no_wrap(words.clone(), fonts::regular(fonts::SMALL), colour);
        let left = right - galley.size().x - GAP[0] - KEY;
        if left < line.left() {
            return;
        }
        let at = Pos2::new(right, line.center().y);
        let text = Align2::RIGHT_CENTER.anchor_size(at, galley.size());
        painter.galley(text.min, galley, colour);
        let place = Rect::from_min_size(Pos2::new(left, line.center().y - 6.0), vec2(KEY, 12.0));
        marks::key(painter, key, theme, place);
        right = left - GAP[1];
    }
}
