//! Points changed by hand on the data view: which one is held, which class new ones have, and the part of the plane that
//! stays in sight meanwhile.

use crate::problem::grid::Window;
use crate::problem::points::Points;

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
