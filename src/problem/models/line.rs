//! A line through the points: the smallest model whose weight space is a map.
//!
//! ```text
//! z = a x + b,     w = (a, b) = (slope, intercept)
//! ```

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use super::{Model, linear};
use crate::catalog::Entry;
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
    build: |_| Box::new(LineFit),
};

struct LineFit;

impl Model for LineFit {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn prepare(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        Array2::from_shape_fn(
            (inputs.nrows(), 2),
            |(row, k)| if k == 0 { inputs[[row, 0]] } else { 1.0 },
        )
    }

    fn dimension(&self, _: usize) -> usize {
        2
    }

    fn weight_names(&self, _: usize) -> Vec<String> {
        vec!["slope a".to_owned(), "intercept b".to_owned()]
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
            start: [0.6, -0.3],
            eta: 0.4,
            rho: 0.15,
        }
    }
}
