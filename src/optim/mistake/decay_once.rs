//! The decay is in one pass only.
//!
//! ```text
//! penalty ½λ‖w‖², in both passes         ε̂(g − λw): the climb does not see it
//! decoupled δ, in neither pass           ε̂(g + δw): the climb sees it
//! ```
//!
//! As where a decay is added to the gradients by hand, at one of two places. What the base is handed stays right; only
//! the look around is of another loss than the step.

use ndarray::{Array1, ArrayView1};

use super::{Circumstances, Climb, Decay, Mistake, NO_CLIMB};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "decay_once",
    name: "decay in one pass",
    formula: "ε = ε̂(g + (δ − λ) w)",
    source: "—",
    about: "The climb is that of another loss than the step: one has the decay (a penalty λ, or δ), the other has not.",
    settings: &[],
    build: Build::Sure(|_| Box::new(DecayOnce)),
};

struct DecayOnce;

impl Mistake for DecayOnce {
    fn pull(&self, w: ArrayView1<'_, f64>, decay: Decay) -> Option<Array1<f64>> {
        let strength = decay.decoupled - decay.penalty;
        (strength != 0.0).then(|| &w * strength)
    }

    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        let Decay { penalty, decoupled } = of.decay;
        if penalty <= 0.0 && decoupled <= 0.0 {
            Some("the run has no decay")
        } else if (decoupled - penalty).abs() <= 0.0 {
            Some("penalty and decoupled decay are equal, and one stands in for the other")
        } else if of.climb == Climb::Neither {
            Some(NO_CLIMB)
        } else {
            None
        }
    }
}
