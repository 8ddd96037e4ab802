//! The journey of a run through basins: where the flow from each of its rows leads, row by row.
//!
//! Every row is judged as if its own flow had been followed. Most are not: they lie where every flow is known to end
//! in one minimum, or next to a row from which a flow was followed whose neighbours stay together.
//!
//! The last rows, its [`tail`], are judged from the last one backwards, by nothing that was seen on the way: who asks for
//! the end alone stops where they have crossed twice from one basin to another, and is told of the end what who asks for
//! the way is told too.
//!
//! A run that leaps so far that every row is in another basin would ask for a long flow at each of thousands of rows.
//! After [`MOST`] tries its way is given up, and only the tail is judged.

use std::collections::{BTreeSet, VecDeque};

use super::work::tail;
use crate::analysis::basins::{Arrival, Basins, Destination};
use crate::analysis::flow::{Point, apart};
use crate::optim::trajectory::Trajectory;

/// Flows that are remembered: a bounce comes back to a few places.
const REMEMBERED: usize = 8;

/// Steps of flows that are tried for one run before its way is given up, and again for its tail: a second or so.
const MOST: usize = 1_000_000;

/// The end of flow of every row so far, and what follows from their order.
pub(super) struct Journey {
    /// None where it is not asked for.
    way: Option<Way>,
    end: End,
    /// The first row of the tail, and how many rows there are.
    tail: usize,
    rows: usize,
}

/// The rows before the tail, and in the end those of the tail too.
struct Way {
    row: usize,
    judge: Judge,
    is_given_up: bool,
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

/// The tail, from the last row backwards.
struct End {
    judge: Judge,
    arrivals: Vec<Arrival>,
    /// How many of them lead elsewhere than the row after them.
    crossings: usize,
    is_begun: bool,
    is_given_up: bool,
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

/// Says where rows lead, and remembers the last flows.
struct Judge {
    paid: usize,
    recent: VecDeque<(Point, Arrival)>,
    /// How many flows it followed since it was last asked.
    followed: usize,
}

impl Judge {
    fn new() -> Self {
        Self { paid: 0, recent: VecDeque::with_capacity(REMEMBERED), followed: 0 }
    }

    fn arrival(&mut self, basins: &mut Basins, at: Point, loss: f64) -> Arrival {
        if let Some(minimum) = basins.captured(at, loss) {
            return basins.arrival(minimum);
        }
        let near = self.recent.iter().find(|(place, found)| apart(*place, at) <= found.sure);
        if let Some((_, known)) = near {
            return *known;
        }
        self.followed += 1;
        let before = basins.tried();
        let arrival = basins.flow(at);
        self.paid += basins.tried() - before;
        self.recent.truncate(REMEMBERED - 1);
        self.recent.push_front((at, arrival));
        arrival
    }
}

/// What may be done in one piece.
struct Piece {
    flows: usize,
    rows: usize,
}

impl Piece {
    /// Whether there is room for one more row.
    fn has_room(&self, judge: &Judge, rows: usize) -> bool {
        judge.followed < self.flows && rows < self.rows
    }
}

impl Journey {
    /// The whole journey of a path of so many rows.
    pub(super) fn new(rows: usize) -> Self {
        Self { way: Some(Way::new()), ..Self::of_the_end(rows) }
    }

    /// Its end; what was before is not asked for.
    pub(super) fn of_the_end(rows: usize) -> Self {
        let end = End {
            judge: Judge::new(),
            arrivals: Vec::new(),
            crossings: 0,
            is_begun: false,
            is_given_up: false,
        };
        Self { way: None, end, tail: rows - tail(rows).min(rows), rows }
    }

    /// Judges rows until `flows` flows were followed or `rows` rows were passed; false when none is left.
    pub(super) fn advance(
        &mut self,
        basins: &mut Basins,
        path: &Trajectory,
        flows: usize,
        rows: usize,
    ) -> bool {
        let piece = Piece { flows, rows };
        if let Some(way) = &mut self.way
            && way.is_before(self.tail)
        {
            way.advance(basins, path, self.tail, &piece);
            return true;
        }
        if !std::mem::replace(&mut self.end.is_begun, true) {
            basins.forget_courses();
        }
        if self.judge_the_end(basins, path, &piece) {
            return true;
        }
        if let Some(way) = self.way.as_mut().filter(|way| !way.is_given_up)
            && !self.end.is_given_up
        {
            for arrival in self.end.arrivals.iter().rev() {
                way.take(*arrival, path, basins);
            }
        }
        false
    }

