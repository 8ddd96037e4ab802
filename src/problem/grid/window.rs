//! A rectangle of the plane that is looked at, and which rectangles can be.
//!
//! ```text
//! span ≥ 2⁻⁴⁰ · largest edge     or two pixels would have the same coordinates
//! 1e-150 ≤ span,  edges ≤ 1e150  or squares of distances would leave f64
//! ```
//!
//! [`Window::checked`] refuses the others, for what is typed; [`Window::showing`] takes the nearest that can be looked
//! at, for what is computed, as the surroundings of a path that hardly moves, or of one that diverges.

use crate::typed::spelled;

/// A rectangle of the plane that is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Left and right edge.
    pub x: [f64; 2],
    /// Lower and upper edge.
    pub y: [f64; 2],
}

/// Why a rectangle cannot be looked at.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BadWindow {
    /// An edge is no number, or too far away.
    #[error("an edge of the window is {0:e}, and edges lie between -1e150 and 1e150")]
    Far(f64),
    /// Edges are the wrong way round, or equal.
    #[error(
        "the window from {} to {} has no room; say the smaller edge first",
        spelled(*.0),
        spelled(*.1)
    )]
    Empty(f64, f64),
    /// Pixels could not be told apart.
    #[error(
        "the window from {} to {} is too narrow for numbers to tell its pixels apart; make it wider",
        spelled(*.0),
        spelled(*.1)
    )]
    Narrow(f64, f64),
}

/// How far an edge may be from zero. The square of a distance in the window is then still a number, at either end.
const FARTHEST: f64 = 1e150;

/// The least width or height beside the largest coordinate, 2⁻⁴⁰: each of a thousand pixels is four roundings wide.
/// Much less, and contours follow the rounding of coordinates; much more, and one could not zoom in on minima far away.
const FINEST: f64 = 1.0 / (1u64 << 40) as f64;

impl Window {
    /// The window between these edges, unchecked: for literals and for parts of a window that is known to be good.
    #[must_use]
    pub const fn new(x: [f64; 2], y: [f64; 2]) -> Self {
        Self { x, y }
    }

    /// The window between these edges, if it can be looked at.
    ///
    /// # Errors
    /// When an edge is not finite or too far away, edges are the wrong way round, or too close for pixels to be told
    /// apart.
    pub fn checked(x: [f64; 2], y: [f64; 2]) -> Result<Self, BadWindow> {
        for [low, high] in [x, y] {
            let is_far = |edge: &f64| !(-FARTHEST..=FARTHEST).contains(edge);
            if let Some(edge) = [low, high].into_iter().find(is_far) {
                return Err(BadWindow::Far(edge));
            }
            if low >= high {
                return Err(BadWindow::Empty(low, high));
            }
            if high - low < narrowest([low, high]) {
                return Err(BadWindow::Narrow(low, high));
            }
        }
        Ok(Self { x, y })
    }

    /// The window between these edges, or the nearest one that can be looked at.
    #[must_use]
    pub fn showing(x: [f64; 2], y: [f64; 2]) -> Self {
        Self::checked(x, y).unwrap_or_else(|_| Self { x: shown(x), y: shown(y) })
    }

    /// Width and height.
    #[must_use]
    pub fn span(self) -> [f64; 2] {
        [self.x[1] - self.x[0], self.y[1] - self.y[0]]
    }

    /// The middle point.
    #[must_use]
    pub fn centre(self) -> [f64; 2] {
        [f64::midpoint(self.x[0], self.x[1]), f64::midpoint(self.y[0], self.y[1])]
    }

    /// Whether `at` lies inside, edges included.
    #[must_use]
    pub fn contains(self, at: [f64; 2]) -> bool {
        self.x[0] <= at[0] && at[0] <= self.x[1] && self.y[0] <= at[1] && at[1] <= self.y[1]
    }

    /// The width / height of a frame in a place of this `aspect` that shows little more than this window: a plot is
    /// about its subject, and in a wide place it is smaller than the place rather than mostly of what lies beside.
    #[must_use]
    pub fn frame(self, aspect: f64) -> f64 {
        let [width, height] = Self::showing(self.x, self.y).span();
        let own = width / height;
        if aspect > 0.0 && own.is_finite() {
            aspect.clamp(own / BESIDE, own * BESIDE)
        } else {
            aspect
        }
    }

