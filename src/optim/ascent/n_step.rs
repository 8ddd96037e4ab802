//! n-step SAM: climb in several short steps, looking again after each.
//!
//! ```text
//! ε₀ = 0,     ε_{i+1} = ε_i + ε̂_{ρ/n}(∇L_B(w + ε_i)),     ε = ε_n
//! ```
//!
//! Each step has length ρ/n, so that by the triangle inequality the sum stays in the ball. P. Foret, A. Kleiner,
//! H. Mobahi and B. Neyshabur (2021), "Sharpness-Aware Minimization for efficiently improving generalization", ICLR,
//! appendix on several ascent steps; here none can leave the ball, so none is projected back. It costs `n + 1`
//! gradients a step; n = 1 is SAM.

use super::cell::Cell;
use super::{Ascent, direction};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "climbed", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "n_step",
    name: "n-step SAM",
    formula: "ε ← ε + ε̂(∇L(w + ε)) with radius ρ/n, n times",
    source: "Foret et al. 2021",
    about: "Finds a worse point than one straight step does, for n + 1 gradients.",
    settings: direction::climbed::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
