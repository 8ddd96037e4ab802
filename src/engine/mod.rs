//! Work that follows from a scene: implied, started, kept or dropped; threads and clocks live only here.
//!
//! Nobody requests work. Once a frame, an [`Asked`] says what is looked at, each [`Product`] says which job that implies,
//! and its [slot](slot::Slot) compares: the same job is left alone, another one is started, and an older one under way is dropped
//! within its next step.
//!
//! ```text
//! Asked ── implied ──► Job ──(==)──► Slot ──► worker: Task::advance … ──► Product
//!            ▲                                                             │
//!            └── runs, and with more than two weights their plane ◄────────┘
//! ```

use std::any::Any;
use std::sync::Arc;

use web_time::{Duration, Instant};

use crate::problem::grid::Window;
use crate::scene::Scene;

pub mod pool;
mod job;
mod worker;
pub mod slot;
mod implied;
pub mod products;

pub use implied::{Asked, Implied, Kind, Pace, Product};

use implied::{AnySlot, Hands};
use products::comparison::Comparison;
use products::seen::Seen;
use products::terrain::Terrain;

/// All products of a scene, and the work under way for them.
pub struct Engine {
    slots: Vec<Box<dyn AnySlot>>,
    /// What is to be looked at: the last runs whose ground was there.
    shown: Option<Seen>,
    /// What will be shown as soon as a first ground of its plane is there.
    coming: Option<Seen>,
}

impl Engine {
    /// An engine that works on threads of its own and calls `wake` when there is something new.
    #[must_use]
    pub fn on_threads(wake: impl Fn() + Clone + Send + Sync + 'static) -> Self {
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        Self::by(&Hands::Threads(wake))
    }

    /// An engine that does all work where it is asked for, to the end: for files and tests.
    #[must_use]
    pub fn in_place() -> Self {
        Self::by(&Hands::InPlace)
    }

    /// The same, and tells how much of long work is done, from 0 to 1.
    #[must_use]
    pub fn watched(told: impl Fn(f64) + 'static) -> Self {
        Self::by(&Hands::Watched(std::rc::Rc::new(told)))
    }

    /// An engine that works only in [`Engine::advance`]: for places without threads, a budget at a time between frames.
    #[must_use]
    pub fn between_frames() -> Self {
        Self::by(&Hands::BetweenFrames)
    }

    fn by(hands: &Hands) -> Self {
        let slots = products::ALL.iter().map(|kind| kind.open(hands)).collect();
        Self { slots, shown: None, coming: None }
    }

    /// Asks for what `asked` makes of this engine, and again as long as work that is done at once makes more known.
    pub fn follow<'a>(&mut self, mut asked: impl FnMut(&Self) -> Asked<'a>) {
        for _ in 0..ROUNDS {
            let asked = asked(self);
            if !self.ask(&asked) {
                return;
            }
        }
    }

    /// Starts what is implied and not there, drops what is under way and not implied; true when something was done at
    /// once.
    pub fn ask(&mut self, asked: &Asked<'_>) -> bool {
        let implied: Vec<Box<dyn Any>> =
            self.slots.iter().map(|slot| slot.implied(asked, self)).collect();
        let mut done = false;
        for (slot, implied) in self.slots.iter_mut().zip(implied) {
            done |= slot.take(implied, asked.pace);
        }
        self.bring_forward();
        done
    }

    /// Takes in what workers have finished; true when there is something new.
    pub fn poll(&mut self) -> bool {
        let mut news = false;
        for slot in &mut self.slots {
            news |= slot.poll();
        }
        self.bring_forward();
        news
    }

    /// Works for `budget` where nobody else does; true when there is something new.
    pub fn advance(&mut self, budget: Duration) -> bool {
        let until = Instant::now() + budget;
        let mut news = false;
        for slot in &mut self.slots {
            news |= slot.advance(until);
        }
        self.bring_forward();
        news
    }

    /// What went wrong in a worker since it was last asked, in words.
    pub fn failures(&mut self) -> Vec<String> {
        self.slots.iter_mut().filter_map(|slot| slot.failure()).collect()
    }

    /// The last finished product of a kind; it may be older than what is asked for, or a preview.
    #[must_use]
    pub fn product<P: Product>(&self) -> Option<&P> {
        let slots = self.slots.iter().map(|slot| &**slot as &dyn Any);
        slots
            .filter_map(|slot| slot.downcast_ref::<slot::Slot<P::Job>>())
            .find_map(slot::Slot::product)
    }

    /// Shows what was coming once its ground is there, and looks for what comes next.
    ///
    /// A plane whose ground is being made is not overtaken by the next one: while a slider moves there would never be
    /// anything to show.
    fn bring_forward(&mut self) {
        for _ in 0..2 {
            let last = self.last();
            let same_problem = |seen: &Seen, other: &Seen| {
                Arc::ptr_eq(&seen.comparison, &other.comparison)
                    || seen.comparison.scene.source() == other.comparison.scene.source()
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
            let has_ground = self.terrain().is_some_and(|ground| ground.is_under(coming));
            let same_ground = self.shown.as_ref().is_none_or(|seen| {
                seen.section.plane == coming.section.plane && same_problem(seen, coming)
            });
            if !(has_ground || same_ground) {
                return;
            }
            self.shown = self.coming.take();
        }
    }

    /// The last runs that have a plane to be seen in.
    fn last(&self) -> Option<Seen> {
        let comparison = self.comparison()?;
        match &comparison.whole {
            Some(section) => {
                Some(Seen { comparison: Arc::clone(comparison), section: Arc::clone(section) })
            }
            None => self.product::<Seen>().cloned(),
        }
    }

    /// The last finished runs; they may be older than the scene.
    #[must_use]
    pub fn comparison(&self) -> Option<&Arc<Comparison>> {
        self.product::<Arc<Comparison>>()
    }

    /// What there is to be seen of runs; it may be older than the last finished ones, until those have a ground.
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
        self.product::<Terrain>()
    }

    /// The window of the map of `scene`: as said, or as suits the plane that its runs are `seen` in.
    #[must_use]
    pub fn window_of(&self, scene: &Scene, seen: Option<&Seen>) -> Window {
        match seen {
            Some(seen) if seen.comparison.scene.source() == scene.source() => {
                seen.shown_window(scene)
            }
            Some(_) | None => scene.shown_window(),
        }
    }

    /// Whether something that is shown is older than what was asked for.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.slots.iter().any(|slot| slot.is_busy())
    }
}

/// Rounds at most: the runs, their plane, its ground, the step shown, the ground under its lens, and one that finds
/// nothing more to do.
const ROUNDS: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Scene, file};
    use std::sync::mpsc::{Receiver, channel};

    fn follow(engine: &mut Engine, scene: &Scene, step: usize) {
        engine.follow(|engine| {
            let window = engine.window_of(scene, engine.coming());
            Asked::of(scene, step).on(window)
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
        let runs = Arc::clone(engine.comparison().unwrap());
        let mut last = engine.shown().unwrap().clone();
        for (slice, step) in [("random", 40), ("eigenvectors", 40), ("eigenvectors", 3)] {
            follow(&mut engine, &fit(slice), step);
            let seen = engine.shown().unwrap().clone();
            assert!(Arc::ptr_eq(&seen.comparison, &runs), "{slice} at {step}: they were run again");
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
                assert_eq!(seen.section.paths[0].places.len(), seen.comparison.runs[0].rows());
            });
            assert!(!engine.shown().unwrap().is(&started));
        }
    }
}
