//! Per-example SAM on logistic regression is a margin.
//!
//! ```text
//! ℓ_i = ln(1 + e^(−m_i)),  m_i = y_i w·x_i,  y_i = ±1
//! ∇ℓ_i ∝ −y_i x_i   ⟹   ε̂_i = −y_i ρ û(x_i)   ⟹   y_i (w + ε̂_i)·x_i = m_i − ρ‖x_i‖_q
//! ```
//!
//! so that the loss is that of examples which must be right by `ρ‖x‖_q`, and the gradient its gradient.

use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView1, array};

use super::{Finding, apart, ascent, ball};
use crate::optim::replay::Replay;
use crate::optim::run::Setup;
use crate::problem::{Batch, Objective};

/// Inputs and signs.
const EXAMPLES: [([f64; 2], f64); 6] = [
    ([1.0, 0.5], 1.0),
    ([0.2, 2.0], 1.0),
    ([-0.7, 0.3], 1.0),
    ([-1.5, -0.4], -1.0),
    ([0.9, -1.1], -1.0),
    ([-0.1, -0.2], -1.0),
];

pub(super) fn check() -> Vec<Finding> {
    [1.0, 1.5, 2.0, f64::INFINITY].into_iter().flat_map(of_norm).collect()
}

fn of_norm(p: f64) -> [Finding; 2] {
    let ball = ball(p, 0.3);
    let w = array![0.8, -0.5];
    let setup = Setup {
        ascent: ascent("m_sam", "m", 1.0),
        ..Setup::new(Arc::new(Logistic), w.clone(), 0.1, ball, 0)
    };
    let step = Replay::new(&setup).next();
    let shift = |x: &[f64; 2]| ball.rise(ArrayView1::from(x));
    let (loss, gradient) = mean(w.view(), 0..EXAMPLES.len(), shift);
    [
        Finding {
            law: format!(
                "per-example SAM on logistic regression: margins less ρ‖x‖_q, p = {p}, loss"
            ),
            source: "—",
            expected: loss,
            found: step.as_ref().map_or(f64::NAN, |step| step.numbers.adversarial_loss),
            tolerance: 1e-12,
        },
        Finding {
            law: format!("the same, p = {p}: error of the gradient"),
            source: "—",
            expected: 0.0,
            found: step
                .as_ref()
                .map_or(f64::NAN, |step| apart(step.gradient_there.view(), gradient.view())),
            tolerance: 1e-12,
        },
    ]
}

/// Mean cross-entropy, and its gradient, of margins that are made smaller by `shift(x)`.
fn mean(
    w: ArrayView1<'_, f64>,
    members: impl ExactSizeIterator<Item = usize>,
    shift: impl Fn(&[f64; 2]) -> f64,
) -> (f64, Array1<f64>) {
    let count = members.len() as f64;
    let (mut loss, mut gradient) = (0.0, Array1::zeros(2));
    for (x, y) in members.map(|k| EXAMPLES[k]) {
        let x = array![x[0], x[1]];
        let margin = y * w.dot(&x) - shift(&[x[0], x[1]]);
        loss += libm::log1p(libm::exp(-margin)) / count;
        gradient.scaled_add(-y / (1.0 + libm::exp(margin)) / count, &x);
    }
    (loss, gradient)
}

/// Logistic regression without bias on [`EXAMPLES`].
pub(super) struct Logistic;

impl Objective for Logistic {
    fn dimension(&self) -> usize {
        2
    }

    fn weight_names(&self) -> Vec<String> {
        ["w₁", "w₂"].map(str::to_owned).to_vec()
    }

    fn examples(&self) -> usize {
        EXAMPLES.len()
    }

    fn loss(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> f64 {
        self.loss_and_gradient(w, batch).0
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> (f64, Array1<f64>) {
        match batch {
            Batch::Whole => mean(w, 0..EXAMPLES.len(), |_| 0.0),
            Batch::Members(members) => mean(w, members.iter().copied(), |_| 0.0),
        }
    }

    fn hessian(&self, w: ArrayView1<'_, f64>) -> Array2<f64> {
        let mut hessian = Array2::zeros((2, 2));
        for ([a, b], y) in EXAMPLES {
            let margin = y * (w[0] * a + w[1] * b);
            let s = 1.0 / (1.0 + libm::exp(-margin));
            let weight = s * (1.0 - s) / EXAMPLES.len() as f64;
            hessian += &(array![[a * a, a * b], [a * b, b * b]] * weight);
        }
        hessian
    }
}
