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

use super::lanczos;
use crate::math::eigen;
use crate::math::random::Streams;
use crate::problem::Objective;

/// What is known of a spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenvalues {
    /// Eigenvalues, largest first: all of them, or the largest.
    pub values: Vec<f64>,
    /// The sum of all of them, or an estimate of it.
    pub trace: f64,
    /// How it was found.
    pub method: Method,
}

/// How a spectrum was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// From the whole matrix: every eigenvalue is there.
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

/// Up to so many weights the whole matrix is taken apart; it takes some tenths of a second there.
pub const WHOLE: usize = 400;
/// How many eigenvalues are found of a larger one.
pub const LARGEST: usize = 10;
/// Products with vectors at most.
const PRODUCTS: usize = 100;
/// Random vectors for the trace.
const PROBES: usize = 30;

impl Eigenvalues {
    /// The spectrum of the Hessian of `objective` at `w`.
    #[must_use]
    pub fn of(objective: &dyn Objective, w: ArrayView1<'_, f64>) -> Self {
        if w.len() <= WHOLE {
            let hessian = objective.hessian(w);
            return Self {
                trace: hessian.diag().sum(),
                values: eigen::symmetric_values(hessian.view()).to_vec(),
                method: Method::Whole,
            };
        }
        let ritz = lanczos::largest(w.len(), LARGEST, PRODUCTS, |v| objective.hessian_times(w, v));
        let (trace, trace_error) = trace(objective, w);
        let found = LARGEST.min(ritz.values.len());
        Self {
            values: ritz.values[..found].to_vec(),
            trace,
            method: Method::Lanczos {
                dimension: w.len(),
                residual: ritz.residuals[..found].last().copied().unwrap_or(0.0),
                trace_error,
            },
        }
    }

    /// `λ_max`.
    #[must_use]
    pub fn sharpest(&self) -> Option<f64> {
        self.values.first().copied()
    }

    /// What it is, in words.
    #[must_use]
    pub fn about(&self) -> String {
        match self.method {
            Method::Whole => format!("all {} eigenvalues of the Hessian", self.values.len()),
            Method::Lanczos { dimension, .. } => format!(
                "the {} largest of {dimension} eigenvalues, by Lanczos’ method; the trace is an estimate",
                self.values.len()
            ),
        }
    }
}

/// An estimate of the trace, and its standard error.
fn trace(objective: &dyn Objective, w: ArrayView1<'_, f64>) -> (f64, f64) {
    let mut stream = Streams::new(0).directions();
    let samples: Vec<f64> = (0..PROBES)
        .map(|_| {
            let signs: Array1<f64> =
                (0..w.len()).map(|_| if stream.random_bool(0.5) { 1.0 } else { -1.0 }).collect();
            signs.dot(&objective.hessian_times(w, signs.view()))
        })
        .collect();
    let count = PROBES as f64;
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
