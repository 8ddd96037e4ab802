//! Plain gradient descent, stochastic when the batch is.
//!
//! ```text
//! w ← w − η g
//! ```
//!
//! H. Robbins and S. Monro (1951), "A stochastic approximation method", Ann. Math. Stat. 22(3).
//! On a quadratic it is stable iff `η λ_max < 2`.

use ndarray::{Array1, ArrayView1};

use super::Base;
use crate::catalog::Entry;

pub(super) static ENTRY: Entry<dyn Base> = Entry {
    id: "sgd",
    name: "SGD",
    formula: "w ← w − η g",
    source: "Robbins & Monro 1951",
    about: "Straight down the gradient; stable while η λ_max < 2.",
    settings: &[],
    build: |_| Box::new(Sgd),
};

struct Sgd;

impl Base for Sgd {
    fn step(&mut self, w: &mut Array1<f64>, direction: ArrayView1<'_, f64>, eta: f64) {
        w.zip_mut_with(&direction, |w, g| *w -= eta * g);
    }
}
