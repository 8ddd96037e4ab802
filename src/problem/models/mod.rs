//! What turns weights and inputs into predictions.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use crate::catalog::{Catalog, Choice, Entry};
use crate::math::random::Stream;
use crate::problem::datasets::{Dataset, Task};
use crate::problem::grid::{Plane, Tile};
use crate::problem::landscapes::View;
use crate::problem::losses::Loss;
use crate::problem::noise::{Dropout, Dropped};

mod linear;
mod line;
mod linear_fit;
mod polynomial;
mod neuron;
mod factor;
mod logistic;
mod logistic_bias;
mod network;

use network::{classes, curve};

/// A model `z = f(w, x)` with one output: a number, or the log-odds of class 1.
///
/// Inputs pass through [`Model::prepare`] once, so that a model may turn them into features; all other functions see
/// the prepared inputs, examples × features.
pub trait Model: Send + Sync {
    /// What it can learn.
    fn task(&self) -> Task;

    /// Whether it knows what to do with inputs of so many raw features.
    fn takes(&self, features: usize) -> bool {
        usual(self.task(), features)
    }

    /// Turns raw inputs into what the other functions want.
    fn prepare(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64>;

    /// The number of weights, for inputs with so many raw features.
    fn dimension(&self, features: usize) -> usize;

    /// What each weight is called.
    fn weight_names(&self, features: usize) -> Vec<String>;

    /// Writes `z_i = f(w, x_i)`.
    fn predict(&self, w: ArrayView1<'_, f64>, prepared: ArrayView2<'_, f64>, z: &mut [f64]);

    /// Adds `Σ_i s_i ∂z_i/∂w` to `gradient`.
    fn pull_back(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        gradient: ArrayViewMut1<'_, f64>,
    );

    /// Predicts, lets `judge` turn the predictions into slopes, and adds `Σ_i s_i ∂z_i/∂w` to `gradient`; returns what
    /// `judge` returned.
    ///
    /// One call for both passes, so that a model with hidden units computes them once.
    fn learn(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        judge: &mut dyn FnMut(&mut [f64]) -> f64,
        gradient: ArrayViewMut1<'_, f64>,
    ) -> f64 {
        let mut z = vec![0.0; prepared.nrows()];
        self.predict(w, prepared, &mut z);
        let sum = judge(&mut z);
        self.pull_back(w, prepared, &z, gradient);
        sum
    }

    /// What a training step drops at random, for inputs with so many raw features.
    fn dropout(&self, features: usize) -> Option<Dropout> {
        let _ = features;
        None
    }

    /// [`Model::learn`] without the units that are `dropped`, example by example; all are there where that is empty.
    fn learn_dropping(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        dropped: &[Dropped],
        judge: &mut dyn FnMut(&mut [f64]) -> f64,
        gradient: ArrayViewMut1<'_, f64>,
    ) -> f64 {
        let _ = dropped;
        self.learn(w, prepared, judge, gradient)
    }

    /// The means of all normalised units over these examples, then their variances (of the whole population, to which
    /// the examples are a sample); empty where no unit is normalised.
    fn statistics(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        dropped: &[Dropped],
    ) -> Vec<f64> {
        let _ = (w, prepared, dropped);
        Vec::new()
    }

    /// [`Model::predict`] with `statistics` in place of the examples' own.
    fn predict_deployed(
        &self,
        w: ArrayView1<'_, f64>,
        statistics: &[f64],
        prepared: ArrayView2<'_, f64>,
        z: &mut [f64],
    ) {
        let _ = statistics;
        self.predict(w, prepared, z);
    }

    /// `Σ_i c_i ∇z_i ∇z_iᵀ + s_i ∇²z_i`.
    fn curvature(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        curvatures: &[f64],
    ) -> Array2<f64>;

    /// [`Model::curvature`] times `v`, where the matrix would be too large.
    fn curvature_times(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        curvatures: &[f64],
        v: ArrayView1<'_, f64>,
    ) -> Array1<f64> {
        self.curvature(w, prepared, slopes, curvatures).dot(&v)
    }

    /// The weights into each unit: what [`Objective::filters`](crate::problem::Objective::filters) are.
    fn filters(&self, features: usize) -> Vec<Range<usize>> {
        std::iter::once(0..self.dimension(features)).collect()
    }

    /// Whether `z` is linear in the weights, so that fields can be computed by slice algebra.
    fn is_linear(&self) -> bool;

    /// Whether `z` is an analytic function of the weights and costs much, so that fields interpolate where they can.
    fn is_analytic_and_dear(&self) -> bool {
        false
    }

    /// Fills a tile with the mean loss on a plane, if it knows a faster way than to predict at every pixel; false when
    /// it does not.
    fn field(
        &self,
        prepared: ArrayView2<'_, f64>,
        targets: &[f64],
        loss: &dyn Loss,
        plane: &Plane,
        tile: &mut Tile<'_>,
    ) -> bool {
        let _ = (prepared, targets, loss, plane, tile);
        false
    }

    /// What to look at first with so many raw features: window, start, η and ρ.
    fn view(&self) -> View;

    /// A start for more than two weights, drawn from `stream` where it is random; the view's start otherwise.
    fn start(&self, features: usize, stream: &mut Stream) -> Array1<f64> {
        let _ = stream;
        first_weights(self.view(), self.dimension(features))
    }
}

/// Whether models for a task usually take inputs of so many features.
fn usual(task: Task, features: usize) -> bool {
    match task {
        Task::Regression => features == 1,
        Task::Classification => features > 0,
    }
}

/// The start of a view, if there are two weights, and zero otherwise.
fn first_weights(view: View, dimension: usize) -> Array1<f64> {
    if dimension == 2 { Array1::from(view.start.to_vec()) } else { Array1::zeros(dimension) }
}

/// Every model, in the order of the menu. The first that can learn a dataset's task is its default.
pub static ALL: Catalog<dyn Model> = Catalog {
    family: "model",
    entries: &[
        &line::ENTRY,
        &neuron::ENTRY,
        &factor::ENTRY,
        &polynomial::ENTRY,
        &linear_fit::ENTRY,
        &logistic::ENTRY,
        &logistic_bias::ENTRY,
        &classes::ENTRY,
        &curve::ENTRY,
    ],
};

/// The models that can learn `dataset`, in the order of the menu: the first is its default.
pub fn fitting(dataset: &dyn Dataset) -> impl Iterator<Item = &'static Entry<dyn Model>> + use<> {
    let (task, features) = (dataset.task(), dataset.features());
    ALL.entries.iter().copied().filter(move |entry| {
        let model = Choice::new(entry).build();
        model.task() == task && model.takes(features)
    })
}
