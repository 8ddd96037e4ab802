//! How sharp the loss is at a point, in every way that is not free.
//!
//! | measure | definition |
//! |---|---|
//! | `λ_max`, trace, condition | of the Hessian `∇²L(w)` |
//! | proxy | `ρ‖Tg‖_q`, the rise to first order |
//! | gap | `L(w + ε̂) − L(w)` at the maximizer `ε̂` of `gᵀε` |
//! | true sharpness | `max { L(w + ε) } − L(w)` |
//! | average | the mean of `L(w + ε) − L(w)` over the boundary |
//! | cosine | of the angle between `g = ∇L(w)` and `g_s = ∇L(w + ε̂)` |
//! | angles | of `g` and of `g_s` to the worst ε, in degrees |
//! | alignment | `|ε̂ᵀv|/‖ε̂‖`, `v` the sharpest eigenvector |
//! | share, balance | `w₀²/(w₀² + w₁²)` and `w₀² − w₁²`, of two weights |
//! | distance | `‖w − w of step 0‖` |
//!
//! All are over *all* examples, and all but the first row and the last two over one neighbourhood of `w`, so that gap ≤ true
//! sharpness.
//! Above [`spectrum::WHOLE`] weights only the largest eigenvalues are looked for: the trace is an estimate then and the
//! condition unknown.
//!
//! Proxy and gap of the step's batch, as the run itself saw them, are recorded along every run.

use ndarray::{Array1, ArrayView1};

use super::average_case::{AverageCaseWork, Bend};
use super::balance::{balance, share};
use super::directions::{angle, cosine};
use super::estimate::Estimate;
use super::hessian::Spectrum;
use super::spectrum::{self, Method, SpectrumWork};
use super::worst_case::{Certainty, WorstCase, WorstCaseWork};
use crate::math::norm::Norm;
use crate::optim::ascent::FLAT;
use crate::optim::neighbourhood::Neighbourhood;
use crate::problem::{Batch, Objective};

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
    /// The average rise over the boundary of the neighbourhood.
    pub average: f64,
    /// Its standard error, where it is a mean of samples.
    pub average_error: Option<f64>,
    /// The proxy on all examples.
    pub proxy_all: f64,
    /// The gap on all examples; not a number where there is no slope and the centre is no point of a sphere.
    pub gap_all: f64,
    /// The cosine of the angle between the gradients at `w` and at `w + ε̂`; not a number where one vanishes.
    pub cosine: f64,
    /// The angles in degrees of these two to the worst ε that was found; likewise.
    pub angles: [f64; 2],
    /// `|ε̂ᵀv|/‖ε̂‖` with the sharpest eigenvector `v`; not a number where one of them is not known.
    pub alignment: f64,
    /// The share of the first of two weights; not a number of more.
    pub share: f64,
    /// The balance of two weights; not a number where the loss does not depend on their product alone.
    pub balance: f64,
    /// How far the weights are from those of step 0; not a number where these are not known.
    pub distance: f64,
}

impl Measured {
    /// The average with its standard error, to be written with the digits that are real.
    #[must_use]
    pub fn average_estimate(&self) -> Estimate {
        Estimate { value: self.average, error: self.average_error }
    }
}

/// Measures `objective` at `w`, over a neighbourhood of it.
#[must_use]
pub fn measure(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
    neighbourhood: impl Into<Neighbourhood>,
) -> Measured {
    let mut work = MeasuresWork::at(w, neighbourhood);
    loop {
        if let Some(measured) = work.advance(objective) {
            return measured;
        }
    }
}

/// A point being measured, in pieces short enough that it can be dropped for another at any moment.
pub struct MeasuresWork {
    w: Array1<f64>,
    neighbourhood: Neighbourhood,
    start: Option<Array1<f64>>,
    /// What is found already, in this order.
    ahead: Option<Ahead>,
    curvature: Option<Curvature>,
    sharpest: Option<Array1<f64>>,
    worst: Option<WorstCase>,
    /// What is being found.
    spectrum: CurvatureWork,
    search: WorstCaseWork,
    average: Option<AverageCaseWork>,
}

/// What is seen at the maximizer of `gᵀε`.
pub(super) struct Ahead {
    /// Proxy and gap.
    pub(super) proxy: f64,
    pub(super) gap: f64,
    /// `∇L(w)`, and the same at `w + ε̂`; not numbers where there is no slope.
    pub(super) gradients: [Array1<f64>; 2],
    /// `ε̂`; zero where there is no slope.
    pub(super) epsilon: Array1<f64>,
}

impl Ahead {
    /// The cosine between the two gradients.
    pub(super) fn cosine(&self) -> Option<f64> {
        let [g, there] = &self.gradients;
        cosine(g.view(), there.view())
    }

    /// The angles of the two gradients to another direction.
    pub(super) fn angles(&self, to: ArrayView1<'_, f64>) -> [Option<f64>; 2] {
        [0, 1].map(|k| angle(self.gradients[k].view(), to))
    }

    /// How much of `ε̂` lies along a direction.
    pub(super) fn alignment(&self, with: &Array1<f64>) -> Option<f64> {
        cosine(self.epsilon.view(), with.view()).map(f64::abs)
    }
}

/// What is read off the eigenvalues of a Hessian.
#[derive(Clone, Copy)]
pub(super) struct Curvature {
    pub(super) lambda_max: f64,
    pub(super) trace: f64,
    pub(super) condition: f64,
}

