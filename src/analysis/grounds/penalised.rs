//! The penalised loss: the maximum over the neighbourhood, were the loss the plane that touches it at `w`.
//!
//! ```text
//! max { L + gᵀε : ‖T⁻¹ε‖_p ≤ ρ } = L(w) + ρ‖T g‖_q,     1/p + 1/q = 1,     g = ∇L(w)
//! ```
//!
//! `T` is the identity for all but ASAM. An ascent without a neighbourhood has `L + gᵀε` with the ε that it takes: for
//! unnormalised SAM `L + ρ‖g‖²`. It is the maximum itself where the loss is linear. On a quadratic with curvatures of zero
//! or more, for `p = 2`, the maximum lies between this and this plus `½ρ²λ_max`, and is the latter where `g` points along
//! the sharpest direction.
//!
//! P. Foret et al. (2021), eq. 2, is its derivation; as a penalty: Y. Zhao, H. Zhang, X. Hu (2022), "Penalizing gradient
//! norm for efficiently improving generalization in deep learning", ICML.

use super::{Cost, Ground};

pub(super) static GROUND: Ground = Ground {
    id: "penalised",
    name: "Loss with a penalty on its slope",
    noun: "the loss with its penalty",
    symbol: "L + ρ‖∇L‖",
    about: "L(w) + ρ‖∇L(w)‖_q, the highest point of the ball were the loss linear: the surrogate to first order",
    unit: "",
    source: "Foret et al. 2021; Zhao, Zhang & Hu 2022",
    cost: Cost::Look,
    height: |place| {
        let (loss, g) = place.here();
        loss + match place.neighbourhood() {
            Some(around) => around.rise(g.view()),
            None => g.dot(&place.sight().epsilon),
        }
    },
    lacks: |_| None,
};
