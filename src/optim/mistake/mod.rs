//! Classic mistakes: what goes wrong where a step of SAM is written down almost right.
//!
//! ```text
//! right     g = ∇L_B(w)      ε = ε̂(g)      g_SAM = ∇L_B(w + ε)      w ← base(w, g_SAM)
//! wrong     decay in one     its sign, its length, its direction     another batch, other units     base(w + ε, …), base(w, g)
//! ```
//!
//! A member changes one of these places and leaves the others right. They are places of a step and of no ascent, so that
//! every mistake goes with every ascent and every base; where it makes no difference to a run it says so
//! ([`Mistake::idle`]). With ρ = 0 nobody looks around and no mistake is made.

use ndarray::{Array1, ArrayView1};

use crate::catalog::{Catalog, Choice};
use crate::math::norm::{Ball, Norm};

mod none;
mod plain_step;
mod from_perturbed;
mod unnormalised;
mod other_batch;
mod decay_once;
mod sign;
mod statistics_twice;
mod other_units;
mod reversed;

/// A mistake in the steps of one run; by default none is made.
pub trait Mistake: Send + Sync {
    /// Whether the maximizer is not divided by the length of the gradient: `ε = ‖g‖_q ε̂(g)`.
    fn forgets_to_normalise(&self) -> bool {
        false
    }

    /// What is taken for the perturbation `best` that was found for the gradient `g`; `best` is zero where `g` is too flat
    /// to be climbed.
    fn perturbation(&self, best: Array1<f64>, g: ArrayView1<'_, f64>, ball: Ball) -> Array1<f64> {
        let _ = (g, ball);
        best
    }

    /// What the pass at the weights `w` adds to its gradient beside the loss; none where it adds nothing.
    fn pull(&self, w: ArrayView1<'_, f64>, decay: Decay) -> Option<Array1<f64>> {
        let _ = (w, decay);
        None
    }

    /// Whether the second pass sees the batch of the next step.
    fn sees_another_batch(&self) -> bool {
        false
    }

    /// Whether the second pass drops units of its own.
    fn drops_other_units(&self) -> bool {
        false
    }

    /// Whether the base is handed `g` instead of what the ascent made of it.
    fn hands_on_the_plain_gradient(&self) -> bool {
        false
    }

    /// Whether the step departs from `w + ε`.
    fn departs_from_the_perturbed(&self) -> bool {
        false
    }

    /// Whether the running statistics move in the second pass too.
    fn moves_statistics_twice(&self) -> bool {
        false
    }

    /// Why it makes no difference to a run that looks around, as the end of a sentence; none where it does.
    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        let _ = of;
        None
    }
}

/// The pulls towards zero that a run has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decay {
    /// λ of the penalty `½ λ ‖w‖²`, which is part of the loss in both passes.
    pub penalty: f64,
    /// δ of the base's decoupled decay, which is part of neither.
    pub decoupled: f64,
}

/// What the ε of an ascent follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Climb {
    /// The maximizer of `gᵀε` over a ball.
    Maximizer,
    /// The gradient as it is, without a ball.
    Gradient,
    /// Chance, or nothing.
    Neither,
}

/// What of a run decides whether a mistake makes a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circumstances {
    /// Whether it looks around: it has an ascent, and ρ is not zero.
    pub looks_around: bool,
    /// What its ε follows from.
    pub climb: Climb,
    /// Whether a step sees all examples.
    pub sees_all: bool,
    /// Whether units are dropped.
    pub drops_units: bool,
    /// Whether units are normalised by running statistics.
    pub normalises: bool,
    /// Its pulls towards zero.
    pub decay: Decay,
    /// The norm of the ball.
    pub norm: Norm,
}

/// Why `mistake` makes no difference to a run, as the end of a sentence; none where it does.
#[must_use]
pub fn idle(mistake: &Choice<dyn Mistake>, of: &Circumstances) -> Option<&'static str> {
    if is_none(mistake) {
        None
    } else if of.looks_around {
        mistake.build().idle(of)
    } else {
        Some("the run does not look around: it has no second pass")
    }
}

/// What is said where ε does not follow from the gradient.
const NO_CLIMB: &str = "its ε does not follow from the gradient";

/// Every mistake, in the order of the menu.
pub static ALL: Catalog<dyn Mistake> = Catalog {
    family: "mistake",
    entries: &[
        &none::ENTRY,
        &plain_step::ENTRY,
        &from_perturbed::ENTRY,
        &unnormalised::ENTRY,
        &other_batch::ENTRY,
        &decay_once::ENTRY,
        &sign::ENTRY,
        &statistics_twice::ENTRY,
        &other_units::ENTRY,
        &reversed::ENTRY,
    ],
};

/// No mistake.
#[must_use]
pub fn none() -> Choice<dyn Mistake> {
    Choice::new(&none::ENTRY)
}

/// ε points down instead of up.
#[must_use]
pub fn reversed() -> Choice<dyn Mistake> {
    Choice::new(&reversed::ENTRY)
}

/// ε is as long as the gradient is.
#[must_use]
pub fn unnormalised() -> Choice<dyn Mistake> {
    Choice::new(&unnormalised::ENTRY)
}

/// The base is handed the gradient at the weights.
#[must_use]
pub fn plain_step() -> Choice<dyn Mistake> {
    Choice::new(&plain_step::ENTRY)
}

/// Whether `mistake` is none.
#[must_use]
pub fn is_none(mistake: &Choice<dyn Mistake>) -> bool {
    mistake.id() == none::ENTRY.id
}
