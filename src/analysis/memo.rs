//! A memo of where flows lead, for thousands of runs on one problem: a bounce comes back to the same places from every
//! start.
//!
//! ```text
//! where neighbouring paths stay together     what was found for a place holds as near to it as for the run that met it
//! everywhere                                 for places within 10⁻⁶ of the width of the area
//! ```
//!
//! Only ends at minima that the survey had found, away and nowhere are kept: other numbers mean nothing to another run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::destination::{Arrival, Destination};
use super::flow::{Point, apart};

/// Places this near, against the width of the area, are told as one: what is nearer to a border between basins may be
/// told either way.
pub const NEAR: f64 = 1e-6;
/// Places that are kept at most, in all and in one cell: some tens of megabytes.
const MOST: usize = 300_000;
const MOST_OF_CELL: usize = 32;

/// Where the flow from a place leads.
type Known = (Point, Arrival);

/// Where flows lead, as far as it was found; copies share it.
#[derive(Clone)]
pub(super) struct Memo {
    /// The side of a cell: no place is sure farther than that.
    side: f64,
    near: f64,
    /// How many minima are known by the same number to all.
    minima: usize,
    found: Arc<Mutex<Found>>,
}

#[derive(Default)]
struct Found {
    cells: HashMap<[i64; 2], Vec<Known>>,
    count: usize,
}

impl Memo {
    /// Nothing is known yet, in an area of this width where the survey has found so many minima and no place is sure for
    /// more than a part of the width around it.
    pub(super) fn new(span: f64, sure: f64, minima: usize) -> Self {
        Self { side: sure * span, near: NEAR * span, minima, found: Arc::default() }
    }

    /// Where the flow from `at` leads, if one from nearby was followed, and how far around it that is sure.
    pub(super) fn find(&self, at: Point) -> Option<Arrival> {
        let [x, y] = self.cell(at)?;
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let cells = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| [x + dx, y + dy]));
        let mut places = cells.filter_map(|cell| found.cells.get(&cell)).flatten();
        places.find_map(|(place, arrival)| {
            let away = apart(*place, at);
            let sure = (arrival.sure - away).max(0.0);
            (away <= arrival.sure.max(self.near)).then_some(Arrival { sure, ..*arrival })
        })
    }

    /// Keeps where the flow from `at` leads.
    pub(super) fn keep(&self, at: Point, arrival: Arrival) {
        let lasts = match arrival.to {
            Destination::Minimum(number) => number < self.minima,
            Destination::Away | Destination::Nowhere => true,
            Destination::Floor(_) => false,
        };
        let Some(cell) = self.cell(at).filter(|_| lasts) else { return };
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.count >= MOST {
            return;
        }
        let places = found.cells.entry(cell).or_default();
        if places.len() < MOST_OF_CELL {
            places.push((at, arrival));
            found.count += 1;
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

    fn arrival(to: Destination, sure: f64) -> Arrival {
        Arrival { to, at: [1.0, 2.0], sure }
    }

    #[test]
    fn what_was_found_is_found_again_as_near_as_it_is_sure() {
        let memo = Memo::new(1.0, 3e-4, 2);
        memo.keep([0.5, 0.5], arrival(Destination::Minimum(1), 0.0));
        let near = memo.clone().find([0.5 + 1e-7, 0.5]);
        assert_eq!(near, Some(arrival(Destination::Minimum(1), 0.0)), "copies share it");
        assert_eq!(memo.find([0.5 + 1e-5, 0.5]), None);
        assert_eq!(memo.find([f64::NAN, 0.5]), None);
        memo.keep([0.7, 0.7], arrival(Destination::Away, 3e-4));
        let found = memo.find([0.7, 0.7 - 2e-4]).unwrap();
        assert!((found.sure - 1e-4).abs() < 1e-12, "what is left of being sure");
        assert_eq!(memo.find([0.7, 0.7 - 4e-4]), None);
    }

    #[test]
    fn numbers_that_mean_nothing_to_others_are_not_kept() {
        let memo = Memo::new(1.0, 3e-4, 2);
        for to in [Destination::Minimum(2), Destination::Floor(0)] {
            memo.keep([0.5, 0.5], arrival(to, 1e-4));
            assert_eq!(memo.find([0.5, 0.5]), None, "{to:?}");
        }
    }
}
