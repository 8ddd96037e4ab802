//! What stands above and below a plot on a sheet: title, legend, and its sentence.

use kurbo::Rect;

use super::axes::TO_NUMBER;
use super::legend::Line;
use super::text::{TO_BASELINE, Words};
use super::{Letters, Lowering, axes};
use crate::figure::caption::Caption;
use crate::figure::legend;
use crate::figure::metrics::{self, Face};
use crate::figure::painter::{GAP, Part, Text};
use crate::figure::{Anchor, AxisScale, Ink, Key, Pane, Span, title};

/// From the plot up to the middle of the title, and to those of one in two lines of smaller letters.
const ABOVE: f64 = 11.0;
const TIGHT: [f64; 2] = [19.0, 7.0];
/// From the plot down to the middle of its sentence.
const BELOW: f64 = 46.0;

impl Lowering<'_> {
    /// Paints title and legend above a plot, its sentence below.
    pub(super) fn heading(&mut self, place: Rect, pane: &Pane) {
        let Letters { text, names, .. } = self.letters;
        let (titles, size) = title::fitted(&pane.title, place.width(), [text, names]);
        let above = if titles.len() > 1 { &TIGHT[..] } else { &[ABOVE] };
        let mut taken = 0.0;
        for (spans, above) in titles.iter().zip(above) {
            let parts: Vec<Part<'_>> = spans.iter().map(|span| self.part(span)).collect();
            let at = [place.x0, place.y0 - above + TO_BASELINE * size];
            let (anchor, angle, halo) = (Anchor::Left, 0.0, None);
            self.painter.text(&Text { parts: &parts, at, size, anchor, angle, halo });
            let widths = parts.iter().map(|part| metrics::width(part.text, part.face, size) + GAP);
            taken = widths.sum::<f64>().max(taken);
        }
        let beside = if titles.len() > 1 { 0.0 } else { place.width() - taken };
        if pane.true_scale {
            self.around_a_map(place, pane, beside);
        } else {
            self.about_a_chart(place, pane, beside);
        }
        let Caption { lines, size, pitch } =
            Caption::of(&pane.caption, place.width(), [text, names]);
        for (k, line) in lines.iter().enumerate() {
            let at = [place.x0, place.y1 + BELOW + pitch * k as f64];
            self.words(&Words::new(at, line, Ink::Text, size, Anchor::Left));
        }
    }

    /// Paints the legend of a map beside its title, and on either side of the name of its axis: the only lines around a map
    /// that have room. Where entries have none, there are only their first words; where these have none, the last ones go.
    fn around_a_map(&mut self, place: Rect, pane: &Pane, beside: f64) {
        let (Rect { x0, y0, x1, y1 }, names) = (place, self.letters.names);
        let [above, below] = [y0 - ABOVE, y1 + axes::BELOW[1]];
        let name = metrics::width(&pane.x.label, Face::Regular, names);
        let aside = (place.width() - name) / 2.0 - GAP;
        let width = |entries: &[(Key, String)]| legend::width(entries, names);
        let first = |(key, text): &(Key, String)| {
            let brief = match key {
                Key::Rest(more) => format!("+{more}"),
                _ => text.split([' ', ',']).next().unwrap_or_default().to_owned(),
            };
            (key.clone(), brief)
        };
        let brief: Vec<(Key, String)> = pane.legend.iter().map(first).collect();
        let whole = [pane.legend.clone(), brief.clone()].into_iter();
        let fewer = (1..brief.len()).rev().map(|count| legend::cut(&brief, count));
        for entries in whole.chain(fewer) {
            for count in (0..=entries.len()).rev() {
                let (first, rest) = entries.split_at(count);
                if width(first) <= beside && width(rest) <= aside {
                    self.legend(first, Line { right: x1, middle: above });
                    self.legend(rest, Line { right: x1, middle: below });
                    return;
                }
            }
            let (first, rest) = entries.split_at(entries.len() / 2);
            if width(first) <= aside && width(rest) <= aside {
                self.legend(first, Line { right: x0 + width(first), middle: below });
                self.legend(rest, Line { right: x1, middle: below });
                return;
            }
        }
    }

    /// Paints the legend of a chart beside its title, or in rows below it, and how its upright axis is spread.
    fn about_a_chart(&mut self, place: Rect, pane: &Pane, beside: f64) {
        let (names, middle) = (self.letters.names, place.y0 - ABOVE);
        if legend::width(&pane.legend, names) <= beside {
            self.legend(&pane.legend, Line { right: place.x1, middle });
        } else {
            for (k, row) in legend::rows(&pane.legend, place.width(), names).iter().enumerate() {
                let right = place.x0 + legend::width(row, names);
                let middle = place.y1 + BELOW + legend::ROW * k as f64;
                self.legend(row, Line { right, middle });
            }
        }
        if pane.y.scale != AxisScale::Linear && !pane.labels.ends.is_empty() {
            let at = [place.x0 - TO_NUMBER, middle];
            self.words(&Words::new(at, "log", Ink::Quiet, names, Anchor::Right));
        }
    }

    fn part<'a>(&self, span: &'a Span) -> Part<'a> {
        Part { text: &span.text, face: title::face(span), rgb: self.theme.word(span.ink) }
    }
}
