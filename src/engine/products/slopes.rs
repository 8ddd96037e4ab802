//! Which way it goes from places all over the map: the slopes that arrows on it show.

use std::sync::Arc;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use web_time::Instant;

use super::grounds::looking;
use crate::analysis::grounds::Looking;
use crate::analysis::streamlines::Streamlines;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::problem::grid::{Plane, Window};
use crate::problem::{Batch, Objective};
use crate::scene::Source;
use crate::scene::arrows::Arrows;

/// The slopes at places of a lattice.
#[derive(Debug, Clone)]
pub struct Slopes {
    /// What they are of.
    pub of: SlopesJob,
    /// Of those who look around in each way, and of those who do not.
    found: Vec<(Option<Looking>, Ways)>,
}

/// The ways down that are drawn on a map: arrows from many places, or lines.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// From the places of a lattice.
    pub slopes: Arc<[Slope]>,
    /// From end to end.
    pub lines: Vec<Arc<[[f64; 2]]>>,
}

/// The ways that go down from a place, as shadows on the plane of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The column and the row of the place in the lattice.
    pub cell: [usize; 2],
    /// Where it is on the map.
    pub at: [f64; 2],
    /// `−∇L(w)`.
    pub descent: [f64; 2],
    /// `−g_s`, or down the surrogate, where that is asked for; the same as descent for who does not look around.
    pub other: [f64; 2],
}

impl Slopes {
    /// The slopes on the map of run `place`, and how it looks around; none for a run that is hidden.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<(Option<&Looking>, &Ways)> {
        let looking = self.of.runs.get(place)?;
        let found = self.found.iter().find(|(other, _)| other == looking)?;
        Some((found.0.as_ref(), &found.1))
    }
}

impl Product for Slopes {
    type Job = SlopesJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<SlopesJob> {
        let scene = asked.scene;
        if scene.arrows == Arrows::None {
            return Implied::Nothing;
        }
        let source = scene.source();
        let plane = match engine.coming() {
            _ if scene.subject.dimension() == 2 => Some(Plane::of_weights()),
            Some(seen) if seen.comparison.scene.source() == source => {
                Some(seen.section.plane.clone())
            }
            Some(_) | None => None,
        };
        let arrows = scene.arrows;
        let of = |place: usize| looking(&scene.spec(place)).filter(|_| !arrows.are_of_the_loss());
        let runs = (0..scene.runs.len()).map(of).collect();
        match asked.window.zip(plane) {
            Some((window, plane)) => {
                Implied::Job(SlopesJob { source, plane, window, arrows, runs })
            }
            None => Implied::Keep,
        }
    }
}

/// What slopes depend on: the problem, the part of it that is seen, and how each run looks around.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopesJob {
    /// What is minimised.
    pub source: Source,
    /// The plane through weight space.
    pub plane: Plane,
    /// The part of it that is shown.
    pub window: Window,
    /// Which slopes are asked for.
    pub arrows: Arrows,
    /// How each run of the scene looks around; none where it does not, or nobody asks.
    pub runs: Vec<Option<Looking>>,
}

/// Places along the longer side of the map: as many as arrows have room on a large one; a small map draws every second.
const LONGEST: usize = 40;

impl SlopesJob {
    /// From place to place of the lattice, in units of the map.
    #[must_use]
    pub fn cell(&self) -> f64 {
        let [width, height] = self.window.span();
        width.max(height) / LONGEST as f64
    }

    /// The places, row by row from below.
    fn places(&self) -> Vec<([usize; 2], [f64; 2])> {
        let cell = self.cell();
        let Window { x, y } = self.window;
        let along = |[low, high]: [f64; 2]| -> Vec<f64> {
            let place = |k: usize| low + cell * (k as f64 + 0.5);
            (0..LONGEST).map(place).take_while(|at| *at < high).collect()
        };
        let (across, upward) = (along(x), along(y));
        let row = |(row, y): (usize, &f64)| -> Vec<([usize; 2], [f64; 2])> {
            let place = |(column, x): (usize, &f64)| ([column, row], [*x, *y]);
            across.iter().enumerate().map(place).collect()
        };
        upward.iter().enumerate().flat_map(row).collect()
    }
}

