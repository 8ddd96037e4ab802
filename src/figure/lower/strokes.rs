//! Lines: their dashes and their casings.

use super::Lowering;
use crate::figure::painter::{Outline, Stroke};
use crate::figure::{Dash, Ink, Pen};

/// How far a casing shows on each side of its line, in points.
pub(super) const CASING: f64 = 1.3;
/// How much a casing covers of what is below it.
pub(in crate::figure) const VEIL: f32 = 0.85;
/// Thinner lines have the dashes of this width, in points: shorter ones would run together on a screen.
const THINNEST: f64 = 1.25;

/// Dashes and gaps in turn, in widths of the line: the one table of patterns.
const fn pattern(dash: Dash) -> &'static [f64] {
    match dash {
        Dash::Solid => &[],
        Dash::Dashed => &[3.2, 1.8],
        Dash::Dotted => &[1.0, 2.0],
        Dash::DashDot => &[4.5, 1.8, 1.0, 1.8],
        Dash::LongDash => &[7.0, 2.4],
        Dash::DashDotDot => &[4.5, 1.6, 1.0, 1.6, 1.0, 1.6],
        Dash::ShortDash => &[1.9, 1.5],
    }
}

/// Dashes and gaps in turn, in points, of a line so many points wide; empty for a whole line.
#[must_use]
pub fn dashes(dash: Dash, width: f64) -> Vec<f64> {
    pattern(dash).iter().map(|part| part * width.max(THINNEST)).collect()
}

impl Lowering<'_> {
    /// Paints lines of one pen, given in points, without their casing.
    pub(super) fn line(&mut self, pieces: &[Vec<[f64; 2]>], pen: Pen) {
        self.along(pieces, &self.stroke(pen));
    }

    /// Paints what lifts lines of one pen off the ground.
    pub(super) fn casing(&mut self, pieces: &[Vec<[f64; 2]>], pen: Pen) {
        self.along(pieces, &self.cased(pen));
    }

    /// What lines of a pen are drawn with, one over the other.
    pub(super) fn strokes(&self, pen: Pen) -> Vec<Stroke> {
        let casing = pen.cased.then(|| self.cased(pen));
        casing.into_iter().chain([self.stroke(pen)]).collect()
    }

    /// Paints along pieces of lines.
    pub(super) fn along(&mut self, pieces: &[Vec<[f64; 2]>], stroke: &Stroke) {
        let outlines: Vec<_> = pieces.iter().map(|piece| Outline::Line(piece)).collect();
        if !outlines.is_empty() {
            self.painter.stroke(&outlines, stroke);
        }
    }

    fn stroke(&self, pen: Pen) -> Stroke {
        let width = f64::from(pen.width);
        let colour = self.colour(pen.ink, pen.strength);
        Stroke { colour, width, dash: dashes(pen.dash, width) }
    }

    fn cased(&self, pen: Pen) -> Stroke {
        let paper = self.colour(Ink::Paper, VEIL * pen.strength);
        Stroke::new(paper, f64::from(pen.width) + 2.0 * CASING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_alternate_and_a_hairline_has_no_shorter_dashes_than_a_line() {
        for dash in Dash::ALL {
            assert_eq!(pattern(dash).len() % 2, 0, "{dash:?}");
            assert_eq!(dashes(dash, 0.2), dashes(dash, THINNEST));
        }
    }
}
