//! SAM bounces on a quadratic, at its own edge of stability.
//!
//! ```text
//! in one dimension   w⁺ = w − ηλ(w + ρ sign w) = (1 − ηλ)w − ηλρ sign w
//! two-cycle          −c = (1 − ηλ)c − ηλρ   ⟹   c = ηρλ/(2 − ηλ),   loss ½λc²
//! edge there         ‖g‖ = λc   ⟹   1 + ρλ/‖g‖ = 1 + (2 − ηλ)/(ηλ) = 2/(ηλ)   ⟹   λ_SAM = λ exactly
//! |w⁺| < |w|         iff ηλ(1 + ρ/|w|) < 2, iff λ < λ_SAM(‖g‖ = λ|w|)
//! ```
//!
//! For p = 2 the bounce is along the steepest axis: there a flatter axis v shrinks by
//! `ηλ_v(1 + ρλ_v/‖g‖) = ηλ_v + (2 − ηλ)(λ_v/λ)² < 2`. For p = ∞ every axis bounces by itself.
//!
//! P. Bartlett, P. Long and O. Bousquet (2022), "The dynamics of Sharpness-Aware Minimization: bouncing across ravines
//! and drifting towards wide minima"; P. Long and P. Bartlett (2023), "Sharpness-Aware Minimization and the edge of
//! stability".

use super::{Finding, ball, quadratic, sam};
use crate::optim::edge;
use crate::optim::ending::Ending;
use crate::optim::run::Run;

const BOUNCE: &str = "Bartlett, Long & Bousquet 2023";
const EDGE: &str = "Long & Bartlett 2023";

pub(super) fn check() -> Vec<Finding> {
    let mut findings = Vec::new();
    for (lambda, eta, rho) in [(10.0, 0.05, 0.1), (10.0, 0.15, 0.02), (2.0, 0.6, 0.3)] {
        findings.extend(cycle(lambda, eta, rho));
    }
    findings.push(amplitude_of_two_axes());
    findings.push(contraction());
    findings
}

fn amplitude(lambda: f64, eta: f64, rho: f64) -> f64 {
    eta * rho * lambda / (2.0 - eta * lambda)
}

fn cycle(lambda: f64, eta: f64, rho: f64) -> [Finding; 4] {
    let objective = quadratic([lambda, 0.3 * lambda], 0.0);
    let path = Run::to_end(sam(&objective, [0.3, 0.4], eta, ball(2.0, rho), 2000));
    let (period, found) = match path.ending {
        Ending::Cycle { period, amplitude } => (period as f64, amplitude),
        Ending::Converged { .. } | Ending::Diverged { .. } | Ending::Moving => (f64::NAN, f64::NAN),
    };
    let expected = amplitude(lambda, eta, rho);
    let last = path.row(path.last_step()).map(|row| row.numbers);
    let case = format!("λ = {lambda}, η = {eta}, ρ = {rho}");
    [
        Finding {
            law: format!("SAM's bounce has period 2, {case}"),
            source: BOUNCE,
            expected: 2.0,
            found: period,
            tolerance: 0.0,
        },
        Finding {
            law: format!("its amplitude is ηρλ/(2 − ηλ), {case}"),
            source: BOUNCE,
            expected,
            found,
            tolerance: 1e-9,
        },
        Finding {
            law: format!("its loss is ½λc², {case}"),
            source: BOUNCE,
            expected: 0.5 * lambda * expected * expected,
            found: last.map_or(f64::NAN, |numbers| numbers.loss),
            tolerance: 1e-9,
        },
        Finding {
            law: format!("there λ_SAM = λ, {case}"),
            source: EDGE,
            expected: lambda,
            found: last.map_or(f64::NAN, |numbers| edge::of_sam(eta, rho, numbers.gradient_norm)),
            tolerance: 1e-6,
        },
    ]
}

fn amplitude_of_two_axes() -> Finding {
    let (eta, rho) = (0.05, 0.1);
    let objective = quadratic([10.0, 3.0], 0.0);
    let path = Run::to_end(sam(&objective, [0.3, 0.4], eta, ball(f64::INFINITY, rho), 2000));
    let found = match path.ending {
        Ending::Cycle { period: 2, amplitude } => amplitude,
        Ending::Cycle { .. }
        | Ending::Converged { .. }
        | Ending::Diverged { .. }
        | Ending::Moving => f64::NAN,
    };
    Finding {
        law: "p = ∞: both axes bounce, amplitude √(c₁² + c₂²)".to_owned(),
        source: "as for p = 2, an axis at a time",
        expected: libm::hypot(amplitude(10.0, eta, rho), amplitude(3.0, eta, rho)),
        found,
        tolerance: 1e-9,
    }
}

/// How often `|w⁺| < |w|` and `λ < λ_SAM` disagree.
fn contraction() -> Finding {
    let (eta, rho) = (0.05, 0.1);
    let mut disagreements = 0_u32;
    for size in [0.003, 0.01, 0.0333, 0.1, 1.0, 7.0] {
        for lambda in (1..80).map(f64::from) {
            let objective = quadratic([lambda, 0.0], 0.0);
            let path = Run::to_end(sam(&objective, [size, 0.0], eta, ball(2.0, rho), 1));
            let shorter = path.row(1).is_some_and(|row| row.w[0].abs() < size);
            if shorter != (lambda < edge::of_sam(eta, rho, lambda * size)) {
                disagreements += 1;
            }
        }
    }
    Finding {
        law: "in one dimension |w⁺| < |w| iff λ < λ_SAM: disagreements in 474 cases".to_owned(),
        source: EDGE,
        expected: 0.0,
        found: f64::from(disagreements),
        tolerance: 0.0,
    }
}
