//! Empirical risk: a dataset, a model and a loss as one objective.
//!
//! ```text
//! L_B(w) = 1/|B| Σ_{i ∈ B} ℓ(f(w, x_i), t_i)
//! ```

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

use super::affine::Affine;
use super::datasets::Sample;
use super::examples::Examples;
use super::flock::{Herd, Rule};
use super::grid::{Plane, Tile};
use super::losses::Loss;
use super::models::Model;
use super::noise::{Dropout, Noise};
use super::pairs::Pairs;
use super::{Batch, Objective};

/// The mean loss of a model on examples.
pub struct Risk {
    /// The examples as they were drawn.
    pub sample: Sample,
    /// The model.
    pub model: Box<dyn Model>,
    /// The loss.
    pub loss: Box<dyn Loss>,
    prepared: Array2<f64>,
    /// The same for lanes, where the model is linear.
    linear: Option<Examples>,
    /// The same in `f32`, where it has two weights.
    pairs: Option<Pairs>,
}

impl Risk {
    /// The risk of `model` under `loss` on `sample`.
    #[must_use]
    pub fn new(sample: Sample, model: Box<dyn Model>, loss: Box<dyn Loss>) -> Self {
        let prepared = model.prepare(sample.inputs.view());
        let targets = sample.targets.as_slice().expect("samples are contiguous");
        let linear = model.is_linear().then(|| Examples::new(prepared.view(), targets));
        let pairs = linear.as_ref().and_then(Pairs::of);
        Self { sample, model, loss, prepared, linear, pairs }
    }

    fn features(&self) -> usize {
        self.sample.inputs.ncols()
    }

    /// What the model predicts for raw inputs after training: numbers, or log-odds.
    ///
    /// Where units are normalised, it is by the running `statistics`; empty otherwise.
    #[must_use]
    pub fn predict(
        &self,
        w: ArrayView1<'_, f64>,
        statistics: &[f64],
        inputs: ArrayView2<'_, f64>,
    ) -> Vec<f64> {
        let prepared = self.model.prepare(inputs);
        let mut z = vec![0.0; prepared.nrows()];
        self.model.predict_deployed(w, statistics, prepared.view(), &mut z);
        z
    }

    fn learn_linear(
        &self,
        w: ArrayView1<'_, f64>,
        batch: Batch<'_>,
        examples: &Examples,
    ) -> (f64, Array1<f64>) {
        let part;
        let examples = match batch {
            Batch::Whole => examples,
            Batch::Members(members) => {
                part = examples.select(members);
                &part
            }
        };
        let mut gradient = vec![0.0; w.len()];
        let loss = self.learn_into(w, examples, &mut gradient);
        (loss, Array1::from(gradient))
    }

    /// The mean loss; its gradient is left in `gradient`, which is zero before.
    fn learn_into(&self, w: ArrayView1<'_, f64>, examples: &Examples, gradient: &mut [f64]) -> f64 {
        let sum = self.loss.learn_linear(w, examples, gradient);
        let count = examples.count();
        for g in gradient {
            *g = mean_of(*g, count);
        }
        mean_of(sum, count)
    }

    /// It as a gradient in lanes, where its model is linear in two weights.
    fn in_lanes(&self) -> Option<Box<dyn Herd + '_>> {
        self.loss.herd(self.pairs.as_ref()?)
    }

    /// Hands the prepared inputs and targets of a batch to `with`.
    fn on<R>(&self, batch: Batch<'_>, with: impl FnOnce(ArrayView2<'_, f64>, &[f64]) -> R) -> R {
        match batch {
            Batch::Whole => {
                let targets = self.sample.targets.as_slice().expect("samples are contiguous");
                with(self.prepared.view(), targets)
            }
            Batch::Members(members) => {
                let inputs = self.prepared.select(ndarray::Axis(0), members);
                let targets: Vec<f64> = members.iter().map(|&k| self.sample.targets[k]).collect();
                with(inputs.view(), &targets)
            }
        }
    }
}

/// Where [`Objective::herd`] gives it away.
impl Herd for Risk {
    fn drive(&self, rule: Rule, flat: f64, steps: usize, starts: &mut [Vec<f32>; 2]) {
        if let Some(herd) = self.in_lanes() {
            herd.drive(rule, flat, steps, starts);
        }
    }

    fn slopes(&self, places: &mut [Vec<f32>; 2]) {
        if let Some(herd) = self.in_lanes() {
            herd.slopes(places);
        }
    }

    fn cost(&self) -> f64 {
        self.in_lanes().map_or(f64::INFINITY, |herd| herd.cost())
    }
}

fn mean_of(sum: f64, count: usize) -> f64 {
    sum / count as f64
}

impl Objective for Risk {
    fn dimension(&self) -> usize {
        self.model.dimension(self.features())
    }

    fn weight_names(&self) -> Vec<String> {
        self.model.weight_names(self.features())
    }

    fn examples(&self) -> usize {
        self.sample.len()
    }

