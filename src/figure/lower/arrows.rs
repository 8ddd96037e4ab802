//! Arrows: a shaft, and a head that keeps its size on the sheet.

use super::Lowering;
use super::frame::Frame;
use super::strokes::{CASING, VEIL};
use crate::figure::painter::{Outline, Stroke};
use crate::figure::{Ink, Pen};

/// The length of a head in points: what every pen has, and what is added for each point of its width.
const HEAD: [f64; 2] = [4.6, 2.3];
/// Half the width of a head, in parts of its length.
const WING: f64 = 0.43;
/// The most that a head takes of its arrow: one that is longer than the arrow would point backwards.
const MOST: f64 = 0.65;
/// Shorter arrows are not drawn, in points: their direction cannot be seen.
const LEAST: f64 = 1.0;

impl Lowering<'_> {
    pub(super) fn arrow(&mut self, frame: &Frame, from: [f64; 2], to: [f64; 2], pen: Pen) {
        let (Some(tail), Some(tip)) = (frame.near(from), frame.near(to)) else {
            // Its tip or its tail is far outside: what is left of it is a line.
            return self.line(&frame.pieces(&[from, to]), pen);
        };
        let [dx, dy] = [tip[0] - tail[0], tip[1] - tail[1]];
        let length = dx.hypot(dy);
        if length < LEAST {
            return;
        }
        let along = [dx / length, dy / length];
        let head = (HEAD[0] + HEAD[1] * f64::from(pen.width)).min(MOST * length);
        let back = |by: f64, aside: f64| {
            [tip[0] - by * along[0] - aside * along[1], tip[1] - by * along[1] + aside * along[0]]
        };
        let corners = [tip, back(head, WING * head), back(head, -WING * head)];
        let shaft = [vec![tail, back(0.9 * head, 0.0)]];
        if pen.cased {
            let paper = self.colour(Ink::Paper, VEIL * pen.strength);
            self.painter.stroke(&[Outline::Polygon(&corners)], &Stroke::new(paper, 2.0 * CASING));
            self.casing(&shaft, pen);
        }
        self.line(&shaft, pen);
        self.painter.fill(&[Outline::Polygon(&corners)], self.colour(pen.ink, pen.strength));
    }
}
