//! Three measures of sharpness, and the order that they are in.
//!
//! ```text
//! gap ≤ true                             always: ε̂ is one point of the ball
//! proxy ≤ gap ≤ true                     L convex:   L(w + ε̂) − L(w) ≥ gᵀε̂ = ρ‖g‖_q
//! gap ≤ true ≤ proxy                     L concave:  L(w + ε) − L(w) ≤ gᵀε ≤ ρ‖g‖_q for every ε of the ball
//! gap = proxy + ½ ε̂ᵀHε̂                   L quadratic
//! average over the sphere = ½ρ²s tr H    L quadratic, anywhere: gᵀε and ε₁ε₂ average to zero, ε₁² to ρ²s;
//!                                        for d = 2, s = ½ for p = 2, ⅓ for p = 1 and ⅔ for p = ∞
//! ```

use std::sync::Arc;

use ndarray::{Array1, array};

use super::bare::Bare;
use super::{Finding, ball, factorization, quadratic, sam};
use crate::analysis::average_case::average_case;
use crate::analysis::worst_case::worst_case;
use crate::optim::run::Run;
use crate::problem::{Batch, Objective};

const RHO: f64 = 0.3;
const EXPONENTS: [f64; 5] = [1.0, 1.5, 2.0, 3.0, f64::INFINITY];
const POINTS: [[f64; 2]; 5] = [[0.3, 0.4], [-1.0, 0.2], [0.05, -0.7], [2.0, 0.6], [0.0, 0.0]];

pub(super) fn check() -> Vec<Finding> {
    let concave = Bare {
        value: |x, y| -2.5 * x * x - 0.5 * y * y,
        gradient: |x, y| [-5.0 * x, -y],
        hessian: |_, _| [[-5.0, 0.0], [0.0, -1.0]],
    };
    let mut findings = vec![
        violations(
            "gap ≤ true sharpness, on ½(uv − 1)²",
            &factorization(),
            |[_, gap, most]| at_most(gap, most),
        ),
        violations(
            "proxy ≤ gap ≤ true sharpness, on a convex quadratic",
            &quadratic([10.0, 1.0], 25.0),
            |[proxy, gap, most]| at_most(proxy, gap) && at_most(gap, most),
        ),
        violations(
            "gap ≤ true sharpness ≤ proxy, on a concave quadratic",
            &concave.shared(),
            |[proxy, gap, most]| at_most(gap, most) && at_most(most, proxy),
        ),
    ];
    findings.extend(EXPONENTS.map(of_a_quadratic));
    findings.extend([(1.0, 1.0 / 3.0), (2.0, 0.5), (f64::INFINITY, 2.0 / 3.0)].map(average));
    findings
}

/// Proxy, gap and true sharpness at `w`.
fn three(objective: &Arc<dyn Objective>, w: [f64; 2], p: f64) -> [f64; 3] {
    let path = Run::to_end(sam(objective, w, 0.0, ball(p, RHO), 0));
    let numbers = path.row(0).map(|row| row.numbers);
    let most = worst_case(&**objective, Array1::from(w.to_vec()).view(), ball(p, RHO)).rise;
    [
        numbers.map_or(f64::NAN, |numbers| numbers.proxy),
        numbers.map_or(f64::NAN, |numbers| numbers.gap()),
        most,
    ]
}

/// `a ≤ b`, where both may be off by rounding.
fn at_most(a: f64, b: f64) -> bool {
    const ROUNDING: f64 = 1e-12;
    a <= b + ROUNDING
}

/// How often an order that must hold does not.
fn violations(law: &str, objective: &Arc<dyn Objective>, holds: fn([f64; 3]) -> bool) -> Finding {
    let mut count = 0_u32;
    for p in EXPONENTS {
        for w in POINTS {
            count += u32::from(!holds(three(objective, w, p)));
        }
    }
    Finding {
        law: format!("{law}: violations in {} cases", EXPONENTS.len() * POINTS.len()),
        source: "—",
        expected: 0.0,
        found: f64::from(count),
        tolerance: 0.0,
    }
}

fn of_a_quadratic(p: f64) -> Finding {
    let objective = quadratic([10.0, 1.0], 25.0);
    let w = array![0.3, 0.4];
    let (_, g) = objective.loss_and_gradient(w.view(), Batch::Whole);
    let epsilon = ball(p, RHO).steepest_ascent(g.view());
    let bend = 0.5 * epsilon.dot(&objective.hessian(w.view()).dot(&epsilon));
    let [proxy, gap, _] = three(&objective, [w[0], w[1]], p);
    Finding {
        law: format!("on a quadratic gap = proxy + ½ε̂ᵀHε̂, p = {p}"),
        source: "—",
        expected: proxy + bend,
        found: gap,
        tolerance: 1e-12,
    }
}

fn average((p, moment): (f64, f64)) -> Finding {
    let objective = quadratic([10.0, 1.0], 25.0);
    Finding {
        law: format!("on a quadratic the average rise over the sphere is ½ρ² E[u₁²] tr H, p = {p}"),
        source: "—",
        expected: 0.5 * RHO * RHO * moment * (10.0 + 1.0),
        found: average_case(&*objective, array![0.3, 0.4].view(), ball(p, RHO)).value,
        tolerance: 1e-10,
    }
}
