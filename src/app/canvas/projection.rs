//! From data coordinates to the screen, and back.

use egui::{Pos2, Rect};

use crate::figure::{AxisScale, Pane};
use crate::problem::grid::Window;

/// Where a pane's data lie on screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    /// The plot's frame.
    pub frame: Rect,
    x: Ruler,
    y: Ruler,
}

/// One direction: evenly divided places, and where they begin and end on screen.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ruler {
    scale: AxisScale,
    places: [f64; 2],
    screen: [f64; 2],
}

impl Ruler {
    fn new(scale: AxisScale, range: [f64; 2], screen: [f32; 2]) -> Self {
        Self { scale, places: range.map(|end| scale.project(end)), screen: screen.map(f64::from) }
    }

    fn screen(&self, value: f64) -> f64 {
        let part = (self.scale.project(value) - self.places[0]) / (self.places[1] - self.places[0]);
        self.screen[0] + part * (self.screen[1] - self.screen[0])
    }

    fn value(&self, screen: f64) -> f64 {
        let part = (screen - self.screen[0]) / (self.screen[1] - self.screen[0]);
        self.scale.unproject(self.places[0] + part * (self.places[1] - self.places[0]))
    }
}

impl Projection {
    /// The projection of `pane` into `frame`.
    #[must_use]
    pub fn of(pane: &Pane, frame: Rect) -> Self {
        Self {
            frame,
            x: Ruler::new(pane.x.scale, pane.x.range, [frame.left(), frame.right()]),
            y: Ruler::new(pane.y.scale, pane.y.range, [frame.bottom(), frame.top()]),
        }
    }

    /// The projection of a window with even scales into `frame`.
    #[must_use]
    pub fn of_window(window: Window, frame: Rect) -> Self {
        let even = AxisScale::Linear;
        Self {
            frame,
            x: Ruler::new(even, window.x, [frame.left(), frame.right()]),
            y: Ruler::new(even, window.y, [frame.bottom(), frame.top()]),
        }
    }

    /// The place on screen, which may be anywhere, or no number at all.
    #[must_use]
    pub fn exact(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.x.screen(x), self.y.screen(y)]
    }

    /// The place on screen, if it is near enough to the frame to matter.
    #[must_use]
    pub fn screen(&self, at_data: [f64; 2]) -> Option<Pos2> {
        let at = self.exact(at_data);
        let close = self.frame.expand(FAR);
        let at = to_pos(at);
        close.contains(at).then_some(at)
    }

    /// The data under a place on screen.
    #[must_use]
    pub fn data(&self, at_screen: Pos2) -> [f64; 2] {
        [self.x.value(f64::from(at_screen.x)), self.y.value(f64::from(at_screen.y))]
    }

    /// A line through data as pieces on screen, cut where it leaves the frame for good: a diverging run goes
    /// further than the numbers of a screen.
    #[must_use]
    pub fn pieces(&self, points: &[[f64; 2]]) -> Vec<Vec<Pos2>> {
        let close = self.frame.expand(FAR);
        let mut pieces: Vec<Vec<Pos2>> = Vec::new();
        let mut last: Option<[f64; 2]> = None;
        let mut open = false;
        for &point in points {
            let at = self.exact(point);
            if !at.iter().all(|place| place.is_finite()) {
                (last, open) = (None, false);
                continue;
            }
            let Some(from) = last.replace(at) else { continue };
            let Some(Part { from: a, to: b, ends }) = clip(from, at, close) else {
                open = false;
                continue;
            };
            match pieces.last_mut().filter(|_| open) {
                Some(piece) => piece.push(to_pos(b)),
                None => pieces.push(vec![to_pos(a), to_pos(b)]),
            }
            open = ends;
        }
        pieces
    }
}

/// How far outside of the frame lines are still followed, in points: further than any pen is wide.
const FAR: f32 = 64.0;

#[expect(clippy::cast_possible_truncation, reason = "what is far off is cut away")]
fn to_pos([x, y]: [f64; 2]) -> Pos2 {
    Pos2::new(x as f32, y as f32)
}

/// The part of a segment that is inside a rectangle.
struct Part {
    from: [f64; 2],
    to: [f64; 2],
    /// Whether the segment ends in there.
    ends: bool,
}

/// The part of a segment inside a rectangle (Liang and Barsky 1984).
fn clip(a: [f64; 2], b: [f64; 2], rect: Rect) -> Option<Part> {
    let low = [f64::from(rect.left()), f64::from(rect.top())];
    let high = [f64::from(rect.right()), f64::from(rect.bottom())];
    let inside = |at: [f64; 2]| (0..2).all(|k| low[k] <= at[k] && at[k] <= high[k]);
    // Nearly all segments; what follows would come to the same.
    if inside(a) && inside(b) {
        return Some(Part { from: a, to: b, ends: true });
    }
    let (mut enter, mut leave) = (0.0, 1.0);
    for k in 0..2 {
        let way = b[k] - a[k];
        for (toward, room) in [(-way, a[k] - low[k]), (way, high[k] - a[k])] {
            if toward == 0.0 && room < 0.0 {
                return None;
            }
            let part: f64 = room / toward;
            if toward < 0.0 {
                enter = f64::max(enter, part);
            } else if toward > 0.0 {
                leave = f64::min(leave, part);
            }
        }
    }
    if enter > leave {
        return None;
    }
    let at = |part: f64| [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
    let ends = leave >= 1.0;
    let from = if enter <= 0.0 { a } else { at(enter) };
    Some(Part { from, to: if ends { b } else { at(leave) }, ends })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn projection() -> Projection {
        let frame = Rect::from_min_max(pos2(100.0, 100.0), pos2(300.0, 200.0));
        Projection::of_window(Window::new([0.0, 2.0], [0.0, 1.0]), frame)
    }

    #[test]
    fn data_go_to_the_screen_and_back() {
        assert_eq!(projection().screen([1.0, 0.25]), Some(pos2(200.0, 175.0)));
        assert_eq!(projection().data(pos2(200.0, 175.0)), [1.0, 0.25]);
    }

    #[test]
    fn a_line_that_leaves_for_ever_is_cut_and_one_that_comes_back_goes_on() {
        let line = [[1.0, 0.5], [1.5, 0.5], [1e80, 1e90], [f64::NAN, 0.0], [0.5, 0.5], [0.2, 0.2]];
        let pieces = projection().pieces(&line);
        assert_eq!(pieces.len(), 2);
        assert!(pieces.iter().flatten().all(|at| projection().frame.expand(65.0).contains(*at)));
        let out_and_in = [[1.0, 0.5], [9.0, 0.5], [1.0, 0.4]];
        assert_eq!(projection().pieces(&out_and_in).len(), 2);
    }

    #[test]
    fn a_line_inside_is_one_piece() {
        let line = [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]];
        assert_eq!(projection().pieces(&line)[0].len(), 3);
    }
}
