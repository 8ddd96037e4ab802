//! Where each start of the map ends, for every run that is shown: coarse first, and ever finer.

use std::sync::Arc;

use web_time::{Duration, Instant};

use super::comparison::Comparison;
use super::survey::Surveyed;
use super::terrain::{Fineness, Terrain};
use crate::analysis::basins::Basins;
use crate::analysis::relief::Relief;
use crate::atlas::kind::Hue;
use crate::atlas::starts::{Came, Question, Share, Starts, StartsWork, Told};
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::flight;
use crate::problem::grid::Grid;
use crate::scene::layer::Layer;
use crate::scene::run::RunSpec;
use crate::scene::{Scene, Source};

/// Where each start ends, as far as it is known.
#[derive(Clone)]
pub struct Ends {
    /// What they are of.
    pub of: Asking,
    /// The ends, run by run in the order of [`Asking::runs`].
    pub starts: Arc<Starts>,
    /// The ground in the hues of the ends, and in those where runs end otherwise; run by run.
    grounds: Vec<[Arc<Relief>; 2]>,
    /// Of each run the shares of the kinds, of the map and of where runs end otherwise.
    shares: Vec<[Vec<Share>; 2]>,
    /// The part of the map where not all runs end in one kind.
    differing: f64,
    /// How much is done, from 0 to 1.
    pub part: f64,
}

/// What is asked: which runs on which problem, from the pixels of which map.
#[derive(Clone)]
pub struct Asking {
    comparison: Arc<Comparison>,
    /// The runs, by their places in the scene.
    pub runs: Vec<usize>,
    /// The same without their own starts.
    specs: Vec<RunSpec>,
    source: Source,
    basins: Arc<Basins>,
    grid: Grid,
    /// The ground that is coloured.
    relief: Arc<Relief>,
}

impl PartialEq for Asking {
    /// Where the runs of the scene begin makes no difference to where others would end.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.relief, &other.relief)
            && self.grid == other.grid
            && self.runs == other.runs
            && self.specs == other.specs
            && self.source == other.source
            && self.comparison.scene.steps == other.comparison.scene.steps
            && self.comparison.scene.seed == other.comparison.scene.seed
    }
}

impl Asking {
    /// What `scene` asks, once its runs and minima are known, and the ground is there.
    fn of(asked: &Asked<'_>, engine: &Engine) -> Option<Self> {
        let comparison = engine.comparison()?;
        let source = comparison.scene.source();
        let surveyed = engine.product::<Surveyed>().filter(|found| found.source == source)?;
        let is_full = |ground: &&Terrain| {
            ground.fineness == Fineness::Full
                && ground.source == source
                && Some(ground.field.grid.window) == asked.window
        };
        let ground = engine.terrain().filter(is_full)?;
        let runs: Vec<usize> = asked.scene.shown_runs().collect();
        let specs = runs
            .iter()
            .filter(|run| **run < comparison.runs.len())
            .map(|run| RunSpec { start: None, ..comparison.scene.spec(*run) })
            .collect();
        Some(Self {
            comparison: Arc::clone(comparison),
            runs,
            specs,
            source,
            basins: Arc::clone(&surveyed.basins),
            grid: ground.field.grid,
            relief: Arc::clone(&ground.relief),
        })
    }

    /// Whether it asks about the runs of `comparison`.
    #[must_use]
    pub fn is_about(&self, comparison: &Comparison) -> bool {
        let scene = &comparison.scene;
        let of = |run: &usize| RunSpec { start: None, ..scene.spec(*run) };
        self.source == scene.source()
            && scene.steps == self.comparison.scene.steps
            && scene.seed == self.comparison.scene.seed
            && self.runs.iter().map(of).eq(self.specs.iter().cloned())
    }

    /// Whether it asks about the pixels of this ground.
    #[must_use]
    pub fn is_on(&self, ground: &Terrain) -> bool {
        self.grid.window == ground.field.grid.window
    }

    fn question(&self) -> Question {
        let scene: &Scene = &self.comparison.scene;
        let problem = &self.comparison.problem;
        let ground = flight::Surveyed::known(&self.source, problem, Some(&self.basins));
        Question {
            scene: Arc::new(scene.clone()),
            specs: self.specs.clone(),
            ground: Arc::new(ground),
            grid: self.grid,
        }
    }
}

impl Product for Ends {
    type Job = Asking;

    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<Asking> {
        if !asked.ends || asked.scene.subject.dimension() != 2 {
            return Implied::Nothing;
        }
        Asking::of(asked, engine).map_or(Implied::Keep, Implied::Job)
    }
}

impl Job for Asking {
    type Product = Ends;

    fn begin(&self) -> Box<dyn Task<Ends>> {
        let work = StartsWork::new(self.question());
        Box::new(EndsTask { of: self.clone(), work: Some(work), told: 0.0, begun: Instant::now() })
    }

