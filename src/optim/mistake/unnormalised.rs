//! The division by the gradient's length is forgotten.
//!
//! ```text
//! ε = ‖g‖_q ε̂(g),     for p = 2 that is ρ g
//! ```
//!
//! `‖g‖_q = gᵀε̂/ρ` is what the maximizer divides by, in whichever ball the ascent looks around in. Far looks on steep
//! ground, none near a minimum: Y. Dai, K. Ahn and S. Sra (2023), "The crucial role of normalization in Sharpness-Aware
//! Minimization", `NeurIPS`. Published on purpose it is the ascent `unnormalised`.

use super::{Circumstances, Climb, Mistake, NO_CLIMB};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "unnormalised",
    name: "no normalization",
    formula: "ε = ‖g‖_q ε̂(g), which is ρ g for p = 2",
    source: "Dai, Ahn & Sra 2023",
    about: "The division by ‖g‖ is forgotten: far looks on steep ground, none near a minimum.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Unnormalised)),
};

struct Unnormalised;

impl Mistake for Unnormalised {
    fn forgets_to_normalise(&self) -> bool {
        true
    }

    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        match of.climb {
            Climb::Maximizer => None,
            Climb::Gradient => Some("its ε is not divided by ‖g‖ to begin with"),
            Climb::Neither => Some(NO_CLIMB),
        }
    }
}
