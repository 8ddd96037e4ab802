//! Nesterov's accelerated gradient: a heavy ball that looks ahead.
//!
//! ```text
//! v ← β v + g,     w ← w − η (g + β v)
//! ```
//!
//! Y. Nesterov (1983), "A method for solving the convex programming problem with convergence rate O(1/k²)", Dokl. Akad.
//! Nauk SSSR 269(3), in the form of I. Sutskever, J. Martens, G. Dahl and G. Hinton (2013), "On the importance of
//! initialization and momentum in deep learning", ICML, rewritten for the point at which the gradient is taken: for a
//! constant η, `w + ηβv` here is their θ. β = 0 is gradient descent.
//!
//! With decoupled decay δ, a factor z a step along an eigenvector of curvature λ solves
//! `(z − 1 + ηδ + ηλ)(z − β) + ηλβz = 0`; z = −1 at `λ = (2/η − δ)(1 + β)/(1 + 2β)`, where the product of its roots,
//! `β(1 − ηδ − ηλ)`, is above −1: looking ahead lowers the edge that a heavy ball raises.

use ndarray::{Array1, ArrayView1, ArrayViewMut1};

use super::{Base, MOMENTUM, descend, weight_decay};
use crate::catalog::{Build, Entry};
use crate::optim::stability::{self, Curvature, Edge};

pub(super) static ENTRY: Entry<dyn Base> = Entry {
    id: "nesterov",
    name: "Nesterov",
    formula: "v ← β v + g,  w ← w − η (g + β v)",
    source: "Nesterov 1983",
    about: "A heavy ball that brakes before the slope turns: less overshoot than momentum.",
    settings: &[MOMENTUM, weight_decay(0.0)],
    build: Build::Sure(|settings| {
        Box::new(Nesterov {
            beta: settings.get("momentum"),
            decay: settings.get("weight_decay"),
            velocity: None,
        })
    }),
};

#[derive(Clone)]
struct Nesterov {
    beta: f64,
    decay: f64,
    velocity: Option<Array1<f64>>,
}

impl Base for Nesterov {
    fn copied(&self) -> Box<dyn Base> {
        Box::new(self.clone())
    }

    fn step(&mut self, w: ArrayViewMut1<'_, f64>, direction: ArrayView1<'_, f64>, eta: f64) {
        let Self { beta, decay, velocity } = self;
        let velocity = velocity.get_or_insert_with(|| Array1::zeros(w.len()));
        velocity.zip_mut_with(&direction, |v, g| *v = *beta * *v + g);
        ndarray::Zip::from(w)
            .and(direction)
            .and(velocity)
            .for_each(|w, &g, &mut v| descend(w, g + *beta * v, eta, *decay));
    }

    fn edge(&self, at: &stability::At) -> Option<Edge> {
        let share = (1.0 + self.beta) / (1.0 + 2.0 * self.beta);
        let lambda = share * stability::of_decayed_descent(at.eta, self.decay);
        let [label, formula] = if self.decay == 0.0 {
            ["2(1 + β)/((1 + 2β)η)", "stable iff λ < 2(1 + β)/((1 + 2β)η)"]
        } else {
            [
                "(2/η − δ)(1 + β)/(1 + 2β)",
                "stable iff λ < (2/η − δ)(1 + β)/(1 + 2β), δ the weight decay",
            ]
        };
        Some(Edge { lambda, label, formula, of: Curvature::Hessian })
    }
}
