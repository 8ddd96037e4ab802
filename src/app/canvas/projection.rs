//! From data coordinates to the screen, and back.

use egui::{Pos2, Rect};

use crate::figure::Pane;
use crate::figure::lower::frame::Frame;

/// Where a pane's data lie on screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    /// The plot's frame.
    pub frame: Rect,
    points: Frame,
}

impl Projection {
    /// The projection of `pane` into `frame`.
    #[must_use]
    pub fn of(pane: &Pane, frame: Rect) -> Self {
        Self { frame, points: Frame::of(pane, rectangle(frame)) }
    }

    /// The place on screen, if it is near enough to the frame to matter.
    #[must_use]
    pub fn screen(&self, at_data: [f64; 2]) -> Option<Pos2> {
        let [x, y] = self.points.near(at_data)?;
        #[expect(clippy::cast_possible_truncation, reason = "what is far off is left out")]
        let at = Pos2::new(x as f32, y as f32);
        Some(at)
    }

    /// The data under a place on screen.
    #[must_use]
    pub fn data(&self, at_screen: Pos2) -> [f64; 2] {
        self.points.data([at_screen.x, at_screen.y].map(f64::from))
    }
}

/// A rectangle of the screen in the coordinates of figures.
#[must_use]
pub fn rectangle(place: Rect) -> kurbo::Rect {
    let [left, top, right, bottom] =
        [place.left(), place.top(), place.right(), place.bottom()].map(f64::from);
    kurbo::Rect::new(left, top, right, bottom)
}

/// A rectangle in the coordinates of figures on the screen.
#[must_use]
pub fn on_screen(place: kurbo::Rect) -> Rect {
    #[expect(clippy::cast_possible_truncation, reason = "places of a screen")]
    let [left, top, right, bottom] = [place.x0, place.y0, place.x1, place.y1].map(|x| x as f32);
    Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, bottom))
}
