//! Unnormalised SAM: the longer the gradient, the farther the look.
//!
//! ```text
//! ε = ρ g
//! ```
//!
//! M. Andriushchenko and N. Flammarion (2022), "Towards understanding Sharpness-Aware Minimization", ICML. Here ρ is no
//! radius (it has the unit of η) and there is no ball, so the norm plays no part. Near a minimum ε vanishes with g: it
//! does not bounce but converges, and loses most of SAM's pull toward flat ground (Y. Dai, K. Ahn and S. Sra, 2023, "The
//! crucial role of normalization in Sharpness-Aware Minimization", `NeurIPS`).
//!
//! Along an eigenvector of a quadratic, `w ← (1 − ηλ(1 + ρλ)) w`: over plain descent it is stable iff `ηλ(1 + ρλ) < 2`
//! (A. Agarwala and Y. Dauphin, 2023, "SAM operates far from home: eigenvalue regularization as a dynamical phenomenon",
//! ICML).

use super::Ascent;
use super::cell::Cell;
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "gradient", radius: "proportional", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "unnormalised",
    name: "Unnormalised SAM",
    formula: "ε = ρ g",
    source: "Andriushchenko & Flammarion 2022",
    about: "What goes wrong without the division by ‖g‖: far looks on steep ground, none near a minimum.",
    settings: &[],
    build: Build::Sure(|settings| CELL.build(settings)),
};
