//! Sharpness-Aware Minimization: take the gradient where the loss is worst nearby.
//!
//! ```text
//! ε̂ = argmax { gᵀε : ‖ε‖_p ≤ ρ },     g_SAM = ∇L_B(w + ε̂) on the same batch
//!
//!      w + ε ●─────▸ its gradient …
//!           ╱
//!          ╱ ε
//!       w ●─────▸ … moves w
//! ```
//!
//! P. Foret, A. Kleiner, H. Mobahi and B. Neyshabur (2021), "Sharpness-Aware Minimization for efficiently improving
//! generalization", ICLR, eq. 2 and 3. The second-order term of eq. 3 is dropped, as in the paper's algorithm 1.
//!
//! For p = 2 over plain descent a step along an eigenvector of a quadratic shortens w iff `ηλ(1 + ρλ/‖g‖) ≤ 2`
//! (P. Long and P. Bartlett, 2023): its edge is that of the step, and moves with `‖g‖`.

use super::Ascent;
use super::cell::Cell;
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "sam",
    name: "SAM",
    formula: "ε̂ = argmax { gᵀε : ‖ε‖_p ≤ ρ }",
    source: "Foret et al. 2021",
    about: "Takes the gradient at the worst point of the ball, to first order.",
    settings: &[],
    build: Build::Sure(|settings| CELL.build(settings)),
};
