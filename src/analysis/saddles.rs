//! Saddles of a two-weight loss: critical points that are lowest along one direction and highest along another.
//!
//! ```text
//! ∇L = 0,   λ_min < 0 < λ_max
//!
//! begin at   points of a grid around which the loss is higher and lower in turn, four times at least,
//!            and   min over s of max over t of L(a + t (b − a) + s n),  n ⟂ b − a,  for any two minima a and b
//! go on by   w ← w − (∇²L)⁻¹ ∇L
//! ```
//!
//! What Newton's method finds is checked: it is near where it began, where the gradient vanishes, the loss is smooth, and
//! the two curvatures differ in sign. A ridge may be as sharp as a blade: Newton's method knows it from close by only, so
//! between the lowest minima it is walked up to. A pass narrower than a cell of the grid between other minima is not
//! found. The work is bounded and is done in pieces.

use std::sync::Arc;

use ndarray::ArrayView1;

use super::flow::{Bend, Point, apart, length, slope};
use crate::problem::grid::{Grid, Plane, Precision, Tile, Window};
use crate::problem::{Batch, Objective};

/// A pass between two hollows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Saddle {
    /// The weights.
    pub at: Point,
    /// `L` there.
    pub loss: f64,
    /// The curvature along which it is lowest, `λ_max > 0`.
    pub lambda_max: f64,
    /// The curvature along which it is highest, `λ_min < 0`.
    pub lambda_min: f64,
}

/// Points of the grid to each side.
const SIDE: usize = 97;
/// Rows of the grid that are filled in one piece.
const ROWS: usize = 16;
/// Points of the grid that are begun at, at most: the lowest ones.
const MOST: usize = 160;
/// So many minima are joined at most, the lowest ones.
const JOINED: usize = 4;
/// Lines beside that from minimum to minimum, places on each, and how often the best of either is looked at more closely.
const LINES: usize = 17;
const PLACES: usize = 49;
const CLOSER: usize = 40;
/// From where the walk ends to the saddle, against the distance of the minima.
const NEAR: f64 = 0.02;
/// A saddle lies within so many cells of the point of the grid that shows it.
const LEASH: f64 = 3.0;
/// Newton's method doubles its digits: six steps from where it converges, more from where it begins to.
const STEPS: usize = 30;
/// A critical point is this near, in widths of the area.
const ARRIVED: f64 = 1e-9;
/// Saddles that are closer than this, in widths of the area, are one.
const SAME: f64 = 1e-6;
/// Curvatures below this part of the largest there or a cell away have no sign: the ground is level.
const LEVEL: f64 = 1e-6;

/// Where a saddle is looked for.
#[derive(Debug, Clone, Copy)]
enum Beginning {
    /// Near a point of the grid, within so much.
    At(Point, f64),
    /// Between two minima.
    Between(Point, Point),
}

/// The search for saddles, under way.
pub struct Search {
    objective: Arc<dyn Objective>,
    area: Window,
    minima: Vec<Point>,
    values: Vec<f64>,
    /// Where to begin, and how far a saddle may be from there.
    beginnings: Option<Vec<Beginning>>,
    found: Vec<Saddle>,
}

impl Search {
    /// A search in `area` for an objective of two weights with these minima, the lowest first.
    #[must_use]
    pub fn new(objective: Arc<dyn Objective>, area: Window, minima: Vec<Point>) -> Self {
        Self { objective, area, minima, values: Vec::new(), beginnings: None, found: Vec::new() }
    }

    /// Does one piece of the work; false when none is left.
    pub fn advance(&mut self) -> bool {
        let Some(beginnings) = &mut self.beginnings else {
            self.fill();
            return true;
        };
        let Some(beginning) = beginnings.pop() else { return false };
        let (from, leash) = match beginning {
            Beginning::At(from, leash) => (from, leash),
            Beginning::Between(a, b) => (self.pass(a, b), NEAR * apart(a, b)),
        };
        if let Some(saddle) = self.refined(from, leash)
            && !self.found.iter().any(|other| apart(other.at, saddle.at) <= SAME * self.span())
        {
            self.found.push(saddle);
        }
        true
    }

