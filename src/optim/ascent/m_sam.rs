//! m-SAM: every few examples have their own worst case.
//!
//! ```text
//! B = B₁ ∪ B₂ ∪ …  of m examples each, in the order of the batch; the last may be smaller
//! g = Σ_j |B_j|/|B| ∇L_{B_j}(w + ε̂(∇L_{B_j}(w)))
//! ```
//!
//! m = |B| is SAM, m = 1 is per-example SAM. P. Foret et al. (2021), sec. 4.1 (m-sharpness), and M. Andriushchenko and
//! N. Flammarion (2022), "Towards understanding Sharpness-Aware Minimization", ICML. Both passes go through the batch
//! once, so it costs two gradients whatever m is. For logistic regression the per-example worst case moves every margin
//! by `ρ‖x‖_q`. A formula has no examples to divide and is left to SAM.

use super::cell::Cell;
use super::{Ascent, direction};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "parts", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "m_sam",
    name: "m-SAM",
    formula: "mean over parts of m examples of ∇L_j(w + ε̂_j)",
    source: "Foret et al. 2021",
    about: "Each m examples have their own worst case; m = 1 regularises most.",
    settings: direction::parts::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
