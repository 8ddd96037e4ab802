//! Which work a frame implies: what is asked, and how a product answers with a job.

use std::any::Any;

use super::Engine;
use super::products::measures::Along;
use super::slot::{AnySlot, Hands, Job, Slot};
use crate::problem::grid::Window;
use crate::scene::Scene;

/// What is looked at in a frame.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What was asked for.
    pub scene: &'a Scene,
    /// The step shown.
    pub step: usize,
    /// The part of the map that is shown; none where there is no map.
    pub window: Option<Window>,
    /// Where along the runs the loss is to be measured, if it is.
    pub along: Option<Along>,
    /// Whether spectra are looked at.
    pub spectra: bool,
    /// Whether one asks how the runs ended, and where the minima are.
    pub outcomes: bool,
    /// What becomes of work that is under way for another step.
    pub pace: Pace,
}

impl<'a> Asked<'a> {
    /// The runs of `scene` and the plane that they are seen in at `step`, and nothing else.
    #[must_use]
    pub fn of(scene: &'a Scene, step: usize) -> Self {
        let pace = Pace::AtOnce;
        Self { scene, step, window: None, along: None, spectra: false, outcomes: false, pace }
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
