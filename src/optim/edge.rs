//! The edges of stability: the sharpest curvature that a step can stand.
//!
//! ```text
//! descent   η λ = 2                     λ_GD  = 2/η
//! SAM       η λ (1 + ρλ/‖g‖) = 2        λ_SAM = (‖g‖/2ρ)(√(1 + 8ρ/(η‖g‖)) − 1) = (4/η) / (1 + √(1 + 8ρ/(η‖g‖)))
//! ```
//!
//! J. Cohen, S. Kaur, Y. Li, J. Kolter and A. Talwalkar (2021), "Gradient descent on neural networks typically occurs
//! at the edge of stability", ICLR; P. Long and P. Bartlett (2023), "Sharpness-Aware Minimization and the edge of
//! stability", arXiv:2309.12488. Written in the second way SAM's edge loses no digits where ρ is small, and is 2/η at
//! ρ = 0. It holds along an eigenvector of the Hessian; with `ε = ρ sign(g)` it is the same in one dimension.

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
