//! The nearest ρ that makes a run end otherwise: from a grid to a cell, inside of it, and down to a millionth.
//!
//! ```text
//! grid      j/32 of the run's ρ, j = 0 … 64          the first value on either side whose end differs; the nearer counts
//! inside    63 values of the cell before it           same same same flips flips …      one flip
//!                                                     same flips same same flips …      a band, from the first flip on
//! down      the first flip, and the last return before it stays, each in quarters until it is known to the tolerance
//! ```
//!
//! Where one flip was found, values beyond it, ever closer, are tried once: if one of them ends as the run does, it is a
//! band after all. What lies between two values that were tried is not known: it is the nearest at this resolution.
//! Where some ρ leads elsewhere, ends that are only otherwise count as the same.

use super::end::{Difference, End};
use super::rerun::{Fleet, Ground};
use crate::analysis::outcome::Outcome;
use crate::math::norm::{Ball, Radius};
use crate::scene::run::RunSpec;

/// The nearest ρ that makes a run end otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// The last ρ on the way from the run's own that ends as it does.
    pub same: Radius,
    /// The first that does not, [`tolerance`] beyond it at most.
    pub flips: Radius,
    /// Where ends alternate from there on: the first ρ beyond the last return, known to the same tolerance, with its end.
    pub until: Option<(Radius, Outcome)>,
    /// How it differs at `flips`.
    pub difference: Difference,
    /// How the run with `flips` ends.
    pub outcome: Outcome,
    /// The value of the grid beyond it, with its end: where what is seen at `flips` is passed through, it is another.
    pub outer: (Radius, Outcome),
}

/// How exactly a flip is known …
pub const TOLERANCE: f64 = 1e-6;
/// … and at most this part of the run's own ρ.
const PART: f64 = 1e-3;

/// How exactly a flip is known for a run with this ρ: a millionth, and for tiny ρ a thousandth of it.
#[must_use]
pub fn tolerance(rho: f64) -> f64 {
    TOLERANCE.min(PART * rho)
}

/// Cells of the grid to each side of the run's ρ.
const SIDE: usize = 32;
/// Parts of a cell that are tried at once.
const PARTS: usize = 64;
/// Parts of what is left in each round.
const QUARTERS: usize = 4;
/// Values beyond a single flip that are tried, each half as far as the one before.
const PROBES: i32 = 8;

/// The values of ρ on the grid around `rho`, all but itself: from the nearest to the farthest below, then above.
pub(super) fn grid(rho: f64) -> Vec<f64> {
    let at = |j: usize| rho * j as f64 / SIDE as f64;
    (0..SIDE).rev().map(at).chain((SIDE + 1..=2 * SIDE).map(at)).collect()
}

/// `spec` with another ρ.
pub(super) fn with_rho(spec: &RunSpec, rho: f64) -> Option<RunSpec> {
    let rho = Radius::new(rho).ok()?;
    Some(RunSpec { ball: Ball { rho, ..spec.ball }, ..spec.clone() })
}

/// A value of ρ that was tried.
#[derive(Clone)]
struct Tried {
    rho: f64,
    outcome: Option<Outcome>,
    difference: Difference,
}

/// A search under way.
pub(super) struct Search {
    spec: RunSpec,
    own: End,
    level: Difference,
    /// What is still to be searched: values outward from one that ends the same to one that does not.
    cells: Vec<Vec<Tried>>,
    /// What is being tried in the last of them.
    trying: Option<(Vec<f64>, Fleet)>,
    rounds: usize,
    probed: bool,
    found: Vec<Nearest>,
}

impl Search {
    /// The search for a run of `spec` that ends so, where the values of [`grid`] end in these ways.
    pub(super) fn new(spec: RunSpec, own: &Outcome, grid: &[Outcome]) -> Self {
        let end = End::of(own);
        let rho = spec.ball.rho.get();
        let tried = |(rho, outcome): (f64, &Outcome)| Tried {
            rho,
            difference: end.difference(&End::of(outcome)),
            outcome: Some(outcome.clone()),
        };
        let all: Vec<Tried> = self::grid(rho).into_iter().zip(grid).map(tried).collect();
        let level = all.iter().map(|tried| tried.difference).max().unwrap_or(Difference::None);
        let mut search = Self {
            spec,
            own: end,
            level,
            cells: Vec::new(),
            trying: None,
            rounds: 0,
            probed: false,
            found: Vec::new(),
        };
        if level == Difference::None || all.len() != 2 * SIDE {
            return search;
        }
        let home = Tried { rho, outcome: Some(own.clone()), difference: Difference::None };
        let sides = all.split_at(SIDE);
        let first = |side: &[Tried]| side.iter().position(|tried| tried.difference >= level);
        let firsts = [first(sides.0), first(sides.1)];
        let nearest = firsts.into_iter().flatten().min();
        for (side, first) in [sides.0, sides.1].into_iter().zip(firsts) {
            if let Some(first) = first.filter(|first| Some(*first) == nearest) {
                let before = if first == 0 { home.clone() } else { side[first - 1].clone() };
                search.cells.push(vec![before, side[first].clone()]);
            }
        }
        search
    }

