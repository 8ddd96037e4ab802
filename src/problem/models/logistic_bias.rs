//! Logistic regression with a bias: a straight border anywhere.
//!
//! ```text
//! z = wᵀx + b,     weights (w₁, …, w_d, b), the bias last
//! ```
//!
//! D. Cox (1958), "The regression analysis of binary sequences", J. R. Stat. Soc. B 20(2). The bias is a weight like the
//! others: SAM perturbs it too. With two inputs there are three weights, so a map shows a slice.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use super::{Model, linear};
use crate::catalog::Entry;
use crate::math::random::Stream;
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::landscapes::View;

pub(super) static ENTRY: Entry<dyn Model> = Entry {
    id: "logistic_bias",
    name: "Logistic regression with bias",
    formula: "z = w·x + b",
    source: "Cox 1958",
    about: "A straight border anywhere in the plane: three weights, seen in slices.",
    settings: &[],
    build: |_| Box::new(LogisticBias),
};

struct LogisticBias;

impl Model for LogisticBias {
    fn task(&self) -> Task {
        Task::Classification
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
            window: Window::new([-8.0, 8.0], [-8.0, 8.0]),
            start: [-2.0, 3.0],
            eta: 0.5,
            rho: 0.1,
        }
    }

    /// The start of the model without a bias, and no bias.
    fn start(&self, features: usize, _: &mut Stream) -> Array1<f64> {
        let [first, second] = self.view().start;
        let mut start = Array1::zeros(features + 1);
        if features >= 2 {
            start[0] = first;
            start[1] = second;
        }
        start
    }
}
