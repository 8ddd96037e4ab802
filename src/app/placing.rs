//! Where the parts of the window go, with the page of a lesson among them.

use egui::Rect;

use super::App;
use super::layout::{self, Layout};
use super::view::{Details, View};
use crate::figure::palette::Audience;
use crate::figure::picture::{Future, Look, Picture, Sight};
use crate::optim::moment::Moment;

impl App {
    /// How many runs are on the maps: those that are shown, or those that are asked for while none are.
    fn runs_shown(&self) -> usize {
        let look = Look {
            at: Moment::Step(0),
            window: self.scene.shown_window(),
            against: self.view.against,
            gauge: self.scene.shown_measure(),
            points_per_unit: 1.0,
            charts: self.view.charts,
            lens: Sight::Hidden,
            lit: None,
            future: Future::Shown,
            story: None,
            pulls: false,
        };
        Picture::of(&self.scene, &self.engine, look).runs().len()
    }

    /// Where everything goes: the page of a lesson stands where the controls do, and before a room beside the maps.
    pub(super) fn laid_out(&self, window: Rect) -> Layout {
        let View { maps, details, audience, .. } = self.view;
        let runs = self.runs_shown();
        let beside = self.teaching.as_ref().and_then(|it| it.page()?.beside);
        let of = |window, details| layout::of(window, maps, runs, details, audience, beside);
        if self.teaching.is_none() {
            return of(window, details);
        }
        let (least, most) = COLUMN;
        let column = (PART * window.width()).clamp(least.min(0.45 * window.width()), most);
        let edge = window.left() + column;
        if audience == Audience::Room {
            let (left, rest) = window.split_left_right_at_x(edge);
            let mut layout = of(rest, details);
            // Beside a page there is no room for all of the bar and of the timeline.
            (layout.bar.min.x, layout.timeline.min.x) = (window.left(), window.left());
            let place = left.with_min_y(layout.bar.bottom()).with_max_y(layout.timeline.top());
            return Layout { controls: Some(place), ..layout };
        }
        // What the page has more than the controls is taken off the rest.
        let narrower =
            |more: f32| Rect::from_min_max(window.min + egui::vec2(more, 0.0), window.max);
        let own = of(window, Details::Hidden).controls.map_or(0.0, |controls| controls.width());
        let more = (column - own).max(0.0);
        let with = |details| of(narrower(more), details);
        let mut layout = with(details);
        if layout.controls.is_none() {
            layout = with(Details::Hidden);
        }
        layout.bar.min.x = window.left();
        if let Some(controls) = &mut layout.controls {
            controls.min.x = window.left();
        }
        layout
    }
}

/// The part of the window's width that a page takes, and the least and the most of it in points.
const PART: f32 = 0.28;
const COLUMN: (f32, f32) = (236.0, 460.0);
