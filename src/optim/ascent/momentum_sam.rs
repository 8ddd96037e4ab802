//! Momentum-SAM: look where the run is heading, for the price of the base.
//!
//! ```text
//! ε = −ρ v/‖v‖,     g_SAM = ∇L_B(w + ε),     v ← μ v + g_SAM
//! ```
//!
//! M. Becker, F. Altrock and B. Risse (2024), "Momentum-SAM: Sharpness Aware Minimization without computational overhead",
//! arXiv:2401.12033, algorithm 1. v is known before the step, so that one gradient a step is enough. ε is against v, down the
//! slopes that were, and so ahead of the run as Nesterov's look is; across a valley that the run jumps over it points up
//! the other side. Before the first step v = 0, and ε = 0. v is its own here, of every base; over the heavy ball with β = μ it
//! is the base's velocity, as in the paper.

use super::cell::Cell;
use super::{Ascent, direction};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "momentum", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "momentum_sam",
    name: "Momentum-SAM",
    formula: "ε = −ε̂(v), v ← μ v + g_SAM",
    source: "Becker, Altrock & Risse 2024",
    about: "Looks ahead against the momentum: one gradient a step, as the base alone.",
    settings: direction::momentum::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
