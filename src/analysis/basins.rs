//! Basins: the minimum, or the floor of minima, that gradient flow leads to from a place.
//!
//! ```text
//! w ~ v    when the flows from w and from v end in one place
//!
//! minimum   isolated: λ_min > 10⁻⁶ λ_max > 0, or the tip of a cone
//! floor     connected minima with a direction of no curvature
//! away      beyond all bounds, at a bounded loss or not
//! nowhere   a saddle, level ground, or a place that a nudge of 10⁻⁶ takes elsewhere
//! ```
//!
//! They follow from the loss on all data alone. A flow is followed by [`flow`](super::flow) until it is inside a region
//! that it cannot leave ([`capture`](super::capture)), and repeated a thousand times more exactly where neighbouring
//! paths part.

use std::sync::Arc;

use super::capture::Capture;
use super::course::Courses;
pub use super::destination::{Arrival, Destination, Lowest};
use super::floor::Floor;
use super::flow::{Bend, Care, Flow, Point, apart, length, slope};
use crate::problem::Objective;
use crate::problem::grid::Window;

mod known;
mod lookup;

use lookup::Lookup;

/// The ends of gradient flow of one problem, as far as they are known.
///
/// A copy is cheap: what is known is shared until one of them learns more.
#[derive(Clone)]
pub struct Basins {
    objective: Arc<dyn Objective>,
    area: Window,
    span: f64,
    minima: Arc<Vec<Lowest>>,
    lookup: Arc<Lookup>,
    floors: Arc<Vec<Floor>>,
    courses: Courses<Arrival>,
    looks: usize,
    tried: usize,
}

/// The error of one step against the width of the area, and how much a small distance may grow on a path that is
/// followed like that: together they leave the error of a hundred steps below a hundredth of the area. The last one is
/// for where neighbouring paths part, whatever they do.
const CARE: [(f64, f64); 3] = [(3e-5, 3.0), (1e-6, 100.0), (1e-9, f64::INFINITY)];
/// The longest step against the width of the area: no dip of a landscape is stepped over.
const STRIDE: f64 = 0.03;
/// An end that changes when the start is nudged by this is none.
const NUDGE: f64 = 1e-6;
/// The same outside, against the distance from it.
const FAR_STRIDE: f64 = 0.3;
/// Paths that come no further apart than this, in widths of the area, end in one place.
const PARTED: f64 = 1e-3;
/// Those that start this near, in widths of the area, end alike where neighbouring paths come no further apart; nearer by
/// as much as they do.
const SURE: f64 = 9e-4;
/// Below this ratio of curvatures a minimum is part of a floor.
const ISOLATED: f64 = 1e-6;
/// So far outside, in widths of the area, a flow that still moves outward has gone away.
const FAR: f64 = 30.0;
/// Flows of all landscapes end within some hundreds of steps; each is tried as often at most.
const STEPS: usize = 3000;
const TRIES: usize = 6000;
/// A flow looks for a course to join once in so many steps, and among those of so many points; sooner where a step is dear.
const LOOKS: [usize; 2] = [4, 2];
const LONG: [usize; 2] = [8, 4];
/// The same for those that start so far outside that they belong to a run that diverges.
const FAR_TRIES: usize = 300;
/// Farther outside than this no flow is followed: whether one arrives would depend on which were followed before.
const FARTHEST: f64 = 1e5;
/// A critical point is this near, in widths of the area.
const ARRIVED: f64 = 1e-9;
/// Minima that are closer than this, in widths of the area, are one.
const SAME: f64 = 1e-6;
/// From this part of the width of the area Newton's method is tried.
const NEWTON_FROM: f64 = 0.02;
/// Newton's method doubles its digits: six steps from where it converges, more from where it begins to.
const NEWTON_STEPS: usize = 30;
/// A flow whose steps are this short, in widths of the area, while its gradient is not, is at the tip of a cone.
const TIP: f64 = 1e-9;

/// A flow that was followed; within `room` of its start no flow begins that goes the other way.
struct Followed {
    arrival: Arrival,
    growth: f64,
    room: f64,
}

