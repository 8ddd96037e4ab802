//! Heavy ball: the step remembers where it was going.
//!
//! ```text
//! v ← β v + g,     w ← w − η v
//! ```
//!
//! B. Polyak (1964), "Some methods of speeding up the convergence of iteration methods", USSR Comput. Math. and
//! Math. Phys. 4(5), with η outside of v as deep-learning libraries have it; for a constant η the paths are Polyak's.
//! β = 0 is gradient descent.
//!
//! With decoupled decay δ, a factor z a step along an eigenvector of curvature λ solves
//! `(z − 1 + ηδ)(z − β) + ηλz = 0`; the product of its roots is `β(1 − ηδ) < 1`, and z = −1 at `λ = (1 + β)(2/η − δ)`.

use ndarray::{Array1, ArrayView1, ArrayViewMut1};

use super::{Base, MOMENTUM, descend, weight_decay};
use crate::catalog::{Build, Entry};
use crate::optim::stability::{self, Curvature, Edge};

pub(super) static ENTRY: Entry<dyn Base> = Entry {
    id: "momentum",
    name: "Momentum",
    formula: "v ← β v + g,  w ← w − η v",
    source: "Polyak 1964",
    about: "A heavy ball: it rolls past small dips and overshoots large ones.",
    settings: &[MOMENTUM, weight_decay(0.0)],
    build: Build::Sure(|settings| {
        Box::new(Momentum {
            beta: settings.get("momentum"),
            decay: settings.get("weight_decay"),
            velocity: None,
        })
    }),
};

#[derive(Clone)]
struct Momentum {
    beta: f64,
    decay: f64,
    velocity: Option<Array1<f64>>,
}

impl Base for Momentum {
    fn copied(&self) -> Box<dyn Base> {
        Box::new(self.clone())
    }

    fn step(&mut self, mut w: ArrayViewMut1<'_, f64>, direction: ArrayView1<'_, f64>, eta: f64) {
        let Self { beta, decay, velocity } = self;
        let velocity = velocity.get_or_insert_with(|| Array1::zeros(w.len()));
        velocity.zip_mut_with(&direction, |v, g| *v = *beta * *v + g);
        w.zip_mut_with(velocity, |w, &v| descend(w, v, eta, *decay));
    }

    fn edge(&self, at: &stability::At) -> Option<Edge> {
        let lambda = (1.0 + self.beta) * stability::of_decayed_descent(at.eta, self.decay);
        let [label, formula] = if self.decay == 0.0 {
            ["2(1 + β)/η", "stable iff λ < 2(1 + β)/η"]
        } else {
            ["(1 + β)(2/η − δ)", "stable iff λ < (1 + β)(2/η − δ), δ the weight decay"]
        };
        Some(Edge { lambda, label, formula, of: Curvature::Hessian })
    }
}
