//! The atlas of two settings: its cells coarse first, then the boundaries between them.

use std::sync::Arc;

use web_time::Instant;

use crate::analysis::relief::Relief;
use crate::atlas::cells::{Came, Cells, CellsWork, Grounds};
use crate::atlas::curves::{self, Curve};
use crate::atlas::ground;
use crate::atlas::probe::Probe;
use crate::atlas::settings::Settings;
use crate::atlas::trace::{Boundary, TraceWork};
use crate::atlas::value::Value;
use crate::engine::slot::{Job, Progress, Task};
use crate::engine::{Asked, Engine, Implied, Product};
use crate::scene::Scene;

/// An atlas, as far as it is known.
#[derive(Clone)]
pub struct Atlas {
    /// Its cells.
    pub cells: Arc<Cells>,
    /// The ground that they make.
    pub relief: Arc<Relief>,
    /// The boundaries between them, once they are traced; never over more than two weights.
    pub boundary: Option<Arc<Boundary>>,
    /// Curves in closed form.
    pub curves: Arc<[Curve]>,
    /// How much of the cells is known, from 0 to 1.
    pub part: f64,
}

impl Product for Atlas {
    type Job = Settings;

    fn implied(asked: &Asked<'_>, _: &Engine) -> Implied<Settings> {
        asked.atlas.map_or(Implied::Nothing, |settings| Implied::Job(settings.clone()))
    }
}

impl Job for Settings {
    type Product = Atlas;

    fn begin(&self) -> Box<dyn Task<Atlas>> {
        Box::new(AtlasTask { settings: self.clone(), stage: Stage::Before, told: 0.0 })
    }
}

struct AtlasTask {
    settings: Settings,
    stage: Stage,
    /// How much was done when it was last told.
    told: f64,
}

enum Stage {
    /// The problem is not drawn yet.
    Before,
    Cells(Box<CellsWork>, Arc<[Curve]>),
    Tracing(Box<Atlas>, Box<Probe>, Box<TraceWork>),
    Over,
}

/// So much more must be done before it is told again.
const TOLD: f64 = 0.1;
/// Runs of more steps than these take so long that a boundary is not traced while one waits.
const STEPS: usize = 2000;

/// Whether the boundaries of an atlas of `scene` are traced: over two weights, where runs are short enough.
#[must_use]
pub fn is_traced(scene: &Scene) -> bool {
    scene.subject.dimension() == 2 && scene.steps.get() <= STEPS
}

impl AtlasTask {
    fn atlas(cells: Cells, curves: &Arc<[Curve]>, part: f64) -> Atlas {
        let relief = Arc::new(ground::relief(&cells, Value::End));
        Atlas { cells: Arc::new(cells), relief, boundary: None, curves: Arc::clone(curves), part }
    }

    /// What follows when all cells are known.
    fn all_cells(&mut self, work: CellsWork, curves: &Arc<[Curve]>) -> Progress<Atlas> {
        let (cells, grounds) = work.finish();
        let kinds: Vec<_> = cells.all.iter().map(|cell| Some(cell.as_ref()?.kind)).collect();
        let settings = &self.settings;
        let is_quick = is_traced(&settings.scene);
        let probe = Probe::new(cells.settings.clone(), cells.kinds.clone(), grounds, Value::End);
        let found = Self::atlas(cells, curves, 1.0);
        if !is_quick {
            return Progress::Done(found);
        }
        let trace = TraceWork::new(settings.counts(), &kinds);
        self.stage = Stage::Tracing(Box::new(found.clone()), Box::new(probe), Box::new(trace));
        Progress::Preview(found)
    }
}

impl Task<Atlas> for AtlasTask {
    fn advance(&mut self, until: Instant) -> Progress<Atlas> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Before => {
                let mut grounds = Grounds::none();
                let ground = grounds.of(&self.settings.scene);
                let curves = curves::of(&self.settings, &ground).into();
                let work = CellsWork::new(self.settings.clone(), grounds);
                self.stage = Stage::Cells(Box::new(work), curves);
                Progress::Working
            }
            Stage::Cells(mut work, curves) => loop {
                let came = work.advance();
                let part = work.progress();
                let is_news = came == Came::Round || (self.told > 0.0 && part > self.told + TOLD);
                match came {
                    Came::All => return self.all_cells(*work, &curves),
                    Came::Refused(_) => {
                        let cells = work.so_far().clone();
                        return Progress::Done(Self::atlas(cells, &curves, part));
                    }
                    Came::Round | Came::More if is_news => {
                        self.told = part;
                        let cells = work.so_far().clone();
                        self.stage = Stage::Cells(work, Arc::clone(&curves));
                        return Progress::Preview(Self::atlas(cells, &curves, part));
                    }
                    Came::Round | Came::More => {}
                }
                if Instant::now() >= until {
                    self.stage = Stage::Cells(work, curves);
                    return Progress::Working;
                }
            },
            Stage::Tracing(found, probe, mut trace) => loop {
                if !trace.advance(|place| probe.side(place)) {
                    let boundary = Some(Arc::new(trace.finish()));
                    return Progress::Done(Atlas { boundary, ..*found });
                }
                if Instant::now() >= until {
                    self.stage = Stage::Tracing(found, probe, trace);
                    return Progress::Working;
                }
            },
            Stage::Over => Progress::Working,
        }
    }
}