impl Basins {
    /// Those of a two-weight objective whose minima are looked for in `area`; none is known yet.
    #[must_use]
    pub fn unknown(objective: Arc<dyn Objective>, area: Window) -> Self {
        let [width, height] = area.span();
        let span = width.max(height);
        let is_dear = usize::from(objective.examples() > 0);
        let (courses, looks) = (Courses::none(LONG[is_dear]), LOOKS[is_dear]);
        let (minima, floors) = (Arc::default(), Arc::default());
        let lookup = Arc::new(Lookup::empty(area));
        Self { objective, area, span, minima, lookup, floors, courses, looks, tried: 0 }
    }

    /// The objective.
    #[must_use]
    pub fn objective(&self) -> &Arc<dyn Objective> {
        &self.objective
    }

    /// Where minima were looked for.
    #[must_use]
    pub fn area(&self) -> Window {
        self.area
    }

    /// The isolated minima known so far.
    #[must_use]
    pub fn minima(&self) -> &[Lowest] {
        &self.minima
    }

    /// The same, to be kept as they are now.
    pub(super) fn shared_minima(&self) -> Arc<Vec<Lowest>> {
        Arc::clone(&self.minima)
    }

    /// Forgets the flows that others may join; what they have found stays.
    pub(super) fn forget_courses(&mut self) {
        self.courses.forget();
    }

    /// How many steps of flows were tried so far: what has been paid for what is known.
    #[must_use]
    pub fn tried(&self) -> usize {
        self.tried
    }

    /// Where the flow from `at` leads.
    pub fn flow(&mut self, at: Point) -> Arrival {
        if apart(at, self.area.centre()) > FARTHEST * self.span {
            return Arrival { to: Destination::Nowhere, at, sure: 0.0 };
        }
        let mut found = self.follow(at, CARE[0].0);
        for (care, (tolerance, _)) in CARE.iter().enumerate().skip(1) {
            if found.growth < CARE[care - 1].1 {
                break;
            }
            found = self.follow(at, *tolerance);
        }
        if NUDGE * found.growth < PARTED * self.span {
            // Beside a saddle the growth is 1/√(2c) at a distance c from the border: its square keeps away from that.
            let bound = SURE / found.growth;
            let sure = self.span * bound.min(CARE[0].1 * bound / found.growth);
            return Arrival { sure: sure.min(found.room), ..found.arrival };
        }
        let (_, g) = slope(&*self.objective, at);
        let size = length(g);
        let across = if size > 0.0 { [-g[1] / size, g[0] / size] } else { [1.0, 0.0] };
        for side in [NUDGE, -NUDGE] {
            let aside = [0, 1].map(|k| at[k] + side * across[k]);
            if self.follow(aside, CARE[2].0).arrival.to != found.arrival.to {
                return Arrival { to: Destination::Nowhere, at, sure: 0.0 };
            }
        }
        found.arrival
    }

    /// Whether `at` is so far outside that no critical point is told from a slope.
    #[must_use]
    pub(super) fn is_far(&self, at: Point) -> bool {
        apart(at, self.area.centre()) > FAR * self.span
    }

    /// The minimum that holds `at`, where the loss is `loss`, for certain.
    #[must_use]
    pub fn captured(&self, at: Point, loss: f64) -> Option<usize> {
        self.lookup.first(&self.minima, at, loss)
    }

    /// The arrival at a known minimum.
    #[must_use]
    pub fn arrival(&self, minimum: usize) -> Arrival {
        Arrival { to: Destination::Minimum(minimum), at: self.minima[minimum].at, sure: 0.0 }
    }

