//! What a figure is painted with: a handful of calls that the window, SVG and PNG each answer.
//!
//! [`lower`](super::lower) turns panes and sheets into these calls, once for all painters: casings, arrowheads, dashes,
//! lens and lettering are the same everywhere because no painter knows of them. Coordinates are points from the top
//! left, x to the right, y down.

use std::sync::Arc;

use kurbo::{Affine, BezPath, Circle, Rect, Shape as _};

use super::metrics::{self, Face};
use super::palette::{Rgb, Theme};
use super::surface::Surface;
use super::{Anchor, Points};
use crate::analysis::relief::Relief;
use crate::problem::grid::Window;

/// Something that paints.
///
/// Lines have butt ends and round joints. Every call paints over what the calls before it painted.
pub trait Painter {
    /// Fills each of the outlines by itself; polygons are convex.
    fn fill(&mut self, outlines: &[Outline<'_>], colour: Colour);
    /// Draws along each of the outlines; dashes begin anew on each.
    fn stroke(&mut self, outlines: &[Outline<'_>], stroke: &Stroke);
    /// Sets a line of text.
    fn text(&mut self, text: &Text<'_>);
    /// Stretches the picture of a ground over a rectangle, blending between its pixels.
    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: Rect);
    /// Paints a surface, from the farthest to the nearest of its triangles; as a picture, where a painter knows no
    /// triangles.
    fn surface(&mut self, surface: &Arc<Surface>, theme: Theme, onto: Affine) {
        let (window, picture) = surface.picture();
        let place = picture_place(picture, window);
        let place = onto.transform_rect_bbox(place);
        if place.is_finite() {
            self.image(picture, theme, place);
        }
    }
    /// Opens a scope: what follows up to its [`Painter::leave`] belongs to it.
    fn enter(&mut self, scope: Scope<'_>);
    /// Closes the scope that was opened last.
    fn leave(&mut self);
    /// Paints lines as before, where this painter has kept what they were painted as; else false: they are painted then,
    /// and followed by [`Painter::keep`].
    fn again(&mut self, lines: &Lines) -> bool {
        let _ = lines;
        false
    }
    /// Ends what began when [`Painter::again`] was false.
    fn keep(&mut self) {}
}

/// What the pixels of a picture cover whose outermost ones are centred on the edges of a window: half a pixel more.
#[must_use]
pub fn picture_place(picture: &Relief, window: Window) -> Rect {
    let [width, height] = window.span();
    let counts = [picture.columns, picture.rows].map(|count| (count.max(2) - 1) as f64);
    let half = [width / counts[0] / 2.0, height / counts[1] / 2.0];
    let Window { x, y } = window;
    Rect::new(x[0] - half[0], y[0] - half[1], x[1] + half[0], y[1] + half[1])
}

/// Lines that may be those of the frame before, and all that their picture depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// Where they go, in data coordinates.
    pub points: Vec<Points>,
    /// From there to points.
    pub onto: Affine,
    /// The plot that they are cut at, in points.
    pub within: Rect,
    /// What they are drawn with, one over the other.
    pub strokes: Vec<Stroke>,
}

impl Lines {
    /// Whether they are the same as `others`, without looking at points that are shared.
    #[must_use]
    pub fn are(&self, others: &Self) -> bool {
        let same = |(a, b): (&Points, &Points)| Arc::ptr_eq(a, b) || a == b;
        self.onto == others.onto
            && self.within == others.within
            && self.strokes == others.strokes
            && self.points.len() == others.points.len()
            && self.points.iter().zip(&others.points).all(same)
    }
}

/// What is common to the calls between [`Painter::enter`] and [`Painter::leave`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scope<'a> {
    /// Nothing is painted outside of this rectangle.
    Clip(Rect),
    /// They are one thing, with a name and a description for people who cannot see it.
    Part {
        /// A stable name.
        id: &'a str,
        /// What it shows, in words.
        description: &'a str,
    },
}

/// A colour that covers what is below it to some degree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: Rgb,
    /// How much it covers, 0 to 1.
    pub opacity: f32,
}

/// A shape of finite coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outline<'a> {
    /// Straight pieces from point to point.
    Line(&'a [[f64; 2]]),
    /// The same, and back to the first point.
    Polygon(&'a [[f64; 2]]),
    /// A circle.
    Circle(Circle),
    /// An upright rectangle.
    Box(Rect),
}

impl Outline<'_> {
    /// The shape as a path of Bézier curves.
    #[must_use]
    pub fn to_path(&self) -> BezPath {
        match *self {
            Self::Line(points) | Self::Polygon(points) => {
                let mut path = BezPath::new();
                for (k, &[x, y]) in points.iter().enumerate() {
                    if k == 0 { path.move_to((x, y)) } else { path.line_to((x, y)) }
                }
                if matches!(self, Self::Polygon(_)) && !points.is_empty() {
                    path.close_path();
                }
                path
            }
            Self::Circle(circle) => circle.to_path(ROUND),
            Self::Box(place) => place.to_path(ROUND),
        }
    }
}

/// How far a circle's curves may be from it, in points: less than any device shows.
const ROUND: f64 = 1e-3;

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in points.
    pub width: f64,
    /// Lengths of dashes and gaps in turn, in points, an even number of them; empty for a whole line.
    pub dash: Vec<f64>,
}

impl Stroke {
    /// A whole line.
    #[must_use]
    pub const fn new(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: Vec::new() }
    }
}

/// A line of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Text<'a> {
    /// What it says, in order, [`GAP`] between any two parts.
    pub parts: &'a [Part<'a>],
    /// Where its anchor lies, on the baseline.
    pub at: [f64; 2],
    /// Its height in points.
    pub size: f64,
    /// Which part of it lies at the place.
    pub anchor: Anchor,
    /// Turned counter-clockwise about the place, in radians.
    pub angle: f64,
    /// What lifts it off the ground.
    pub halo: Option<Halo>,
}

impl Text<'_> {
    /// Each part with how far right of the place it begins, in points.
    #[must_use]
    pub fn laid(&self) -> Vec<(&Part<'_>, f64)> {
        let width = |part: &Part<'_>| metrics::width(part.text, part.face, self.size);
        let gaps = GAP * self.parts.len().saturating_sub(1) as f64;
        let whole = gaps + self.parts.iter().map(width).sum::<f64>();
        let mut x = match self.anchor {
            Anchor::Left => 0.0,
            Anchor::Middle => -whole / 2.0,
            Anchor::Right => -whole,
        };
        let begins = |part| {
            let at = x;
            x += width(part) + GAP;
            (part, at)
        };
        self.parts.iter().map(begins).collect()
    }

    /// The outline of each part where it stands, y downwards, with its colour.
    #[must_use]
    pub fn outlines(&self) -> Vec<(BezPath, Rgb)> {
        let place = Affine::translate((self.at[0], self.at[1])) * Affine::rotate(-self.angle);
        let outline = |(part, x): (&Part<'_>, f64)| {
            let outline = metrics::outline(part.text, part.face, self.size);
            (place * Affine::translate((x, 0.0)) * outline, part.rgb)
        };
        self.laid().into_iter().map(outline).collect()
    }
}

/// Between the parts of a text, in points.
pub const GAP: f64 = 7.0;

/// A piece of a text in one weight and one colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part<'a> {
    /// The words.
    pub text: &'a str,
    /// Their weight.
    pub face: Face,
    /// Their colour.
    pub rgb: Rgb,
}

/// An edge around letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Halo {
    /// Its colour.
    pub colour: Colour,
    /// How far it reaches beyond the letters, in points.
    pub reach: f64,
}
