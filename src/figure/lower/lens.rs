//! The lens: a magnified neighbourhood in a corner of its map, and a frame around what it shows.

use kurbo::Rect;

use super::Lowering;
use super::axes::Edge;
use super::frame::Frame;
use super::text::Words;
use crate::figure::painter::{Outline, Scope, Stroke};
use crate::figure::{Anchor, Corner, Ink, Lens, numerals};

/// From the edges of the map to the lens, in points.
const INSET: f64 = 8.0;
/// The most of the map's width and height that a lens may take.
const MOST: f64 = 0.6;
/// The edge of paper around a lens: its width in points, and how much it covers.
const PAPER: f64 = 5.0;
const PAPER_COVERS: f32 = 0.7;
/// The line around what the lens shows, in points.
const SEEN: f64 = 0.8;
/// From the corner of the lens to its words.
const WORDS: [f64; 2] = [6.0, 10.0];

impl Lowering<'_> {
    pub(super) fn lens(&mut self, map: &Frame, lens: &Lens) {
        let [left, top] = map.exact([lens.window.x[0], lens.window.y[1]]);
        let [right, bottom] = map.exact([lens.window.x[1], lens.window.y[0]]);
        let seen = Rect::new(left, top, right, bottom);
        // Whole points: its edges are straight, and no last bit decides how they are rounded.
        let side = |seen: f64, most: f64| (lens.power * seen).min(MOST * most).round();
        let (width, height) =
            (side(seen.width(), map.place.width()), side(seen.height(), map.place.height()));
        let room = map.place.inset(-INSET);
        let (left, top) = match lens.corner {
            Corner::TopLeft => (room.x0, room.y0),
            Corner::TopRight => (room.x1 - width, room.y0),
            Corner::BottomLeft => (room.x0, room.y1 - height),
            Corner::BottomRight => (room.x1 - width, room.y1 - height),
        };
        let place = Rect::new(left, top, left + width, top + height);
        if !(seen.is_finite() && width > 0.0 && height > 0.0) {
            return;
        }
        self.painter.enter(Scope::Clip(map.place));
        let quiet = self.colour(Ink::Quiet, 1.0);
        self.painter.stroke(&[Outline::Box(seen)], &Stroke::new(quiet, SEEN));
        let veil = self.colour(Ink::Paper, PAPER_COVERS);
        self.painter.stroke(&[Outline::Box(place)], &Stroke::new(veil, PAPER));
        self.painter.fill(&[Outline::Box(place)], self.colour(Ink::Paper, 1.0));
        self.marks(&Frame::of_window(lens.window, place), &lens.marks);
        self.border(place, Edge::Box);
        let power = format!("×{}", numerals::short(lens.power, 2));
        let at = [place.x0 + WORDS[0], place.y0 + WORDS[1]];
        let words = Words::new(at, &power, Ink::Text, self.letters.numbers, Anchor::Left);
        self.words(&Words { halo: true, ..words });
        self.painter.leave();
    }
}
