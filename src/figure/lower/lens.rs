//! The lens: a magnified neighbourhood in a corner of its map, or in place of it.

use kurbo::Rect;

use super::Lowering;
use super::axes::Edge;
use super::frame::Frame;
use crate::figure::painter::{Outline, Scope, Stroke};
use crate::figure::{Corner, Ink, Lens, Mark, Site};

/// From the edges of the map to the lens, in points.
const INSET: f64 = 8.0;
/// The edge of paper around a lens: its width in points, and how much it covers.
const PAPER: f64 = 5.0;
const PAPER_COVERS: f32 = 0.7;
/// The line around what the lens shows, in points.
const SEEN: f64 = 0.8;

/// Where a lens is drawn on a map that is drawn in `map`.
#[must_use]
pub fn place(lens: &Lens, map: Rect) -> Rect {
    let [width, height] = lens.size;
    let room = map.inset(-INSET);
    let (left, top) = match lens.site {
        Site::Corner(Corner::TopLeft) => (room.x0, room.y0),
        Site::Corner(Corner::TopRight) => (room.x1 - width, room.y0),
        Site::Corner(Corner::BottomLeft) => (room.x0, room.y1 - height),
        Site::Corner(Corner::BottomRight) => (room.x1 - width, room.y1 - height),
        Site::Whole => (map.x0, map.y0),
    };
    Rect::new(left, top, left + width, top + height)
}

impl Lowering<'_> {
    pub(super) fn lens(&mut self, map: &Frame, lens: &Lens) {
        let place = place(lens, map.place);
        if !(place.is_finite() && place.width() > 0.0 && place.height() > 0.0) {
            return;
        }
        self.painter.enter(Scope::Clip(map.place));
        let paper = self.colour(Ink::Paper, 1.0);
        match lens.site {
            Site::Corner(_) => {
                self.seen(map, lens);
                let veil = self.colour(Ink::Paper, PAPER_COVERS);
                self.painter.stroke(&[Outline::Box(place)], &Stroke::new(veil, PAPER));
                self.painter.fill(&[Outline::Box(place)], paper);
            }
            Site::Whole => self.painter.fill(&[Outline::Box(map.place)], paper),
        }
        self.marks(&Frame::of_window(lens.window, place), &lens.marks);
        self.border(place, Edge::Box);
        for mark in &lens.words {
            self.below(mark, [place.x0, place.y1]);
        }
        self.painter.leave();
    }

    /// What stands below a lens, so many points from an origin: letters and the strokes of formulas.
    fn below(&mut self, mark: &Mark, [left, top]: [f64; 2]) {
        match mark {
            Mark::Path { points, pen } => {
                let moved: Vec<[f64; 2]> =
                    points.iter().map(|[x, y]| [left + x, top + y]).collect();
                let colour = self.word_colour(pen.ink);
                let stroke = Stroke::new(colour, f64::from(pen.width));
                self.painter.stroke(&[Outline::Line(&moved)], &stroke);
            }
            other => self.body_words(other, [left, top]),
        }
    }

    /// The line around what the lens shows, on the map.
    fn seen(&mut self, map: &Frame, lens: &Lens) {
        let [left, top] = map.exact([lens.window.x[0], lens.window.y[1]]);
        let [right, bottom] = map.exact([lens.window.x[1], lens.window.y[0]]);
        let seen = Rect::new(left, top, right, bottom);
        // Where the map shows it larger than the lens, a frame would be a line across the map.
        if seen.is_finite() && seen.width() < place(lens, map.place).width() {
            let quiet = self.colour(Ink::Quiet, 1.0);
            self.painter.stroke(&[Outline::Box(seen)], &Stroke::new(quiet, SEEN));
        }
    }
}