    /// What was found, the lowest first.
    #[must_use]
    pub fn finish(mut self) -> Vec<Saddle> {
        self.found.sort_by(|a, b| a.loss.total_cmp(&b.loss));
        self.found
    }

    fn span(&self) -> f64 {
        let [width, height] = self.area.span();
        width.max(height)
    }

    fn fill(&mut self) {
        let grid = Grid { window: self.area, columns: SIDE, rows: SIDE };
        let first_row = self.values.len() / SIDE;
        let rows = ROWS.min(SIDE - first_row);
        let mut values = vec![0.0; rows * SIDE];
        let mut tile = Tile { grid, first_row, values: &mut values, precision: Precision::Exact };
        self.objective.fill(&Plane::of_weights(), &mut tile);
        self.values.append(&mut values);
        if self.values.len() == SIDE * SIDE {
            let cell = self.span() / (SIDE - 1) as f64;
            let at = |at| Beginning::At(at, LEASH * cell);
            let mut beginnings: Vec<_> =
                passes(&self.values, grid).into_iter().take(MOST).map(at).collect();
            let lowest = &self.minima[..self.minima.len().min(JOINED)];
            for (k, &a) in lowest.iter().enumerate() {
                beginnings.extend(lowest[..k].iter().map(|&b| Beginning::Between(a, b)));
            }
            beginnings.reverse();
            self.beginnings = Some(beginnings);
        }
    }

    /// The lowest place to cross from one minimum to the other, on lines beside the straight one.
    fn pass(&self, a: Point, b: Point) -> Point {
        let way = [b[0] - a[0], b[1] - a[1]];
        let place =
            |s: f64, t: f64| [a[0] + t * way[0] - s * way[1], a[1] + t * way[1] + s * way[0]];
        let loss = |at: Point| self.objective.loss(ArrayView1::from(&at), Batch::Whole);
        let highest = |s: f64| lowest(PLACES, [0.0, 1.0], |t| -loss(place(s, t)));
        let (aside, _) = lowest(LINES, [-0.5, 0.5], |s| -highest(s).1);
        place(aside, highest(aside).0)
    }

    /// The saddle that Newton's method finds from `from` within `leash`.
    fn refined(&self, from: Point, leash: f64) -> Option<Saddle> {
        let mut at = from;
        for _ in 0..STEPS {
            let (_, g) = slope(&*self.objective, at);
            let step = Bend::at(&*self.objective, at).newton(g);
            let next = [at[0] - step[0], at[1] - step[1]];
            let near = apart(next, from) <= leash;
            if !near {
                return None;
            }
            at = next;
            if length(step) <= f64::EPSILON * (length(at) + self.span() * f64::EPSILON) {
                break;
            }
        }
        let (loss, g) = slope(&*self.objective, at);
        let bend = Bend::at(&*self.objective, at);
        let [lambda_max, lambda_min] = bend.curvatures();
        // A saddle of a higher order has no curvature, and what rounding leaves of it is small against that beside it.
        let cell = self.span() / (SIDE - 1) as f64;
        let beside = Bend::at(&*self.objective, [at[0] + cell, at[1]]).curvatures();
        let steepest = [lambda_max, lambda_min].into_iter().chain(beside).map(f64::abs);
        let level = LEVEL * steepest.fold(0.0, f64::max);
        let is_saddle = lambda_min < -level && level < lambda_max;
        let is_critical = length(bend.newton(g)) <= ARRIVED * self.span();
        let is_smooth = self.objective.is_smooth_at(ArrayView1::from(&at));
        (is_saddle && is_critical && is_smooth && loss.is_finite() && self.area.contains(at))
            .then_some(Saddle { at, loss, lambda_max, lambda_min })
    }
}