    fn follow(&mut self, start: Point, tolerance: f64) -> Followed {
        let objective = Arc::clone(&self.objective);
        let nowhere = |at: Point| Arrival { to: Destination::Nowhere, at, sure: 0.0 };
        let (centre, span) = (self.area.centre(), self.span);
        let care = |at: Point| {
            let away = apart(at, centre);
            // Far outside, lengths are measured by the distance, and no dips are expected.
            let stride = (STRIDE * span).max(FAR_STRIDE * (away - span));
            Care { tolerance: tolerance * span.max(away), stride }
        };
        let near = 0.5 * SURE * span;
        if let Some(joined) = self.courses.joined(start, near) {
            let growth = libm::exp(joined.rises[0].max(joined.rises[1]));
            return Followed { arrival: joined.end, growth, room: joined.room };
        }
        let Some(mut flow) = Flow::new(&*objective, start, care(start)) else {
            return Followed { arrival: nowhere(start), growth: 1.0, room: 0.0 };
        };
        let room = flow.room();
        let far = (FAR * self.span).max(2.0 * apart(start, self.area.centre()));
        let tries = if apart(start, centre) > FAR * span { FAR_TRIES } else { TRIES };
        let mut arrival = None;
        let mut trail = Vec::new();
        for step in 0..STEPS {
            arrival = self.arrived(&flow, far, step);
            if arrival.is_some() || flow.tried > tries {
                break;
            }
            // Who runs beside a course does so for many steps: it is enough to look now and then.
            let is_time = step > 0 && step.is_multiple_of(self.looks);
            let joined = is_time.then(|| self.courses.joined(flow.at, near));
            if let Some(joined) = joined.flatten() {
                self.tried += flow.tried;
                let growth = flow.growth_on(joined.rises);
                return Followed { arrival: joined.end, growth, room };
            }
            trail.push((flow.at, flow.drift(), flow.room()));
            let before = flow.at;
            flow.care = care(flow.at);
            if !flow.advance() || apart(before, flow.at) < TIP * self.span {
                arrival = self.stuck(&flow, start);
                if arrival.is_some() || apart(flow.at, before) == 0.0 {
                    break;
                }
            }
        }
        let arrival = arrival.unwrap_or_else(|| nowhere(flow.at));
        self.tried += flow.tried;
        self.courses.keep(&trail, arrival);
        Followed { arrival, growth: flow.growth(), room }
    }

    /// The end of the flow if it is there already.
    fn arrived(&mut self, flow: &Flow<'_>, far: f64, step: usize) -> Option<Arrival> {
        let Flow { at, loss, slope, bend, curvatures: [highest, lowest], .. } = *flow;
        if let Some(minimum) = self.captured(at, loss) {
            return Some(self.arrival(minimum));
        }
        if apart(at, self.area.centre()) > far {
            return Some(Arrival { to: Destination::Away, at, sure: 0.0 });
        }
        // Where curvatures are huge every slope seems small: nothing far outside is called critical.
        let within = apart(at, self.area.centre()) <= FAR * self.span;
        let isolated = within && lowest > ISOLATED * highest;
        let newton = bend.newton(slope);
        if isolated && step.is_multiple_of(4) && length(newton) <= NEWTON_FROM * self.span {
            self.discover(at, 2.0 * length(newton));
            if let Some(minimum) = self.captured(at, loss) {
                return Some(self.arrival(minimum));
            }
        }
        let steepest = highest.abs().max(lowest.abs());
        if !within || length(slope) > ARRIVED * self.span * steepest {
            return None;
        }
        if isolated {
            let end = self.discover(at, ARRIVED.sqrt() * self.span)?;
            return Some(self.arrival(end));
        }
        if lowest < -ISOLATED * steepest {
            return Some(Arrival { to: Destination::Nowhere, at, sure: 0.0 });
        }
        // Most flows that come here go on for ever.
        if steepest > 0.0 && !Floor::falls(&*self.objective, at) {
            let at = Floor::beside(&*self.objective, at)?;
            let (loss, _) = self::slope(&*self.objective, at);
            return Some(Arrival { to: Destination::Floor(self.floor(at, loss)), at, sure: 0.0 });
        }
        None
    }