impl Job for SlopesJob {
    type Product = Slopes;

    fn begin(&self) -> Box<dyn Task<Slopes>> {
        let mut all: Vec<Option<Looking>> = Vec::new();
        for looking in &self.runs {
            if !all.contains(looking) {
                all.push(looking.clone());
            }
        }
        let objective = self.source.build().objective;
        let (of, places) = (self.clone(), self.places());
        let (found, lines, done) = (Vec::new(), None, Vec::new());
        Box::new(SlopesTask { of, objective, all, places, found, lines, done })
    }
}

struct SlopesTask {
    of: SlopesJob,
    objective: Arc<dyn Objective>,
    all: Vec<Option<Looking>>,
    places: Vec<([usize; 2], [f64; 2])>,
    /// Those of one way to look around, as far as they are there.
    found: Vec<Slope>,
    lines: Option<Streamlines>,
    done: Vec<(Option<Looking>, Ways)>,
}

/// Lines are so many cells of the lattice apart.
const LINES_APART: f64 = 1.6;

/// Places of a piece: a few for each core.
const PIECE: usize = 8;

impl SlopesTask {
    fn slope(&self, (cell, at): ([usize; 2], [f64; 2]), looking: Option<&Looking>) -> Slope {
        let Self { of: SlopesJob { plane, arrows, .. }, objective, .. } = self;
        let w = plane.at(at[0], at[1]);
        let down = |g: ndarray::Array1<f64>| plane.components((-g).view());
        let gradient = || objective.loss_and_gradient(w.view(), Batch::Whole).1;
        let (descent, other) = match (looking, arrows) {
            (None, _) | (_, Arrows::None | Arrows::Descent | Arrows::DescentLines) => {
                let down = down(gradient());
                (down, down)
            }
            (Some(looking), Arrows::Sam | Arrows::Both | Arrows::SamLines) => {
                let [here, there] = looking.gradients(&**objective, w.view());
                (down(here), down(there))
            }
            (Some(looking), Arrows::Surrogate) => {
                // The steepest way within the plane, in two directions at a right angle.
                let [first, second] = plane.frame();
                let slopes = looking.slopes_of_surrogate(&**objective, w.view(), [&first, &second]);
                (down(gradient()), down(first * slopes[0] + second * slopes[1]))
            }
        };
        Slope { cell, at, descent, other }
    }

    /// One more step of the lines of `looking`.
    fn trace(&mut self, looking: Option<Looking>) {
        let apart = LINES_APART * self.of.cell();
        let new = || Streamlines::new(self.of.window, apart);
        let mut lines = self.lines.take().unwrap_or_else(new);
        let way = |at: [f64; 2]| self.slope(([0, 0], at), looking.as_ref()).other;
        if lines.advance(&way) {
            self.lines = Some(lines);
        } else {
            let lines = lines.finish().into_iter().map(Arc::from).collect();
            self.done.push((looking, Ways { slopes: Arc::default(), lines }));
        }
    }
}

impl Task<Slopes> for SlopesTask {
    fn advance(&mut self, until: Instant) -> Progress<Slopes> {
        while let Some(looking) = self.all.get(self.done.len()).cloned() {
            if self.of.arrows.are_lines() {
                self.trace(looking);
                if Instant::now() >= until {
                    return Progress::Working;
                }
                continue;
            }
            let from = self.found.len();
            let to = (from + PIECE).min(self.places.len());
            let slope = |place: usize| self.slope(self.places[place], looking.as_ref());
            let more: Vec<Slope> = (from..to).into_par_iter().map(slope).collect();
            self.found.extend(more);
            if to == self.places.len() {
                let slopes = std::mem::take(&mut self.found).into();
                self.done.push((looking, Ways { slopes, lines: Vec::new() }));
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
        Progress::Done(Slopes { of: self.of.clone(), found: std::mem::take(&mut self.done) })
    }
}
