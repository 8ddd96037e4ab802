//! What the slope promises: the rise to first order at ε, beside the most that it could be.
//!
//! ```text
//! gᵀε ≤ max { gᵀε : ‖ε‖_p ≤ ρ } = ρ‖g‖_q,   1/p + 1/q = 1
//! ```
//!
//! It is the definition of the dual norm (P. Foret et al., 2021, eq. 2); of a stretched ball it is `ρ‖T g‖_q`.

use super::stride::Stride;
use super::words::exponent;
use crate::math::norm::{Ball, Radius};
use crate::optim::neighbourhood::Neighbourhood;
use crate::optim::replay::Step;

/// A product that is this near to the most there is, is the most.
const KEPT: f64 = 1e-9;

/// What the slope promises at ε.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// Where ε is chosen from.
    pub neighbourhood: Neighbourhood,
    /// `gᵀε`.
    pub gains: f64,
    /// `ρ‖g‖_q`.
    pub most: f64,
    /// "ρ‖g‖₂".
    pub formula: String,
    /// "2": the exponent of the dual norm.
    pub q: String,
    /// Whether `gᵀε` is the most there is.
    pub is_kept: bool,
}

impl Promise {
    /// Of a step with these vectors; none where no ball bounds its ε.
    #[must_use]
    pub fn of(stride: &Stride<'_>, step: &Step) -> Option<Self> {
        let rho = Radius::new(stride.row.numbers.rho).ok()?;
        let ball = Ball { norm: stride.spec.ball.norm, rho };
        let neighbourhood = stride.spec.ascent.build().neighbourhood(stride.row.w, ball)?;
        let gains = step.gradient.dot(&step.epsilon);
        let most = neighbourhood.rise(step.gradient.view());
        let q = exponent(neighbourhood.unit().norm.dual_exponent());
        let scaled = if neighbourhood.scale().is_some() { "T g" } else { "g" };
        let index = match q.as_str() {
            "2" => "₂".to_owned(),
            "1" => "₁".to_owned(),
            other => format!("_{other}"),
        };
        let formula = format!("ρ‖{scaled}‖{index}");
        let is_kept = (gains - most).abs() <= KEPT * most;
        Some(Self { neighbourhood, gains, most, formula, q, is_kept })
    }
}
