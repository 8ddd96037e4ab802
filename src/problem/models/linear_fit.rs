//! Linear regression: a weight for each input, and a bias.
//!
//! ```text
//! z = wᵀx + b,     weights (w₁, …, w_d, b), the bias last
//! ```
//!
//! A.-M. Legendre (1805), "Nouvelles méthodes pour la détermination des orbites des comètes". With the squared error the
//! risk is the quadratic with Hessian `2 E[(x, 1)(x, 1)ᵀ]`, the same everywhere: what SAM does here is what
//! SAM does on any quadratic. It starts at zero.

use ndarray::{Array2, ArrayView2};

use super::Model;
use super::linear::{self, LinearModel};
use crate::catalog::{Build, Entry};
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
    build: Build::Sure(|_| Box::new(LinearFit)),
};

struct LinearFit;

impl LinearModel for LinearFit {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn takes(&self, features: usize) -> bool {
        features > 0
    }

    fn features(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        linear::with_ones(inputs)
    }

    fn weight_names(&self, features: usize) -> Vec<String> {
        linear::names_and_bias(features)
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.4, 2.4], [-2.2, 2.2]),
            start: [0.0, 0.0],
            eta: 0.05,
            rho: 0.05,
        }
    }
}
