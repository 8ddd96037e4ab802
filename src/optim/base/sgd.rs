//! Plain gradient descent, stochastic when the batch is.
//!
//! ```text
//! w ← w − η g
//! ```
//!
//! H. Robbins and S. Monro (1951), "A stochastic approximation method", Ann. Math. Stat. 22(3).
//! On a quadratic it is stable iff `η λ_max < 2`; with decoupled decay δ each step is `w ← (1 − η(λ + δ)) w` along an
//! eigenvector, stable iff `λ + δ < 2/η`.

use ndarray::{ArrayView1, ArrayViewMut1};

use super::{Base, descend, weight_decay};
use crate::catalog::{Build, Entry};
use crate::optim::stability::{self, Curvature, Edge};

pub(super) static ENTRY: Entry<dyn Base> = Entry {
    id: "sgd",
    name: "SGD",
    formula: "w ← w − η g",
    source: "Robbins & Monro 1951",
    about: "Straight down the gradient; stable while η λ_max < 2.",
    settings: &[weight_decay(0.0)],
    build: Build::Sure(|settings| Box::new(Sgd { decay: settings.get("weight_decay") })),
};

#[derive(Clone)]
struct Sgd {
    decay: f64,
}

impl Base for Sgd {
    fn copied(&self) -> Box<dyn Base> {
        Box::new(self.clone())
    }

    fn remembers(&self) -> bool {
        false
    }

    fn step(&mut self, mut w: ArrayViewMut1<'_, f64>, direction: ArrayView1<'_, f64>, eta: f64) {
        w.zip_mut_with(&direction, |w, &g| descend(w, g, eta, self.decay));
    }

    fn edge(&self, at: &stability::At) -> Option<Edge> {
        let lambda = stability::of_decayed_descent(at.eta, self.decay);
        let [label, formula] = if self.decay == 0.0 {
            ["2/η", "stable iff λ < 2/η"]
        } else {
            ["2/η − δ", "stable iff λ + δ < 2/η, δ the weight decay"]
        };
        Some(Edge { lambda, label, formula, of: Curvature::Hessian })
    }

    fn is_plain_descent(&self) -> bool {
        self.decay == 0.0
    }
}
