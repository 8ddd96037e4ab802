//! Words of charts: names at the ends of curves, values beside upright lines, notes; none over another.

use kurbo::Rect;

use super::Lowering;
use super::frame::Frame;
use super::text::Words;
use crate::figure::apart::apart;
use crate::figure::label::{End, Note, Stands, Value, Values};
use crate::figure::metrics::{self, Face};
use crate::figure::names::{ABOVE, BELOW, PITCH, TO_NAMES};
use crate::figure::painter::{GAP, Outline, Stroke};
use crate::figure::{Anchor, Ink, Pane};

/// A name farther than this from its curve has a line to it, in heights of the text.
const FAR: f64 = 0.45;
/// The line between a name and its curve: its width in points, and how much it covers.
const LEADER: (f64, f32) = (0.7, 0.75);
/// From an upright line to the values beside it, in points, and how far they stand above their curve, in heights.
const TO_VALUES: f64 = 5.0;
const RAISED: f64 = 0.75;
/// Values get smaller by so much to have room, but no lower than what can be read, in points; else none is told.
const TIGHT: f64 = 1.0;
const LEAST: f64 = 11.0;
/// How much the ground of a value covers of what is below it.
const PLATE: f32 = 0.8;
/// From the edges of a plot to notes in it, in points.
const INSET: f64 = 4.0;

