//! The marks of a plot, in order.

use std::sync::Arc;

use kurbo::Rect;

use super::Lowering;
use super::dots::Dots;
use super::frame::Frame;
use super::text::Words;
use crate::analysis::relief::Relief;
use crate::figure::painter::{Lines, Outline, Scope, Stroke};
use crate::figure::{Mark, Pen, Points};
use crate::problem::grid::Window;

impl Lowering<'_> {
    /// Paints marks over what is there, clipped to the plot.
    ///
    /// Lines of one pen that follow each other lie in one casing: a route that crosses itself would otherwise cut
    /// through itself with the casing of its later pieces.
    pub(super) fn marks(&mut self, frame: &Frame, marks: &[Mark]) {
        self.painter.enter(Scope::Clip(frame.place));
        let mut rest = marks;
        while let [mark, others @ ..] = rest {
            rest = match mark {
                Mark::Path { pen, .. } => {
                    let (lines, others) = rest.split_at(of_one_pen(rest, *pen));
                    self.lines(frame, lines, *pen);
                    others
                }
                Mark::Terrain { .. }
                | Mark::Surface(_)
                | Mark::Region { .. }
                | Mark::Band { .. }
                | Mark::Arrow { .. }
                | Mark::Dots { .. }
                | Mark::Label { .. } => {
                    self.mark(frame, mark);
                    others
                }
            };
        }
        self.painter.leave();
    }

    fn lines(&mut self, frame: &Frame, lines: &[Mark], pen: Pen) {
        let points: Vec<Points> = lines.iter().filter_map(points).collect();
        let strokes = self.strokes(pen);
        let is_long = points.iter().map(|line| line.len()).sum::<usize>() >= LONG;
        if let Some(onto) = frame.map().filter(|_| is_long) {
            let lines = Lines { points, onto, within: frame.place, strokes };
            if !self.painter.again(&lines) {
                self.pieces(frame, &lines.points, &lines.strokes);
                self.painter.keep();
            }
        } else {
            self.pieces(frame, &points, &strokes);
        }
    }

    /// Paints lines with one stroke over the other, cut some way outside of the plot.
    fn pieces(&mut self, frame: &Frame, lines: &[Points], strokes: &[Stroke]) {
        let pieces: Vec<_> = lines.iter().flat_map(|line| frame.pieces(line)).collect();
        for stroke in strokes {
            self.along(&pieces, stroke);
        }
    }

    fn mark(&mut self, frame: &Frame, mark: &Mark) {
        match mark {
            Mark::Terrain { window, relief } => self.terrain(frame, *window, relief),
            Mark::Surface(surface) => {
                if let Some(onto) = frame.map() {
                    self.painter.surface(surface, self.theme, onto);
                }
            }
            Mark::Region { outline, ink, strength } => {
                let corners = frame.area(outline);
                if corners.len() > 2 {
                    let colour = self.colour(*ink, *strength);
                    self.painter.fill(&[Outline::Polygon(&corners)], colour);
                }
            }
            Mark::Path { pen, .. } => self.lines(frame, std::slice::from_ref(mark), *pen),
            Mark::Band { columns, ink, strength } => self.band(frame, columns, *ink, *strength),
            Mark::Arrow { from, to, pen } => self.arrow(frame, *from, *to, *pen),
            Mark::Dots { points, shape, ink, size, strength } => {
                let points: Vec<_> = points.iter().filter_map(|&at| frame.near(at)).collect();
                let size = f64::from(*size);
                if !points.is_empty() {
                    self.dots(
                        &points,
                        Dots { shape: *shape, ink: *ink, size, strength: *strength },
                    );
                }
            }
            Mark::Label { at, offset, text, ink, size, anchor, angle } => {
                if let Some([x, y]) = frame.near(*at) {
                    let at = [x + f64::from(offset[0]), y + f64::from(offset[1])];
                    let words = Words::new(at, text, *ink, f64::from(*size), *anchor);
                    self.words(&Words { angle: f64::from(*angle), halo: true, ..words });
                }
            }
        }
    }

    fn terrain(&mut self, frame: &Frame, window: Window, relief: &Arc<Relief>) {
        // The outermost pixels are centred on the edges of the window, so the picture is half a pixel larger.
        let counts = [relief.columns, relief.rows].map(|count| (count.max(2) - 1) as f64);
        if frame.map().is_none() {
            // Pixels of an uneven scale are even in points.
            let [x0, y1] = frame.exact([window.x[0], window.y[0]]);
            let [x1, y0] = frame.exact([window.x[1], window.y[1]]);
            let half = [(x1 - x0) / counts[0] / 2.0, (y1 - y0) / counts[1] / 2.0];
            let place = Rect::new(x0 - half[0], y0 - half[1], x1 + half[0], y1 + half[1]);
            if place.is_finite() {
                self.painter.image(relief, self.theme, place);
            }
            return;
        }
        let [width, height] = window.span();
        let half = [width / counts[0] / 2.0, height / counts[1] / 2.0];
        let [left, top] = frame.exact([window.x[0] - half[0], window.y[1] + half[1]]);
        let [right, bottom] = frame.exact([window.x[1] + half[0], window.y[0] - half[1]]);
        let place = Rect::new(left, top, right, bottom);
        if place.is_finite() {
            self.painter.image(relief, self.theme, place);
        }
    }
}

/// Lines with so many points together are worth being kept by a painter of frames.
const LONG: usize = 32;

/// The points of a line.
fn points(mark: &Mark) -> Option<Points> {
    match mark {
        Mark::Path { points, .. } => Some(Arc::clone(points)),
        Mark::Terrain { .. }
        | Mark::Surface(_)
        | Mark::Region { .. }
        | Mark::Band { .. }
        | Mark::Arrow { .. }
        | Mark::Dots { .. }
        | Mark::Label { .. } => None,
    }
}

/// How many of the first marks are lines of this pen.
fn of_one_pen(marks: &[Mark], of: Pen) -> usize {
    marks.iter().take_while(|mark| matches!(mark, Mark::Path { pen, .. } if *pen == of)).count()
}
