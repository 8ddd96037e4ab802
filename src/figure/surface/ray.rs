//! Rays over a surface: what hides a place from the viewer, and what the viewer sees at a place of the picture.
//!
//! A surface of triangles is highest above a ray where the ray crosses an edge of one, so that the crossings decide, and
//! nothing between them.

use std::ops::ControlFlow;

use super::Surface;

/// A height that is less than this part of the relief above a ray does not hide it: a line on the surface is not hidden by
/// rounding, nor by the very triangle that it lies on.
const GRAZING: f64 = 2e-3;

/// The crossings of a line with the edges of a grid of triangles of unit cells, in order.
struct Crossings {
    /// For each family of edges: the next crossing, and how much later every other is.
    next: [(f64, f64); 3],
}

impl Crossings {
    fn new(from: [f64; 2], way: [f64; 2]) -> Self {
        let family = |at: f64, rate: f64| {
            if rate.abs() < f64::MIN_POSITIVE {
                return (f64::INFINITY, f64::INFINITY);
            }
            let edge = if rate > 0.0 { at.floor() + 1.0 } else { at.ceil() - 1.0 };
            ((edge - at) / rate, 1.0 / rate.abs())
        };
        let next = [
            family(from[0], way[0]),
            family(from[1], way[1]),
            family(from[0] - from[1], way[0] - way[1]),
        ];
        Self { next }
    }

    fn step(&mut self) -> f64 {
        let [a, b, c] = self.next.map(|(next, _)| next);
        let first = if a <= b && a <= c {
            0
        } else if b <= c {
            1
        } else {
            2
        };
        let at = self.next[first].0;
        self.next[first].0 += self.next[first].1;
        at
    }
}

impl Surface {
    /// Goes along a line over the ground, given in cells, from edge to edge until `end`, and says where each is.
    fn along<T>(
        &self,
        from: [f64; 2],
        way: [f64; 2],
        end: f64,
        mut visit: impl FnMut(f64, [f64; 2]) -> ControlFlow<T>,
    ) -> Option<T> {
        let mut crossings = Crossings::new(from, way);
        loop {
            let t = crossings.step();
            let last = t.is_nan() || end.is_nan() || t >= end;
            let t = if last { end } else { t };
            let at = [from[0] + t * way[0], from[1] + t * way[1]];
            if let ControlFlow::Break(found) = visit(t, at) {
                return Some(found);
            }
            if last {
                return None;
            }
        }
    }

    /// Whether something of the surface stands between a place and the viewer.
    #[must_use]
    pub fn hides(&self, [x, y, z]: [f64; 3]) -> bool {
        let [a, b, up] = self.camera.to_viewer();
        let from = self.cells_from([x, y]);
        let way = self.cells_along([a, b]);
        let end = (self.highest - z) / up;
        if end <= 0.0 {
            return false;
        }
        // Beyond the edge there is nothing any more.
        let end = (0..2).fold(end, |end, k| {
            if way[k] == 0.0 {
                return end;
            }
            let beyond = if way[k] > 0.0 { self.cells[k] as f64 } else { 0.0 };
            end.min((beyond - from[k]) / way[k])
        });
        if end < 0.0 {
            return false;
        }
        let grazing = GRAZING * self.rise;
        let hidden = self.along(from, way, end, |t, at| {
            let ray = z + t * up + grazing;
            // Most of the surface is far below.
            if self.ceiling(at) <= ray {
                return ControlFlow::Continue(());
            }
            match self.height_in_cells(at) {
                Some(height) if height > ray => ControlFlow::Break(()),
                Some(_) | None => ControlFlow::Continue(()),
            }
        });
        hidden.is_some()
    }

    /// The place of the ground whose surface is seen at a place of the plane; none beside it, and none on its sides.
    #[must_use]
    pub fn seen_at(&self, place: [f64; 2]) -> Option<[f64; 2]> {
        let top = self.highest + GRAZING * self.rise;
        let [a, b, up] = self.camera.to_viewer();
        let start = self.camera.at_height(place, top);
        let (from, way) = (self.cells_from(start), self.cells_along([-a, -b]));
        // How far above the surface the ray was before, and where.
        let mut before = self.height_in_cells(from).map(|height| (0.0, top - height));
        let found = self.along(from, way, top / up, |t, at| {
            let Some(height) = self.height_in_cells(at) else {
                before = None;
                return ControlFlow::Continue(());
            };
            let above = top - t * up - height;
            match before.replace((t, above)) {
                Some((earlier, was)) if above <= 0.0 => {
                    ControlFlow::Break(Some(earlier + (t - earlier) * was / (was - above)))
                }
                // It comes through the side of the block.
                None if above < 0.0 => ControlFlow::Break(None),
                Some(_) | None => ControlFlow::Continue(()),
            }
        });
        let t = match found {
            Some(t) => t?,
            // Seen down to the ground: there is a hole, or the surface itself lies there.
            None => top / up,
        };
        let at = [start[0] - t * a, start[1] - t * b];
        self.window.contains(at).then_some(at)
    }
}