    /// Goes backwards through the tail; false when it is over.
    fn judge_the_end(&mut self, basins: &mut Basins, path: &Trajectory, piece: &Piece) -> bool {
        let End { judge, arrivals, crossings, is_given_up, .. } = &mut self.end;
        judge.followed = 0;
        let mut passed = 0;
        while self.rows - arrivals.len() > self.tail {
            if judge.paid > MOST {
                *is_given_up = true;
                return false;
            }
            if !piece.has_room(judge, passed) {
                return true;
            }
            let row = self.rows - arrivals.len() - 1;
            let Some(numbers) = path.numbers(row) else { return false };
            let arrival = judge.arrival(basins, place(path, row), numbers.loss);
            if arrivals.last().is_some_and(|later| later.to != arrival.to) {
                *crossings += 1;
            }
            arrivals.push(arrival);
            passed += 1;
            // Who crosses twice is in no basin, wherever it was before.
            if *crossings > 1 && self.way.is_none() {
                return false;
            }
        }
        false
    }

    pub(super) fn finish(&self) -> Route {
        let End { arrivals, is_given_up, .. } = &self.end;
        let end = arrivals.first().copied().filter(|_| !is_given_up);
        let same = arrivals.iter().take_while(|other| end.is_some_and(|end| end.to == other.to));
        let since = self.rows - same.count();
        let way = self.way.as_ref().filter(|way| !way.is_given_up && !is_given_up);
        let Some(way) = way else {
            return Route {
                start: None,
                end,
                since,
                first_out: None,
                last_in: None,
                crossed: None,
                stays: self.late_stays(),
            };
        };
        // A start that belongs to no basin has none to leave.
        let rooted = way.start.is_some_and(|start| start.to != Destination::Nowhere);
        let first_out = way.first_out.filter(|_| rooted);
        Route {
            start: way.start,
            end,
            since: way.since,
            first_out,
            last_in: first_out.and(way.last_in),
            crossed: Some(way.others.len()),
            stays: way.stays.clone(),
        }
    }
}

impl Journey {
    /// The rows of the tail from which on flows lead elsewhere than from the row before, as far as it was judged.
    fn late_stays(&self) -> Vec<(usize, Arrival)> {
        let pairs = (1..self.rows).rev().zip(self.end.arrivals.windows(2));
        let changes = pairs.filter(|(_, pair)| pair[0].to != pair[1].to);
        let mut stays: Vec<(usize, Arrival)> = changes.map(|(row, pair)| (row, pair[0])).collect();
        if let Some(first) = self.end.arrivals.last()
            && self.end.arrivals.len() == self.rows - self.tail
        {
            stays.push((self.tail, *first));
        }
        stays.reverse();
        stays
    }
}

impl Way {
    fn new() -> Self {
        Self {
            row: 0,
            judge: Judge::new(),
            is_given_up: false,
            start: None,
            now: None,
            since: 0,
            first_out: None,
            last_in: None,
            others: BTreeSet::new(),
            stays: Vec::new(),
        }
    }

    fn is_before(&self, tail: usize) -> bool {
        self.row < tail && !self.is_given_up
    }

    fn advance(&mut self, basins: &mut Basins, path: &Trajectory, tail: usize, piece: &Piece) {
        self.judge.followed = 0;
        let first = self.row;
        while self.row < tail && piece.has_room(&self.judge, self.row - first) {
            let numbers = path.numbers(self.row).filter(|_| self.judge.paid <= MOST);
            let Some(numbers) = numbers else {
                self.is_given_up = true;
                return;
            };
            let arrival = self.judge.arrival(basins, place(path, self.row), numbers.loss);
            self.take(arrival, path, basins);
        }
    }

    fn take(&mut self, arrival: Arrival, path: &Trajectory, basins: &Basins) {
        let row = self.row;
        if self.now.is_none_or(|now| now.to != arrival.to) {
            self.since = row;
            self.stays.push((row, arrival));
        }
        self.now = Some(arrival);
        let start = *self.start.get_or_insert(arrival);
        if start.to == arrival.to {
            self.last_in = Some(row);
        } else if arrival.to != Destination::Nowhere || !basins.is_far(place(path, row)) {
            // Far outside a flow is given up before it arrives: that tells nothing of where it leads.
            self.first_out.get_or_insert(row);
            if arrival.to != Destination::Nowhere {
                self.others.insert(arrival.to);
            }
        }
        self.row += 1;
    }
}

fn place(path: &Trajectory, row: usize) -> Point {
    let w = path.place(row);
    [w[0], w[1]]
}
