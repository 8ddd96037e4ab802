//! `RMSprop`: each weight's step is divided by the running size of its gradient.
//!
//! ```text
//! v ← γ v + (1 − γ) g²,     w ← w − η g / √(v + 1e-8)
//! ```
//!
//! T. Tieleman and G. Hinton (2012), lecture 6.5 of "Neural networks for machine learning". Libraries differ in where
//! the small number stands; under the root it keeps steps near a minimum shorter. Without Adam's correction of the
//! first steps, v starts at zero and the first step is `1/√(1 − γ)` times too long.
//!
//! With `P = diag(√(v + 1e-8))` held still it is descent on the preconditioned Hessian `P⁻¹H`, whose edge is 2/η (2/η − δ
//! with decoupled decay δ): J. Cohen et al. (2022), "Adaptive gradient methods at the edge of stability".

use ndarray::{Array1, ArrayView1, ArrayViewMut1};

use super::{Base, descend, weight_decay};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::stability::{self, Curvature, Edge};

pub(super) static ENTRY: Entry<dyn Base> = Entry {
    id: "rmsprop",
    name: "RMSprop",
    formula: "v ← γ v + (1 − γ) g²,  w ← w − η g / √(v + 1e-8)",
    source: "Tieleman & Hinton 2012",
    about: "Steps of about η in every weight; it never comes to rest, since small gradients are enlarged.",
    settings: &[
        Setting {
            key: "decay",
            label: "decay γ",
            about: "memory of the squared gradient, γ in v ← γ v + (1 − γ) g²",
            kind: Kind::Number { default: 0.9, range: (0.0, 0.9999), scale: Scale::Linear },
        },
        weight_decay(0.0),
    ],
    build: Build::Sure(|settings| {
        Box::new(RmsProp {
            memory: settings.get("decay"),
            decay: settings.get("weight_decay"),
            square: None,
        })
    }),
};

/// Keeps the quotient finite where the gradient has been zero.
const FLOOR: f64 = 1e-8;

#[derive(Clone)]
struct RmsProp {
    memory: f64,
    decay: f64,
    square: Option<Array1<f64>>,
}

impl Base for RmsProp {
    fn copied(&self) -> Box<dyn Base> {
        Box::new(self.clone())
    }

    fn step(&mut self, w: ArrayViewMut1<'_, f64>, direction: ArrayView1<'_, f64>, eta: f64) {
        let Self { memory, decay, square } = self;
        let square = square.get_or_insert_with(|| Array1::zeros(w.len()));
        square.zip_mut_with(&direction, |v, g| *v = *memory * *v + (1.0 - *memory) * (g * g));
        ndarray::Zip::from(w)
            .and(direction)
            .and(square)
            .for_each(|w, &g, &mut v| descend(w, g / (v + FLOOR).sqrt(), eta, *decay));
    }

    fn edge(&self, at: &stability::At) -> Option<Edge> {
        let lambda = stability::of_decayed_descent(at.eta, self.decay);
        let [label, formula] = if self.decay == 0.0 {
            ["2/η", "stable iff λ_max(P⁻¹H) < 2/η, P = diag(√(v + 1e-8)) held still"]
        } else {
            [
                "2/η − δ",
                "stable iff λ_max(P⁻¹H) + δ < 2/η, P = diag(√(v + 1e-8)) held still, δ the weight decay",
            ]
        };
        Some(Edge { lambda, label, formula, of: Curvature::Preconditioned })
    }

    fn preconditioner(&self) -> Option<Array1<f64>> {
        self.square.as_ref().map(|square| square.mapv(|v| (v + FLOOR).sqrt()))
    }
}
