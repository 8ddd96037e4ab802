//! The ground of each run's own map, where another one than the loss is asked for: coarse first, and ever finer.

use std::sync::Arc;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use web_time::{Duration, Instant};

use super::terrain::{Drawing, FULL, Fineness, Terrain, grid};
use crate::analysis::field::Field;
use crate::analysis::grounds::{Cost, Ground, Looking};
use crate::analysis::levels::Spacing;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::problem::Objective;
use crate::problem::grid::{Grid, Plane, Window};
use crate::scene::run::RunSpec;
use crate::scene::{Scene, Source};

/// The grounds of the runs that look around.
#[derive(Clone)]
pub struct Grounds {
    /// What they are of.
    pub of: GroundsJob,
    /// In the order in which they are looked for first.
    found: Vec<(Looking, Arc<Terrain>)>,
}

impl Grounds {
    /// The ground of the map of run `place`, and of whom it is: while another one is on its way, still the last.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<(&Looking, &Arc<Terrain>)> {
        let looking = self.of.runs.get(place)?.as_ref()?;
        let of = |(other, _): &&(Looking, _)| other == looking;
        self.found.iter().find(of).map(|(looking, terrain)| (looking, terrain))
    }
}

impl Product for Grounds {
    type Job = GroundsJob;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<GroundsJob> {
        let scene = asked.scene;
        if scene.ground.is_the_loss() {
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
        match asked.window.zip(plane) {
            Some((window, plane)) => {
                let runs = GroundsJob::runs(scene);
                Implied::Job(GroundsJob { source, plane, window, ground: scene.ground, runs })
            }
            None => Implied::Keep,
        }
    }
}

/// What grounds depend on: the problem, the part of it that is seen, and how each run looks around.
#[derive(Debug, Clone, PartialEq)]
pub struct GroundsJob {
    /// What is minimised.
    pub source: Source,
    /// The plane through weight space.
    pub plane: Plane,
    /// The part of it that is shown.
    pub window: Window,
    /// What its height is.
    pub ground: &'static Ground,
    /// How each run of the scene looks around; none where it does not, where it is hidden, or where there is no such
    /// ground for it: its map shows the loss.
    pub runs: Vec<Option<Looking>>,
}

impl GroundsJob {
    fn runs(scene: &Scene) -> Vec<Option<Looking>> {
        let of = |(place, run): (usize, &crate::scene::run::Run)| {
            let looking = looking(&scene.spec(place)).filter(|_| !run.hidden)?;
            scene.ground.lacks(&looking).is_none().then_some(looking)
        };
        scene.runs.iter().enumerate().map(of).collect()
    }
}

/// How a run looks around where it first does; none where it never does.
#[must_use]
pub fn looking(spec: &RunSpec) -> Option<Looking> {
    let first = spec.perturbs().then(|| spec.looking())?;
    Some(Looking { ascent: first.ascent, ball: first.ball })
}

impl Job for GroundsJob {
    type Product = Grounds;

