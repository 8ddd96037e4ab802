//! Changes points by hand: when it begins and ends, and what an edit makes of the scene.

use egui::Context;

use super::editing::Editing;
use super::toasts::Tone;
use super::view::Details;
use super::{App, layout};
use crate::figure::palette::Audience;
use crate::problem::datasets::OWN_ID;
use crate::problem::points::Edit;
use crate::scene::Subject;

impl App {
    /// Whether points are changed by hand.
    #[must_use]
    pub fn editing(&self) -> Option<&Editing> {
        self.view.editing.as_ref()
    }

    /// Begins to change points by hand, or ends it.
    pub(super) fn toggle_points(&mut self) {
        if self.view.editing.take().is_some() {
            return;
        }
        if self.view.audience == Audience::Room {
            self.toasts.say(Tone::Bad, "points are changed at the desk; P ends presenting");
            return;
        }
        match self.scene.points() {
            Ok(points) => {
                self.view.editing = Some(Editing::of(&points));
                // The data have to be there to be changed.
                self.view.details = Details::Shown;
            }
            Err(why) => self.toasts.say(Tone::Bad, why.to_string()),
        }
    }

    /// Ends changing points where there are none any more.
    pub(super) fn follow_points(&mut self, ctx: &Context) {
        let Some(editing) = &mut self.view.editing else { return };
        match self.scene.points() {
            Ok(points) => editing.follow(&points),
            Err(_) => self.view.editing = None,
        }
        let has_no_place = self.view.details == Details::Hidden
            || (self.view.details == Details::WhenRoom
                && !layout::has_room(ctx.content_rect().width()));
        if has_no_place || self.view.audience == Audience::Room {
            self.view.editing = None;
        }
    }

    /// Changes a point; the first change makes drawn data points of one's own.
    pub(super) fn edit_points(&mut self, edit: Edit) {
        let Ok(points) = self.scene.points() else { return };
        let next = match points.edited(edit) {
            Ok(next) => next,
            Err(why) => {
                self.toasts.say(Tone::Bad, why.to_string());
                return;
            }
        };
        let was_drawn = match &self.scene.subject {
            Subject::Fit(fit) => fit.data.id() != OWN_ID,
            Subject::Formula(_) => false,
        };
        self.scene = self.scene.with_points(&next);
        if was_drawn {
            self.toasts.say(
                Tone::Good,
                "These are points of your own now: the seed draws them no longer; Ctrl Z goes back",
            );
        }
        if let Some(editing) = &mut self.view.editing {
            match edit {
                Edit::Add(..) => editing.picked = Some(next.places.len() - 1),
                Edit::Move(k, _) | Edit::Label(k, _) => editing.picked = Some(k),
                Edit::Remove(_) => editing.picked = None,
            }
        }
    }
}