    /// The smallest window around this one with width / height = `aspect`; always one that can be looked at.
    ///
    /// Only where that would reach beyond the numbers, as a square around a line of length 1e150 at its end does, the
    /// aspect is another. An `aspect` that is not positive and finite changes nothing.
    #[must_use]
    pub fn widened_to(self, aspect: f64) -> Self {
        let good = Self::showing(self.x, self.y);
        if !(0.0 < aspect && aspect.is_finite()) {
            return good;
        }
        let [width, height] = good.span();
        let [cx, cy] = good.centre();
        let (width, height) = if width < aspect * height {
            (aspect * height, height)
        } else {
            (width, width / aspect)
        };
        Self::showing([cx - width / 2.0, cx + width / 2.0], [cy - height / 2.0, cy + height / 2.0])
    }
}

/// How much wider or higher than itself a window is shown, at most: the square maps of two runs on a usual screen are.
const BESIDE: f64 = 1.5;

/// The least span between edges of this size.
fn narrowest([low, high]: [f64; 2]) -> f64 {
    (FINEST * low.abs().max(high.abs())).max(1.0 / FARTHEST)
}

/// The nearest range that can be looked at; around zero where an edge is no number.
fn shown([a, b]: [f64; 2]) -> [f64; 2] {
    let (a, b) = match (a.is_nan(), b.is_nan()) {
        (false, false) => (a, b),
        (false, true) => (a, a),
        (true, false) => (b, b),
        (true, true) => (0.0, 0.0),
    };
    let [low, high] = [a.min(b), a.max(b)].map(|edge| edge.clamp(-FARTHEST, FARTHEST));
    let least = narrowest([low, high]);
    if high - low >= least {
        return [low, high];
    }
    // Twice the least, since the edges move away from the middle and the least grows with them.
    let middle = f64::midpoint(low, high).max(-FARTHEST + least).min(FARTHEST - least);
    [middle - least, middle + least]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_edge() -> impl Strategy<Value = f64> {
        prop_oneof![
            prop::num::f64::ANY,
            -1e3..1e3,
            Just(0.0),
            Just(f64::MAX),
            Just(1e150),
            Just(-1e150)
        ]
    }

    #[test]
    fn what_cannot_be_looked_at_is_refused_in_words() {
        let refused = |x| Window::checked(x, [0.0, 1.0]).unwrap_err().to_string();
        assert!(refused([-1e308, 1e308]).contains("between -1e150 and 1e150"));
        assert!(refused([0.0, f64::NAN]).contains("NaN"));
        assert!(refused([1.0, -1.0]).contains("smaller edge first"));
        assert!(refused([1.0, 1.0 + 1e-15]).contains("too narrow"));
        assert!(Window::checked([1.0, 1.0 + 1e-9], [-1e-9, 1e-9]).is_ok());
    }

    #[test]
    fn a_frame_in_a_wide_place_is_little_wider_than_its_window() {
        let square = Window::new([-1.0, 1.0], [0.0, 2.0]);
        assert!((square.frame(1.2) - 1.2).abs() < 1e-12);
        assert!((square.frame(3.0) - BESIDE).abs() < 1e-12);
        assert!((square.frame(0.1) - 1.0 / BESIDE).abs() < 1e-12);
        let [width, height] = square.widened_to(square.frame(3.0)).span();
        assert!((width - 2.0 * BESIDE).abs() < 1e-12 && (height - 2.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_looked_at(x in prop::array::uniform2(any_edge()), y in prop::array::uniform2(any_edge())) {
            let Window { x, y } = Window::showing(x, y);
            prop_assert!(Window::checked(x, y).is_ok(), "{:?} {:?}", x, y);
        }

        #[test]
        fn what_can_be_looked_at_is_shown_unchanged(x in -1e9f64..1e9, y in -1e9f64..1e9, width in 1e-2f64..1e9) {
            let window = Window::new([x, x + width], [y, y + 2.0 * width]);
            prop_assert_eq!(Window::showing(window.x, window.y), window);
        }

        #[test]
        fn a_widened_window_can_be_looked_at(x in prop::array::uniform2(any_edge()), y in prop::array::uniform2(any_edge()), aspect in any_edge()) {
            let Window { x, y } = Window::new(x, y).widened_to(aspect);
            prop_assert!(Window::checked(x, y).is_ok(), "{:?} {:?}", x, y);
        }

        #[test]
        fn a_widened_window_has_the_aspect_and_holds_the_old_one(x in -1e3f64..1e3, width in 1e-3f64..1e3, height in 1e-3f64..1e3, aspect in 0.1f64..10.0) {
            let window = Window::new([x, x + width], [-height, height]);
            let wide = window.widened_to(aspect);
            let [across, up] = wide.span();
            prop_assert!((across / up - aspect).abs() < 1e-6 * aspect);
            prop_assert!(across >= width * (1.0 - 1e-9) && up >= 2.0 * height * (1.0 - 1e-9));
        }
    }
}
