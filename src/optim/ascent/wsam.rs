//! WSAM, and GNP: the loss, and its sharpness with a weight of its own.
//!
//! ```text
//! direction = (1 − α) g + α g_SAM
//! ```
//!
//! Y. Zhao, H. Zhang and X. Hu (2022), "Penalizing gradient norm for efficiently improving generalization in deep
//! learning", ICML, algorithm 1 (GNP), where it comes from a penalty λ‖g‖ with `α = λ/ρ`. Y. Yue, J. Jiang, Z. Ye, N. Gao,
//! Y. Liu and K. Zhang (2023), "Sharpness-Aware Minimization revisited: weighted sharpness as a regularization term", KDD
//! (WSAM), where `L + γ/(1 − γ) (L(w + ε) − L(w))` is descended, `α = γ/(1 − γ)`. WSAM's authors also keep the sharpness out
//! of the base's memory; here the base is handed the sum, which over plain descent is the same. α = 1 is SAM, α = 0 its base.

use super::cell::Cell;
use super::{Ascent, step};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "fixed", step: "mixed" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "wsam",
    name: "WSAM (GNP)",
    formula: "(1 − α) g + α g_SAM",
    source: "Zhao, Zhang & Hu 2022; Yue et al. 2023",
    about: "How much sharpness counts beside the loss: less than SAM below α = 1, more above.",
    settings: step::mixed::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
