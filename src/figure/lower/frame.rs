//! From data coordinates to points of the sheet or the screen, and back.

use kurbo::{Affine, Rect};

use crate::figure::{AxisScale, Pane, clip};
use crate::problem::grid::Window;

/// Where a plot's data lie: a rectangle and the range of either axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// The plot, in points.
    pub place: Rect,
    x: Ruler,
    y: Ruler,
}

/// One direction: evenly divided places, and the points where they begin and end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ruler {
    scale: AxisScale,
    places: [f64; 2],
    ends: [f64; 2],
}

impl Ruler {
    fn new(scale: AxisScale, range: [f64; 2], ends: [f64; 2]) -> Self {
        Self { scale, places: range.map(|end| scale.project(end)), ends }
    }

    fn point(&self, value: f64) -> f64 {
        let part = (self.scale.project(value) - self.places[0]) / (self.places[1] - self.places[0]);
        self.ends[0] + part * (self.ends[1] - self.ends[0])
    }

    /// Points a unit, and the point of zero, of an even scale.
    fn even(&self) -> Option<[f64; 2]> {
        let unit = (self.ends[1] - self.ends[0]) / (self.places[1] - self.places[0]);
        let zero = self.ends[0] - unit * self.places[0];
        (self.scale == AxisScale::Linear && zero.is_finite()).then_some([unit, zero])
    }

    fn value(&self, point: f64) -> f64 {
        let part = (point - self.ends[0]) / (self.ends[1] - self.ends[0]);
        self.scale.unproject(self.places[0] + part * (self.places[1] - self.places[0]))
    }
}

impl Frame {
    /// The frame of `pane` in `place`.
    #[must_use]
    pub fn of(pane: &Pane, place: Rect) -> Self {
        Self {
            place,
            x: Ruler::new(pane.x.scale, pane.x.range, [place.x0, place.x1]),
            y: Ruler::new(pane.y.scale, pane.y.range, [place.y1, place.y0]),
        }
    }

    /// The frame of a window with even scales in `place`.
    #[must_use]
    pub fn of_window(window: Window, place: Rect) -> Self {
        let even = AxisScale::Linear;
        Self {
            place,
            x: Ruler::new(even, window.x, [place.x0, place.x1]),
            y: Ruler::new(even, window.y, [place.y1, place.y0]),
        }
    }

    /// Where data lie, in points: it may be anywhere, or no number at all.
    #[must_use]
    pub fn exact(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.x.point(x), self.y.point(y)]
    }

    /// From data to points as one map, where both scales are even.
    #[must_use]
    pub fn map(&self) -> Option<Affine> {
        let [x, y] = [self.x.even()?, self.y.even()?];
        Some(Affine::new([x[0], 0.0, 0.0, y[0], x[1], y[1]]))
    }

    /// Where data lie, in points, if that is near enough to the plot to matter.
    #[must_use]
    pub fn near(&self, data: [f64; 2]) -> Option<[f64; 2]> {
        let at = self.exact(data);
        self.around().contains(at).then_some(at)
    }

    /// The data at a point.
    #[must_use]
    pub fn data(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.x.value(x), self.y.value(y)]
    }

    /// A line through data as pieces in points, cut some way outside of the plot: a diverging run goes further than
    /// the numbers of a screen.
    #[must_use]
    pub fn pieces(&self, data: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
        let around = self.around();
        let line: Vec<_> = data.iter().map(|&at| self.exact(at)).collect();
        // Nearly all lines of a map.
        if line.len() > 1 && line.iter().all(|&at| around.contains(at)) {
            return vec![line];
        }
        clip::path(around, line)
    }

    /// The corners, in points, of the part of a filled outline that is not far outside of the plot.
    #[must_use]
    pub fn area(&self, data: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let corners: Vec<_> = data.iter().map(|&at| self.exact(at)).collect();
        clip::area(self.around(), &corners)
    }

    fn around(&self) -> Window {
        let Rect { x0, y0, x1, y1 } = self.place;
        Window::new([x0 - FAR, x1 + FAR], [y0 - FAR, y1 + FAR])
    }
}

/// How far outside of the plot lines are still followed, in points: further than any pen is wide.
const FAR: f64 = 64.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        let window = Window::new([0.0, 2.0], [0.0, 1.0]);
        Frame::of_window(window, Rect::new(100.0, 100.0, 300.0, 200.0))
    }

    #[test]
    fn data_go_to_points_and_back() {
        assert_eq!(frame().near([1.0, 0.25]), Some([200.0, 175.0]));
        assert_eq!(frame().data([200.0, 175.0]), [1.0, 0.25]);
    }

    #[test]
    fn a_line_that_leaves_for_ever_is_cut_and_one_that_comes_back_goes_on() {
        let line = [[1.0, 0.5], [1.5, 0.5], [1e80, 1e90], [f64::NAN, 0.0], [0.5, 0.5], [0.2, 0.2]];
        let pieces = frame().pieces(&line);
        assert_eq!(pieces.len(), 2);
        assert!(pieces.iter().flatten().all(|&at| frame().around().contains(at)));
        let out_and_in = [[1.0, 0.5], [9.0, 0.5], [1.0, 0.4]];
        assert_eq!(frame().pieces(&out_and_in).len(), 2);
    }

    #[test]
    fn even_scales_are_one_map() {
        let at = frame().map().unwrap() * kurbo::Point::new(1.0, 0.25);
        assert_eq!(at, kurbo::Point::new(200.0, 175.0));
    }

    #[test]
    fn a_line_inside_is_one_piece() {
        let line = [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]];
        assert_eq!(frame().pieces(&line)[0].len(), 3);
    }
}