impl Lowering<'_> {
    /// Paints the words of a chart over its marks.
    pub(super) fn labels(&mut self, frame: &Frame, pane: &Pane) {
        let place = frame.place;
        let mut free = [place.y0, place.y1];
        // Notes of bands that are lower than a line would cover each other: then none of them is told.
        let banded: Vec<[f64; 2]> =
            pane.labels.notes.iter().filter_map(|note| self.band_of(frame, pane, note)).collect();
        let meet = |a: &[f64; 2], b: &[f64; 2]| a[0] < b[1] && b[0] < a[1];
        let crowded = (1..banded.len()).any(|k| banded[..k].iter().any(|b| meet(b, &banded[k])));
        for note in &pane.labels.notes {
            if crowded && matches!(note.stands, Stands::Under(_) | Stands::Over(_)) {
                continue;
            }
            let taken = self.note(frame, pane, note);
            match note.stands {
                Stands::Top => free[0] += taken,
                Stands::Bottom => free[1] -= taken,
                Stands::Middle | Stands::Under(_) | Stands::Over(_) => {}
            }
        }
        self.values(frame, pane, &pane.labels.values, free);
        self.ends(frame, &pane.labels.ends);
    }

    /// From where to where a note goes that stands at a height of the data.
    fn band_of(&self, frame: &Frame, pane: &Pane, note: &Note) -> Option<[f64; 2]> {
        let size = self.letters.numbers;
        let lines = self.forms(frame, note)?;
        let height = lines.len() as f64 * PITCH * size;
        let level = |y: f64| frame.exact([pane.x.range[0], y])[1];
        let top = match note.stands {
            Stands::Under(y) => level(y) + 0.2 * size,
            Stands::Over(y) => level(y) - 0.2 * size - height,
            Stands::Top | Stands::Middle | Stands::Bottom => return None,
        };
        Some([top, top + height])
    }

    /// The longest form of a note that has room, else the last of them in lines; none where a word of it has none.
    fn forms(&self, frame: &Frame, note: &Note) -> Option<Vec<String>> {
        let (place, size) = (frame.place, self.letters.numbers);
        let room = place.width() - 2.0 * INSET;
        let fits = |form: &&String| metrics::width(form, Face::Regular, size) <= room;
        let form = note.forms.iter().find(fits).or(note.forms.last())?;
        let lines = metrics::broken(form, room, Face::Regular, size);
        // In a plot narrower than a word nothing can be told.
        let wide = |line: &String| metrics::width(line, Face::Regular, size);
        lines.iter().all(|line| wide(line) <= room).then_some(lines)
    }

    /// Paints a note; says how much of the height it takes.
    fn note(&mut self, frame: &Frame, pane: &Pane, note: &Note) -> f64 {
        let (place, size) = (frame.place, self.letters.numbers);
        let Some(lines) = self.forms(frame, note) else { return 0.0 };
        let pitch = PITCH * size;
        let height = lines.len() as f64 * pitch;
        let level = |y: f64| frame.exact([pane.x.range[0], y])[1];
        let top = match note.stands {
            Stands::Top => place.y0 + 0.3 * size,
            Stands::Middle => f64::midpoint(place.y0, place.y1) - height / 2.0,
            Stands::Bottom => place.y1 - 0.3 * size - height,
            Stands::Under(y) => level(y) + 0.2 * size,
            Stands::Over(y) => level(y) - 0.2 * size - height,
        };
        let (x, anchor) = match note.stands {
            Stands::Middle => (place.center().x, Anchor::Middle),
            Stands::Top | Stands::Bottom | Stands::Under(_) | Stands::Over(_) => {
                (place.x1 - INSET, Anchor::Right)
            }
        };
        for (k, line) in lines.iter().enumerate() {
            let at = [x, top + (k as f64 + 0.5) * pitch];
            let words = Words::new(at, line, note.ink, size, anchor);
            self.words(&Words { halo: true, ..words });
        }
        height + 0.5 * size
    }

    /// Paints values beside their upright lines, each on the side that has room; none over another, nor those of two lines
    /// that stand close together.
    fn values(&mut self, frame: &Frame, pane: &Pane, all: &[Values], [top, bottom]: [f64; 2]) {
        let Rect { y0, y1, .. } = frame.place;
        let usual = self.letters.numbers;
        let [top, bottom] = if bottom - top > PITCH * usual { [top, bottom] } else { [y0, y1] };
        let rows: usize = all.iter().map(|v| v.of.len() + usize::from(v.head.is_some())).sum();
        let fits = rows as f64 * PITCH * usual <= bottom - top;
        let is_shown = |value: &&Value| fits || !value.is_second;
        let seconds = all.iter().flat_map(|values| &values.of).filter(|v| !is_shown(v)).count();
        let fitting = usual.min((bottom - top) / ((rows - seconds).max(1) as f64 * PITCH));
        if fitting < usual - TIGHT {
            // All of them are in the readings, and where one points.
            return;
        }
        let size = fitting.max(LEAST).min(usual);
        let pitch = PITCH * size;
        let (mut wanted, mut words) = (Vec::new(), Vec::new());
        for values in all {
            let [x, _] = frame.exact([values.x, pane.y.range[0]]);
            let texts = values.head.iter().chain(values.of.iter().map(|value| &value.text));
            let widths = texts.map(|text| metrics::width(text, Face::Regular, size));
            let Some((at, anchor)) = beside(frame.place, x, widths.fold(0.0, f64::max)) else {
                continue;
            };
            if let Some(head) = &values.head {
                let above = |value: &Value| frame.exact([values.x, value.y])[1].clamp(y0, y1);
                let highest = values.of.iter().map(above).fold(top, f64::min) - RAISED * size;
                wanted.push(highest.min(top));
                words.push(Words::new([at, 0.0], head, Ink::Quiet, size, anchor));
            }
            for value in values.of.iter().filter(is_shown) {
                let y = frame.exact([values.x, value.y])[1];
                wanted.push(y.clamp(y0, y1) - RAISED * size);
                words.push(Words::new([at, 0.0], &value.text, value.ink, size, anchor));
            }
        }
        let middles = apart(&wanted, &vec![pitch; wanted.len()], [top, bottom]);
        for (words, y) in words.into_iter().zip(middles) {
            let [at, _] = words.at;
            let wide = metrics::width(words.text, Face::Regular, size);
            let left = if words.anchor == Anchor::Left { at } else { at - wide };
            let plate = Rect::new(left, y - pitch / 2.0, left + wide, y + pitch / 2.0);
            self.painter.fill(&[Outline::Box(plate)], self.colour(Ink::Paper, PLATE));
            self.words(&Words { at: [at, y], halo: true, ..words });
        }
    }

    /// Paints the names of curves to the right of the plot, with a line to each that has to stand elsewhere.
    fn ends(&mut self, frame: &Frame, ends: &[End]) {
        let Rect { x0, x1, y0, y1 } = frame.place;
        let count = ends.iter().map(|end| end.lines.len()).sum::<usize>() as f64;
        let usual = self.letters.names;
        let room =
            if count * PITCH * usual <= y1 - y0 { [y0, y1] } else { [y0 - ABOVE, y1 + BELOW] };
        // Never needed on a sheet: there the chart is high enough for six runs with two curves each.
        let size = usual.min((room[1] - room[0]) / (count * PITCH).max(1.0));
        let pitch = PITCH * size;
        let places: Vec<[f64; 2]> = ends
            .iter()
            .map(|end| {
                let [x, y] = frame.exact(end.at);
                let y = if y.is_nan() { y1 } else { y };
                [if x.is_finite() { x.clamp(x0, x1) } else { x1 }, y.clamp(y0, y1)]
            })
            .collect();
        let wanted: Vec<f64> = places.iter().map(|[_, y]| *y).collect();
        let heights: Vec<f64> = ends.iter().map(|end| end.lines.len() as f64 * pitch).collect();
        let middles = apart(&wanted, &heights, room);
        for (k, end) in ends.iter().enumerate() {
            let ([x, y], middle) = (places[k], middles[k]);
            let is_far = (middle - y).abs() > FAR * size || x < x1 - TO_NAMES;
            if is_far {
                let leader = [[x.max(x0), y], [x1.max(x), y], [x1 + TO_NAMES - 3.0, middle]];
                let colour = self.colour(end.ink, LEADER.1);
                let stroke = Stroke::new(colour, LEADER.0);
                let from = usize::from(x >= x1 - 0.5);
                self.painter.stroke(&[Outline::Line(&leader[from..])], &stroke);
            }
            let first = middle - heights[k] / 2.0;
            for (line, text) in end.lines.iter().enumerate() {
                let at = [x1 + TO_NAMES, first + (line as f64 + 0.5) * pitch];
                let words = Words::new(at, text, end.ink, size, Anchor::Left);
                self.words(&Words { face: Face::Strong, ..words });
                if let Some(value) = end.value.as_ref().filter(|_| end.shows_value)
                    && line + 1 == end.lines.len()
                {
                    let x = at[0] + metrics::width(text, Face::Strong, size) + GAP;
                    self.words(&Words::new([x, at[1]], value, end.ink, size, Anchor::Left));
                }
            }
        }
    }
}

/// Where values so many points wide stand beside an upright line: on the right if there is room, else where there is more;
/// nowhere where they are wider than the plot.
fn beside(Rect { x0, x1, .. }: Rect, x: f64, widest: f64) -> Option<(f64, Anchor)> {
    if !(x0 - 1.0..=x1 + 1.0).contains(&x) || widest > x1 - x0 {
        return None;
    }
    let [left, right] = [x - TO_VALUES - widest - x0, x1 - x - TO_VALUES - widest];
    Some(if right >= 0.0 || right >= left {
        ((x + TO_VALUES).min(x1 - widest).max(x0), Anchor::Left)
    } else {
        ((x - TO_VALUES).max(x0 + widest).min(x1), Anchor::Right)
    })
}
