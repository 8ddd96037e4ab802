//! How long legends are: a sample of every ink with a word beside it, in rows.

use super::metrics::{self, Face};
use super::painter::GAP;
use super::{Ink, Key, Pane};

/// The lengths of samples and gaps, in heights of the text: a line, a marker, from a sample to its words, and from
/// words to the next sample.
const LINE: f64 = 1.55;
const DOT: f64 = 0.6;
const RAMP: f64 = 7.0;
pub(super) const TO_WORDS: f64 = 0.45;
pub(super) const BETWEEN: f64 = 1.05;

/// From row to row below a plot of a sheet, in points.
pub const ROW: f64 = 12.5;

/// The width of a legend in points, for text `size` points high.
#[must_use]
pub fn width(legend: &[(Key, String)], size: f64) -> f64 {
    let entries: f64 = legend.iter().map(|(key, text)| entry(key, text, size)).sum();
    (entries - BETWEEN * size).max(0.0)
}

/// A legend in rows no longer than `room`, unless a single entry is: no entry is left out.
#[must_use]
pub fn rows(legend: &[(Key, String)], room: f64, size: f64) -> Vec<&[(Key, String)]> {
    let mut rows = Vec::new();
    let mut rest = legend;
    while !rest.is_empty() {
        let fits = (1..=rest.len()).rev().find(|&count| width(&rest[..count], size) <= room);
        let (row, others) = rest.split_at(fits.unwrap_or(1));
        rows.push(row);
        rest = others;
    }
    rows
}

/// The first `count` entries of a legend, and how many ends it has beside these, where there are any.
#[must_use]
pub fn cut(legend: &[(Key, String)], count: usize) -> Vec<(Key, String)> {
    let (shown, rest) = legend.split_at(count.min(legend.len()));
    let more = |(key, _): &(Key, String)| match key {
        Key::Rest(more) => *more,
        Key::Dot(_, Ink::Hue(_)) => 1,
        Key::Line(_) | Key::Dot(..) | Key::Ramp | Key::Blank => 0,
    };
    let more: usize = rest.iter().map(more).sum();
    let told = (more > 0).then(|| (Key::Rest(more), format!("+{more}")));
    shown.iter().cloned().chain(told).collect()
}

/// As many entries as a line of this width has room for, the first ones, and how many ends are left out.
#[must_use]
pub fn fitting(legend: &[(Key, String)], room: f64, size: f64) -> Vec<(Key, String)> {
    let cuts = (1..=legend.len()).rev().map(|count| cut(legend, count));
    cuts.into_iter().find(|some| width(some, size) <= room).unwrap_or_default()
}

fn entry(key: &Key, text: &str, size: f64) -> f64 {
    sample(key, size) + metrics::width(text, Face::Regular, size) + (TO_WORDS + BETWEEN) * size
}

/// The width of a sample.
pub(super) fn sample(key: &Key, size: f64) -> f64 {
    match key {
        Key::Line(_) => LINE * size,
        Key::Dot(..) | Key::Blank => DOT * size,
        Key::Ramp => RAMP * size,
        Key::Rest(_) => 0.0,
    }
}

/// How much of the height below a plot the rows of its legend take, where they have no room beside its title; both are of
/// these heights.
#[must_use]
pub fn rows_below(pane: &Pane, room: f64, title: f64, size: f64) -> f64 {
    let wide =
        |span: &super::Span| metrics::width(&span.text, super::title::face(span), title) + GAP;
    if width(&pane.legend, size) <= room - pane.title.iter().map(wide).sum::<f64>() {
        return 0.0;
    }
    rows(&pane.legend, room, size).len() as f64 * ROW
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Pen, Shape};

    #[test]
    fn a_legend_without_room_has_more_rows_and_every_entry() {
        let line = |text: &str| (Key::Line(Pen::new(Ink::Text, 1.0)), text.to_owned());
        let dot = |text: &str| (Key::Dot(Shape::Disc, Ink::Text), text.to_owned());
        let all = [dot("crowd"), dot("clique"), line("SGD"), line("SAM")];
        for room in [1e3, width(&all, 10.0) - 1.0, 60.0, 0.0] {
            let rows = rows(&all, room, 10.0);
            assert_eq!(rows.concat(), all);
            assert!(rows.iter().all(|row| row.len() == 1 || width(row, 10.0) <= room));
        }
        assert!(rows(&[], 100.0, 10.0).is_empty() && width(&[], 10.0) == 0.0);
    }

    #[test]
    fn what_a_line_has_no_room_for_is_counted() {
        let end = |hue, text: &str| (Key::Dot(Shape::Square, Ink::Hue(hue)), text.to_owned());
        let rest = (Key::Rest(4), "4 others 9 %".to_owned());
        let all = [end(0, "narrow 40 %"), end(1, "wide 30 %"), end(2, "(1;2) 21 %"), rest];
        let shown =
            |room| fitting(&all, room, 10.0).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(shown(1e3).last().unwrap(), "4 others 9 %");
        assert_eq!(shown(width(&all, 10.0) - 1.0).last().unwrap(), "+4");
        assert_eq!(shown(width(&cut(&all, 1), 10.0)), ["narrow 40 %", "+6"]);
        assert!(shown(20.0).is_empty());
        let line = (Key::Line(Pen::new(Ink::Epsilon, 1.0)), "ε".to_owned());
        assert_eq!(cut(&[line.clone(), line.clone()], 1), [line], "not all is counted");
    }
}
