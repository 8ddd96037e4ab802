//! The mean over the boundary above two dimensions: pairs `±ε` are drawn, and compared with what the Hessian alone makes.
//!
//! ```text
//! y = ½(L(w + ε) + L(w − ε)) − L(w),     c = ½ εᵀ∇²L(w) ε,     E c = ½ ρ² E[u₁²] Σ tᵢ² hᵢᵢ   is known
//! mean of y − b (c − E c),     b = cov(y, c)/var(c)
//! ```
//!
//! What the Hessian explains of y's scatter drops out: c is a control variate (R. Rubinstein and R. Marcus, 1985,
//! "Efficiency of multivariate control variates in Monte Carlo simulation", Oper. Res. 33(3)). Where the sum of hᵢᵢ is
//! not known, or not worth knowing, it is the mean of y. The standard error is that of the residuals.

use ndarray::{Array1, ArrayView1};

use super::{Around, Bend};
use crate::analysis::estimate::Estimate;
use crate::math::cone;
use crate::math::random::{Stream, Streams};
use crate::optim::neighbourhood::Neighbourhood;

/// Pairs of opposite perturbations.
const PAIRS: usize = 64;

/// A mean of samples, one pair a piece.
pub(super) struct Samples {
    dice: Stream,
    bend: Bend,
    /// `E c`, where it is known.
    expected: Option<f64>,
    /// `y` of every pair, and `c`.
    rises: Vec<f64>,
    bends: Vec<f64>,
}

impl Samples {
    /// The mean over the boundary of a neighbourhood in `dimension` dimensions.
    pub(super) fn of(dimension: usize, neighbourhood: &Neighbourhood, bend: Bend) -> Self {
        let expected = sum_of_curvatures(neighbourhood, &bend).map(|sum| {
            let unit = neighbourhood.unit();
            let rho = unit.rho.get();
            0.5 * rho * rho * cone::second_moment(unit.norm, dimension) * sum
        });
        let dice = Streams::new(0).directions();
        Self { dice, bend, expected, rises: Vec::new(), bends: Vec::new() }
    }

    /// One more pair; the mean when it was the last.
    pub(super) fn advance(&mut self, around: &Around<'_>) -> Option<Estimate> {
        let unit = around.neighbourhood.unit();
        let u = cone::on_the_sphere(unit, around.w.len(), &mut self.dice);
        let epsilon: Array1<f64> = around.neighbourhood.stretch(u);
        self.rises.push(around.rise_of_pair(&epsilon));
        if self.expected.is_some() {
            self.bends.push(0.5 * epsilon.dot(&self.bent(epsilon.view(), around)));
        }
        (self.rises.len() == PAIRS).then(|| match self.expected {
            Some(expected) => controlled(&self.rises, &self.bends, expected),
            None => Estimate::mean_of(&self.rises),
        })
    }

    fn bent(&self, epsilon: ArrayView1<'_, f64>, around: &Around<'_>) -> Array1<f64> {
        match &self.bend {
            Bend::Matrix(hessian) => hessian.dot(&epsilon),
            Bend::Unknown | Bend::Trace(_) => around.objective.hessian_times(around.w, epsilon),
        }
    }
}

/// `Σ tᵢ² hᵢᵢ`, where it is known and finite.
fn sum_of_curvatures(neighbourhood: &Neighbourhood, bend: &Bend) -> Option<f64> {
    let sum = match (bend, neighbourhood.scale()) {
        (Bend::Unknown, _) | (Bend::Trace(_), Some(_)) => None,
        (Bend::Trace(trace), None) => Some(*trace),
        (Bend::Matrix(hessian), None) => Some(hessian.diag().sum()),
        (Bend::Matrix(hessian), Some(scale)) => Some((&hessian.diag() * &scale * scale).sum()),
    };
    sum.filter(|sum| sum.is_finite())
}

/// The mean of `rises` with the control variate `bends`, whose mean is `expected`.
fn controlled(rises: &[f64], bends: &[f64], expected: f64) -> Estimate {
    let count = rises.len() as f64;
    let mean = |all: &[f64]| all.iter().sum::<f64>() / count;
    let (rise, bend) = (mean(rises), mean(bends));
    let pairs = || std::iter::zip(rises, bends).map(|(y, c)| [y - rise, c - bend]);
    let covariance: f64 = pairs().map(|[y, c]| y * c).sum();
    let variance: f64 = pairs().map(|[_, c]| c * c).sum();
    let share = if variance > 0.0 { covariance / variance } else { 0.0 };
    let left: f64 = pairs().map(|[y, c]| (y - share * c) * (y - share * c)).sum();
    // The mean and the share are both taken from the samples; and where c's own mean is off, so is the share of it.
    let off = bend - expected;
    let spread = 1.0 / count + if variance > 0.0 { off * off / variance } else { 0.0 };
    let error = (left / (count - 2.0) * spread).sqrt();
    let value = rise - share * off;
    // A loss that is exactly a quadratic leaves nothing but rounding.
    Estimate { value, error: Some(error.max(f64::EPSILON * value.abs())) }
}