    fn loss(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> f64 {
        if let Some(examples) = &self.linear {
            // The gradient costs little beside it, and one loss asked for in two ways is the same to the bit.
            return self.learn_linear(w, batch, examples).0;
        }
        self.on(batch, |inputs, targets| {
            let mut z = vec![0.0; targets.len()];
            self.model.predict(w, inputs, &mut z);
            mean_of(self.loss.sum(&z, targets), targets.len())
        })
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> (f64, Array1<f64>) {
        if let Some(examples) = &self.linear {
            return self.learn_linear(w, batch, examples);
        }
        self.on(batch, |inputs, targets| {
            let mut gradient = Array1::zeros(w.len());
            let mut judge = |z: &mut [f64]| self.loss.sum_and_slopes(z, targets);
            let sum = self.model.learn(w, inputs, &mut judge, gradient.view_mut());
            (mean_of(sum, targets.len()), gradient.mapv_into(|g| mean_of(g, targets.len())))
        })
    }

    fn loss_and_slope(&self, w: [f64; 2]) -> (f64, [f64; 2]) {
        let at = ArrayView1::from(&w);
        let Some(examples) = &self.linear else {
            let (loss, gradient) = self.loss_and_gradient(at, Batch::Whole);
            return (loss, [gradient[0], gradient[1]]);
        };
        let mut slope = [0.0; 2];
        let loss = self.learn_into(at, examples, &mut slope);
        (loss, slope)
    }

    fn dropout(&self) -> Option<Dropout> {
        self.model.dropout(self.features())
    }

    fn training_pass(
        &self,
        w: ArrayView1<'_, f64>,
        batch: Batch<'_>,
        noise: &Noise,
    ) -> (f64, Array1<f64>) {
        if noise.is_none() {
            return self.loss_and_gradient(w, batch);
        }
        let dropped = noise.of(batch);
        self.on(batch, |inputs, targets| {
            let mut gradient = Array1::zeros(w.len());
            let mut judge = |z: &mut [f64]| self.loss.sum_and_slopes(z, targets);
            let sum =
                self.model.learn_dropping(w, inputs, &dropped, &mut judge, gradient.view_mut());
            (mean_of(sum, targets.len()), gradient.mapv_into(|g| mean_of(g, targets.len())))
        })
    }

    fn statistics(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>, noise: &Noise) -> Vec<f64> {
        self.on(batch, |inputs, _| self.model.statistics(w, inputs, &noise.of(batch)))
    }

    fn deployed_loss(&self, w: ArrayView1<'_, f64>, statistics: &[f64]) -> f64 {
        if statistics.is_empty() {
            return self.loss(w, Batch::Whole);
        }
        self.on(Batch::Whole, |inputs, targets| {
            let mut z = vec![0.0; targets.len()];
            self.model.predict_deployed(w, statistics, inputs, &mut z);
            mean_of(self.loss.sum(&z, targets), targets.len())
        })
    }

    fn hessian(&self, w: ArrayView1<'_, f64>) -> Array2<f64> {
        self.on(Batch::Whole, |inputs, targets| {
            let mut z = vec![0.0; targets.len()];
            self.model.predict(w, inputs, &mut z);
            let curvatures: Vec<f64> =
                z.iter().zip(targets).map(|(&z, &t)| self.loss.curvature(z, t)).collect();
            // Slopes matter to what bends by itself.
            if !self.model.is_linear() {
                self.loss.sum_and_slopes(&mut z, targets);
            }
            let hessian = self.model.curvature(w, inputs, &z, &curvatures);
            hessian.mapv_into(|h| mean_of(h, targets.len()))
        })
    }

    fn hessian_times(&self, w: ArrayView1<'_, f64>, v: ArrayView1<'_, f64>) -> Array1<f64> {
        self.on(Batch::Whole, |inputs, targets| {
            let mut z = vec![0.0; targets.len()];
            self.model.predict(w, inputs, &mut z);
            let curvatures: Vec<f64> =
                z.iter().zip(targets).map(|(&z, &t)| self.loss.curvature(z, t)).collect();
            self.loss.sum_and_slopes(&mut z, targets);
            let image = self.model.curvature_times(w, inputs, &z, &curvatures, v);
            image.mapv_into(|h| mean_of(h, targets.len()))
        })
    }

    fn filters(&self) -> Vec<Range<usize>> {
        self.model.filters(self.features())
    }

    fn herd(&self) -> Option<&dyn Herd> {
        self.in_lanes().map(|_| self as &dyn Herd)
    }

    fn is_analytic_and_dear(&self) -> bool {
        self.model.is_analytic_and_dear() && self.loss.is_analytic()
    }

    fn fill(&self, plane: &Plane, tile: &mut Tile<'_>) {
        self.on(Batch::Whole, |inputs, targets| {
            if self.model.is_linear() {
                let predictions = Affine::new(&*self.model, inputs, targets, plane, tile.grid);
                self.loss.field(&predictions, tile);
            } else if !self.model.field(inputs, targets, &*self.loss, plane, tile) {
                let mut z = vec![0.0; targets.len()];
                tile.each(|a, b| {
                    self.model.predict(plane.at(a, b).view(), inputs, &mut z);
                    mean_of(self.loss.sum(&z, targets), targets.len())
                });
            }
        });
    }
}
