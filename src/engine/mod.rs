//! Work that follows from a scene: planned, started, kept or dropped; threads and clocks live only here.
//!
//! Nobody requests work. Once a frame, [`plan`] says which products a scene implies, and each [`Slot`] compares: the
//! same job is left alone, another one is started, and an older one under way is dropped within its next step.
//!
//! ```text
//! Scene ── plan ──► Job ──(==)──► Slot ──► worker: Task::advance … ──► Product
//!           ▲                                                           │
//!           └── with more than two weights, the plane of the map ◄──────┘
//! ```

pub mod products;
pub mod plan;
pub mod slot;
pub mod jobs;
pub mod measures;

use measures::Measures;
use plan::Wanted;
use products::{Duel, Terrain};
use slot::{Crew, Slot};

/// All products of a scene, and the work under way for them.
pub struct Engine {
    duel: Slot<jobs::DuelJob>,
    terrain: Slot<jobs::TerrainJob>,
    measures: Slot<measures::MeasuresJob>,
}

impl Engine {
    /// An engine that works on threads of its own and calls `wake` when there is something new.
    #[must_use]
    pub fn on_threads(wake: impl Fn() + Clone + Send + Sync + 'static) -> Self {
        Self {
            duel: Slot::new(Crew::thread("samscope runs", wake.clone())),
            terrain: Slot::new(Crew::thread("samscope terrain", wake.clone())),
            measures: Slot::new(Crew::thread("samscope measures", wake)),
        }
    }

    /// An engine that does all work where it is asked for, to the end: for files and tests.
    #[must_use]
    pub fn in_place() -> Self {
        Self {
            duel: Slot::new(Crew::InPlace),
            terrain: Slot::new(Crew::InPlace),
            measures: Slot::new(Crew::InPlace),
        }
    }

    /// Starts what is wanted and not there, drops what is under way and not wanted.
    pub fn want(&mut self, wanted: Wanted) {
        self.duel.want(wanted.duel);
        if let Some(terrain) = wanted.terrain {
            self.terrain.want(terrain);
        }
        if let Some(measures) = wanted.measures {
            self.measures.want(measures);
        }
    }

    /// Takes in what workers have finished; true when there is something new.
    pub fn poll(&mut self) -> bool {
        let duel = self.duel.poll();
        let terrain = self.terrain.poll();
        let measures = self.measures.poll();
        duel || terrain || measures
    }

    /// The last finished pair of runs; it may be older than the scene.
    #[must_use]
    pub fn duel(&self) -> Option<&Duel> {
        self.duel.product()
    }

    /// The last finished ground; it may be older than the scene, or a preview.
    #[must_use]
    pub fn terrain(&self) -> Option<&Terrain> {
        self.terrain.product()
    }

    /// What was last measured along the runs; it may be older than the scene, or a preview.
    #[must_use]
    pub fn measures(&self) -> Option<&Measures> {
        self.measures.product()
    }

    /// Whether something that is shown is older than what was asked for.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.duel.is_busy() || self.terrain.is_busy()
    }
}
