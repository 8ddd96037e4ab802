//! Legends: a sample of every ink with a word beside it, in one line.

use super::Lowering;
use super::dots::Dots;
use super::text::Words;
use crate::figure::metrics::{self, Face};
use crate::figure::{Anchor, Ink, Key};

/// The lengths of samples and gaps, in heights of the text: a line, a marker, from a sample to its words, and from
/// words to the next sample.
const LINE: f64 = 1.55;
const DOT: f64 = 0.6;
const TO_WORDS: f64 = 0.45;
const BETWEEN: f64 = 1.05;

/// A line of the sheet that ends at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Where it ends.
    pub right: f64,
    /// The middle of its height.
    pub middle: f64,
}

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

fn entry(key: &Key, text: &str, size: f64) -> f64 {
    sample(key, size) + metrics::width(text, Face::Regular, size) + (TO_WORDS + BETWEEN) * size
}

fn sample(key: &Key, size: f64) -> f64 {
    match key {
        Key::Line(_) => LINE * size,
        Key::Dot(..) => DOT * size,
    }
}

impl Lowering<'_> {
    /// Paints a legend that ends where the line ends.
    pub(super) fn legend(&mut self, legend: &[(Key, String)], line: Line) {
        let size = self.letters.names;
        let (mut right, y) = (line.right, line.middle);
        for (key, text) in legend.iter().rev() {
            self.words(&Words::new([right, y], text, Ink::Quiet, size, Anchor::Right));
            right -= metrics::width(text, Face::Regular, size) + TO_WORDS * size;
            let width = sample(key, size);
            match key {
                Key::Line(pen) => self.line(&[vec![[right - width, y], [right, y]]], *pen),
                Key::Dot(shape, ink) => {
                    let dots = Dots { shape: *shape, ink: *ink, size: width, strength: 1.0 };
                    self.dots(&[[right - width / 2.0, y]], dots);
                }
            }
            right -= width + BETWEEN * size;
        }
    }
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
}
