//! Work that follows from a scene: planned, started, kept or dropped; threads and clocks live only here.
//!
//! Nobody requests work. Once a frame, [`plan`] says which products a scene implies, and each [`Slot`] compares: the
//! same job is left alone, another one is started, and an older one under way is dropped within its next step.
//!
//! ```text
//! Scene ── plan ──► Job ──(==)──► Slot ──► worker: Task::advance … ──► Product
//!           ▲                                                           │
//!           └── runs, and with more than two weights their plane ◄──────┘
//! ```

use std::sync::Arc;

pub mod products;
pub mod plan;
pub mod slot;
pub mod pool;
pub mod duel;
pub mod section;
pub mod terrain;
pub mod measures;
pub mod spectrum;

use measures::Measures;
use plan::{Known, Pace, Wanted};
use products::{Duel, Seen, Terrain};
use slot::{Crew, Job, Slot};
use spectrum::Spectra;

/// All products of a scene, and the work under way for them.
pub struct Engine {
    duel: Slot<duel::DuelJob>,
    section: Slot<section::SectionJob>,
    terrain: Slot<terrain::TerrainJob>,
    measures: Slot<measures::MeasuresJob>,
    spectrum: Slot<spectrum::SpectrumJob>,
    /// What is to be looked at: the last runs whose ground was there.
    shown: Option<Seen>,
    /// What will be shown as soon as a first ground of its plane is there.
    coming: Option<Seen>,
}

impl Engine {
    /// An engine that works on threads of its own and calls `wake` when there is something new.
    #[must_use]
    pub fn on_threads(wake: impl Fn() + Clone + Send + Sync + 'static) -> Self {
        Self {
            duel: Slot::new(Crew::thread("samscope runs", wake.clone())),
            section: Slot::new(Crew::thread("samscope plane", wake.clone())),
            terrain: Slot::new(Crew::thread("samscope terrain", wake.clone())),
            measures: Slot::new(Crew::thread("samscope measures", wake.clone())),
            spectrum: Slot::new(Crew::thread("samscope spectrum", wake)),
            shown: None,
            coming: None,
        }
    }

    /// An engine that does all work where it is asked for, to the end: for files and tests.
    #[must_use]
    pub fn in_place() -> Self {
        Self {
            duel: Slot::new(Crew::InPlace),
            section: Slot::new(Crew::InPlace),
            terrain: Slot::new(Crew::InPlace),
            measures: Slot::new(Crew::InPlace),
            spectrum: Slot::new(Crew::InPlace),
            shown: None,
            coming: None,
        }
    }

    /// Asks for what `plan` makes of this engine, and again as long as work that is done at once makes more known.
    pub fn follow(&mut self, mut plan: impl FnMut(&Self) -> Wanted) {
        for _ in 0..ROUNDS {
            let wanted = plan(self);
            if !self.want(wanted) {
                return;
            }
        }
    }

    /// Starts what is wanted and not there, drops what is under way and not wanted; true when something was done at
    /// once.
    pub fn want(&mut self, wanted: Wanted) -> bool {
        let mut done = self.duel.want(wanted.duel);
        match wanted.section {
            Some(section) => done |= ask(&mut self.section, section, wanted.pace),
            None => self.section.leave(),
        }
        if let Some(terrain) = wanted.terrain {
            done |= self.terrain.want(terrain);
        }
        if let Some(measures) = wanted.measures {
            done |= ask(&mut self.measures, measures, wanted.pace);
        }
        match wanted.spectrum {
            Some(spectrum) => done |= ask(&mut self.spectrum, spectrum, wanted.pace),
            None => self.spectrum.leave(),
        }
        self.bring_forward();
        done
    }

    /// Takes in what workers have finished; true when there is something new.
    pub fn poll(&mut self) -> bool {
        let duel = self.duel.poll();
        let section = self.section.poll();
        let terrain = self.terrain.poll();
        let measures = self.measures.poll();
        let spectrum = self.spectrum.poll();
        self.bring_forward();
        duel || section || terrain || measures || spectrum
    }

    /// Shows what was coming once its ground is there, and looks for what comes next.
    ///
    /// A plane whose ground is being made is not overtaken by the next one: while a slider moves there would never be
    /// anything to show.
    fn bring_forward(&mut self) {
        for _ in 0..2 {
            let last = self.last();
            let same_problem = |seen: &Seen, other: &Seen| {
                Arc::ptr_eq(&seen.duel, &other.duel)
                    || seen.duel.scene.source() == other.duel.scene.source()
            };
            let overtaken = match (&self.coming, &last) {
                (Some(coming), Some(last)) => !same_problem(coming, last),
                (None, _) | (_, None) => true,
            };
            if overtaken {
                let shown = self.shown.as_ref();
                self.coming = last.filter(|last| shown.is_none_or(|shown| !shown.is(last)));
            }
            let Some(coming) = &self.coming else { return };
            let plane = &coming.section.plane;
            let has_ground = self.terrain.product().is_some_and(|ground| ground.plane == *plane);
            let same_ground = self.shown.as_ref().is_none_or(|seen| seen.section.plane == *plane);
            if !(has_ground || same_ground) {
                return;
            }
            self.shown = self.coming.take();
        }
    }

