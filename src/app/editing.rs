//! Points changed by hand on the data view: which one is held, which class new ones have, and the part of the plane that
//! stays in sight meanwhile.

use egui::Context;

use super::App;
use super::layout;
use super::toasts::Tone;
use super::view::Details;
use crate::figure::palette::Audience;
use crate::problem::datasets::OWN_ID;
use crate::problem::grid::Window;
use crate::problem::points::{Edit, Points};
use crate::scene::Subject;

/// How points are changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Editing {
    /// What is in sight: it stays while points move, and grows only where one is outside.
    pub sight: Window,
    /// The point that keys act on.
    pub picked: Option<usize>,
    /// The class of points that are added.
    pub class: u8,
    /// The point that a drag holds.
    pub held: Option<usize>,
    /// Whether the data view is to take the keyboard.
    pub asks_keyboard: bool,
}

/// Room around the points, as a part of what they span: others can be added there.
const ROOM: f64 = 0.2;
/// What is in sight is told to so many parts of it: a place that is dragged to is a number one can say.
const PARTS: f64 = 1000.0;

impl Editing {
    /// Begins with these points.
    #[must_use]
    pub fn of(points: &Points) -> Self {
        Self { sight: sight(points), picked: None, class: 0, held: None, asks_keyboard: true }
    }

    /// Keeps all points in sight, and forgets one that is no longer there.
    pub fn follow(&mut self, points: &Points) {
        let count = points.places.len();
        self.picked = self.picked.filter(|picked| *picked < count);
        self.held = self.held.filter(|held| *held < count);
        let inside = |x: f64, [low, high]: [f64; 2]| low <= x && x <= high;
        let is_seen = |[x, y]: &[f64; 2]| inside(*x, self.sight.x) && inside(*y, self.sight.y);
        if self.held.is_none() && !points.places.iter().all(is_seen) {
            self.sight = sight(points);
        }
    }

    /// A place in sight, in as few digits as tell it there.
    #[must_use]
    pub fn tidy(&self, at: [f64; 2]) -> [f64; 2] {
        let round = |x: f64, [low, high]: [f64; 2]| {
            let step = 10f64.powf(((high - low) / PARTS).log10().floor());
            let whole = (x.clamp(low, high) / step).round();
            // Over a whole number no digit of a half step is left behind.
            if step < 1.0 { whole / (1.0 / step).round() } else { whole * step }
        };
        [round(at[0], self.sight.x), round(at[1], self.sight.y)]
    }
}

/// All points with some room.
fn sight(points: &Points) -> Window {
    let range = |axis: usize| {
        let all = points.places.iter().map(|at| at[axis]);
        let [low, high] = all
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [low.min(x), high.max(x)]);
        let room = if low < high { ROOM * (high - low) } else { 1.0 };
        [low - room, high + room]
    };
    Window::new(range(0), range(1))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_sight_stays_until_a_point_is_outside() {
        let mut points = Points { places: vec![[0.0, 0.0], [1.0, 2.0]], labels: None };
        let mut editing = Editing::of(&points);
        let before = editing.sight;
        points.places[1] = [1.1, 2.2];
        editing.follow(&points);
        assert_eq!(editing.sight, before);
        points.places[1] = [9.0, 2.0];
        editing.held = Some(1);
        editing.follow(&points);
        assert_eq!(editing.sight, before, "it does not run away from the hand");
        editing.held = None;
        editing.picked = Some(2);
        editing.follow(&points);
        assert!(editing.sight.x[1] > 9.0 && editing.picked.is_none());
    }

    #[test]
    fn a_place_is_a_number_one_can_say() {
        let points = Points { places: vec![[0.0, 0.0], [2.0, 400.0]], labels: None };
        let editing = Editing::of(&points);
        assert_eq!(editing.tidy([0.123_456, 123.456]), [0.123, 123.5]);
        assert_eq!(editing.tidy([1e9, -1e9]), [editing.sight.x[1], editing.sight.y[0]]);
    }
}
