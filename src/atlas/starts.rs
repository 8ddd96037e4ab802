//! Where each start ends: the kind of end of a run begun at every pixel of a map, coarse first.
//!
//! Every pixel is a run of its own with the outcome of any single run: nothing is interpolated. B. Mandelbrot's and
//! J. Hubbard's pictures of Newton's method were made so.

use super::kind::{Ground, Kind, Kinds, Number};
pub use super::question::Question;
use super::rounds::{STRIDES, nearest, pixels};
use super::sketch::{Sketch, SketchWork};
use crate::analysis::outcome::{Ending, Outcome, Stillness};
use crate::flight::{Fleet, Landed};
use crate::problem::grid::Grid;

/// How the run from one start ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Its kind, by its number among [`Starts::kinds`].
    pub kind: Number,
    /// How it is there.
    pub how: How,
}

/// How a run is where it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// It does not move.
    Rests,
    /// It goes around with a period.
    Cycles {
        /// How many points it visits.
        period: u8,
        /// The largest distance of one of them from their mean.
        amplitude: f32,
    },
    /// It goes around without one.
    Rattles {
        /// The largest distance of a point from their mean.
        amplitude: f32,
    },
    /// It is on its way, or the kind says all.
    Otherwise,
}

impl How {
    /// How the run of `outcome` is where it ended.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "two digits are told")]
        let short = |amplitude: f64| amplitude as f32;
        match outcome.ending {
            Ending::Rest { why: Stillness::Minimum | Stillness::Decay | Stillness::Short } => {
                Self::Rests
            }
            Ending::Cycle { period: Some(period), amplitude } => Self::Cycles {
                period: u8::try_from(period).unwrap_or(u8::MAX),
                amplitude: short(amplitude),
            },
            Ending::Cycle { period: None, amplitude } => {
                Self::Rattles { amplitude: short(amplitude) }
            }
            Ending::Rest { .. }
            | Ending::Diverged { .. }
            | Ending::Stopped { .. }
            | Ending::Saddle { .. }
            | Ending::Stalled { .. }
            | Ending::Drifting { .. }
            | Ending::Moving => Self::Otherwise,
        }
    }
}

/// The ends of runs from all pixels of a map, as far as they are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Starts {
    /// The starts.
    pub grid: Grid,
    /// The kinds that all runs end in.
    pub kinds: Kinds,
    /// Of each run that was asked for, its end from every pixel; none where that is not known yet.
    pub runs: Vec<Vec<Option<Told>>>,
    /// What pixels seem to end in, run by run, while their runs have not landed; empty where nothing is sketched.
    pub sketch: Vec<Vec<Option<Number>>>,
}

/// Starts on their way.
pub struct StartsWork {
    question: Question,
    sketch: Option<SketchWork>,
    fleet: Fleet,
    round: usize,
    /// The pixels of the round, and how many of them, times runs, have been sent out and have landed.
    pixels: Vec<u32>,
    sent: usize,
    landed: usize,
    all_landed: usize,
    found: Starts,
}

/// What came of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// There is more to do.
    More,
    /// A sketch is there, or a finer one.
    Sketch,
    /// A round is over: what is known covers the map, if coarsely.
    Round,
    /// All is known.
    All,
}

impl StartsWork {
    /// Nothing is known yet.
    #[must_use]
    pub fn new(question: Question) -> Self {
        let grid = question.grid;
        let nothing = vec![None; grid.columns * grid.rows];
        let found = Starts {
            grid,
            kinds: Kinds::none(Ground::One),
            runs: vec![nothing; question.specs.len()],
            sketch: vec![Vec::new(); question.specs.len()],
        };
        let mut work = Self {
            sketch: SketchWork::new(&question),
            question,
            fleet: Fleet::new(),
            round: 0,
            pixels: Vec::new(),
            sent: 0,
            landed: 0,
            all_landed: 0,
            found,
        };
        work.begin();
        work
    }

    /// Lists the pixels of the round.
    fn begin(&mut self) {
        self.pixels = pixels(self.question.grid, self.round);
        (self.sent, self.landed) = (0, 0);
    }

    /// Does one piece of the work, a millisecond or two.
    pub fn advance(&mut self) -> Came {
        if let Some(sketch) = self.sketch.take() {
            return self.sketched(sketch);
        }
        let Self { question, fleet, pixels, sent, .. } = self;
        let runs = question.specs.len();
        let (landed, _) = fleet.advance(|| {
            let number = *sent;
            let pixel = *pixels.get(number / runs.max(1))? as usize;
            *sent += 1;
            let case = question.case(number % runs, question.start(pixel))?;
            Some((pixel * runs + number % runs, case))
        });
        self.landed += landed.len();
        self.all_landed += landed.len();
        for (cell, Landed { outcome, .. }) in landed {
            let kind = self.found.kinds.number(&Kind::of(&outcome));
            self.found.runs[cell % runs][cell / runs] = Some(Told { kind, how: How::of(&outcome) });
        }
        if self.landed < runs * self.pixels.len() {
            return Came::More;
        }
        if self.round + 1 == STRIDES.len() {
            self.found.sketch.iter_mut().for_each(Vec::clear);
            return Came::All;
        }
        self.round += 1;
        self.begin();
        Came::Round
    }