    /// The last runs that have a plane to be seen in.
    fn last(&self) -> Option<Seen> {
        let duel = self.duel.product()?;
        match &duel.whole {
            Some(section) => Some(Seen { duel: Arc::clone(duel), section: Arc::clone(section) }),
            None => self.section.product().cloned(),
        }
    }

    /// What is finished already and something else may follow from.
    #[must_use]
    pub fn known(&self) -> Known<'_> {
        Known { duel: self.duel.product(), coming: self.coming() }
    }

    /// The last finished pair of runs; it may be older than the scene.
    #[must_use]
    pub fn duel(&self) -> Option<&Arc<Duel>> {
        self.duel.product()
    }

    /// What there is to be seen of two runs; it may be older than the last finished pair, until that has a ground.
    #[must_use]
    pub fn shown(&self) -> Option<&Seen> {
        self.shown.as_ref()
    }

    /// What will be shown next, if it is not shown already.
    #[must_use]
    pub fn coming(&self) -> Option<&Seen> {
        self.coming.as_ref().or(self.shown.as_ref())
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

    /// The last spectra that were found; they may be older than the scene and the step.
    #[must_use]
    pub fn spectra(&self) -> Option<&Spectra> {
        self.spectrum.product()
    }

    /// Whether something that is shown is older than what was asked for.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.duel.is_busy() || self.section.is_busy() || self.terrain.is_busy()
    }
}

fn ask<J: Job>(slot: &mut Slot<J>, job: J, pace: Pace) -> bool {
    match pace {
        Pace::AtOnce => slot.want(job),
        Pace::InTurn => slot.want_in_turn(job),
    }
}

/// The runs, their plane, its ground, and a look whether that was all.
const ROUNDS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::plan::{plan, shown_window};
    use crate::scene::{Scene, file};
    use std::sync::mpsc::{Receiver, channel};

    fn follow(engine: &mut Engine, scene: &Scene, step: usize) {
        engine.follow(|engine| {
            let window = shown_window(scene, engine.coming());
            plan(scene, step, Some(window), engine.known())
        });
    }

    fn fit(slice: &str) -> Scene {
        let fit = "data = \"sine\"\nmodel = \"polynomial\"\nsteps = 40\n";
        file::read(&format!("{fit}slice = \"{slice}\"")).unwrap()
    }

    #[test]
    fn another_plane_and_another_step_are_seen_of_the_same_runs() {
        let mut engine = Engine::in_place();
        follow(&mut engine, &fit("three_points"), 40);
        let runs = Arc::clone(engine.duel().unwrap());
        let mut last = engine.shown().unwrap().clone();
        for (slice, step) in [("random", 40), ("eigenvectors", 40), ("eigenvectors", 3)] {
            follow(&mut engine, &fit(slice), step);
            let seen = engine.shown().unwrap().clone();
            assert!(Arc::ptr_eq(&seen.duel, &runs), "{slice} at {step}: they were run again");
            assert_ne!(seen.section.plane, last.section.plane, "{slice} at {step}");
            assert_eq!(engine.terrain().unwrap().plane, seen.section.plane);
            last = seen;
        }
    }

    /// Follows a scene on threads until nothing is under way, and looks at every frame on the way.
    fn frames(engine: &mut Engine, wakes: &Receiver<()>, scene: &Scene, see: impl Fn(&Engine)) {
        loop {
            follow(engine, scene, 40);
            see(engine);
            if !engine.is_busy() {
                return;
            }
            wakes.recv().expect("workers wake their owner");
            engine.poll();
        }
    }

    #[test]
    fn what_is_shown_stands_on_its_own_ground_in_every_frame() {
        let (sender, wakes) = channel();
        let mut engine = Engine::on_threads(move || {
            let _ = sender.send(());
        });
        frames(&mut engine, &wakes, &fit("three_points"), |_| ());
        let of_two = file::read("landscape = \"quadratic\"\nsteps = 20").unwrap();
        for scene in [fit("random"), fit("eigenvectors"), of_two, fit("principal")] {
            let started = engine.shown().unwrap().clone();
            frames(&mut engine, &wakes, &scene, |engine| {
                let seen = engine.shown().expect("the last picture stays");
                let ground = engine.terrain().expect("with its ground");
                assert!(ground.plane == seen.section.plane || seen.is(&started));
                assert_eq!(seen.section.base.places.len(), seen.duel.base.rows());
            });
            assert!(!engine.shown().unwrap().is(&started));
        }
    }
}
