//! At a minimum the proxy sees nothing, and the true worst case does.
//!
//! ```text
//! L(ε) = ½ εᵀHε:    max over ‖ε‖₂ ≤ ρ   ½ρ²λ_max
//!                   max over ‖ε‖_∞ ≤ ρ  ½ρ²(λ₁ + λ₂)        H diagonal: a corner of the square
//!                   max over ‖ε‖₁ ≤ ρ   ½ρ²λ_max            H diagonal: a corner of the diamond
//!                   ρ‖g‖_q = 0
//! ```

use ndarray::{ArrayView1, array};

use super::{Finding, ball, quadratic};
use crate::problem::Batch;

/// Corners of the outline that is searched: a multiple of 8, so that the corners of square and diamond are met.
const CORNERS: usize = 7200;

pub(super) fn check() -> Vec<Finding> {
    let rho = 0.1;
    let cases =
        [(2.0, 30.0, 10.0), (2.0, 0.0, 10.0), (f64::INFINITY, 0.0, 10.0 + 1.0), (1.0, 0.0, 10.0)];
    let mut findings: Vec<_> = cases
        .map(|(p, angle, curvature)| {
            let objective = quadratic([10.0, 1.0], angle);
            let outline = ball(p, rho).outline(CORNERS);
            let losses =
                outline.iter().map(|at| objective.loss(ArrayView1::from(at), Batch::Whole));
            Finding {
                law: format!(
                    "true worst case at the minimum of ½(10u² + v²) turned by {angle}°, p = {p}"
                ),
                source: "—",
                expected: 0.5 * rho * rho * curvature,
                found: losses.fold(0.0, f64::max),
                tolerance: 1e-6,
            }
        })
        .to_vec();
    let (_, g) =
        quadratic([10.0, 1.0], 0.0).loss_and_gradient(array![0.0, 0.0].view(), Batch::Whole);
    findings.push(Finding {
        law: "the proxy ρ‖g‖_q there".to_owned(),
        source: "—",
        expected: 0.0,
        found: ball(2.0, rho).rise(g.view()),
        tolerance: 0.0,
    });
    findings
}
