//! A line through the points: the smallest model whose weight space is a map.
//!
//! ```text
//! z = a x + b,     w = (a, b) = (slope, intercept)
//! ```

use ndarray::{Array2, ArrayView2};

use super::Model;
use super::linear::LinearModel;
use crate::catalog::{Build, Entry};
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::landscapes::View;

pub(super) static ENTRY: Entry<dyn Model> = Entry {
    id: "line",
    name: "Line fit",
    formula: "z = a x + b",
    source: "Legendre 1805",
    about: "Two weights, slope and intercept: the map is the whole weight space.",
    settings: &[],
    build: Build::Sure(|_| Box::new(LineFit)),
};

struct LineFit;

impl LinearModel for LineFit {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn features(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        Array2::from_shape_fn(
            (inputs.nrows(), 2),
            |(row, k)| if k == 0 { inputs[[row, 0]] } else { 1.0 },
        )
    }

    fn weight_names(&self, _: usize) -> Vec<String> {
        vec!["slope a".to_owned(), "intercept b".to_owned()]
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.4, 2.4], [-2.2, 2.2]),
            start: [0.6, -0.3],
            eta: 0.4,
            rho: 0.15,
        }
    }
}
