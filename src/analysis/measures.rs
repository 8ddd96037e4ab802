//! How sharp the loss is at a point, in every way that is not free.
//!
//! | measure | definition |
//! |---|---|
//! | `λ_max`, trace, condition | of the Hessian `∇²L(w)` |
//! | true sharpness | `max { L(w + ε) : ‖ε‖_p ≤ ρ } − L(w)` |
//! | average | the mean of `L(w + ε) − L(w)` over the sphere |
//!
//! The two free ones, the proxy `ρ‖g‖_q` and the SAM gap, are recorded along every run.

use ndarray::ArrayView1;

use super::average_case::average_case;
use super::hessian::Spectrum;
use super::worst_case::{Certainty, worst_case};
use crate::math::norm::Ball;
use crate::problem::Objective;

/// What was measured at a point; a number that is none is left out where it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The largest eigenvalue of the Hessian.
    pub lambda_max: f64,
    /// The sum of its eigenvalues.
    pub trace: f64,
    /// The ratio of its largest to its smallest, by size.
    pub condition: f64,
    /// The true sharpness.
    pub worst: f64,
    /// Whether that is known or a lower bound.
    pub certainty: Certainty,
    /// The average rise over the sphere.
    pub average: f64,
}

/// Measures `objective` at `w`, with `ball` around it.
#[must_use]
pub fn measure(objective: &dyn Objective, w: ArrayView1<'_, f64>, ball: Ball) -> Measured {
    let spectrum = Spectrum::at(objective, w);
    let of_spectrum = |value: fn(&Spectrum) -> f64| spectrum.as_ref().map_or(f64::NAN, value);
    let worst = worst_case(objective, w, ball);
    Measured {
        lambda_max: of_spectrum(Spectrum::largest),
        trace: of_spectrum(Spectrum::trace),
        condition: of_spectrum(Spectrum::condition),
        worst: worst.rise,
        certainty: worst.certainty,
        average: average_case(objective, w, ball),
    }
}
