//! What stands above and below a plot on a sheet: title, legend, and its sentence.

use kurbo::Rect;

use super::axes::TO_NUMBER;
use super::legend::Line;
use super::text::{TO_BASELINE, Words};
use super::{Letters, Lowering, axes};
use crate::figure::legend;
use crate::figure::metrics::{self, Face};
use crate::figure::painter::{GAP, Part, Text};
use crate::figure::{Anchor, AxisScale, Ink, Pane, Span};

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
        let title = fitting(&pane.title, place.width(), size);
        let parts: Vec<Part<'_>> = title.iter().map(|span| self.part(span)).collect();
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
        let names = self.letters.names;
        let mut lines = 0.0;
        let fits =
            |room: f64| move |count: &usize| legend::width(&pane.legend[..*count], names) <= room;
        let count = (0..=pane.legend.len()).rev().find(fits(place.width() - title)).unwrap_or(0);
        let is_split = count < pane.legend.len() && !pane.true_scale;
        let (first, rest) = pane.legend.split_at(if is_split { 0 } else { count });
        self.legend(first, Line { right: place.x1, middle: y });
        if pane.true_scale {
            // Beside the name of the axis, the only line around a map that has room.
            let middle = place.y1 + axes::BELOW[1];
            let name = metrics::width(&pane.x.label, Face::Regular, names);
            if legend::width(rest, names) + GAP <= (place.width() - name) / 2.0 {
                self.legend(rest, Line { right: place.x1, middle });
            }
        } else {
            for row in legend::rows(rest, place.width(), names) {
                let right = place.x0 + legend::width(row, names);
                let middle = place.y1 + BELOW + legend::ROW * lines;
                self.legend(row, Line { right, middle });
                lines += 1.0;
            }
        }
        if pane.y.scale != AxisScale::Linear && !pane.labels.ends.is_empty() {
            let words =
                Words::new([place.x0 - TO_NUMBER, y], "log", Ink::Quiet, names, Anchor::Right);
            self.words(&words);
        }
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
        Part { text: &span.text, face: face(span), rgb: self.theme.word(span.ink) }
    }
}

fn face(span: &Span) -> Face {
    if span.strong { Face::Strong } else { Face::Regular }
}

/// As many parts of a title as have room; the first is cut where it has none.
fn fitting(title: &[Span], room: f64, size: f64) -> Vec<Span> {
    let mut taken = 0.0;
    let mut shown = Vec::new();
    for span in title {
        let width = metrics::width(&span.text, face(span), size);
        if shown.is_empty() && width > room {
            let text = metrics::cut(&span.text, room, face(span), size);
            return vec![Span { text, ..span.clone() }];
        }
        if taken + width > room {
            break;
        }
        taken += width + GAP;
        shown.push(span.clone());
    }
    shown
}
