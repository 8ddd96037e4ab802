//! The journey of a run through basins: where the flow from each of its rows leads, row by row.
//!
//! Every row is judged as if its own flow had been followed. Most are not: they lie where every flow is known to end
//! in one minimum, or next to a row from which a flow was followed whose neighbours stay together.
//!
//! A run that leaps so far that every row is in another basin would ask for a long flow at each of thousands of rows.
//! After [`MOST`] tries its way is given up, and only the last tenth is judged, which tells where it ends.

use std::collections::{BTreeSet, VecDeque};

use super::work::tail;
use crate::analysis::basins::{Arrival, Basins, Destination};
use crate::analysis::flow::{Point, apart};
use crate::optim::trajectory::Trajectory;

/// Flows that are remembered: a bounce comes back to a few places.
const REMEMBERED: usize = 8;

/// Steps of flows that are tried for one run before its way is given up, and again for its last tenth: a second or so.
const MOST: usize = 1_000_000;

/// The end of flow of every row so far, and what follows from their order.
pub(super) struct Journey {
    /// The row that it begins with.
    first: usize,
    row: usize,
    /// Whether its way was given up.
    is_given_up: bool,
    paid: usize,
    recent: VecDeque<(Point, Arrival)>,
    start: Option<Arrival>,
    now: Option<Arrival>,
    /// The first row of those that all lead where the latest does.
    since: usize,
    first_out: Option<usize>,
    last_in: Option<usize>,
    others: BTreeSet<Destination>,
    /// Every row from which on flows lead elsewhere than from the row before.
    stays: Vec<(usize, Arrival)>,
}

/// What a whole journey was.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Route {
    pub(super) start: Option<Arrival>,
    pub(super) end: Option<Arrival>,
    pub(super) since: usize,
    pub(super) first_out: Option<usize>,
    pub(super) last_in: Option<usize>,
    /// None where that is not known.
    pub(super) crossed: Option<usize>,
    pub(super) stays: Vec<(usize, Arrival)>,
}

impl Journey {
    pub(super) fn new() -> Self {
        Self::since(0)
    }

    /// The journey from row `row` on; what was before it is not known.
    pub(super) fn since(row: usize) -> Self {
        Self {
            first: row,
            row,
            is_given_up: false,
            paid: 0,
            recent: VecDeque::with_capacity(REMEMBERED),
            start: None,
            now: None,
            since: row,
            first_out: None,
            last_in: None,
            others: BTreeSet::new(),
            stays: Vec::new(),
        }
    }

    /// Judges rows until `flows` flows were followed or `rows` rows were passed; false when none is left.
    pub(super) fn advance(
        &mut self,
        basins: &mut Basins,
        path: &Trajectory,
        flows: usize,
        rows: usize,
    ) -> bool {
        let mut followed = 0;
        let stop = self.row + rows;
        while self.row < stop && followed < flows {
            if self.paid > MOST && !self.hurry(path.rows()) {
                return false;
            }
            if self.row == path.rows() - tail(path.rows()).min(path.rows()) {
                // The end is judged as by who knows the end only: nothing of what was seen on the way has a say in it.
                self.recent.clear();
                basins.forget_courses();
            }
            let Some(row) = path.numbers(self.row) else { return false };
            let w = path.place(self.row);
            let at = [w[0], w[1]];
            let arrival = self.known(basins, at, row.loss).unwrap_or_else(|| {
                followed += 1;
                let before = basins.tried();
                let arrival = basins.flow(at);
                self.paid += basins.tried() - before;
                self.recent.truncate(REMEMBERED - 1);
                self.recent.push_front((at, arrival));
                arrival
            });
            self.take(arrival, at, basins);
        }
        self.row < path.rows()
    }

    /// Gives the way up and goes on with the last tenth of `rows`; false where that too was too much.
    fn hurry(&mut self, rows: usize) -> bool {
        if self.is_given_up {
            self.now = None;
            return false;
        }
        (self.is_given_up, self.paid) = (true, 0);
        self.now = None;
        self.row = self.row.max(rows - rows.div_ceil(10));
        true
    }

    fn known(&self, basins: &Basins, at: Point, loss: f64) -> Option<Arrival> {
        if let Some(minimum) = basins.captured(at, loss) {
            return Some(basins.arrival(minimum));
        }
        let near = self.recent.iter().find(|(place, found)| apart(*place, at) <= found.sure)?;
        Some(near.1)
    }

    fn take(&mut self, arrival: Arrival, at: Point, basins: &Basins) {
        let row = self.row;
        if self.now.is_none_or(|now| now.to != arrival.to) {
            self.since = row;
            self.stays.push((row, arrival));
        }
        self.now = Some(arrival);
        let start = *self.start.get_or_insert(arrival);
        if start.to == arrival.to {
            self.last_in = Some(row);
        } else if arrival.to != Destination::Nowhere || !basins.is_far(at) {
            // Far outside a flow is given up before it arrives: that tells nothing of where it leads.
            self.first_out.get_or_insert(row);
            if arrival.to != Destination::Nowhere {
                self.others.insert(arrival.to);
            }
        }
        self.row += 1;
    }

    pub(super) fn finish(&self) -> Route {
        if self.is_given_up {
            return Route {
                start: None,
                end: self.now,
                since: self.since,
                first_out: None,
                last_in: None,
                crossed: None,
                stays: Vec::new(),
            };
        }
        let start = self.start.filter(|_| self.first == 0);
        // A start that belongs to no basin has none to leave.
        let rooted = start.filter(|start| start.to != Destination::Nowhere).is_some();
        let first_out = self.first_out.filter(|_| rooted);
        Route {
            start,
            end: self.now,
            since: self.since,
            first_out,
            last_in: first_out.and(self.last_in),
            crossed: Some(self.others.len()),
            stays: self.stays.clone(),
        }
    }
}
