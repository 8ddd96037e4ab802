//! The eigenvalues of the Hessian at a point: how sharp the loss is in every direction.
//!
//! ```text
//! ∇²L(w) vᵢ = λᵢ vᵢ,     λ₁ ≥ … ≥ λ_d,     tr ∇²L = Σ λᵢ
//! ```
//!
//! Up to [`WHOLE`] weights all of them are found. Beyond, Lanczos' method finds the largest ones and the trace is
//! estimated from `vᵀ∇²L v` with random signs `v` (M. Hutchinson, 1990); the result says so. For networks the picture is
//! a few large eigenvalues, about as many as classes, over a bulk near zero (L. Sagun et al., 2018).

use ndarray::{Array1, ArrayView1};
use rand::RngExt as _;

use super::lanczos::LanczosWork;
use crate::math::eigen;
use crate::math::random::{Stream, Streams};
use crate::problem::Objective;

/// What is known of a spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenvalues {
    /// Eigenvalues, largest first: all of them, or the largest. None where the Hessian is not finite.
    pub values: Vec<f64>,
    /// The sum of all of them, or an estimate of it.
    pub trace: f64,
    /// How it was found.
    pub method: Method,
}

/// How a spectrum was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Every eigenvalue is there.
    Whole,
    /// From products with vectors: only the largest are there.
    Lanczos {
        /// How many weights there are.
        dimension: usize,
        /// How far the last eigenvalue that is given may be from a true one.
        residual: f64,
        /// The standard error of the trace.
        trace_error: f64,
    },
}

/// Up to so many weights every eigenvalue is found; it takes some tenths of a second there.
pub const WHOLE: usize = 400;
/// Up to so many the whole matrix is taken apart at once, which is over before a newer wish has waited long.
pub const AT_ONCE: usize = 128;
/// How many eigenvalues are found of a larger one.
pub const LARGEST: usize = 10;
/// Products with vectors at most.
const PRODUCTS: usize = 100;
/// Random vectors for the trace.
const PROBES: usize = 30;
/// Relative to the largest by size, what is smaller is a zero that was rounded.
const ROUNDING: f64 = 1e-12;

impl Eigenvalues {
    /// The spectrum of the Hessian of `objective` at `w`.
    #[must_use]
    pub fn of(objective: &dyn Objective, w: ArrayView1<'_, f64>) -> Self {
        let mut work = SpectrumWork::at(w);
        loop {
            if let Some(found) = work.advance(objective) {
                return found;
            }
        }
    }

    /// `λ_max`.
    #[must_use]
    pub fn sharpest(&self) -> Option<f64> {
        self.values.first().copied()
    }

    /// The ratio of the largest to the smallest, by size; none where only the largest are known.
    #[must_use]
    pub fn condition(&self) -> Option<f64> {
        if self.values.is_empty() || self.method != Method::Whole {
            return None;
        }
        let sizes = self.values.iter().map(|lambda| lambda.abs());
        let [least, most] =
            sizes.fold([f64::INFINITY, 0.0], |[low, high], size| [low.min(size), high.max(size)]);
        Some(most / least)
    }

    /// How many are below zero by more than rounding; none where only the largest are known.
    #[must_use]
    pub fn negative(&self) -> Option<usize> {
        let size = self.values.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let below = || self.values.iter().filter(|x| **x < -ROUNDING * size).count();
        (self.method == Method::Whole && !self.values.is_empty()).then(below)
    }

    /// What it is, in words.
    #[must_use]
    pub fn about(&self) -> String {
        match self.method {
            _ if self.values.is_empty() => "the Hessian is not finite there".to_owned(),
            Method::Whole => format!("all {} eigenvalues of the Hessian", self.values.len()),
            Method::Lanczos { dimension, .. } => format!(
                "the {} largest of {dimension} eigenvalues, by Lanczos’ method; the trace is an estimate",
                self.values.len()
            ),
        }
    }

    fn not_finite() -> Self {
        Self { values: Vec::new(), trace: f64::NAN, method: Method::Whole }
    }

    fn whole(values: Vec<f64>, trace: f64) -> Self {
        if values.iter().all(|x| x.is_finite()) && trace.is_finite() {
            Self { values, trace, method: Method::Whole }
        } else {
            Self::not_finite()
        }
    }
}

/// A spectrum being found, in pieces short enough that it can be dropped for another at any moment.
pub struct SpectrumWork {
    w: Array1<f64>,
    stage: Stage,
    sharpest: Option<Array1<f64>>,
}

enum Stage {
    AtOnce,
    /// One product a piece, until every eigenvalue is there.
    All(LanczosWork),
    /// One product a piece, until the largest have settled.
    Largest(LanczosWork),
    /// One random vector a piece.
    Trace {
        values: Vec<f64>,
        residual: f64,
        samples: Vec<f64>,
        stream: Stream,
    },
}

