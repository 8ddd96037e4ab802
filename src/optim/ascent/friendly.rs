//! Friendly-SAM: perturb along what is special about this batch.
//!
//! ```text
//! m ← λ m + (1 − λ) g,     ε̂ = ε̂(g − σ m),     m = 0 before the first step
//! ```
//!
//! m stands in for the gradient on all data, and `g − σ m` for the batch's noise: climbing along the noise alone keeps
//! the full gradient's own part out of ε. T. Li, P. Zhou, Z. He, X. Cheng and X. Huang (2024), "Friendly
//! Sharpness-Aware Minimization", CVPR, algorithm 1. σ = 0 is SAM. With full batches there is no noise: ε then points
//! along the *change* of the gradient, which is not what the method was made for.
//!
//! m is the paper's: it has taken in the gradient of this step before it is subtracted, and starts at zero. The authors'
//! public code subtracts the m of the step before and starts it at the first gradient; its ε then differs from the one
//! here by up to 1.5 ρ. The paper's is kept because it defines the method, and because with it the first step has a
//! direction: from `m = g` and σ = 1 nothing would be left to climb along.

use super::cell::Cell;
use super::{Ascent, direction};
use crate::catalog::{Build, Entry};

const CELL: Cell = Cell { direction: "noise", radius: "fixed", step: "there" };

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "friendly",
    name: "Friendly SAM",
    formula: "ε̂(g − σ m), m ← λ m + (1 − λ) g",
    source: "Li et al. 2024",
    about: "Looks along the noise of the mini-batch only; try it with small batches.",
    settings: direction::noise::SETTINGS,
    build: Build::Sure(|settings| CELL.build(settings)),
};

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::array;

    use crate::math::norm::{Ball, Norm, Radius};
    use crate::optim::ascent;
    use crate::optim::replay::Replay;
    use crate::optim::run::Setup;
    use crate::problem::{Formula, landscapes};

    #[test]
    fn the_perturbation_points_along_what_the_average_did_not_expect() {
        let quadratic = landscapes::ALL.choose("quadratic").unwrap().build();
        let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
        let path = Replay::new(&Setup {
            ascent: ascent::ALL.choose("friendly").unwrap().with("sigma", 0.5).unwrap(),
            ..Setup::new(Arc::new(Formula(quadratic)), array![0.3, 0.4], 0.05, ball, 8)
        });
        let mut mean = array![0.0, 0.0];
        for row in path {
            mean = &mean * 0.9 + &row.gradient * 0.1;
            let noise = &row.gradient - &(&mean * 0.5);
            let expected = &noise * (0.1 / Norm::L2.length(noise.view()));
            assert!(Norm::L2.length((&row.epsilon - &expected).view()) < 1e-12);
        }
    }
}
