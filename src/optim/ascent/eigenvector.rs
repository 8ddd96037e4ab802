//! Eigenvector SAM: perturb along the sharpest direction.
//!
//! ```text
//! ε̂ = ε̂(v vᵀg),     v the top eigenvector of ∇²L(w);     for p = 2   ε̂ = ρ sign(vᵀg) v
//! ```
//!
//! Near a minimum the worst point of the ball lies along v, while g may point elsewhere (K. Wen, T. Ma and Z. Li, 2023, "How
//! does Sharpness-Aware Minimization minimize sharpness?", ICLR). H. Luo, T. Truong, T. Pham, M. Harandi, D. Phung and T. Le
//! (2024), "Explicit eigenvalue regularization improves Sharpness-Aware Minimization", NeurIPS, add v to g; here it stands
//! alone, with the sign that raises the loss. How v is found, and what it costs, is said by its
//! [direction](super::direction).

use super::cell::Cell;
use super::{Ascent, direction};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "eigenvector", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "eigenvector",
    name: "Eigenvector SAM",
    formula: "ε̂(v vᵀg), v the top eigenvector of ∇²L(w)",
    source: "after Luo et al. 2024",
    about: "Looks along the sharpest direction instead of along g, for some more gradients.",
    settings: direction::eigenvector::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