    fn begin(&self) -> Box<dyn Task<Grounds>> {
        let mut all: Vec<Looking> = Vec::new();
        for looking in self.runs.iter().flatten() {
            if !all.contains(looking) {
                all.push(looking.clone());
            }
        }
        let objective = self.source.build().objective;
        let middle = [0, 1].map(|k| {
            let range = [self.window.x, self.window.y][k];
            f64::midpoint(range[0], range[1])
        });
        let at = self.plane.at(middle[0], middle[1]);
        let price = |looking: &Looking| looking.price(&*objective, at.view());
        let price = all.iter().map(price).max().unwrap_or(1);
        let finest = finest(&*objective, self.ground.cost, price);
        let sides = SIDES.into_iter().filter(|side| *side <= finest).collect();
        Box::new(GroundsTask {
            of: self.clone(),
            objective,
            all,
            sides,
            round: 0,
            pixels: FIRST,
            done: Vec::new(),
            stage: None,
        })
    }
}

/// Pixels along the longer side of the map, from round to round.
const SIDES: [usize; 5] = [24, 64, 128, 192, FULL];
/// What a number of an example, or of a formula, costs in a gradient, in nanoseconds, and what every gradient does.
const NUMBER: f64 = 2.5;
const GRADIENT: f64 = 250.0;
/// Gradients that a search takes for as long as it does: with two weights, and with more.
const SEARCH: [f64; 2] = [60.0, 20.0];
/// What one map may cost in nanoseconds of one core. What is dearer is drawn more coarsely.
const BUDGET: f64 = 2e9;

/// The number of pixels along the longer side of a ground that is as fine as it may be: it follows from the problem
/// alone, so that a figure does not depend on who draws it.
fn finest(objective: &dyn Objective, cost: Cost, price: usize) -> usize {
    let [weights, examples] = [objective.dimension(), objective.examples().max(1)];
    let gradient = GRADIENT + NUMBER * (weights * examples) as f64;
    let gradients = match cost {
        Cost::Look => price as f64,
        Cost::Search => SEARCH[usize::from(weights > 2)],
    };
    let costs = |side: usize| gradients * gradient * (side * side) as f64;
    let affordable = SIDES.into_iter().rfind(|side| costs(*side) <= BUDGET);
    affordable.unwrap_or(SIDES[0]).max(LEAST)
}

/// A map is never coarser than this.
const LEAST: usize = 64;

struct GroundsTask {
    of: GroundsJob,
    objective: Arc<dyn Objective>,
    /// Each of those who look around once.
    all: Vec<Looking>,
    /// How fine the rounds are.
    sides: Vec<usize>,
    round: usize,
    /// Pixels of a piece, as many as take about a millisecond.
    pixels: usize,
    /// What there is of this round.
    done: Vec<(Looking, Arc<Terrain>)>,
    stage: Option<Stage>,
}

enum Stage {
    Pixels(Field, usize),
    Drawing(Box<Drawing>),
}

/// Contour lines of a map, about, as on that of the loss.
const LINES: usize = 20;
/// Pixels of the first piece.
const FIRST: usize = 16;
/// A piece that takes longer is followed by a shorter one, and one that takes a quarter of it by a longer one.
const PIECE: Duration = Duration::from_millis(1);
/// Pixels of a piece at most.
const MOST: usize = 1 << 13;

impl GroundsTask {
    /// Computes a few more pixels.
    fn compute(&mut self, field: &mut Field, from: usize, looking: &Looking) -> usize {
        let Self { of, objective, pixels, .. } = self;
        let began = Instant::now();
        let Grid { columns, .. } = field.grid;
        let to = (from + *pixels).min(field.values.len());
        let height = |pixel: usize| {
            let [x, y] = [field.grid.x(pixel % columns), field.grid.y(pixel / columns)];
            of.ground.height(&**objective, of.plane.at(x, y).view(), looking)
        };
        let heights: Vec<f64> = (from..to).into_par_iter().map(height).collect();
        field.values[from..to].copy_from_slice(&heights);
        let took = began.elapsed();
        if took > PIECE {
            // Two pixels still keep two cores busy.
            *pixels = (*pixels / 2).max(2);
        } else if took < PIECE / 4 {
            *pixels = (*pixels * 2).min(MOST);
        }
        to
    }

    /// The next piece; true when one more ground of the round is there.
    fn piece(&mut self) -> bool {
        let Some(looking) = self.all.get(self.done.len()).cloned() else { return true };
        let side = self.sides[self.round];
        let stage = self.stage.take().unwrap_or_else(|| {
            let grid = grid(self.of.window, side);
            Stage::Pixels(Field { grid, values: vec![f64::NAN; grid.columns * grid.rows] }, 0)
        });
        self.stage = match stage {
            Stage::Pixels(mut field, from) => {
                let to = self.compute(&mut field, from, &looking);
                Some(if to < field.values.len() {
                    Stage::Pixels(field, to)
                } else {
                    // Degrees are as far apart everywhere.
                    let is_a_loss = self.of.ground.unit.is_empty();
                    let spacing = if is_a_loss { Spacing::Auto } else { Spacing::Linear };
                    Stage::Drawing(Box::new(Drawing::of(field, LINES).spaced(spacing)))
                })
            }
            Stage::Drawing(mut drawing) => {
                if drawing.advance() {
                    Some(Stage::Drawing(drawing))
                } else {
                    let (source, plane) = (self.of.source.clone(), self.of.plane.clone());
                    let is_last = self.round + 1 == self.sides.len();
                    let fineness = if is_last { Fineness::Full } else { Fineness::Preview };
                    let terrain = drawing.finish(source, plane, fineness).map(Arc::new);
                    self.done.extend(terrain.map(|terrain| (looking, terrain)));
                    return true;
                }
            }
        };
        false
    }
}

impl Task<Grounds> for GroundsTask {
    fn advance(&mut self, until: Instant) -> Progress<Grounds> {
        loop {
            if self.piece() && self.done.len() == self.all.len() {
                let found = std::mem::take(&mut self.done);
                let grounds = Grounds { of: self.of.clone(), found };
                self.round += 1;
                return if self.round < self.sides.len() && !self.all.is_empty() {
                    Progress::Preview(grounds)
                } else {
                    self.round = self.sides.len() - 1;
                    Progress::Done(grounds)
                };
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
    }
}