/// Where a function is lowest in a range, and how low: among so many places, and then between the neighbours of the best
/// of them by the golden section.
fn lowest(count: usize, [from, to]: [f64; 2], of: impl Fn(f64) -> f64) -> (f64, f64) {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let width = (to - from) / (count - 1) as f64;
    let place = |k: usize| from + width * k as f64;
    let best = (0..count)
        .map(|k| (place(k), of(place(k))))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(from, |(place, _)| place);
    let (mut low, mut high) = ((best - width).max(from), (best + width).min(to));
    let inner = |low: f64, high: f64| {
        [high - GOLDEN * (high - low), low + GOLDEN * (high - low)].map(|at| (at, of(at)))
    };
    let [mut left, mut right] = inner(low, high);
    for _ in 0..CLOSER {
        if left.1 <= right.1 {
            (high, right) = (right.0, left);
            let at = high - GOLDEN * (high - low);
            left = (at, of(at));
        } else {
            (low, left) = (left.0, right);
            let at = low + GOLDEN * (high - low);
            right = (at, of(at));
        }
    }
    if left.1 <= right.1 { left } else { right }
}

/// The ring around a point of the grid, in order.
const RING: [[usize; 2]; 8] = [[0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [1, 2], [0, 2], [0, 1]];

/// The points of the grid around which the loss is higher and lower in turn, the lowest first.
fn passes(values: &[f64], grid: Grid) -> Vec<Point> {
    let mut found: Vec<(f64, Point)> = Vec::new();
    for row in 1..SIDE - 1 {
        for column in 1..SIDE - 1 {
            let here = values[row * SIDE + column];
            let higher = RING.map(|[x, y]| values[(row + y - 1) * SIDE + column + x - 1] >= here);
            let turns = (0..RING.len()).filter(|&k| higher[k] != higher[(k + 1) % RING.len()]);
            if turns.count() >= 4 {
                found.push((here, [grid.x(column), grid.y(row)]));
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::survey::thrice;
    use crate::problem::Formula;
    use crate::problem::landscapes;

    fn saddles(landscape: &str, minima: Vec<Point>) -> Vec<Saddle> {
        let landscape = landscapes::ALL.choose(landscape).unwrap().build();
        let area = thrice(landscape.view().window);
        let mut search = Search::new(Arc::new(Formula(landscape)), area, minima);
        while search.advance() {}
        search.finish()
    }

    #[test]
    fn himmelblau_has_its_four_passes() {
        let found = saddles("himmelblau", Vec::new());
        // Where the two cubic equations of the gradient have their other solutions, to four digits.
        let known = [[-3.0730, -0.0813], [-0.1280, -1.9537], [0.0867, 2.8843], [3.3852, 0.0739]];
        assert_eq!(found.len(), known.len(), "{found:?}");
        for at in known {
            assert!(found.iter().any(|saddle| apart(saddle.at, at) < 2e-4), "{at:?}: {found:?}");
        }
    }

    #[test]
    fn a_pass_over_a_sharp_ridge_is_found_between_its_two_wells() {
        let landscape = landscapes::ALL.choose("sharp_and_wide").unwrap().build();
        let found = saddles("sharp_and_wide", landscape.minima());
        assert_eq!(found.len(), 1, "{found:?}");
        // Both wells lie on y = 0, about which the landscape is symmetric.
        assert!(found[0].at[1].abs() < 1e-9 && found[0].lambda_min < -10.0, "{found:?}");
    }

    #[test]
    fn a_bowl_has_no_pass() {
        assert!(saddles("quadratic", vec![[0.0, 0.0]]).is_empty());
    }

    #[test]
    fn the_loss_rises_on_both_sides_of_a_pass_and_falls_on_the_other_two() {
        let mut seen = 0;
        for entry in landscapes::ALL.entries {
            let objective = Formula(landscapes::ALL.choose(entry.id).unwrap().build());
            let loss = |at: Point| slope(&objective, at).0;
            for saddle in saddles(entry.id, Vec::new()) {
                let (_, along) = Bend::at(&objective, saddle.at).eigen();
                let aside = [-along[1], along[0]];
                for (way, rises) in [(along, true), (aside, false)] {
                    for side in [1e-3, -1e-3] {
                        let there = [0, 1].map(|k| saddle.at[k] + side * way[k]);
                        let risen = loss(there) - saddle.loss;
                        assert!((risen > 0.0) == rises, "{}: {saddle:?}: {risen}", entry.id);
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 100, "there are passes to look at: {seen}");
    }
}
