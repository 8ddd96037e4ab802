//! In a ravine SAM drifts toward where it is wider, without anything pushing it there.
//!
//! ```text
//! L = ½ h(y) x²,  floor x = 0
//! bounce across    x = ±c,  c = ηρh/(2 − ηh),  ε ≈ (±ρ, 0)
//! along the floor  Δy = −η ½h′(y)(c + ρ)²,  c + ρ = 2ρ/(2 − ηh)
//!                     = −(ηρ²/2) h′(y) (2/(2 − ηh))²        to leading order in ρ
//! ```
//!
//! P. Bartlett, P. Long and O. Bousquet (2022), "The dynamics of Sharpness-Aware Minimization: bouncing across ravines
//! and drifting towards wide minima", whose drift is along the negative gradient of the top eigenvalue h.

use super::bare::Bare;
use super::{Finding, ball, sam};
use crate::optim::run::Run;

pub(super) fn check() -> Vec<Finding> {
    let objective = Bare {
        value: |x, y| 0.5 * (1.0 + y * y) * x * x,
        gradient: |x, y| [(1.0 + y * y) * x, y * x * x],
        hessian: |x, y| [[1.0 + y * y, 2.0 * x * y], [2.0 * x * y, x * x]],
    }
    .shared();
    [(0.1, 1e-3), (0.6, 1e-3)]
        .map(|(eta, rho)| {
            let (h, slope) = (2.0, 2.0); // at y = 1
            let c = eta * rho * h / (2.0 - eta * h);
            const STEPS: usize = 40;
            let path = Run::to_end(sam(&objective, [c, 1.0], eta, ball(2.0, rho), STEPS));
            let end = path.end().map_or(f64::NAN, |w| w[1]);
            let stretch = 2.0 / (2.0 - eta * h);
            let expected = -0.5 * eta * rho * rho * slope * stretch * stretch;
            Finding {
                law: format!(
                    "½(1 + y²)x² at y = 1, η = {eta}, ρ = {rho}: drift a step −½ηρ²h′(2/(2 − ηh))²"
                ),
                source: "Bartlett, Long & Bousquet 2023",
                expected,
                found: (end - 1.0) / STEPS as f64,
                tolerance: 1e-3 * expected.abs(),
            }
        })
        .to_vec()
}
