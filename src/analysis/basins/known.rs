//! What is known of minima and floors: whether a place is one of them, or beside one.

use std::sync::Arc;

use super::{Basins, SAME};
use crate::analysis::cone;
use crate::analysis::floor::Floor;
use crate::analysis::flow::{Point, apart, slope};

/// A floor is beside what is this near to it, in widths of the area.
const BESIDE: f64 = 0.05;

impl Basins {
    /// Whether a floor of minima that is known lies beside `at`: a step of Newton's method across it leads there.
    #[must_use]
    pub fn is_beside_floor(&self, at: Point) -> bool {
        let place = (!self.floors.is_empty()).then(|| Floor::beside(&*self.objective, at));
        place.flatten().is_some_and(|place| {
            let (loss, _) = slope(&*self.objective, place);
            apart(place, at) <= BESIDE * self.span
                && self.floors.iter().any(|floor| floor.is_as_high_as(loss))
        })
    }

    /// The minimum that is known to be at `at`.
    pub(super) fn known(&self, at: Point) -> Option<usize> {
        self.minima.iter().position(|minimum| apart(minimum.at, at) <= SAME * self.span)
    }

    /// The tip of a cone at `at`, new or known.
    pub(super) fn tip(&mut self, at: Point) -> Option<usize> {
        if let Some(known) = self.known(at) {
            return Some(known);
        }
        self.is_tip(at).then(|| self.add(at))
    }

    pub(super) fn is_tip(&self, at: Point) -> bool {
        cone::is_tip(&*self.objective, at, 100.0 * SAME * self.span)
    }

    /// The floor that a place of no slope belongs to, new or known.
    pub(super) fn floor(&mut self, at: Point, loss: f64) -> usize {
        let known = self.floors.iter().position(|floor| floor.holds(&*self.objective, at, loss));
        known.unwrap_or_else(|| {
            let floor = Floor::through(&*self.objective, at, loss, self.area);
            let number = self.floors.iter().position(|other| other.meets(&floor));
            number.unwrap_or_else(|| {
                Arc::make_mut(&mut self.floors).push(floor);
                self.floors.len() - 1
            })
        })
    }
}
