//! How sharp the loss is at a point, in every way that is not free.
//!
//! | measure | definition |
//! |---|---|
//! | `λ_max`, trace, condition | of the Hessian `∇²L(w)` |
//! | true sharpness | `max { L(w + ε) : ‖ε‖_p ≤ ρ } − L(w)` |
//! | average | the mean of `L(w + ε) − L(w)` over the sphere |
//!
//! Above [`spectrum::WHOLE`] weights only the largest eigenvalues are looked for: the trace is an estimate then and the
//! condition unknown.
//!
//! The two free ones, the proxy `ρ‖g‖_q` and the SAM gap, are recorded along every run.

use ndarray::{Array1, ArrayView1};

use super::average_case::AverageCaseWork;
use super::hessian::Spectrum;
use super::spectrum::{self, SpectrumWork};
use super::worst_case::{Certainty, WorstCase, WorstCaseWork};
use crate::math::norm::Ball;
use crate::problem::Objective;

/// What was measured at a point; a number that is none is left out where it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The largest eigenvalue of the Hessian.
    pub lambda_max: f64,
    /// The sum of its eigenvalues, or an estimate of it.
    pub trace: f64,
    /// The ratio of its largest to its smallest, by size; not a number where the smallest is not known.
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
    let mut work = MeasuresWork::at(w, ball);
    loop {
        if let Some(measured) = work.advance(objective) {
            return measured;
        }
    }
}

/// A point being measured, in pieces short enough that it can be dropped for another at any moment.
pub struct MeasuresWork {
    spectrum: CurvatureWork,
    worst: WorstCaseWork,
    average: AverageCaseWork,
    /// What is found already, one after the other.
    found: (Option<Curvature>, Option<WorstCase>),
}

/// What is read off the eigenvalues of a Hessian.
#[derive(Clone, Copy)]
struct Curvature {
    lambda_max: f64,
    trace: f64,
    condition: f64,
}

impl MeasuresWork {
    /// The measures at `w`, of which nothing is known yet.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>, ball: Ball) -> Self {
        Self {
            spectrum: CurvatureWork::at(w),
            worst: WorstCaseWork::at(w, ball),
            average: AverageCaseWork::at(w, ball),
            found: (None, None),
        }
    }

    /// One more piece, of the same objective every time; the measures when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<Measured> {
        let (Some(curvature), Some(worst)) = &self.found else {
            match &mut self.found {
                (curvature @ None, _) => *curvature = self.spectrum.advance(objective),
                (Some(_), worst) => *worst = self.worst.advance(objective),
            }
            return None;
        };
        let average = self.average.advance(objective)?;
        Some(Measured {
            lambda_max: curvature.lambda_max,
            trace: curvature.trace,
            condition: curvature.condition,
            worst: worst.rise,
            certainty: worst.certainty,
            average,
        })
    }
}

/// Curvature being measured.
enum CurvatureWork {
    /// The whole matrix at once.
    AtOnce(Array1<f64>),
    /// One eigenvalue after the other.
    InPieces(Box<SpectrumWork>),
}

impl CurvatureWork {
    fn at(w: ArrayView1<'_, f64>) -> Self {
        if w.len() <= spectrum::AT_ONCE {
            Self::AtOnce(w.to_owned())
        } else {
            Self::InPieces(Box::new(SpectrumWork::at(w)))
        }
    }

    fn advance(&mut self, objective: &dyn Objective) -> Option<Curvature> {
        Some(match self {
            Self::AtOnce(w) => {
                let spectrum = Spectrum::at(objective, w.view());
                let of = |value: fn(&Spectrum) -> f64| spectrum.as_ref().map_or(f64::NAN, value);
                Curvature {
                    lambda_max: of(Spectrum::largest),
                    trace: of(Spectrum::trace),
                    condition: of(Spectrum::condition),
                }
            }
            Self::InPieces(work) => {
                let found = work.advance(objective)?;
                Curvature {
                    lambda_max: found.sharpest().unwrap_or(f64::NAN),
                    trace: found.trace,
                    condition: found.condition().unwrap_or(f64::NAN),
                }
            }
        })
    }
}
