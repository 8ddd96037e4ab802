//! The marks of a plot, in order.

use std::sync::Arc;

use kurbo::Rect;

use super::Lowering;
use super::dots::Dots;
use super::frame::Frame;
use super::text::Words;
use crate::analysis::relief::Relief;
use crate::figure::painter::{Outline, Scope};
use crate::figure::{Mark, Pen};
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
        let pieces: Vec<_> = lines
            .iter()
            .flat_map(|line| match line {
                Mark::Path { points, .. } => frame.pieces(points),
                Mark::Terrain { .. }
                | Mark::Region { .. }
                | Mark::Band { .. }
                | Mark::Arrow { .. }
                | Mark::Dots { .. }
                | Mark::Label { .. } => Vec::new(),
            })
            .collect();
        if pen.cased {
            self.casing(&pieces, pen);
        }
        self.line(&pieces, pen);
    }

    fn mark(&mut self, frame: &Frame, mark: &Mark) {
        match mark {
            Mark::Terrain { window, relief } => self.terrain(frame, *window, relief),
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
        let [width, height] = window.span();
        let half = [
            width / (relief.columns.max(2) - 1) as f64 / 2.0,
            height / (relief.rows.max(2) - 1) as f64 / 2.0,
        ];
        let [left, top] = frame.exact([window.x[0] - half[0], window.y[1] + half[1]]);
        let [right, bottom] = frame.exact([window.x[1] + half[0], window.y[0] - half[1]]);
        let place = Rect::new(left, top, right, bottom);
        if place.is_finite() {
            self.painter.image(relief, self.theme, place);
        }
    }
}

/// How many of the first marks are lines of this pen.
fn of_one_pen(marks: &[Mark], of: Pen) -> usize {
    marks.iter().take_while(|mark| matches!(mark, Mark::Path { pen, .. } if *pen == of)).count()
}
