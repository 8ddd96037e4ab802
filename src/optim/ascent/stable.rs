//! `StableSAM`: SAM's direction, with a step as long as the base's.
//!
//! ```text
//! direction = g_SAM ‖g‖/‖g_SAM‖
//! ```
//!
//! C. Tan, J. Zhang, J. Liu, Y. Wang and Y. Hao (2024), "Stabilizing Sharpness-aware Minimization through a simple
//! renormalization strategy", algorithm 1. Along an eigenvector of a quadratic what is handed on is g: its edge of stability
//! is the base's, whatever ρ is, and where g vanishes the step does too.

use super::Ascent;
use super::cell::Cell;
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "fixed", step: "scaled" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "stable",
    name: "StableSAM",
    formula: "g_SAM ‖g‖/‖g_SAM‖",
    source: "Tan et al. 2024",
    about: "Turns the step as SAM does and leaves its length alone: near a minimum steps shrink as the base’s do.",
    settings: &[],
    build: Build::Sure(|settings| CELL.build(settings)),
};
