//! A first sketch of where starts end: many pixels moved together, and only asked in whose basin, or on which floor,
//! they are at last.
//!
//! Plain descent and plain SAM with p = 2 over a gradient that is written for lanes, in `f32`, coarse first. No run is
//! judged, so that nothing is counted by it: it is what is seen until the runs have landed.

use std::sync::Arc;

use rayon::prelude::*;

use super::kind::Kind;
use super::question::Question;
use super::rounds::{STRIDES, nearest, pixels};
use crate::analysis::basins::Basins;
use crate::analysis::flow::Point;
use crate::analysis::outcome;
use crate::math::fast::Number as _;
use crate::optim::ascent::FLAT;
use crate::optim::run::lean::Lean;
use crate::problem::Batch;
use crate::problem::flock::{self, Rule};

/// A sketch on its way.
pub(super) struct SketchWork {
    question: Question,
    basins: Arc<Basins>,
    /// The runs that are sketched, by their places, and how each moves.
    runs: Vec<(usize, Rule)>,
    /// What each pixel of each of them is seen to end in.
    seen: Vec<Vec<Seen>>,
    round: usize,
    /// Which of the runs is under way.
    run: usize,
    /// The pixels of the round, and how many of them have been begun.
    pixels: Vec<u32>,
    begun: usize,
    flocks: Vec<Flock>,
    /// Sums and products that were made for the whole sketch, about.
    spent: f64,
}

/// Some pixels that are moved together.
struct Flock {
    pixels: Vec<u32>,
    here: [Vec<f32>; 2],
    /// The same one step before the end.
    before: [Vec<f32>; 2],
    done: usize,
}

/// What a pixel ends in, or something that is not told here.
type Seen = Option<End>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Beyond,
    /// A minimum, by its number.
    Minimum(usize),
    Floor,
}

/// What each pixel of one run seems to end in; none where that is more than a basin or a floor.
pub(super) struct Sketch {
    /// The run, by its place.
    pub(super) run: usize,
    /// The kinds that occur.
    pub(super) kinds: Vec<Kind>,
    /// Pixel by pixel a place among the kinds.
    pub(super) pixels: Vec<Option<usize>>,
}

/// Sums and products of a whole sketch, about: less than a second of two cores, and a twentieth of what judged runs take.
/// A round that would take more is left out: the runs themselves are not kept waiting.
const MOST: f64 = 7e10;
/// The same of one thread's part of a piece of the work: a millisecond or two where registers hold four numbers.
const PIECE: f64 = 1e7;
/// Starts that are moved together: enough to fill the lanes, and no more than leave a piece short.
const FEWEST: usize = 64;
const FULL: usize = 4096;

impl SketchWork {
    /// That of the runs of a question; none where no run is plain, no gradient is in lanes, the minima are not known, or
    /// even a coarse one would be waited for.
    pub(super) fn new(question: &Question) -> Option<Self> {
        let basins = Arc::clone(question.ground.basins.as_ref()?);
        question.ground.problem.objective.herd()?;
        let rule = |run: usize| {
            let case = question.case(run, question.grid.window.centre())?;
            Some((run, Lean::rule(&case.setup)?))
        };
        let runs: Vec<(usize, Rule)> = (0..question.specs.len()).filter_map(rule).collect();
        let nothing = vec![None; question.grid.columns * question.grid.rows];
        let mut new = Self {
            question: question.clone(),
            basins,
            seen: vec![nothing; runs.len()],
            runs,
            round: 0,
            run: 0,
            pixels: Vec::new(),
            begun: 0,
            flocks: Vec::new(),
            spent: 0.0,
        };
        (!new.runs.is_empty() && new.begin()).then_some(new)
    }

    /// Lists the pixels of the round; false where it would take too long.
    fn begin(&mut self) -> bool {
        self.pixels = pixels(self.question.grid, self.round);
        (self.run, self.begun) = (0, 0);
        let cost: f64 =
            self.runs.iter().map(|(_, rule)| self.step_cost(*rule) * steps(*rule)).sum();
        self.spent += cost * self.pixels.len() as f64;
        self.spent <= MOST
    }

    /// Sums and products of a step from one start.
    fn step_cost(&self, rule: Rule) -> f64 {
        let herd = self.question.ground.problem.objective.herd();
        let gradients = if rule.rho > 0.0 { 2.0 } else { 1.0 };
        herd.map_or(f64::INFINITY, |herd| herd.cost()) * gradients
    }

    /// Does one piece of the work: the sketches of all runs when a round is over; and whether there is more.
    pub(super) fn advance(mut self) -> (Vec<Sketch>, Option<Self>) {
        let (_, rule) = self.runs[self.run];
        if self.flocks.is_empty() {
            self.gather(rule);
        }
        if !self.flocks.is_empty() {
            self.move_on(rule);
            return (Vec::new(), Some(self));
        }
        (self.run, self.begun) = (self.run + 1, 0);
        if self.run < self.runs.len() {
            return (Vec::new(), Some(self));
        }
        let sketches = (0..self.runs.len()).map(|run| self.sketch(run)).collect();
        self.round += 1;
        let goes_on = self.round < STRIDES.len() && self.begin();
        (sketches, goes_on.then_some(self))
    }

