//! The balance of two factors, and when it means something.
//!
//! ```text
//! B = u² − v²,     L(u, v) = f(uv)   ⟹   u ∂L/∂u = v ∂L/∂v   ⟹   gradient flow keeps B
//! ```
//!
//! A loss that depends on the product of its two weights alone is as low all along a curve `uv = c`, and gradient flow
//! keeps `B`; SAM draws it towards zero, where the curve is flattest (B. Li, L. Zhang, N. He, 2024, "Implicit regularization of
//! sharpness-aware minimization for scale-invariant problems", NeurIPS). Of other losses `u² − v²` is a number and no more.

use ndarray::ArrayView1;

use crate::problem::{Batch, Objective};

/// Where it is tried: places on no axis and no diagonal.
const PLACES: [[f64; 2]; 3] = [[0.7, -1.3], [1.1, 0.4], [-0.9, -2.3]];
/// Against the size of either side, what rounding leaves of their difference.
const ROUNDING: f64 = 1e-9;

/// Whether a loss of two weights depends on their product alone, as far as its slope tells at a few places.
#[must_use]
pub fn is_of_the_product(objective: &dyn Objective) -> bool {
    let balanced = |at: &[f64; 2]| {
        let (_, g) = objective.loss_and_gradient(ArrayView1::from(at), Batch::Whole);
        let [one, other] = [at[0] * g[0], at[1] * g[1]];
        one != 0.0 && (one - other).abs() <= ROUNDING * one.abs().max(other.abs())
    };
    objective.dimension() == 2 && PLACES.iter().all(balanced)
}

/// `w₀² − w₁²` where it means something.
#[must_use]
pub fn balance(objective: &dyn Objective, w: ArrayView1<'_, f64>) -> Option<f64> {
    is_of_the_product(objective).then(|| w[0] * w[0] - w[1] * w[1])
}

/// `w₀²/(w₀² + w₁²)`, the share that the first of two weights has; none where both are zero, or where there are more.
#[must_use]
pub fn share(w: ArrayView1<'_, f64>) -> Option<f64> {
    let [x, y] = [w.first()?, w.get(1)?].map(|x| x * x);
    (w.len() == 2 && x + y > 0.0 && (x + y).is_finite()).then(|| x / (x + y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Formula;
    use crate::problem::landscapes;

    #[test]
    fn products_have_a_balance_and_other_landscapes_have_none() {
        let with: Vec<&str> = landscapes::ALL
            .entries
            .iter()
            .map(|entry| entry.id)
            .filter(|id| is_of_the_product(&Formula(landscapes::ALL.choose(id).unwrap().build())))
            .collect();
        assert_eq!(with, ["factorization", "quartic_product", "product_root"]);
        assert_eq!(share(ArrayView1::from(&[3.0, -1.0])), Some(0.9));
        assert_eq!(share(ArrayView1::from(&[0.0, 0.0])), None);
        assert_eq!(share(ArrayView1::from(&[1.0, 0.0, 0.0])), None);
    }
}
