//! `VaSSO`: perturb along what the batches agree on.
//!
//! ```text
//! m ← (1 − θ) m + θ g,     ε̂ = ε̂(m)
//! ```
//!
//! B. Li and G. Giannakis (2023), "Enhancing Sharpness-Aware optimization through variance suppression", NeurIPS, eq. 4. A
//! mini-batch's own gradient makes SAM's adversary friendly; the average steadies it. θ = 1 is SAM. It is the opposite of
//! Friendly SAM, which climbs along what the average leaves.

use super::cell::Cell;
use super::{Ascent, direction};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "average", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "vasso",
    name: "VaSSO",
    formula: "ε̂(m), m ← (1 − θ) m + θ g",
    source: "Li & Giannakis 2023",
    about: "Looks along the average gradient, so that single batches turn ε less; try it with small batches.",
    settings: direction::average::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};