    /// Does one piece of the work; true when it is done.
    pub(super) fn advance(&mut self, ground: &Ground) -> bool {
        if let Some((values, mut fleet)) = self.trying.take() {
            if !fleet.advance(ground) {
                self.trying = Some((values, fleet));
                return false;
            }
            self.take_in(&values, fleet.outcomes());
        }
        while let Some(cell) = self.cells.pop() {
            let values = self.next(&cell);
            if values.is_empty() {
                self.found.extend(self.nearest(&cell));
                (self.rounds, self.probed) = (0, false);
                continue;
            }
            self.cells.push(cell);
            self.rounds += 1;
            let specs: Vec<RunSpec> =
                values.iter().filter_map(|rho| with_rho(&self.spec, *rho)).collect();
            self.trying = Some((values, Fleet::new(specs)));
            return false;
        }
        true
    }

    /// The nearest of what was found.
    pub(super) fn finish(self) -> Option<Nearest> {
        let rho = self.spec.ball.rho.get();
        let apart = |nearest: &Nearest| (nearest.flips.get() - rho).abs();
        self.found.into_iter().min_by(|a, b| apart(a).total_cmp(&apart(b)))
    }

    fn flips(&self, tried: &Tried) -> bool {
        tried.difference >= self.level
    }

    /// The place of the first value of `cell` that flips, and of the last one that does not.
    fn ends(&self, cell: &[Tried]) -> Option<(usize, usize)> {
        let first = cell.iter().position(|tried| self.flips(tried))?;
        let last = cell.iter().rposition(|tried| !self.flips(tried))?;
        (first > 0 && last + 1 < cell.len()).then_some((first, last))
    }

    /// What is to be tried next in `cell`; nothing where it is known well enough.
    fn next(&mut self, cell: &[Tried]) -> Vec<f64> {
        let Some((first, last)) = self.ends(cell) else { return Vec::new() };
        let parts = if self.rounds == 0 { PARTS } else { QUARTERS };
        let within = |from: usize| -> Vec<f64> {
            let (a, b) = (cell[from].rho, cell[from + 1].rho);
            if (b - a).abs() <= tolerance(self.spec.ball.rho.get()) {
                return Vec::new();
            }
            let between = (1..parts).map(|k| a + (b - a) * k as f64 / parts as f64);
            // Where two numbers are neighbours there is none between them.
            between.filter(|x| *x != a && *x != b).collect()
        };
        let mut values = within(first - 1);
        if last > first {
            values.extend(within(last));
        }
        if values.is_empty() && last < first && !self.probed && first + 1 < cell.len() {
            self.probed = true;
            let (a, b) = (cell[first].rho, cell[first + 1].rho);
            values.extend((1..=PROBES).map(|k| a + (b - a) * 0.5f64.powi(k)));
        }
        values
    }

    fn take_in(&mut self, values: &[f64], outcomes: Vec<Outcome>) {
        let (own, rho) = (self.own, self.spec.ball.rho.get());
        let Some(cell) = self.cells.last_mut() else { return };
        cell.extend(values.iter().zip(outcomes).map(|(&rho, outcome)| Tried {
            rho,
            difference: own.difference(&End::of(&outcome)),
            outcome: Some(outcome),
        }));
        cell.sort_by(|a, b| (a.rho - rho).abs().total_cmp(&(b.rho - rho).abs()));
    }

    fn nearest(&self, cell: &[Tried]) -> Option<Nearest> {
        let (first, last) = self.ends(cell)?;
        let radius = |tried: &Tried| Radius::new(tried.rho).ok();
        let beyond = cell.get(last + 1).filter(|_| last > first);
        let until = beyond.and_then(|tried| Some((radius(tried)?, tried.outcome.clone()?)));
        Some(Nearest {
            same: radius(&cell[first - 1])?,
            flips: radius(&cell[first])?,
            until,
            difference: cell[first].difference,
            outcome: cell[first].outcome.clone()?,
            outer: cell.last().and_then(|last| Some((radius(last)?, last.outcome.clone()?)))?,
        })
    }
}