    /// Does a piece of the sketch.
    fn sketched(&mut self, sketch: SketchWork) -> Came {
        let (sketches, rest) = sketch.advance();
        let came = if sketches.is_empty() { Came::More } else { Came::Sketch };
        for Sketch { run, kinds, pixels } in sketches {
            let numbers: Vec<Number> =
                kinds.iter().map(|kind| self.found.kinds.number(kind)).collect();
            self.found.sketch[run] = pixels.into_iter().map(|kind| Some(numbers[kind?])).collect();
        }
        self.sketch = rest;
        came
    }

    /// How much is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let Grid { columns, rows, .. } = self.question.grid;
        let all = (columns * rows * self.question.specs.len()).max(1);
        self.all_landed as f64 / all as f64
    }

    /// What is known so far.
    #[must_use]
    pub fn so_far(&self) -> &Starts {
        &self.found
    }

    /// What is known.
    #[must_use]
    pub fn finish(self) -> Starts {
        self.found
    }
}

/// A part of the starts that ends in one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The kind.
    pub kind: Number,
    /// Its part of the map, from 0 to 1.
    pub part: f64,
}

impl Starts {
    /// The share of every kind that some start of a run ends in, in the order of a legend: of the map as it is
    /// [filled](Self::filled), since runs land row by row.
    #[must_use]
    pub fn shares(&self, run: usize) -> Vec<Share> {
        self.shares_of(&self.filled(run))
    }

    /// The same of a map that was filled.
    #[must_use]
    pub fn shares_of(&self, filled: &[Option<Number>]) -> Vec<Share> {
        // What a sketch does not tell is a part of the map all the same.
        let is_sketched = self.sketch.iter().any(|sketch| !sketch.is_empty());
        let known = || filled.iter().flatten().count();
        self.shares_in(filled, if is_sketched { filled.len() } else { known() })
    }

    /// The same of those pixels alone that tell a kind.
    #[must_use]
    pub fn shares_among(&self, told: &[Option<Number>]) -> Vec<Share> {
        self.shares_in(told, told.iter().flatten().count())
    }

    fn shares_in(&self, pixels: &[Option<Number>], all: usize) -> Vec<Share> {
        let mut counts = vec![0_usize; self.kinds.len()];
        for kind in pixels.iter().flatten() {
            counts[usize::from(*kind)] += 1;
        }
        let part = |kind: Number| counts[usize::from(kind)] as f64 / all.max(1) as f64;
        let shares = self.kinds.in_order().into_iter().map(|kind| Share { kind, part: part(kind) });
        shares.filter(|share| share.part > 0.0).collect()
    }

    /// How the run from the pixel next to `at` ends, once that pixel is known.
    #[must_use]
    pub fn at(&self, run: usize, at: [f64; 2]) -> Option<Told> {
        let Grid { window, columns, rows } = self.grid;
        let place = |at: f64, range: [f64; 2], count: usize| {
            let part = (at - range[0]) / (range[1] - range[0]);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            let place = (part * (count - 1) as f64).round().max(0.0) as usize;
            (0.0..=1.0).contains(&part).then_some(place.min(count - 1))
        };
        let (column, row) = (place(at[0], window.x, columns)?, place(at[1], window.y, rows)?);
        *self.runs.get(run)?.get(row * columns + column)?
    }

    /// Whether all ends are known.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.runs.iter().flatten().all(Option::is_some)
    }

    /// The kinds of one run, pixel by pixel, each unknown one as it is sketched, else as the nearest known one of a
    /// coarser round; none where nothing is known.
    #[must_use]
    pub fn filled(&self, run: usize) -> Vec<Option<Number>> {
        let Grid { columns, rows, .. } = self.grid;
        let Some(known) = self.runs.get(run) else { return vec![None; columns * rows] };
        let sketch = self.sketch.get(run).map_or(&[][..], |sketch| sketch);
        let of = |pixel: usize| {
            let here = known[pixel].map(|told| told.kind).or_else(|| *sketch.get(pixel)?);
            here.or_else(|| {
                let coarser = STRIDES.iter().rev();
                coarser
                    .map(|stride| known[nearest(self.grid, pixel, *stride)])
                    .find_map(|told| told.map(|told| told.kind))
            })
        };
        (0..columns * rows).map(of).collect()
    }
}