impl SpectrumWork {
    /// The spectrum at `w`, of which nothing is known yet.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>) -> Self {
        let stage = match w.len() {
            0..=AT_ONCE => Stage::AtOnce,
            dimension @ ..=WHOLE => Stage::All(LanczosWork::all(dimension)),
            dimension => Stage::Largest(LanczosWork::largest(dimension, LARGEST, PRODUCTS)),
        };
        Self { w: w.to_owned(), stage, sharpest: None }
    }

    /// The unit eigenvector of the largest eigenvalue, once the spectrum of more than [`AT_ONCE`] weights is found.
    #[must_use]
    pub fn sharpest(&self) -> Option<&Array1<f64>> {
        self.sharpest.as_ref()
    }

    /// One more piece, of the same objective every time; the spectrum when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<Eigenvalues> {
        let w = self.w.view();
        match &mut self.stage {
            Stage::AtOnce => {
                if !objective.is_smooth_at(w) {
                    return Some(Eigenvalues::not_finite());
                }
                let hessian = objective.hessian(w);
                let trace = hessian.diag().sum();
                if !hessian.iter().all(|h| h.is_finite()) {
                    return Some(Eigenvalues::not_finite());
                }
                let values = eigen::symmetric_values(hessian.view()).to_vec();
                Some(Eigenvalues::whole(values, trace))
            }
            Stage::All(work) => {
                if work.advance(&mut |v| objective.hessian_times(w, v)) {
                    return None;
                }
                let values = work.values();
                let trace = values.iter().sum();
                let largest = values.first().filter(|largest| largest.is_finite());
                self.sharpest = largest.map(|largest| work.direction_of_the_largest(*largest));
                Some(Eigenvalues::whole(values, trace))
            }
            Stage::Largest(work) => {
                if work.advance(&mut |v| objective.hessian_times(w, v)) {
                    return None;
                }
                let found = work.finish();
                let count = LARGEST.min(found.values.len());
                let values = found.values[..count].to_vec();
                if !values.iter().all(|x| x.is_finite()) {
                    return Some(Eigenvalues::not_finite());
                }
                self.sharpest = found.vectors.into_iter().next();
                let residual = found.residuals[..count].last().copied().unwrap_or(0.0);
                let (samples, stream) = (Vec::new(), Streams::new(0).directions());
                self.stage = Stage::Trace { values, residual, samples, stream };
                None
            }
            Stage::Trace { values, residual, samples, stream } => {
                let sign = |_| if stream.random_bool(0.5) { 1.0 } else { -1.0 };
                let signs: Array1<f64> = (0..w.len()).map(sign).collect();
                samples.push(signs.dot(&objective.hessian_times(w, signs.view())));
                if samples.len() < PROBES {
                    return None;
                }
                let (trace, trace_error) = mean(samples);
                let method =
                    Method::Lanczos { dimension: w.len(), residual: *residual, trace_error };
                Some(Eigenvalues { values: std::mem::take(values), trace, method })
            }
        }
    }
}

/// The mean of `samples`, and its standard error.
fn mean(samples: &[f64]) -> (f64, f64) {
    let count = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / count;
    let variance = samples.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0);
    (mean, (variance / count).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::risk::Risk;
    use crate::problem::{datasets, losses, models};

    fn network(units: f64) -> (Risk, Array1<f64>) {
        let data = datasets::ALL.choose("moons").unwrap().with("points", 40.0).unwrap().build();
        let sample = data.sample(&mut Streams::new(1).dataset());
        let model = models::ALL.choose("network").unwrap().with("units", units).unwrap().build();
        let start = model.start(2, &mut Streams::new(1).weights());
        let loss = losses::ALL.choose("cross_entropy").unwrap().build();
        (Risk::new(sample, model, loss), start)
    }

    #[test]
    fn of_a_small_network_every_eigenvalue_is_found() {
        let (risk, w) = network(4.0);
        let spectrum = Eigenvalues::of(&risk, w.view());
        assert_eq!((spectrum.method, spectrum.values.len()), (Method::Whole, 37));
        let sum: f64 = spectrum.values.iter().sum();
        assert!((sum - spectrum.trace).abs() < 1e-10);
        assert!(spectrum.about().starts_with("all 37"));
    }

    #[test]
    fn in_pieces_or_at_once_the_eigenvalues_are_the_same() {
        let (risk, w) = network(12.0);
        assert!(AT_ONCE < w.len() && w.len() <= WHOLE);
        let found = Eigenvalues::of(&risk, w.view());
        let exact = eigen::symmetric_values(risk.hessian(w.view()).view());
        assert_eq!((found.method, found.values.len()), (Method::Whole, w.len()));
        for (found, exact) in found.values.iter().zip(&exact) {
            assert!((found - exact).abs() < 1e-12, "{found} {exact}");
        }
        let mut work = SpectrumWork::at(w.view());
        while work.advance(&risk).is_none() {}
        let sharpest = work.sharpest().unwrap();
        let off = risk.hessian_times(w.view(), sharpest.view()) - sharpest * exact[0];
        assert!((sharpest.dot(sharpest) - 1.0).abs() < 1e-9);
        assert!(off.dot(&off).sqrt() < 1e-8, "it is an eigenvector of the largest");
        assert!((found.trace - exact.sum()).abs() < 1e-11);
        let below = exact.iter().filter(|x| **x < -1e-12 * exact[0]).count();
        assert_eq!(found.negative(), Some(below));
    }

    #[test]
    fn what_is_not_finite_is_said_so() {
        for units in [4.0, 12.0, 18.0] {
            let (risk, w) = network(units);
            let found = Eigenvalues::of(&risk, (w * f64::NAN).view());
            assert!(found.values.is_empty() && found.negative().is_none(), "{units}");
            assert_eq!(found.about(), "the Hessian is not finite there");
        }
    }

    #[test]
    fn of_a_large_one_the_largest_are_and_it_says_so() {
        let (risk, w) = network(18.0);
        assert_eq!(w.len(), 415);
        let spectrum = Eigenvalues::of(&risk, w.view());
        let whole = eigen::symmetric_values(risk.hessian(w.view()).view());
        for (found, exact) in spectrum.values.iter().zip(&whole) {
            assert!((found - exact).abs() < 1e-8, "{found} {exact}");
        }
        let Method::Lanczos { dimension, residual, trace_error } = spectrum.method else {
            panic!("it is too large for the whole matrix");
        };
        assert!(dimension == 415 && residual < 1e-8);
        assert!((spectrum.trace - whole.sum()).abs() < 5.0 * trace_error);
        assert!(spectrum.about().contains("largest of 415"));
    }
}