/// What is read off the eigenvalues of the Hessian at `w`, and what the mean over a neighbourhood can use of it.
pub(super) fn curvature(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
) -> (Curvature, Bend, Option<Array1<f64>>) {
    let mut work = CurvatureWork::at(w);
    loop {
        if let Some(found) = work.advance(objective) {
            return found;
        }
    }
}

impl MeasuresWork {
    /// The measures at `w`, of which nothing is known yet.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>, neighbourhood: impl Into<Neighbourhood>) -> Self {
        let neighbourhood = neighbourhood.into();
        Self {
            w: w.to_owned(),
            start: None,
            ahead: None,
            curvature: None,
            sharpest: None,
            worst: None,
            spectrum: CurvatureWork::at(w),
            search: WorstCaseWork::at(w, &neighbourhood),
            average: None,
            neighbourhood,
        }
    }

    /// The same, of a run that began at `start`.
    #[must_use]
    pub fn from(self, start: ArrayView1<'_, f64>) -> Self {
        Self { start: Some(start.to_owned()), ..self }
    }

    /// One more piece, of the same objective every time; the measures when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<Measured> {
        let Some(ahead) = &self.ahead else {
            self.ahead = Some(ahead(objective, self.w.view(), &self.neighbourhood));
            return None;
        };
        let Some(curvature) = self.curvature else {
            if let Some((curvature, bend, sharpest)) = self.spectrum.advance(objective) {
                self.curvature = Some(curvature);
                self.sharpest = sharpest;
                self.average = Some(AverageCaseWork::at(self.w.view(), &self.neighbourhood, bend));
            }
            return None;
        };
        let Some(worst) = &self.worst else {
            self.worst = self.search.advance(objective);
            return None;
        };
        let average = self.average.as_mut()?.advance(objective)?;
        Some(Measured {
            lambda_max: curvature.lambda_max,
            trace: curvature.trace,
            condition: curvature.condition,
            worst: worst.rise,
            certainty: worst.certainty,
            average: average.value,
            average_error: average.error,
            proxy_all: ahead.proxy,
            gap_all: ahead.gap,
            cosine: known(ahead.cosine()),
            angles: ahead.angles(worst.epsilon.view()).map(known),
            alignment: known(self.sharpest.as_ref().and_then(|v| ahead.alignment(v))),
            share: known(share(self.w.view())),
            balance: known(balance(objective, self.w.view())),
            distance: known(self.start.as_ref().map(|start| distance(self.w.view(), start.view()))),
        })
    }
}

fn known(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}

/// `‖w − start‖₂`.
pub(super) fn distance(w: ArrayView1<'_, f64>, start: ArrayView1<'_, f64>) -> f64 {
    Norm::L2.length((&w - &start).view())
}

/// What is seen at the maximizer of `gᵀε` at `w`, on all examples.
pub(super) fn ahead(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
    neighbourhood: &Neighbourhood,
) -> Ahead {
    let (here, g) = objective.loss_and_gradient(w, Batch::Whole);
    let proxy = neighbourhood.rise(g.view());
    // As for SAM itself, a gradient this short has no direction.
    if Norm::L2.length(neighbourhood.stretch(g.clone()).view()) < FLAT {
        let gap = if neighbourhood.is_sphere() { f64::NAN } else { 0.0 };
        let nowhere = Array1::from_elem(w.len(), f64::NAN);
        return Ahead { proxy, gap, gradients: [g, nowhere], epsilon: Array1::zeros(w.len()) };
    }
    let epsilon = neighbourhood.maximizer(g.view());
    let there = &w + &epsilon;
    let gap = objective.loss(there.view(), Batch::Whole) - here;
    let (_, g_there) = objective.loss_and_gradient(there.view(), Batch::Whole);
    Ahead { proxy, gap, gradients: [g, g_there], epsilon }
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

    fn advance(
        &mut self,
        objective: &dyn Objective,
    ) -> Option<(Curvature, Bend, Option<Array1<f64>>)> {
        Some(match self {
            Self::AtOnce(w) => {
                let smooth = objective.is_smooth_at(w.view());
                let hessian = smooth.then(|| objective.hessian(w.view()));
                let spectrum = hessian.as_ref().and_then(Spectrum::of);
                let of = |value: fn(&Spectrum) -> f64| spectrum.as_ref().map_or(f64::NAN, value);
                let curvature = Curvature {
                    lambda_max: of(Spectrum::largest),
                    trace: of(Spectrum::trace),
                    condition: of(Spectrum::condition),
                };
                let sharpest = spectrum.map(|spectrum| spectrum.sharpest);
                (curvature, hessian.map_or(Bend::Unknown, Bend::Matrix), sharpest)
            }
            Self::InPieces(work) => {
                let found = work.advance(objective)?;
                let curvature = Curvature {
                    lambda_max: found.sharpest().unwrap_or(f64::NAN),
                    trace: found.trace,
                    condition: found.condition().unwrap_or(f64::NAN),
                };
                // An estimated trace is no better known than the mean itself.
                let exact = found.method == Method::Whole && !found.values.is_empty();
                let bend = if exact { Bend::Trace(found.trace) } else { Bend::Unknown };
                (curvature, bend, work.sharpest().cloned())
            }
        })
    }
}
