//! Stability of a step: what an edge is, and the formulas that several of them share.
//!
//! ```text
//! a base alone           its own file says: 2/η for SGD, 2(1 + β)/η for the heavy ball, …
//! SAM over SGD           η λ (1 + ρλ/‖g‖) = 2        λ_SAM = (‖g‖/2ρ)(√(1 + 8ρ/(η‖g‖)) − 1) = (4/η) / (1 + √(1 + 8ρ/(η‖g‖)))
//! unnormalised over SGD  η λ (1 + ρλ) = 2            the same with ‖g‖ = 1
//! ```
//!
//! Each holds for the loss on *all* data, on a quadratic, along an eigenvector of the Hessian: with mini-batches it is
//! only where the mean step would overshoot. Decoupled
//! decay δ takes part of what a step can stand: `w ← w − η(g + δw)` turns round where `η(λ + δ) = 2`.
//!
//! J. Cohen, S. Kaur, Y. Li, J. Kolter and A. Talwalkar (2021), "Gradient descent on neural networks typically occurs
//! at the edge of stability", ICLR; J. Cohen et al. (2022), "Adaptive gradient methods at the edge of stability",
//! arXiv:2207.14484; P. Long and P. Bartlett (2023), "Sharpness-Aware Minimization and the edge of stability",
//! arXiv:2309.12488. Written in the second way SAM's edge loses no digits where ρ is small, and is 2/η at ρ = 0.

use crate::math::norm::Ball;

/// What an edge depends on at one step of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The learning rate η of that step.
    pub eta: f64,
    /// Norm and radius ρ of that step.
    pub ball: Ball,
    /// `‖g‖₂` at the weights that the step leaves.
    pub gradient_norm: f64,
    /// How many steps were made with the base before it.
    pub step: usize,
}

/// The largest curvature that a step does not overshoot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The curvature λ; infinite for η = 0.
    pub lambda: f64,
    /// What to call it beside its line: "2/η".
    pub label: &'static str,
    /// The condition it comes from, for a tooltip: "stable iff λ < 2/η".
    pub formula: &'static str,
    /// Which curvature is compared with it.
    pub of: Curvature,
}

/// Which curvature an edge is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curvature {
    /// `λ_max` of the Hessian `H`.
    Hessian,
    /// `λ_max` of `P⁻¹H`, where `P` is the [preconditioner](super::base::Base::preconditioner) of the step.
    Preconditioned,
}

impl Edge {
    /// Where every edge holds.
    pub const SCOPE: &'static str =
        "for the loss on all data, on a quadratic, along an eigenvector";
}

/// `2/η − δ`, the edge of plain descent with decoupled decay δ; infinite for `η = 0`.
pub(super) fn of_decayed_descent(eta: f64, decay: f64) -> f64 {
    of_descent(eta) - decay
}

/// `2/η`, beyond which plain descent leaves a quadratic; infinite for `η = 0`.
#[must_use]
pub fn of_descent(eta: f64) -> f64 {
    2.0 / eta
}

/// SAM's edge at a point where the gradient has length `gradient_norm`: lower than [`of_descent`], and the lower the
/// shorter the gradient is. Zero for `‖g‖ = 0` unless `ρ = 0`; infinite for `η = 0`.
///
/// ```
/// use samscope::optim::edge;
/// let lambda = edge::of_sam(0.05, 0.1, 1.0);
/// assert!((0.05 * lambda * (1.0 + 0.1 * lambda / 1.0) - 2.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn of_sam(eta: f64, rho: f64, gradient_norm: f64) -> f64 {
    if rho == 0.0 || eta == 0.0 {
        return of_descent(eta);
    }
    4.0 / eta / (1.0 + (1.0 + 8.0 * rho / (eta * gradient_norm)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_edge_solves_its_equation(eta in 1e-4f64..10.0, rho in 1e-6f64..10.0, norm in 1e-6f64..1e3) {
            let lambda = of_sam(eta, rho, norm);
            prop_assert!((eta * lambda * (1.0 + rho * lambda / norm) - 2.0).abs() < 1e-9);
            prop_assert!(lambda < of_descent(eta));
        }
    }

    #[test]
    fn the_ends_of_the_range_are_numbers() {
        assert_eq!(of_sam(0.5, 0.0, 0.0).to_bits(), 4f64.to_bits());
        assert_eq!(of_sam(0.5, 0.1, 0.0).to_bits(), 0f64.to_bits());
        assert!(of_sam(0.0, 0.1, 1.0).is_infinite());
    }
}