    fn part(ends: &Ends) -> Option<f64> {
        Some(ends.part)
    }
}

struct EndsTask {
    of: Asking,
    work: Option<StartsWork>,
    /// How much was done when it was last told.
    told: f64,
    begun: Instant,
}

/// So long after its beginning what has landed is told, though it does not cover the map: runs may be dear.
const FIRST: Duration = Duration::from_millis(200);

/// So much more must be done before it is told again.
const TOLD: f64 = 0.05;

impl Task<Ends> for EndsTask {
    fn advance(&mut self, until: Instant) -> Progress<Ends> {
        let Some(work) = &mut self.work else { return Progress::Working };
        loop {
            let came = work.advance();
            let part = work.progress();
            let is_covered = matches!(came, Came::Round | Came::Sketch) || self.told > 0.0;
            if came == Came::All {
                let starts = self.work.take().map(StartsWork::finish);
                return starts.map_or(Progress::Working, |starts| {
                    Progress::Done(Ends::new(self.of.clone(), Arc::new(starts), 1.0))
                });
            }
            let is_late = self.told <= 0.0 && part > 0.0 && self.begun.elapsed() >= FIRST;
            if is_late || is_covered && (came != Came::More || part >= self.told + TOLD) {
                self.told = part;
                let starts = Arc::new(work.so_far().clone());
                return Progress::Preview(Ends::new(self.of.clone(), starts, part));
            }
            if Instant::now() >= until {
                return Progress::Working;
            }
        }
    }
}

impl Ends {
    fn new(of: Asking, starts: Arc<Starts>, part: f64) -> Self {
        let hues: Vec<u8> = starts.kinds.hues().into_iter().map(Hue::number).collect();
        let filled: Vec<_> = (0..starts.runs.len()).map(|run| starts.filled(run)).collect();
        let differ = |pixel: usize| {
            let mut kinds = filled.iter().filter_map(|run| run[pixel]);
            kinds.next().is_some_and(|first| kinds.any(|kind| kind != first))
        };
        let ground = |run: &Vec<Option<u8>>, tells: &dyn Fn(usize) -> bool| {
            let hue = |(pixel, kind): (usize, &Option<u8>)| {
                let hue = kind.and_then(|kind| hues.get(usize::from(kind)).copied());
                hue.filter(|_| tells(pixel)).map_or(0, |hue| hue + 1)
            };
            Arc::new(of.relief.with_hues(run.iter().enumerate().map(hue).collect()))
        };
        let grounds =
            filled.iter().map(|run| [ground(run, &|_| true), ground(run, &differ)]).collect();
        let parted = |run: &Vec<Option<u8>>| -> Vec<Option<u8>> {
            let told = |(pixel, kind): (usize, &Option<u8>)| kind.filter(|_| differ(pixel));
            run.iter().enumerate().map(told).collect()
        };
        let shares = filled
            .iter()
            .map(|run| [starts.shares_of(run), starts.shares_among(&parted(run))])
            .collect();
        let pixels = filled.first().map_or(0, Vec::len);
        let is_known = |pixel: &usize| filled.iter().all(|run| run[*pixel].is_some());
        let known: Vec<usize> = (0..pixels).filter(is_known).collect();
        let differing = known.iter().filter(|pixel| differ(**pixel)).count() as f64;
        let differing = differing / known.len().max(1) as f64;
        Self { of, starts, grounds, shares, differing, part }
    }

    fn number(&self, run: usize) -> Option<usize> {
        self.of.runs.iter().position(|place| *place == run)
    }

    /// The ground of the map of `run`, a place in the scene, in this layer; none where it is that of the loss.
    #[must_use]
    pub fn ground(&self, run: usize, layer: Layer) -> Option<&Arc<Relief>> {
        let [ends, differ] = self.grounds.get(self.number(run)?)?;
        match layer {
            Layer::Loss => None,
            Layer::Ends => Some(ends),
            Layer::Differ => Some(differ),
        }
    }

    /// The shares of the kinds that starts of `run`, a place in the scene, end in: of the whole map, or, in the layer that
    /// tells where runs end otherwise, of the starts from which they do.
    #[must_use]
    pub fn shares(&self, run: usize, layer: Layer) -> &[Share] {
        let Some([all, parted]) = self.number(run).and_then(|run| self.shares.get(run)) else {
            return &[];
        };
        if layer == Layer::Differ { parted } else { all }
    }

    /// How the run at `run`, a place in the scene, ends from the pixel next to `at`.
    #[must_use]
    pub fn at(&self, run: usize, at: [f64; 2]) -> Option<Told> {
        self.starts.at(self.number(run)?, at)
    }

    /// The part of the map where not all runs that are shown end in one kind.
    #[must_use]
    pub fn differing(&self) -> f64 {
        self.differing
    }
}
