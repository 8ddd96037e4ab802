//! The sign of the gradient is taken where another norm was meant.
//!
//! ```text
//! ε = ρ sign(g),     ‖ε‖₂ = ρ √d instead of ρ
//! ```
//!
//! As in code for adversarial examples, where the ball is a square: I. Goodfellow, J. Shlens and C. Szegedy (2015),
//! "Explaining and harnessing adversarial examples", ICLR. With many weights ε reaches far beyond the ball.

use ndarray::{Array1, ArrayView1};

use super::{Circumstances, Climb, Mistake, NO_CLIMB};
use crate::catalog::{Build, Entry};
use crate::math::norm::{Ball, Norm};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "sign",
    name: "sign(g)",
    formula: "ε = ρ sign(g)",
    source: "Goodfellow, Shlens & Szegedy 2015",
    about: "The maximizer of a square ball where a round one is meant: ε is √d times too long.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Sign)),
};

struct Sign;

impl Mistake for Sign {
    fn perturbation(&self, best: Array1<f64>, g: ArrayView1<'_, f64>, ball: Ball) -> Array1<f64> {
        if best.iter().all(|&x| x == 0.0) {
            return best;
        }
        Ball { norm: Norm::LInf, ..ball }.steepest_ascent(g)
    }

    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        match of.climb {
            Climb::Maximizer if of.norm == Norm::LInf => Some("with p = ∞ the sign is right"),
            Climb::Maximizer | Climb::Gradient => None,
            Climb::Neither => Some(NO_CLIMB),
        }
    }
}
