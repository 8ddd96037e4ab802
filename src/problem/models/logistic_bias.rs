//! Logistic regression with a bias: a straight border anywhere.
//!
//! ```text
//! z = wᵀx + b,     weights (w₁, …, w_d, b), the bias last
//! ```
//!
//! D. Cox (1958), "The regression analysis of binary sequences", J. R. Stat. Soc. B 20(2). The bias is a weight like the
//! others: SAM perturbs it too. With two inputs there are three weights, so a map shows a slice.

use ndarray::{Array1, Array2, ArrayView2};

use super::Model;
use super::linear::{self, LinearModel};
use crate::catalog::{Build, Entry};
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
    build: Build::Sure(|_| Box::new(LogisticBias)),
};

struct LogisticBias;

impl LinearModel for LogisticBias {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn features(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        linear::with_ones(inputs)
    }

    fn weight_names(&self, features: usize) -> Vec<String> {
        linear::names_and_bias(features)
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
    fn start(&self, features: usize) -> Array1<f64> {
        let [first, second] = LinearModel::view(self).start;
        let mut start = Array1::zeros(features + 1);
        if features >= 2 {
            start[0] = first;
            start[1] = second;
        }
        start
    }
}
