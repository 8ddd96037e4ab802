//! Bands: what a line too dense to follow covers.

use kurbo::Rect;

use super::Lowering;
use super::frame::Frame;
use crate::figure::Ink;
use crate::figure::painter::Outline;

/// A band is no thinner than this, in points.
const THINNEST: f64 = 1.0;

impl Lowering<'_> {
    /// Paints columns as boxes that touch at whole points: where edges of covering colour met within a pixel, there would
    /// be a seam. Columns that share a point share its box.
    pub(super) fn band(&mut self, frame: &Frame, columns: &[[f64; 4]], ink: Ink, strength: f32) {
        let Rect { y0, y1, .. } = frame.place;
        let mut boxes: Vec<Rect> = Vec::new();
        for &[left, right, low, high] in columns {
            let [left, bottom] = frame.exact([left, low]);
            let [right, top] = frame.exact([right, high]);
            let (left, right) = (left.round(), right.round());
            let top = if top.is_nan() { y0 } else { top.clamp(y0, y1) };
            let bottom = if bottom.is_nan() { y1 } else { bottom.clamp(y0, y1) };
            let thin = (THINNEST - (bottom - top)).max(0.0) / 2.0;
            let column = Rect::new(left, top - thin, right, bottom + thin);
            if !column.is_finite() {
                continue;
            }
            let end = boxes.last().map_or(f64::NEG_INFINITY, |last| last.x1);
            match boxes.last_mut() {
                Some(last) if right <= end => *last = last.union(column),
                Some(_) | None => boxes.push(Rect { x0: left.max(end), ..column }),
            }
        }
        boxes.retain(|column| column.width() > 0.0);
        let outlines: Vec<_> = boxes.iter().map(|&column| Outline::Box(column)).collect();
        if !outlines.is_empty() {
            self.painter.fill(&outlines, self.colour(ink, strength));
        }
    }
}
