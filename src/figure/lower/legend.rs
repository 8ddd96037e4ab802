//! Legends: a sample of every ink with a word beside it, in one line.

use kurbo::Rect;

use super::Lowering;
use super::dots::Dots;
use super::text::Words;
use crate::figure::legend::{BETWEEN, TO_WORDS, sample};
use crate::figure::metrics::{self, Face};
use crate::figure::painter::{Colour, Outline};
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
                Key::Ramp => {
                    let half = size / 2.0;
                    self.ramp(Rect::new(right - width, y - half, right, y + half));
                }
                Key::Rest(_) => {}
                Key::Blank => {
                    let half = width / 2.0;
                    self.tint(f32::NAN, Rect::new(right - width, y - half, right, y + half));
                }
            }
            right -= width + BETWEEN * size;
        }
    }

    /// Paints the tints of the ground from left to right, the lowest first.
    fn ramp(&mut self, place: Rect) {
        let step = place.width() / f64::from(TINTS);
        for k in 0..TINTS {
            let left = place.x0 + step * f64::from(k);
            // Each goes on below the next, so that no paper shows between them.
            let right = if k + 1 == TINTS { place.x1 } else { left + 2.0 * step };
            let tone = f32::from(k) / f32::from(TINTS - 1);
            self.tint(tone, Rect { x0: left, x1: right, ..place });
        }
    }

    /// Fills a place with the tint of a tone.
    fn tint(&mut self, tone: f32, place: Rect) {
        let colour = Colour { rgb: self.theme.terrain(tone, 0.0), opacity: 1.0 };
        self.painter.fill(&[Outline::Box(place)], colour);
    }
}

/// So many tints are told apart in a legend.
const TINTS: u8 = 32;
