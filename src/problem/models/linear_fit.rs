//! Linear regression: a weight for each input, and a bias.
//!
//! ```text
//! z = wᵀx + b,     weights (w₁, …, w_d, b), the bias last
//! ```
//!
//! A.-M. Legendre (1805), "Nouvelles méthodes pour la détermination des orbites des comètes". With the squared error the
//! risk is the quadratic with Hessian `2 E[(x, 1)(x, 1)ᵀ]`, the same everywhere: what SAM does here is what
//! SAM does on any quadratic. It starts at zero.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use super::{Model, linear};
use crate::catalog::Entry;
use crate::math::random::Stream;
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::landscapes::View;

pub(super) static ENTRY: Entry<dyn Model> = Entry {
    id: "linear",
    name: "Linear regression",
    formula: "z = w·x + b",
    source: "Legendre 1805",
    about: "One weight for each input and a bias, in any dimension.",
    settings: &[],
    build: |_| Box::new(LinearFit),
};

struct LinearFit;

impl Model for LinearFit {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn takes(&self, features: usize) -> bool {
        features > 0
    }

    fn prepare(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        linear::with_ones(inputs)
    }

    fn dimension(&self, features: usize) -> usize {
        features + 1
    }

    fn weight_names(&self, features: usize) -> Vec<String> {
        linear::names_and_bias(features)
    }

    fn predict(&self, w: ArrayView1<'_, f64>, prepared: ArrayView2<'_, f64>, z: &mut [f64]) {
        linear::predict(w, prepared, z);
    }

    fn pull_back(
        &self,
        _: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        gradient: ArrayViewMut1<'_, f64>,
    ) {
        linear::pull_back(prepared, slopes, gradient);
    }

    fn curvature(
        &self,
        _: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        _: &[f64],
        curvatures: &[f64],
    ) -> Array2<f64> {
        linear::curvature(prepared, curvatures)
    }

    fn is_linear(&self) -> bool {
        true
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.4, 2.4], [-2.2, 2.2]),
            start: [0.0, 0.0],
            eta: 0.05,
            rho: 0.05,
        }
    }

    fn start(&self, features: usize, _: &mut Stream) -> Array1<f64> {
        Array1::zeros(features + 1)
    }
}
