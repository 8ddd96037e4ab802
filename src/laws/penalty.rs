//! SAM is descent on the loss and a penalty for steepness, exactly so on a quadratic.
//!
//! ```text
//! ∇(L + ρ‖∇L‖_q) = g + ρ H ∂‖g‖_q = g + H ε̂          since ∂‖·‖_q at g is the maximizer of the unit ball
//! ∇L(w + ε̂)      = g + H ε̂ + ½ ∇³L[ε̂, ε̂] + …          the third term is zero on a quadratic and O(ρ²) elsewhere
//! ```

use ndarray::{Array1, ArrayView1};

use super::{Finding, apart, ball, factorization, quadratic};
use crate::math::norm::Ball;
use crate::problem::{Batch, Objective};

pub(super) fn check() -> Vec<Finding> {
    let mut findings: Vec<_> = [1.0, 1.5, 2.0, 3.0, f64::INFINITY].map(on_a_quadratic).to_vec();
    findings.extend([1.0, 2.0, f64::INFINITY].map(elsewhere));
    findings
}

fn on_a_quadratic(p: f64) -> Finding {
    let objective = quadratic([10.0, 1.0], 25.0);
    let ball = ball(p, 0.1);
    let found = [[0.3, 0.4], [-1.0, 0.2], [0.05, -0.7]]
        .map(|w| {
            let w = Array1::from(w.to_vec());
            let epsilon = ball.steepest_ascent(gradient(&*objective, w.view()).view());
            let there = gradient(&*objective, (&w + &epsilon).view());
            apart(there.view(), of_penalised(&*objective, w.view(), ball).view())
        })
        .into_iter()
        .fold(0.0, f64::max);
    Finding {
        law: format!("on a quadratic g_SAM = ∇(L + ρ‖∇L‖_q), p = {p}: largest difference"),
        source: "Foret et al. 2021, eq. 3",
        expected: 0.0,
        found,
        tolerance: 1e-9,
    }
}

fn gradient(objective: &dyn Objective, w: ArrayView1<'_, f64>) -> Array1<f64> {
    objective.loss_and_gradient(w, Batch::Whole).1
}

/// `∇(L + ρ‖∇L‖_q)` by central differences of fourth order.
fn of_penalised(objective: &dyn Objective, w: ArrayView1<'_, f64>, ball: Ball) -> Array1<f64> {
    /// Rounding errors grow with 1/h and the formula's own with h⁴: about equal here.
    const H: f64 = 1e-3;
    let value = |k: usize, by: f64| {
        let mut at = w.to_owned();
        at[k] += by;
        objective.loss(at.view(), Batch::Whole) + ball.rise(gradient(objective, at.view()).view())
    };
    let slope = |k: usize| {
        let near = value(k, H) - value(k, -H);
        let far = value(k, 2.0 * H) - value(k, -2.0 * H);
        (8.0 * near - far) / (12.0 * H)
    };
    (0..w.len()).map(slope).collect()
}

fn elsewhere(p: f64) -> Finding {
    let objective = factorization();
    let w = ndarray::array![1.3, 0.4];
    let difference = |rho: f64| {
        let g = gradient(&*objective, w.view());
        let epsilon = ball(p, rho).steepest_ascent(g.view());
        let there = gradient(&*objective, (&w + &epsilon).view());
        let penalised = &g + &objective.hessian(w.view()).dot(&epsilon);
        apart(there.view(), penalised.view())
    };
    Finding {
        law: format!("elsewhere they differ by O(ρ²), p = {p}: factor when ρ doubles"),
        source: "Foret et al. 2021, eq. 3",
        expected: 4.0,
        found: difference(2e-3) / difference(1e-3),
        tolerance: 0.02,
    }
}
