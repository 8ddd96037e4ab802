//! Markers: shapes of about equal area, so that none looks heavier than another.

use kurbo::Circle;

use super::Lowering;
use crate::figure::painter::{Outline, Stroke};
use crate::figure::{Ink, Shape};

/// Corners of markers in radii from their place, y down.
const SQUARE: [[f64; 2]; 4] = [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]];
const DIAMOND: [[f64; 2]; 4] = [[0.0, -1.2], [1.2, 0.0], [0.0, 1.2], [-1.2, 0.0]];
const TRIANGLE: [[f64; 2]; 3] = [[0.0, -1.15], [1.0, 0.65], [-1.0, 0.65]];
const CROSS: [[[f64; 2]; 2]; 2] = [[[-1.0, -1.0], [1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]];
/// The pen of rings and crosses: so much of the diameter, and in points no less and no more than these.
const PEN: f64 = 0.19;
const PENS: [f64; 2] = [1.0, 2.5];

/// What markers look like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dots {
    pub(super) shape: Shape,
    pub(super) ink: Ink,
    /// Their diameter in points.
    pub(super) size: f64,
    /// How much they cover, 0 to 1.
    pub(super) strength: f32,
}

impl Lowering<'_> {
    /// Paints markers at these points.
    pub(super) fn dots(&mut self, points: &[[f64; 2]], dots: Dots) {
        let Dots { shape, ink, size, strength } = dots;
        let colour = self.colour(ink, strength);
        let radius = size / 2.0;
        let pen = (PEN * size).clamp(PENS[0], PENS[1]);
        match shape {
            Shape::Disc => {
                let discs: Vec<_> = points.iter().map(|&at| circle(at, radius)).collect();
                self.painter.fill(&discs, colour);
            }
            Shape::Ring => {
                let paper = self.colour(Ink::Paper, strength);
                for &at in points {
                    self.painter.fill(&[circle(at, radius - pen / 2.0)], paper);
                    let ring = circle(at, radius - pen / 2.0);
                    self.painter.stroke(&[ring], &Stroke::new(colour, pen));
                }
            }
            Shape::Square => self.polygons(points, &SQUARE, dots),
            Shape::Diamond => self.polygons(points, &DIAMOND, dots),
            Shape::Triangle => self.polygons(points, &TRIANGLE, dots),
            Shape::Cross => {
                let ends: Vec<_> = points
                    .iter()
                    .flat_map(|&at| CROSS.map(|line| line.map(|end| moved(at, end, radius))))
                    .collect();
                let lines: Vec<_> = ends.iter().map(|ends| Outline::Line(ends)).collect();
                self.painter.stroke(&lines, &Stroke::new(colour, pen));
            }
        }
    }

    fn polygons<const N: usize>(&mut self, points: &[[f64; 2]], of: &[[f64; 2]; N], dots: Dots) {
        let radius = dots.size / 2.0;
        let corners: Vec<[[f64; 2]; N]> =
            points.iter().map(|&at| of.map(|corner| moved(at, corner, radius))).collect();
        let outlines: Vec<_> = corners.iter().map(|corners| Outline::Polygon(corners)).collect();
        self.painter.fill(&outlines, self.colour(dots.ink, dots.strength));
    }
}

fn circle([x, y]: [f64; 2], radius: f64) -> Outline<'static> {
    Outline::Circle(Circle::new((x, y), radius))
}

fn moved(at: [f64; 2], by: [f64; 2], radius: f64) -> [f64; 2] {
    [at[0] + radius * by[0], at[1] + radius * by[1]]
}
