//! ε points down instead of up.
//!
//! ```text
//! ε = −ε̂(g)
//! ```
//!
//! A sign lost: the gradient is taken where the loss is lowest nearby, as by a step of lookahead. What SAM owes to looking
//! *uphill* is gone with it, and all else is as it was.

use ndarray::{Array1, ArrayView1};

use super::{Circumstances, Climb, Mistake, NO_CLIMB};
use crate::catalog::{Build, Entry};
use crate::math::norm::Ball;

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "reversed",
    name: "ε reversed",
    formula: "ε = −ε̂(g)",
    source: "—",
    about: "Looks downhill: the gradient is taken at the best point of the ball.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Reversed)),
};

struct Reversed;

impl Mistake for Reversed {
    fn perturbation(&self, best: Array1<f64>, _: ArrayView1<'_, f64>, _: Ball) -> Array1<f64> {
        -best
    }

    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        (of.climb == Climb::Neither).then_some(NO_CLIMB)
    }
}
