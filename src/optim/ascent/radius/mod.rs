//! Radii: how far ε goes along what is climbed.
//!
//! ```text
//! fixed          ε̂(d)                         ‖ε‖_p = ρ
//! proportional   ρ d                          as far as what is climbed is long
//! surface        ε̂(d)/‖(1, gᵀû)‖_p           ρ long on the loss's own surface: shorter, the steeper
//! weights        T û(T d), T = diag(|w| + c)  ‖T⁻¹ε‖_p = ρ: farther where weights are large
//! ```
//!
//! with `ε̂(d)` the maximizer of `dᵀε` over the ball, and `û` the unit vector along it.

use ndarray::{Array1, ArrayView1};

use super::{Here, Oracle};
use crate::catalog::Catalog;
use crate::math::norm::{Ball, Norm};
use crate::optim::mistake::Climb;
use crate::optim::neighbourhood::Neighbourhood;

pub(super) mod fixed;
pub(super) mod proportional;
pub(super) mod surface;
pub(super) mod weights;

/// How far ε goes.
pub trait Reach: Send {
    /// ε along `d`, from the weights, the gradient and the ball of `here`; zero where `d` is flat.
    fn along(&self, here: &Here<'_>, d: ArrayView1<'_, f64>, oracle: &Oracle<'_>) -> Array1<f64>;

    /// The same for an ε of length ρ that was found otherwise than by climbing.
    fn to(&self, here: &Here<'_>, epsilon: Array1<f64>) -> Array1<f64>;

    /// The set of perturbations that it allows at `w`; none where it bounds none.
    fn neighbourhood(&self, w: ArrayView1<'_, f64>, ball: Ball) -> Option<Neighbourhood> {
        let _ = w;
        Some(Neighbourhood::ball(ball))
    }

    /// What ε follows from.
    fn climb(&self) -> Climb {
        Climb::Maximizer
    }

    /// Whether the gradient at the weights is needed for it.
    fn uses_gradient(&self) -> bool {
        false
    }

    /// `(r, s)` such that along an eigenvector of a quadratic `ε = r g/s`, where `‖g‖` is as long as that; none where it
    /// is not along that eigenvector, or not as long everywhere.
    fn on_an_eigenvector(&self, ball: Ball, gradient_norm: f64) -> Option<(f64, f64)> {
        let _ = (ball, gradient_norm);
        None
    }

    /// The condition that its edge of stability comes from over plain descent, with the gradient there.
    fn edge(&self) -> Option<Told> {
        None
    }

    /// The same with a mix of the gradients here and there.
    fn edge_of_a_mix(&self) -> Option<Told> {
        None
    }

    /// How long ε is: the end of a sentence that begins with "‖ε‖ is"; none where the direction says it.
    fn length_of_epsilon(&self) -> Option<&'static str> {
        None
    }
}

/// An edge of stability in words: what it is called beside its line, and the condition that it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// "SAM’s edge".
    pub label: &'static str,
    /// "stable iff ηλ(1 + ρλ/‖g‖) ≤ 2".
    pub formula: &'static str,
}

/// Whether a ball is round: only there a maximizer along an eigenvector stays along it.
fn is_round(ball: Ball) -> bool {
    ball.norm == Norm::L2
}

/// Every radius, in the order of the table.
pub static ALL: Catalog<dyn Reach> = Catalog {
    family: "radius",
    entries: &[&fixed::ENTRY, &proportional::ENTRY, &surface::ENTRY, &weights::ENTRY],
};
