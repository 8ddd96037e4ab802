//! Outlines as the data of an SVG path.

use std::fmt;

use kurbo::{BezPath, PathEl, Point};

use super::text::Pt;
use crate::figure::painter::Outline;

/// Outlines in one path.
pub(super) struct Shape<'a>(pub(super) &'a [Outline<'a>]);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|outline| match *outline {
            Outline::Line(points) => line(f, points),
            Outline::Polygon(points) => {
                line(f, points)?;
                f.write_str("Z")
            }
            Outline::Circle(circle) => {
                let [left, y] = [circle.center.x - circle.radius, circle.center.y].map(Pt);
                let [r, d] = [circle.radius, 2.0 * circle.radius].map(Pt);
                write!(f, "M{left} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z")
            }
            Outline::Box(place) => {
                let [left, top, right, bottom] = [place.x0, place.y0, place.x1, place.y1].map(Pt);
                write!(f, "M{left} {top}H{right}V{bottom}H{left}Z")
            }
        })
    }
}

fn line(f: &mut fmt::Formatter<'_>, points: &[[f64; 2]]) -> fmt::Result {
    for (k, &[x, y]) in points.iter().enumerate() {
        let letter = if k == 0 { 'M' } else { 'L' };
        write!(f, "{letter}{} {}", Pt(x), Pt(y))?;
    }
    Ok(())
}

/// The outlines of letters.
pub(super) struct Traced<'a>(pub(super) &'a BezPath);

impl fmt::Display for Traced<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pair = |at: Point| format!("{} {}", Pt(at.x), Pt(at.y));
        self.0.elements().iter().try_for_each(|piece| match *piece {
            PathEl::MoveTo(to) => write!(f, "M{}", pair(to)),
            PathEl::LineTo(to) => write!(f, "L{}", pair(to)),
            PathEl::QuadTo(by, to) => write!(f, "Q{} {}", pair(by), pair(to)),
            PathEl::CurveTo(a, b, to) => write!(f, "C{} {} {}", pair(a), pair(b), pair(to)),
            PathEl::ClosePath => f.write_str("Z"),
        })
    }
}
