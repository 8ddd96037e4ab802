//! One neuron: the smallest model that saturates.
//!
//! ```text
//! z = tanh u,   u = a x + b,     z′ = 1 − z²,   z″ = −2 z z′
//! ∇z = z′ (x, 1),     ∇²z = z″ (x, 1)(x, 1)ᵀ
//! ```
//!
//! F. Rosenblatt (1958), "The perceptron", Psychological Review 65(6), with a smooth step. Where `|u|` is large the neuron
//! is saturated: the loss is level, gradients vanish, and a run that starts there stays for long. So its map has wide
//! plains around a basin, which the plane of a linear model never has.

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use super::{Model, linear};
use crate::catalog::{Build, Entry};
use crate::problem::datasets::Task;
use crate::problem::grid::Window;
use crate::problem::landscapes::View;

pub(super) static ENTRY: Entry<dyn Model> = Entry {
    id: "neuron",
    name: "One neuron",
    formula: "z = tanh(a x + b)",
    source: "Rosenblatt 1958",
    about: "Two weights, a basin, and the plains where the neuron is saturated.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Neuron)),
};

struct Neuron;

impl Model for Neuron {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn prepare(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        linear::with_ones(inputs)
    }

    fn dimension(&self, _: usize) -> usize {
        2
    }

    fn weight_names(&self, _: usize) -> Vec<String> {
        vec!["weight a".to_owned(), "bias b".to_owned()]
    }

    fn predict(&self, w: ArrayView1<'_, f64>, prepared: ArrayView2<'_, f64>, z: &mut [f64]) {
        linear::predict(w, prepared, z);
        for z in z {
            *z = libm::tanh(*z);
        }
    }

    fn pull_back(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        gradient: ArrayViewMut1<'_, f64>,
    ) {
        let mut z = vec![0.0; slopes.len()];
        self.predict(w, prepared, &mut z);
        let inner: Vec<f64> = z.iter().zip(slopes).map(|(z, s)| s * (1.0 - z * z)).collect();
        linear::pull_back(prepared, &inner, gradient);
    }

    fn curvature(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        curvatures: &[f64],
    ) -> Array2<f64> {
        let mut z = vec![0.0; slopes.len()];
        self.predict(w, prepared, &mut z);
        let inner: Vec<f64> = z
            .iter()
            .zip(slopes.iter().zip(curvatures))
            .map(|(z, (s, c))| {
                let first = 1.0 - z * z;
                c * first * first - s * 2.0 * z * first
            })
            .collect();
        linear::curvature(prepared, &inner)
    }

    fn is_linear(&self) -> bool {
        false
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-5.0, 5.0], [-3.0, 3.0]),
            start: [-2.0, 1.5],
            eta: 0.4,
            rho: 0.2,
        }
    }
}
