//! What stands above and below a plot on a sheet: title, legend, and its sentence.

use kurbo::Rect;

use super::legend::Line;
use super::text::{TO_BASELINE, Words};
use super::{Letters, Lowering, legend};
use crate::figure::metrics::{self, Face};
use crate::figure::painter::{GAP, Part, Text};
use crate::figure::{Anchor, Ink, Pane, Span};

/// From the plot up to the middle of the title.
const ABOVE: f64 = 11.0;
/// From the plot down to the middle of its sentence, and from line to line.
const BELOW: f64 = 46.0;
const LINE: f64 = 16.0;
/// Lines of smaller letters stand this much closer.
const TIGHT: f64 = 0.78;
/// So many lines have room between a map and what is below it.
const LINES: usize = 2;

impl Lowering<'_> {
    /// Paints title and legend above a plot, its sentence below.
    pub(super) fn heading(&mut self, place: Rect, pane: &Pane) {
        let size = self.letters.text;
        let y = place.y0 - ABOVE;
        let parts: Vec<Part<'_>> = pane.title.iter().map(|span| self.part(span)).collect();
        if !parts.is_empty() {
            self.painter.text(&Text {
                parts: &parts,
                at: [place.x0, y + TO_BASELINE * size],
                size,
                anchor: Anchor::Left,
                angle: 0.0,
                halo: None,
            });
        }
        let title: f64 =
            parts.iter().map(|part| metrics::width(part.text, part.face, size) + GAP).sum();
        let line = Line { right: place.x1, middle: y, room: place.width() - title };
        let shown = legend::fitting(&pane.legend, line.room, self.letters.names);
        self.legend(shown, line);
        self.sentence(place, &pane.caption);
    }

    /// Paints a sentence in at most two lines: in three of smaller letters where it does not fit, and cut where it still
    /// does not.
    fn sentence(&mut self, place: Rect, sentence: &str) {
        let wide = |size| metrics::broken(sentence, place.width(), Face::Regular, size).len();
        let Letters { text, names, .. } = self.letters;
        let (size, most, leading) = if wide(text) <= LINES {
            (text, LINES, LINE)
        } else {
            (names, LINES + 1, TIGHT * LINE)
        };
        let lines = metrics::lines(sentence, place.width(), Face::Regular, size, most);
        for (k, line) in lines.iter().enumerate() {
            let at = [place.x0, place.y1 + BELOW + leading * k as f64];
            self.words(&Words::new(at, line, Ink::Text, size, Anchor::Left));
        }
    }

    fn part<'a>(&self, span: &'a Span) -> Part<'a> {
        let face = if span.strong { Face::Strong } else { Face::Regular };
        Part { text: &span.text, face, rgb: self.theme.word(span.ink) }
    }
}
