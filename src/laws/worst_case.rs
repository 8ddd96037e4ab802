//! At a minimum the proxy sees nothing, and the true worst case does.
//!
//! ```text
//! L(ε) = ½ εᵀHε:    max over ‖ε‖₂ ≤ ρ   ½ρ²λ_max
//!                   max over ‖ε‖_∞ ≤ ρ  ½ρ²(λ₁ + λ₂)        H diagonal: a corner of the square
//!                   max over ‖ε‖₁ ≤ ρ   ½ρ²λ_max            H diagonal: a corner of the diamond
//!                   ρ‖g‖_q = 0, and the gap L(ε̂) − L(0) = 0, since ε̂ = 0
//! ```

use ndarray::array;

use super::{Finding, ball, quadratic, sam};
use crate::analysis::worst_case::worst_case;
use crate::optim::run::Run;

pub(super) fn check() -> Vec<Finding> {
    let rho = 0.1;
    let cases =
        [(2.0, 30.0, 10.0), (2.0, 0.0, 10.0), (f64::INFINITY, 0.0, 10.0 + 1.0), (1.0, 0.0, 10.0)];
    let mut findings: Vec<_> = cases
        .map(|(p, angle, curvature)| {
            let objective = quadratic([10.0, 1.0], angle);
            let expected = 0.5 * rho * rho * curvature;
            Finding {
                law: format!(
                    "true worst case at the minimum of ½(10u² + v²) turned by {angle}°, p = {p}"
                ),
                source: "—",
                expected,
                found: worst_case(&*objective, array![0.0, 0.0].view(), ball(p, rho)).rise,
                tolerance: 1e-6 * expected,
            }
        })
        .to_vec();
    let objective = quadratic([10.0, 1.0], 0.0);
    let path = Run::to_end(sam(&objective, [0.0, 0.0], 0.05, ball(2.0, rho), 0));
    let numbers = path.row(0).map(|row| row.numbers);
    let nothing = |law: &str, found: Option<f64>| Finding {
        law: law.to_owned(),
        source: "—",
        expected: 0.0,
        found: found.unwrap_or(f64::NAN),
        tolerance: 0.0,
    };
    findings.push(nothing("the proxy ρ‖g‖_q there", numbers.map(|numbers| numbers.proxy)));
    findings.push(nothing("SAM's gap there", numbers.map(|numbers| numbers.gap())));
    findings
}
