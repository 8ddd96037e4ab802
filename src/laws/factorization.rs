//! `½(uv − 1)²`: descent keeps the balance `B = u² − v²`, SAM gives it up.
//!
//! ```text
//! r = uv − 1,  g = r (v, u)
//! GD    u⁺ = u − ηr v,  v⁺ = v − ηr u      ⟹  B⁺ = B (1 − η²r²)
//! SAM   ε = k (v, u),  k = ρ sign(r)/√(u² + v²),  r_s = (u + kv)(v + ku) − 1,  s = η r_s
//!       u⁺ = (1 − sk) u − s v,  v⁺ = (1 − sk) v − s u
//!                                          ⟹  B⁺ = B [(1 − sk)² − s²]
//! ```
//!
//! Near the curve `uv = 1` descent has r → 0 and stops; SAM has `r_s k > 0` and B shrinks at every step, until
//! `u = v = ±1`, where the curvature `λ_max = u² + v²` is least.

use std::sync::Arc;

use ndarray::array;

use super::{Finding, apart, ball, sam};
use crate::optim::ascent;
use crate::optim::run::{Run, Setup};
use crate::problem::Objective;

const ETA: f64 = 0.05;
const RHO: f64 = 0.1;
const START: [f64; 2] = [3.0, 0.2];

pub(super) fn check() -> Vec<Finding> {
    let objective = super::factorization();
    let descent = |steps| Setup {
        ascent: ascent::none(),
        ..sam(&objective, START, ETA, ball(2.0, RHO), steps)
    };
    let climbing = |steps| sam(&objective, START, ETA, ball(2.0, RHO), steps);
    vec![
        balance(descent(100), "GD: B⁺ = B(1 − η²r²), largest error in 100 steps", |u, v| {
            let s = ETA * (u * v - 1.0);
            1.0 - s * s
        }),
        balance(
            climbing(100),
            "SAM: B⁺ = B[(1 − ηr_s k)² − (ηr_s)²], largest error in 100 steps",
            |u, v| {
                let k = RHO.copysign(u * v - 1.0) / libm::hypot(u, v);
                let s = ETA * ((u + k * v) * (v + k * u) - 1.0);
                (1.0 - s * k) * (1.0 - s * k) - s * s
            },
        ),
        final_curvature(&objective, descent(20_000)),
        final_distance(climbing(20_000)),
    ]
}

fn balance(setup: Setup, law: &str, factor: fn(f64, f64) -> f64) -> Finding {
    let path = Run::to_end(setup);
    let balance = |w: ndarray::ArrayView1<'_, f64>| w[0] * w[0] - w[1] * w[1];
    let points: Vec<_> = path.points().collect();
    let errors = points.windows(2).map(|pair| {
        let expected = balance(pair[0]) * factor(pair[0][0], pair[0][1]);
        (balance(pair[1]) - expected).abs()
    });
    Finding {
        law: format!("½(uv − 1)², {law}"),
        source: "—",
        expected: 0.0,
        found: errors.fold(0.0, f64::max),
        tolerance: 1e-12,
    }
}

fn final_curvature(objective: &Arc<dyn Objective>, setup: Setup) -> Finding {
    let end = Run::to_end(setup).end().unwrap_or_else(|| array![f64::NAN, f64::NAN]);
    let hessian = objective.hessian(end.view());
    let ([top, _], _) =
        crate::math::eigen::symmetric_2x2(hessian[[0, 0]], hessian[[0, 1]], hessian[[1, 1]]);
    Finding {
        law: "½(uv − 1)² from (3, 0.2), η = 0.05, 20 000 steps: λ_max where GD stops".to_owned(),
        source: "—",
        expected: 9.175_514,
        found: top,
        tolerance: 1e-6,
    }
}

fn final_distance(setup: Setup) -> Finding {
    let end = Run::to_end(setup).end().unwrap_or_else(|| array![f64::NAN, f64::NAN]);
    Finding {
        law: "½(uv − 1)² from (3, 0.2), η = 0.05, ρ = 0.1, 20 000 steps: SAM's distance from (1.006095, 1.006095)"
            .to_owned(),
        source: "—",
        expected: 0.0,
        found: apart(end.view(), array![1.006_095, 1.006_095].view()),
        tolerance: 1e-6,
    }
}
