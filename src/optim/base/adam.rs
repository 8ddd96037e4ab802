//! Adam: each weight has its own step, from running moments of its gradient.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g,     v ← β₂ v + (1 − β₂) g²
//! w ← w − η m̂ / (√v̂ + 1e-8),     m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
//! ```
//!
//! D. Kingma and J. Ba (2015), "Adam: a method for stochastic optimization", ICLR, algorithm 1.
//!
//! With `P = diag(√v̂ + 1e-8)` held still it is a heavy ball on the preconditioned Hessian `P⁻¹H`, whose velocity is
//! `m/(1 − β₁)`: its edge is `2(1 + β₁)/((1 − β₁)η)`, J. Cohen et al. (2022), "Adaptive gradient methods at the edge of
//! stability". In the t-th step `m̂` makes m larger by `1/(1 − β₁ᵗ)`, and the edge is lower by as much. Decoupled decay δ
//! puts `2/η − δ` in the place of 2/η, as for the heavy ball, once the first steps are over: with the correction it is
//! `(1 − β₁ᵗ)(2/η − δ)(1 + β₁)/(1 − β₁)`, since the correction lengthens the gradient's part alone.

use ndarray::{Array1, ArrayView1, ArrayViewMut1};

use super::{Base, descend, weight_decay};
use crate::catalog::{Build, Entry, Kind, Scale, Setting, Settings};
use crate::optim::stability::{self, Curvature, Edge};

pub(super) static ENTRY: Entry<dyn Base> = Entry {
    id: "adam",
    name: "Adam",
    formula: "w ← w − η m̂ / (√v̂ + 1e-8)",
    source: "Kingma & Ba 2015",
    about: "Steps of about η in every weight, whatever the gradient's size.",
    settings: &[MEAN, SQUARE, weight_decay(0.0)],
    build: Build::Sure(|settings| Box::new(Adam::new(settings))),
};

/// The memory of the first moment.
pub(super) const MEAN: Setting = Setting {
    key: "beta1",
    label: "β₁",
    about: "memory of the mean gradient, β₁ in m ← β₁ m + (1 − β₁) g",
    kind: Kind::Number { default: 0.9, range: (0.0, 0.999), scale: Scale::Linear },
};

/// The memory of the second moment.
pub(super) const SQUARE: Setting = Setting {
    key: "beta2",
    label: "β₂",
    about: "memory of the squared gradient, β₂ in v ← β₂ v + (1 − β₂) g²",
    kind: Kind::Number { default: 0.999, range: (0.0, 0.9999), scale: Scale::Linear },
};

/// Keeps the quotient finite where the second moment is zero.
const FLOOR: f64 = 1e-8;

#[derive(Clone)]
pub(super) struct Adam {
    memory: [f64; 2],
    decay: f64,
    moments: Option<[Array1<f64>; 2]>,
    power: [f64; 2], // β₁ᵗ and β₂ᵗ
}

impl Adam {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            memory: [settings.get("beta1"), settings.get("beta2")],
            decay: settings.get("weight_decay"),
            moments: None,
            power: [1.0, 1.0],
        }
    }
}

impl Base for Adam {
    fn copied(&self) -> Box<dyn Base> {
        Box::new(self.clone())
    }

    fn step(&mut self, w: ArrayViewMut1<'_, f64>, direction: ArrayView1<'_, f64>, eta: f64) {
        let Self { memory: [beta1, beta2], decay, moments, power } = self;
        let [m, v] =
            moments.get_or_insert_with(|| [Array1::zeros(w.len()), Array1::zeros(w.len())]);
        m.zip_mut_with(&direction, |m, g| *m = *beta1 * *m + (1.0 - *beta1) * g);
        v.zip_mut_with(&direction, |v, g| *v = *beta2 * *v + (1.0 - *beta2) * (g * g));
        power[0] *= *beta1;
        power[1] *= *beta2;
        let [first, second] = power.map(|p| 1.0 - p);
        ndarray::Zip::from(w).and(m).and(v).for_each(|w, &mut m, &mut v| {
            descend(w, m / first / ((v / second).sqrt() + FLOOR), eta, *decay);
        });
    }

    fn edge(&self, at: &stability::At) -> Option<Edge> {
        let [beta1, _] = self.memory;
        let corrected = 1.0 - libm::pow(beta1, at.step as f64 + 1.0);
        let descent = stability::of_decayed_descent(at.eta, self.decay);
        let lambda = corrected * descent * (1.0 + beta1) / (1.0 - beta1);
        let [label, formula] = if self.decay == 0.0 {
            [
                "2(1 + β₁)/((1 − β₁)η)",
                "stable iff λ_max(P⁻¹H) < (1 − β₁ᵗ) 2(1 + β₁)/((1 − β₁)η), P = diag(√v̂ + 1e-8) held still",
            ]
        } else {
            [
                "(2/η − δ)(1 + β₁)/(1 − β₁)",
                "stable iff λ_max(P⁻¹H) < (1 − β₁ᵗ)(2/η − δ)(1 + β₁)/(1 − β₁), P = diag(√v̂ + 1e-8) held still, δ the weight decay",
            ]
        };
        Some(Edge { lambda, label, formula, of: Curvature::Preconditioned })
    }

    fn preconditioner(&self) -> Option<Array1<f64>> {
        let [_, v] = self.moments.as_ref()?;
        let second = 1.0 - self.power[1];
        Some(v.mapv(|v| (v / second).sqrt() + FLOOR))
    }
}
