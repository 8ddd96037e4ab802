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

use super::{Ascent, Here, Oracle, Sight, steepest};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "sam",
    name: "SAM",
    formula: "ε̂ = argmax { gᵀε : ‖ε‖_p ≤ ρ }",
    source: "Foret et al. 2021",
    about: "Takes the gradient at the worst point of the ball, to first order.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Sam)),
};

struct Sam;

impl Ascent for Sam {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        here.from(steepest(here.ball, here.gradient), oracle)
    }
}
