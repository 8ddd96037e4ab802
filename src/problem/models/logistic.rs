//! Logistic regression without a bias: a straight border through the origin.
//!
//! ```text
//! z = wᵀx,     P(class 1) = σ(z)
//! ```
//!
//! D. Cox (1958), "The regression analysis of binary sequences", J. R. Stat. Soc. B 20(2). In the plane it has two
//! weights, so the map is the whole weight space; the direction of `w` is the border's normal and its length says how
//! sure the model is. Under cross-entropy the risk is convex. When a border separates the classes without a mistake
//! there is no minimum: the loss falls for ever along that direction.
//! The bias is fixed at 0, so data should be centred.

use ndarray::{Array2, ArrayView2};

use super::Model;
use super::linear::{self, LinearModel};
use crate::catalog::{Build, Entry};
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::landscapes::View;

pub(super) static ENTRY: Entry<dyn Model> = Entry {
    id: "logistic",
    name: "Logistic regression",
    formula: "z = w·x",
    source: "Cox 1958",
    about: "A border through the origin: two weights say where it runs and how sure it is.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Logistic)),
};

struct Logistic;

impl LinearModel for Logistic {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn features(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        inputs.to_owned()
    }

    fn weight_names(&self, features: usize) -> Vec<String> {
        linear::names(features)
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-8.0, 8.0], [-8.0, 8.0]),
            start: [-2.0, 3.0],
            eta: 0.5,
            rho: 0.1,
        }
    }
}