    /// Takes the next pixels of the round, a flock a thread.
    fn gather(&mut self, rule: Rule) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within bounds"
        )]
        let size = (PIECE / (self.step_cost(rule) * steps(rule))).clamp(FEWEST as f64, FULL as f64)
            as usize;
        let size = size.next_multiple_of(FEWEST);
        let waiting = &self.pixels[self.begun..];
        let taken = waiting.len().min(size * rayon::current_num_threads());
        let flock = |pixels: &[u32]| {
            let starts = pixels.iter().map(|pixel| self.question.start(*pixel as usize));
            let (x, y) = starts.map(|[x, y]| (f32::rounded(x), f32::rounded(y))).unzip();
            let here = [x, y];
            Flock { pixels: pixels.to_vec(), before: here.clone(), here, done: 0 }
        };
        self.flocks = waiting[..taken].chunks(size).map(flock).collect();
        self.begun += taken;
    }

    /// Moves all flocks by some steps, and looks where they are when these were the last.
    fn move_on(&mut self, rule: Rule) {
        let objective = &self.question.ground.problem.objective;
        let Some(herd) = objective.herd() else { return self.flocks.clear() };
        let largest = self.flocks.iter().map(|flock| flock.pixels.len()).max().unwrap_or(1);
        let cost = self.step_cost(rule) * largest as f64;
        let basins = &self.basins;
        let ends: Vec<Option<Vec<Seen>>> = self
            .flocks
            .par_iter_mut()
            .with_max_len(1)
            .map(|flock| {
                let left = rule.steps - flock.done;
                let steps = piece(cost).min(left);
                if steps < left {
                    herd.drive(rule, FLAT, steps, &mut flock.here);
                    flock.done += steps;
                    return None;
                }
                herd.drive(rule, FLAT, steps.saturating_sub(1), &mut flock.here);
                flock.before = flock.here.clone();
                herd.drive(rule, FLAT, steps.min(1), &mut flock.here);
                let loss = |at: Point| objective.loss((&at).into(), Batch::Whole);
                Some((0..flock.pixels.len()).map(|k| end(basins, flock.ends(k), loss)).collect())
            })
            .collect();
        // All have as many steps to make, so that they are there together.
        if ends.iter().all(Option::is_some) {
            let flocks = std::mem::take(&mut self.flocks);
            for (flock, ends) in flocks.into_iter().zip(ends.into_iter().flatten()) {
                for (pixel, end) in flock.pixels.into_iter().zip(ends) {
                    self.seen[self.run][pixel as usize] = end;
                }
            }
        }
    }

    /// What is known of a run, each pixel as the nearest one that was begun.
    fn sketch(&self, run: usize) -> Sketch {
        let (grid, stride) = (self.question.grid, STRIDES[self.round]);
        let mut ends: Vec<End> = Vec::new();
        let of = |pixel: usize| {
            let end = self.seen[run][nearest(grid, pixel, stride)]?;
            let known = ends.iter().position(|known| *known == end);
            Some(known.unwrap_or_else(|| {
                ends.push(end);
                ends.len() - 1
            }))
        };
        let pixels = (0..grid.columns * grid.rows).map(of).collect();
        let kinds = ends.into_iter().map(|end| self.kind(end)).collect();
        Sketch { run: self.runs[run].0, kinds, pixels }
    }

    fn kind(&self, end: End) -> Kind {
        match end {
            End::Beyond => Kind::Beyond,
            End::Floor => Kind::Floor,
            End::Minimum(minimum) => {
                let own = self.question.ground.own;
                Kind::Basin(outcome::basin_of_formula(&self.basins, own, minimum))
            }
        }
    }
}

impl Flock {
    /// Where the start of number `k` is at last and the step before.
    fn ends(&self, k: usize) -> [Point; 2] {
        [&self.here, &self.before].map(|at| [at[0][k].widened(), at[1][k].widened()])
    }
}

/// What a run is in that is at these two places at last: a run that goes to and fro is around their middle.
fn end(basins: &Basins, [here, before]: [Point; 2], loss: impl Fn(Point) -> f64) -> Seen {
    if !here.iter().chain(&before).all(|x| x.is_finite()) {
        return Some(End::Beyond);
    }
    let middle = [0, 1].map(|k| 0.5 * (here[k] + before[k]));
    let captured = |at: Point| basins.captured(at, loss(at));
    let minimum = captured(middle).or_else(|| captured(here));
    minimum.map(End::Minimum).or_else(|| basins.is_beside_floor(middle).then_some(End::Floor))
}

fn steps(rule: Rule) -> f64 {
    rule.steps.max(1) as f64
}

/// Steps of one piece, where one costs so much: whole rounds in which settled starts are found, where that is possible.
fn piece(cost: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
    let steps = (PIECE / cost).clamp(1.0, 1e6) as usize;
    match steps / flock::ROUND {
        0 if 4 * steps >= flock::ROUND => flock::ROUND,
        0 => steps,
        rounds => rounds * flock::ROUND,
    }
}
