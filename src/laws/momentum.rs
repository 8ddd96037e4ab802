//! Momentum moves the edge of stability: up for the heavy ball, down for Nesterov's.
//!
//! ```text
//! one axis of curvature λ, a = ηλ; a factor z a step
//! heavy ball   z² − (1 + β − a) z + β = 0               z = −1  ⟹  a = 2(1 + β)
//! Nesterov     z² − (1 + β)(1 − a) z + β(1 − a) = 0     z = −1  ⟹  a = 2(1 + β)/(1 + 2β)
//! ```
//!
//! J. Cohen, S. Kaur, Y. Li, J. Kolter and A. Talwalkar (2021), "Gradient descent on neural networks typically occurs at
//! the edge of stability", ICLR, eq. 1.

use super::{Finding, ball, quadratic, sam};
use crate::catalog::Choice;
use crate::optim::ascent;
use crate::optim::base::{self, Base};
use crate::optim::run::{Run, Setup};

const ETA: f64 = 0.1;
/// Long enough for the slowest of the cases to grow or shrink beyond doubt.
const STEPS: usize = 400;

pub(super) fn check() -> Vec<Finding> {
    vec![
        edge("momentum", "heavy ball: it leaves a quadratic iff ηλ > 2(1 + β)", |beta| {
            2.0 * (1.0 + beta)
        }),
        edge("nesterov", "Nesterov: it leaves a quadratic iff ηλ > 2(1 + β)/(1 + 2β)", |beta| {
            2.0 * (1.0 + beta) / (1.0 + 2.0 * beta)
        }),
    ]
}

fn momentum(id: &str, beta: f64) -> Choice<dyn Base> {
    base::ALL
        .choose(id)
        .map(|choice| choice.with("momentum", beta))
        .expect("both are listed")
        .expect("laws use settings in range")
}

fn edge(id: &str, law: &str, at: fn(f64) -> f64) -> Finding {
    let mut disagreements = 0_u32;
    let betas = [0.0, 0.3, 0.5, 0.9];
    let parts = [0.1, 0.5, 0.9, 0.97, 1.03, 1.1, 1.3];
    for beta in betas {
        for part in parts {
            let objective = quadratic([part * at(beta) / ETA, 0.0], 0.0);
            let setup = Setup {
                base: momentum(id, beta),
                ascent: ascent::none(),
                ..sam(&objective, [1.0, 0.0], ETA, ball(2.0, 0.0), STEPS)
            };
            let left = Run::to_end(setup).end().is_some_and(|w| w[0].abs() > 1.0);
            disagreements += u32::from(left != (part > 1.0));
        }
    }
    Finding {
        law: format!("{law}: disagreements in {} cases", betas.len() * parts.len()),
        source: "Cohen et al. 2021",
        expected: 0.0,
        found: f64::from(disagreements),
        tolerance: 0.0,
    }
}
