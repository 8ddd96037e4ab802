//! A random perturbation: ε uniform on the sphere, independent of the gradient.
//!
//! ```text
//! ε = ρ x/‖x‖_p,     uniform on the sphere ‖ε‖_p = ρ in the sense of its cone measure
//! ```
//!
//! The measure, and how it is drawn from, is that of [`cone`](crate::math::cone), which average sharpness is a mean over
//! too.
//!
//! One gradient a step, at `w + ε`: the one at w is taken for the record only.

use super::Ascent;
use super::cell::Cell;
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "random", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "random_ball",
    name: "Random on the sphere",
    formula: "ε uniform on ‖ε‖_p = ρ",
    source: "—",
    about: "The ablation: it shows whether the worst point matters, or any point nearby would do.",
    settings: &[],
    build: Build::Sure(|settings| CELL.build(settings)),
};