    /// The end of a flow that moves no further although it is at no critical point that Newton's method knows.
    fn stuck(&mut self, flow: &Flow<'_>, start: Point) -> Option<Arrival> {
        let Flow { at, loss, slope: g, .. } = *flow;
        if let Some(tip) = self.tip(at) {
            return Some(self.arrival(tip));
        }
        if length(g) == 0.0 {
            let centre = self.area.centre();
            let outward = apart(at, centre) > apart(start, centre) && !self.area.contains(at);
            if outward {
                return Some(Arrival { to: Destination::Away, at, sure: 0.0 });
            }
            // Level ground is a floor of minima where nothing is known to be lower, and a plateau elsewhere.
            let lowest = self.minima.iter().map(|minimum| minimum.loss);
            if lowest.fold(f64::INFINITY, f64::min) >= loss {
                return Some(Arrival {
                    to: Destination::Floor(self.floor(at, loss)),
                    at,
                    sure: 0.0,
                });
            }
            return Some(Arrival { to: Destination::Nowhere, at, sure: 0.0 });
        }
        None
    }

    /// The minimum that Newton's method finds from `at` within `leash`, new or known.
    pub(super) fn discover(&mut self, at: Point, leash: f64) -> Option<usize> {
        let found = self.refine(at, leash)?;
        Some(self.add(found))
    }

    fn refine(&self, guess: Point, leash: f64) -> Option<Point> {
        let mut at = guess;
        for _ in 0..NEWTON_STEPS {
            let (_, g) = slope(&*self.objective, at);
            let bend = Bend::at(&*self.objective, at);
            let [highest, lowest] = bend.curvatures();
            let positive = lowest > ISOLATED * highest;
            if !positive {
                return None;
            }
            let step = bend.newton(g);
            let next = [at[0] - step[0], at[1] - step[1]];
            let near = apart(next, guess) <= leash;
            if !near {
                return None;
            }
            let size = length(step);
            at = next;
            if size <= f64::EPSILON * (length(at) + self.span * f64::EPSILON) {
                break;
            }
        }
        let (_, g) = slope(&*self.objective, at);
        let bend = Bend::at(&*self.objective, at);
        (length(bend.newton(g)) <= ARRIVED * self.span).then_some(at)
    }

    /// Makes a minimum known that is known in closed form, unless it is one of a floor.
    pub(super) fn welcome(&mut self, at: Point) {
        let [highest, lowest] = Bend::at(&*self.objective, at).curvatures();
        if (lowest > ISOLATED * highest || self.is_tip(at)) && self.known(at).is_none() {
            self.list(at);
        }
    }

    /// Draws the regions of all minima, now that each knows its neighbours.
    pub(super) fn settle(&mut self) {
        for number in 0..self.minima.len() {
            self.draw_region(number);
        }
        self.lookup = Arc::new(Lookup::of(&self.minima, self.area));
    }

    /// Makes a minimum known; its number.
    fn add(&mut self, at: Point) -> usize {
        if let Some(known) = self.known(at) {
            return known;
        }
        let number = self.list(at);
        self.draw_region(number);
        number
    }

    fn list(&mut self, at: Point) -> usize {
        let (loss, _) = slope(&*self.objective, at);
        let smooth = !self.is_tip(at);
        let lambda_max = smooth.then(|| Bend::at(&*self.objective, at).curvatures()[0]);
        Arc::make_mut(&mut self.minima).push(Lowest { at, loss, lambda_max, capture: None });
        self.minima.len() - 1
    }

    /// Draws the region around a minimum anew, when all others are known.
    fn draw_region(&mut self, number: usize) {
        let Lowest { at, loss, lambda_max, .. } = self.minima[number];
        let others = self.minima.iter().enumerate().filter(|(other, _)| *other != number);
        let nearest = others.map(|(_, other)| apart(other.at, at)).fold(self.span, f64::min);
        let bend = lambda_max.map(|_| Bend::at(&*self.objective, at));
        let region = Capture::around(&*self.objective, at, loss, bend, 0.5 * nearest);
        Arc::make_mut(&mut self.minima)[number].capture = Some(region);
    }
}
