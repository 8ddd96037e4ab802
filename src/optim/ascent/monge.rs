//! Monge SAM: a ball on the surface of the loss, instead of in the space of weights.
//!
//! ```text
//! G = I + g gᵀ,     ε̂ = argmax { gᵀε : εᵀGε ≤ ρ² } = ρ g/(‖g‖ √(1 + ‖g‖²))
//! ```
//!
//! `εᵀGε = ‖ε‖² + (gᵀε)²` is how long the way is on the surface `(w, L(w))`. By Sherman and Morrison
//! `G⁻¹g = g/(1 + ‖g‖²)`, and `ε̂ = ρ G⁻¹g/√(gᵀG⁻¹g)`. A. K. Jacobsen and G. Arvanitidis (2025), "Monge SAM: robust
//! reparameterization-invariant Sharpness-Aware Minimization based on loss geometry", arXiv:2502.08448. The paper has
//! p = 2; here other p measure the same way by their norm, `‖(ε, gᵀε)‖_p ≤ ρ`, which has the same form of solution. That set
//! lies in the ball `‖ε‖_p ≤ ρ`, which its measures are taken over.

use super::Ascent;
use super::cell::Cell;
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "surface", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "monge",
    name: "Monge SAM",
    formula: "ε = ε̂(g)/‖(1, gᵀû)‖_p",
    source: "Jacobsen & Arvanitidis 2025",
    about: "SAM near a minimum, nearly descent on a steep slope: ε is ρ long on the loss’s own surface.",
    settings: &[],
    build: Build::Sure(|settings| CELL.build(settings)),
};
