//! A neuron and its output weight: two layers with one weight each.
//!
//! ```text
//! z = a tanh(b x),     t = tanh(b x),  t′ = 1 − t²
//! ∇z  = ( t,  a x t′ )
//! ∇²z = ⎡ 0     x t′          ⎤
//!       ⎣ x t′  −2 a x² t t′  ⎦
//! ```
//!
//! For small weights `z ≈ a b x`, and the loss is the scalar factorization's: a curve of nearly equal minima `a b = slope`
//! that the bend of tanh breaks up. `(a, b)` and `(−a, −b)` are one function, so minima come in mirrored pairs, with a
//! saddle at the origin between them (K. Fukumizu and S. Amari, 2000, "Local minima and plateaus in hierarchical
//! structures of multilayer perceptrons", Neural Networks 13(3)). From unbalanced weights, (3, −0.5), plain descent
//! stops soon after the valley's floor; SAM goes on along it toward balance.

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use super::Model;
use crate::catalog::{Build, Entry};
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::landscapes::View;

pub(super) static ENTRY: Entry<dyn Model> = Entry {
    id: "factor",
    name: "Two layers of one weight",
    formula: "z = a tanh(b x)",
    source: "Fukumizu & Amari 2000",
    about: "The smallest deep network: mirrored minima, a saddle between, a bent valley.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Factor)),
};

struct Factor;

impl Model for Factor {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn prepare(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        inputs.to_owned()
    }

    fn dimension(&self, _: usize) -> usize {
        2
    }

    fn weight_names(&self, _: usize) -> Vec<String> {
        vec!["outer a".to_owned(), "inner b".to_owned()]
    }

    fn predict(&self, w: ArrayView1<'_, f64>, prepared: ArrayView2<'_, f64>, z: &mut [f64]) {
        let (a, b) = (w[0], w[1]);
        for (z, x) in z.iter_mut().zip(prepared.column(0)) {
            *z = a * libm::tanh(b * x);
        }
    }

    fn pull_back(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        mut gradient: ArrayViewMut1<'_, f64>,
    ) {
        let (a, b) = (w[0], w[1]);
        for (s, x) in slopes.iter().zip(prepared.column(0)) {
            let t = libm::tanh(b * x);
            gradient[0] += s * t;
            gradient[1] += s * (a * x * (1.0 - t * t));
        }
    }

    fn curvature(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        curvatures: &[f64],
    ) -> Array2<f64> {
        let (a, b) = (w[0], w[1]);
        let mut hessian = Array2::zeros((2, 2));
        for ((s, c), x) in slopes.iter().zip(curvatures).zip(prepared.column(0)) {
            let t = libm::tanh(b * x);
            let bend = 1.0 - t * t;
            let inner = a * x * bend;
            let mixed = c * t * inner + s * x * bend;
            hessian[[0, 0]] += c * t * t;
            hessian[[0, 1]] += mixed;
            hessian[[1, 0]] += mixed;
            hessian[[1, 1]] += c * inner * inner - s * 2.0 * x * t * inner;
        }
        hessian
    }

    fn is_linear(&self) -> bool {
        false
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-4.0, 4.0], [-4.0, 4.0]),
            start: [3.0, -0.5],
            eta: 0.2,
            rho: 0.2,
        }
    }
}
