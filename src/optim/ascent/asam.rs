//! Adaptive SAM: a ball that is as wide in a weight as that weight is large.
//!
//! ```text
//! T = diag(|w| + c),     ball { ε : ‖T⁻¹ε‖_p ≤ ρ } = { T u : ‖u‖_p ≤ ρ }
//! ε̂ = T û(T g),          û the maximizer of the round ball
//!
//!    p = 2   ρ T²g / ‖Tg‖₂          p = ∞   ρ T sign(g)          p = 1   only where |T g| is largest
//! ```
//!
//! since `gᵀε = gᵀT u = (T g)ᵀu`. J. Kwon, J. Kim, H. Park and I. Choi (2021), "ASAM: Adaptive Sharpness-Aware
//! Minimization for scale-invariant learning of deep neural networks", ICML, for p = 2 and ∞; other p follow alike.
//! Scaling a weight up and its partner down, as in `½(uv − 1)²`, changes neither the loss nor (for c = 0) the ball's
//! reach, so the sharpness that ASAM sees is the same all along such a valley.
//!
//! Every weight is scaled, biases among them, as the paper's T is written; the authors' code leaves the biases of a
//! network unscaled (T = 1 there). The two differ for models that have biases.

use super::cell::Cell;
use super::{Ascent, radius};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "weights", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "asam",
    name: "Adaptive SAM",
    formula: "ε̂ = T û(T g), T = diag(|w| + c)",
    source: "Kwon et al. 2021",
    about: "The ball grows with the weights, so that rescaling them does not change what is called sharp.",
    settings: radius::weights::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
