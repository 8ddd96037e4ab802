//! A memo of where flows lead, for thousands of runs on one problem: a bounce comes back to the same few places from every
//! start.
//!
//! ```text
//! cell     a square of 10⁻⁶ of the width of the area            what was found for one place in it holds for all
//! ```
//!
//! Only ends at minima that the survey had found, away and nowhere are kept: other numbers mean nothing to another run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::destination::{Arrival, Destination};
use super::flow::Point;

/// The side of a cell against the width of the area: what is nearer to a border between basins may be told either way.
pub const CELL: f64 = 1e-6;
/// Cells that are kept at most: some tens of megabytes.
const MOST: usize = 500_000;

/// Where flows lead, as far as it was found; copies share it.
#[derive(Clone)]
pub(super) struct Memo {
    side: f64,
    /// How many minima are known by the same number to all.
    minima: usize,
    known: Arc<Mutex<HashMap<[i64; 2], Arrival>>>,
}

impl Memo {
    /// Nothing is known yet, in an area of this width where the survey has found so many minima.
    pub(super) fn new(span: f64, minima: usize) -> Self {
        Self { side: CELL * span, minima, known: Arc::default() }
    }

    /// Where the flow from `at` leads, if one from its cell was followed.
    pub(super) fn find(&self, at: Point) -> Option<Arrival> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&self.cell(at)?).copied()
    }

    /// Keeps where the flow from `at` leads.
    pub(super) fn keep(&self, at: Point, arrival: Arrival) {
        let lasts = match arrival.to {
            Destination::Minimum(number) => number < self.minima,
            Destination::Away | Destination::Nowhere => true,
            Destination::Floor(_) => false,
        };
        let Some(cell) = self.cell(at).filter(|_| lasts) else { return };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.insert(cell, arrival);
        }
    }

    fn cell(&self, at: Point) -> Option<[i64; 2]> {
        /// Cells beyond have numbers that an `f64` does not tell apart.
        const FAR: f64 = 1e15;
        let [x, y] = at.map(|x| (x / self.side).floor());
        #[expect(clippy::cast_possible_truncation, reason = "smaller than FAR")]
        let cell = [x as i64, y as i64];
        (x.abs() < FAR && y.abs() < FAR).then_some(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival(to: Destination) -> Arrival {
        Arrival { to, at: [1.0, 2.0], sure: 0.0 }
    }

    #[test]
    fn what_was_found_is_found_again_in_the_same_cell_only() {
        let memo = Memo::new(1.0, 2);
        memo.keep([0.5, 0.5], arrival(Destination::Minimum(1)));
        let near = memo.clone().find([0.5 + 1e-7, 0.5]);
        assert_eq!(near, Some(arrival(Destination::Minimum(1))), "copies share it");
        assert_eq!(memo.find([0.5 + 1e-5, 0.5]), None);
        assert_eq!(memo.find([f64::NAN, 0.5]), None);
    }

    #[test]
    fn numbers_that_mean_nothing_to_others_are_not_kept() {
        let memo = Memo::new(1.0, 2);
        for to in [Destination::Minimum(2), Destination::Floor(0)] {
            memo.keep([0.5, 0.5], arrival(to));
            assert_eq!(memo.find([0.5, 0.5]), None, "{to:?}");
        }
    }
}
