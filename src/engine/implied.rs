//! Which work a frame implies: what is asked, and how a product answers with a job.

use std::any::Any;
use std::sync::Arc;

use web_time::Instant;

use super::Engine;
use super::products::close::Lenses;
use super::products::measures::Along;
use super::slot::{Crew, Job, Slot, Watcher};
use crate::atlas::settings::Settings;
use crate::atlas::value::Value;
use crate::optim::moment::Moment;
use crate::problem::grid::Window;
use crate::scene::Scene;

/// What is looked at in a frame.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What was asked for.
    pub scene: &'a Scene,
    /// The moment shown.
    pub at: Moment,
    /// The part of the map that is shown; none where there is no map.
    pub window: Option<Window>,
    /// Where along the runs the loss is to be measured, if it is.
    pub along: Option<Along>,
    /// The point of the map that is pointed at.
    pub pointer: Option<[f64; 2]>,
    /// Whether spectra are looked at.
    pub spectra: bool,
    /// Whether the loss around the weights is looked at.
    pub profiles: bool,
    /// Whether the pull of each example is looked at.
    pub pulls: bool,
    /// Whether one asks how the runs ended, and where the minima are.
    pub outcomes: bool,
    /// Whether one asks where each start of the map ends.
    pub ends: bool,
    /// The plane of the atlas that is open.
    pub atlas: Option<&'a Settings>,
    /// What its cells are coloured by.
    pub atlas_value: Value,
    /// The run of which one asks why it ended so.
    pub why: Option<usize>,
    /// What the lenses of the maps show.
    pub lenses: Lenses,
    /// What becomes of work that is under way for another step.
    pub pace: Pace,
}

impl<'a> Asked<'a> {
    /// The runs of `scene` and the plane that they are seen in at a step or another moment, and nothing else.
    #[must_use]
    pub fn of(scene: &'a Scene, at: impl Into<Moment>) -> Self {
        Self {
            scene,
            at: at.into(),
            window: None,
            along: None,
            pointer: None,
            spectra: false,
            profiles: false,
            pulls: false,
            outcomes: false,
            ends: false,
            atlas: None,
            atlas_value: Value::End,
            why: None,
            lenses: Lenses::default(),
            pace: Pace::AtOnce,
        }
    }

    /// The same, on a map of `window`.
    #[must_use]
    pub fn on(self, window: Window) -> Self {
        Self { window: Some(window), ..self }
    }
}

/// What becomes of work that is under way for another step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// It is dropped.
    AtOnce,
    /// It is finished first, for the step moves by itself.
    InTurn,
}

/// Something that follows from what is asked.
pub trait Product: Any + Send + Sized {
    /// What it depends on, exactly.
    type Job: Job<Product = Self>;

    /// The job that `asked` implies, given what `engine` has finished.
    fn implied(asked: &Asked<'_>, engine: &Engine) -> Implied<Self::Job>;
}

/// The answer of a product.
pub enum Implied<J> {
    /// This is to be made.
    Job(J),
    /// Nothing new; what is there stays.
    Keep,
    /// It is not looked at: what is under way is dropped, and what was made is forgotten.
    Nothing,
}

/// A kind of product, as it is listed.
pub struct Kind {
    thread: &'static str,
    open: fn(&'static str, &Hands) -> Box<dyn AnySlot>,
}

impl Kind {
    /// Products of type `P`, made on a thread of this name.
    #[must_use]
    pub const fn of<P: Product>(thread: &'static str) -> Self {
        Self { thread, open: open::<P> }
    }

    /// An empty slot for one.
    pub(super) fn open(&self, hands: &Hands) -> Box<dyn AnySlot> {
        (self.open)(self.thread, hands)
    }
}

fn open<P: Product>(thread: &'static str, hands: &Hands) -> Box<dyn AnySlot> {
    Box::new(Slot::<P::Job>::new(hands.crew(thread)))
}

/// How the work of all slots of an engine is done.
pub(super) enum Hands {
    /// The caller, at once.
    InPlace,
    /// The same, and whoever watches is told how much is done.
    Watched(Watcher),
    /// The caller, between frames.
    BetweenFrames,
    /// A thread a slot, each of which calls this when it has finished something.
    Threads(Arc<dyn Fn() + Send + Sync>),
}

impl Hands {
    /// A crew for one slot.
    pub(super) fn crew<J: Job>(&self, thread: &str) -> Crew<J> {
        match self {
            Self::InPlace => Crew::InPlace,
            Self::Watched(told) => Crew::Watched(Watcher::clone(told)),
            Self::BetweenFrames => Crew::BetweenFrames(None),
            Self::Threads(wake) => {
                let wake = Arc::clone(wake);
                Crew::thread(thread, move || wake())
            }
        }
    }
}

/// A slot of any kind of product.
pub(super) trait AnySlot: Any {
    /// What `asked` implies for it: an [`Implied`] of its own kind of job.
    fn implied(&self, asked: &Asked<'_>, engine: &Engine) -> Box<dyn Any>;

    /// Starts, keeps or drops work as `implied` says; true when something was made at once.
    fn take(&mut self, implied: Box<dyn Any>, pace: Pace) -> bool;

    /// Takes in what its worker has finished; true when there is something new.
    fn poll(&mut self) -> bool;

    /// Works until `until` where the work is the caller's; true when there is something new.
    fn advance(&mut self, until: Instant) -> bool;

    /// Whether the product is older than the job, or a preview.
    fn is_busy(&self) -> bool;

    /// What went wrong since it was last asked.
    fn failure(&mut self) -> Option<String>;
}

impl<J: Job> AnySlot for Slot<J>
where
    J::Product: Product<Job = J>,
{
    fn implied(&self, asked: &Asked<'_>, engine: &Engine) -> Box<dyn Any> {
        Box::new(<J::Product as Product>::implied(asked, engine))
    }

    fn take(&mut self, implied: Box<dyn Any>, pace: Pace) -> bool {
        // The engine hands every slot back what the slot itself has implied.
        match implied.downcast::<Implied<J>>().map(|implied| *implied) {
            Ok(Implied::Job(job)) => match pace {
                Pace::AtOnce => self.want(job),
                Pace::InTurn => self.want_in_turn(job),
            },
            Ok(Implied::Nothing) => {
                self.leave();
                false
            }
            Ok(Implied::Keep) | Err(_) => false,
        }
    }

    fn poll(&mut self) -> bool {
        Self::poll(self)
    }

    fn advance(&mut self, until: Instant) -> bool {
        self.work_until(until)
    }

    fn is_busy(&self) -> bool {
        Self::is_busy(self)
    }

    fn failure(&mut self) -> Option<String> {
        self.take_failure()
    }
}
