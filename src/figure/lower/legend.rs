//! Legends: a sample of every ink with a word beside it, in one line.

use super::Lowering;
use super::dots::Dots;
use super::text::Words;
use crate::figure::legend::{BETWEEN, TO_WORDS, sample};
use crate::figure::metrics::{self, Face};
use crate::figure::{Anchor, Ink, Key};

/// A line of the sheet that ends at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Where it ends.
    pub right: f64,
    /// The middle of its height.
    pub middle: f64,
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
