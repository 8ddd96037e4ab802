//! GSAM: descend the perturbed loss and *ascend* along what the perturbed gradient leaves open.
//!
//! ```text
//! g_⊥ = g − (g·g_SAM/‖g_SAM‖²) g_SAM,     direction = g_SAM − α g_⊥
//!
//!         g ↗ ┊ g_⊥
//!         ╱   ┊
//!       w ────────▸ g_SAM
//! ```
//!
//! To first order g_⊥ leaves `L(w + ε)` alone, and going against `−g_⊥` raises `L(w)`: the gap between the two
//! closes. J. Zhuang et al. (2022), "Surrogate gap minimization improves sharpness-aware training", ICLR, algorithm 1.
//! α = 0 is SAM.

use super::cell::Cell;
use super::{Ascent, step};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "fixed", step: "across" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "gsam",
    name: "GSAM",
    formula: "g_SAM − α g_⊥, g_⊥ = the part of g orthogonal to g_SAM",
    source: "Zhuang et al. 2022",
    about: "Lowers the loss nearby and the gap to it at the same time.",
    settings: step::across::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
