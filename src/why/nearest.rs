//! The nearest ρ that makes a run end otherwise: from a grid to a cell, inside of it, and down to a millionth.
//!
//! ```text
//! grid      j/32 of the run's ρ, j = 0 … 64          the first value on either side whose end differs; the nearer counts
//! inside    31 values of the cell before it           same same same flips flips …      one flip
//!                                                     same flips same same flips …      a band, from the first flip on
//! down      the first flip, and the last return before it stays, each in quarters until it is known to the tolerance
//! ```
//!
//! Where one flip was found, values beyond it, ever closer, are tried once: if one of them ends as the run does, it is a
//! band after all. What lies between two values that were tried is not known: it is the nearest at this resolution.
//! Where some ρ of the grid leads elsewhere, ends that are only otherwise count as the same; the grid is gone through
//! from the run's own ρ outward, and no farther than to the first value that leads elsewhere.

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
const PARTS: usize = 32;
/// Parts of what is left in each round.
const QUARTERS: usize = 4;
/// Values beyond a single flip that are tried, each half as far as the one before.
const PROBES: i32 = 8;

/// Values of the grid to each side that are tried at once.
const WAVE: usize = 8;

/// The value of the grid around `rho` that is so many cells below it, and the one above.
fn pair(rho: f64, cells: usize) -> [f64; 2] {
    [SIDE - cells, SIDE + cells].map(|j| rho * j as f64 / SIDE as f64)
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
    /// The run as it is, and the values of the grid below and above that were tried, outward.
    sides: [Vec<Tried>; 2],
    /// The values that are being tried.
    trying: Option<(Vec<f64>, Fleet)>,
    stage: Stage,
    /// What makes a difference that counts.
    level: Difference,
    /// What is still to be searched: values outward from one that ends the same to one that does not.
    cells: Vec<Vec<Tried>>,
    rounds: usize,
    probed: bool,
    found: Vec<Nearest>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Grid,
    Cells,
}

impl Search {
    /// The search for a run of `spec` that ends so.
    pub(super) fn new(spec: RunSpec, own: &Outcome) -> Self {
        let rho = spec.ball.rho.get();
        let home = Tried { rho, outcome: Some(own.clone()), difference: Difference::None };
        Self {
            spec,
            own: End::of(own),
            sides: [vec![home.clone()], vec![home]],
            trying: None,
            stage: Stage::Grid,
            level: Difference::None,
            cells: Vec::new(),
            rounds: 0,
            probed: false,
            found: Vec::new(),
        }
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
        if self.stage == Stage::Grid {
            let values = self.wave();
            if !values.is_empty() {
                self.try_out(values);
                return false;
            }
            self.choose_cells();
            self.stage = Stage::Cells;
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
            self.try_out(values);
            return false;
        }
        true
    }

    fn try_out(&mut self, values: Vec<f64>) {
        let specs: Vec<RunSpec> =
            values.iter().filter_map(|rho| with_rho(&self.spec, *rho)).collect();
        self.trying = Some((values, Fleet::new(specs)));
    }

    /// The next values of the grid, below and above; none where one leads elsewhere, and where all were tried.
    fn wave(&self) -> Vec<f64> {
        let elsewhere = |tried: &Tried| tried.difference == Difference::Elsewhere;
        if self.sides.iter().flatten().any(elsewhere) {
            return Vec::new();
        }
        let next = self.sides[0].len();
        let rho = self.spec.ball.rho.get();
        (next..next + WAVE).filter(|cells| *cells <= SIDE).flat_map(|k| pair(rho, k)).collect()
    }

    /// The cell before the first value of the grid that makes a difference; both where two are as near.
    fn choose_cells(&mut self) {
        let differences = self.sides.iter().flatten().map(|tried| tried.difference);
        self.level = differences.max().unwrap_or(Difference::None);
        if self.level == Difference::None {
            return;
        }
        let first = |side: &Vec<Tried>| side.iter().position(|tried| self.flips(tried));
        let firsts = [first(&self.sides[0]), first(&self.sides[1])];
        let nearest = firsts.into_iter().flatten().min();
        for (side, first) in self.sides.iter().zip(firsts) {
            if let Some(first) = first.filter(|first| *first > 0 && Some(*first) == nearest) {
                self.cells.push(side[first - 1..=first].to_vec());
            }
        }
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
            between.filter(|x| (*x - a).abs() > 0.0 && (*x - b).abs() > 0.0).collect()
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
        let own = self.own;
        let tried = values.iter().zip(outcomes).map(|(&rho, outcome)| Tried {
            rho,
            difference: own.difference(&End::of(&outcome)),
            outcome: Some(outcome),
        });
        if self.stage == Stage::Grid {
            for (k, tried) in tried.enumerate() {
                self.sides[k % 2].push(tried);
            }
            return;
        }
        let Some(cell) = self.cells.last_mut() else { return };
        let rho = self.spec.ball.rho.get();
        cell.extend(tried);
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
