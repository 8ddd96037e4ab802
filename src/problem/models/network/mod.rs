//! A small fully connected network.
//!
//! ```text
//! a⁰ = x,     uˡ = Wˡ aˡ⁻¹ + bˡ,     aˡ = φ(uˡ),     z = Wᴸ aᴸ⁻¹ + bᴸ
//! ```
//!
//! Backpropagation: D. Rumelhart, G. Hinton and R. Williams (1986), "Learning representations by back-propagating
//! errors", Nature 323. Weights lie layer by layer, `W¹` row by row, `b¹`, `W²`, …, the biases perturbed by SAM like the
//! rest. They start normal with variance `2/(in + out)` under tanh (X. Glorot and Y. Bengio, 2010) and `2/in` under ReLU
//! and GELU (K. He et al., 2015), biases at zero, drawn from the scene's seed.
//!
//! Examples are worked on in blocks, several at a time in lanes; a sum over examples is kept in eight parts and folded at
//! the end, so that every processor gives the same bits.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use super::Model;
use crate::catalog::{Kind, Scale, Setting, Settings};
use crate::math::random::{self, Stream};
use crate::problem::datasets::Task;
use crate::problem::grid::{Plane, Tile, Window};
use crate::problem::landscapes::View;
use crate::problem::losses::Loss;
use crate::problem::noise::{Dropout, Dropped};

pub(super) mod classes;
pub(super) mod curve;
mod shape;
mod activation;
mod products;
mod tape;
mod backward;
mod tangent;
mod hessian;
mod batchwise;
mod field_layers;
mod field;

use activation::Activation;
use batchwise::field::BatchwiseField;
use batchwise::{Batchwise, Without};
use field::NetworkField;
use shape::Shape;
use tape::{Depth, Tape};

/// What both networks can be tuned by.
const SETTINGS: &[Setting] = &[
    Setting {
        key: "layers",
        label: "hidden layers",
        about: "how many layers of hidden units there are",
        kind: Kind::Number { default: 2.0, range: (1.0, 3.0), scale: Scale::Whole },
    },
    Setting {
        key: "units",
        label: "units",
        about: "how many units each hidden layer has",
        kind: Kind::Number { default: 8.0, range: (1.0, 32.0), scale: Scale::Whole },
    },
    Setting {
        key: "activation",
        label: "activation φ",
        about: "what a hidden unit does with its sum",
        kind: Kind::Choice { names: Activation::NAMES },
    },
    Setting {
        key: "normalization",
        label: "normalize",
        about: "batch: every hidden unit's sum is brought to mean 0 and variance 1 over the batch",
        kind: Kind::Choice { names: &["none", "batch"] },
    },
    Setting {
        key: "dropout",
        label: "dropout",
        about: "the part of the hidden units that every training step leaves out at random",
        kind: Kind::Number { default: 0.0, range: (0.0, 0.9), scale: Scale::Linear },
    },
];

/// A fully connected network with one output.
struct Network {
    task: Task,
    layers: usize,
    units: usize,
    activation: Activation,
    normalised: bool,
    dropout: f64,
}

impl Network {
    fn new(task: Task, settings: &Settings) -> Self {
        Self {
            task,
            layers: settings.count("layers"),
            units: settings.count("units"),
            activation: Activation::named(settings.choice("activation")),
            normalised: settings.choice("normalization") == "batch",
            dropout: settings.get("dropout"),
        }
    }

    fn shape(&self, features: usize) -> Shape {
        if self.normalised {
            Shape::normalised(features, self.layers, self.units)
        } else {
            Shape::new(features, self.layers, self.units)
        }
    }

    /// Runs examples forward layer by layer, past the units that are `dropped`.
    fn batchwise<'a>(
        &self,
        shape: &'a Shape,
        w: &'a [f64],
        prepared: ArrayView2<'_, f64>,
        dropped: &[Dropped],
        z: &mut [f64],
    ) -> Batchwise<'a> {
        let without = Without { dropped, rate: self.dropout };
        Batchwise::record(shape, self.activation, w, prepared, without, z)
    }
}

impl Model for Network {
    fn task(&self) -> Task {
        self.task
    }

    fn takes(&self, features: usize) -> bool {
        features > 0
    }

    fn prepare(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        inputs.to_owned()
    }

    fn dimension(&self, features: usize) -> usize {
        self.shape(features).dimension()
    }

    fn weight_names(&self, features: usize) -> Vec<String> {
        self.shape(features).names()
    }

    fn predict(&self, w: ArrayView1<'_, f64>, prepared: ArrayView2<'_, f64>, z: &mut [f64]) {
        let shape = self.shape(prepared.ncols());
        let w = w.to_vec();
        if self.normalised {
            self.batchwise(&shape, &w, prepared, &[], z);
        } else {
            Tape::record(&shape, self.activation, &w, prepared, Depth::Values, z);
        }
    }

    fn predict_deployed(
        &self,
        w: ArrayView1<'_, f64>,
        statistics: &[f64],
        prepared: ArrayView2<'_, f64>,
        z: &mut [f64],
    ) {
        if self.normalised {
            let (shape, w) = self.shape(prepared.ncols()).folded(&w.to_vec(), statistics);
            Tape::record(&shape, self.activation, &w, prepared, Depth::Values, z);
        } else {
            self.predict(w, prepared, z);
        }
    }

    fn statistics(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        dropped: &[Dropped],
    ) -> Vec<f64> {
        if !self.normalised {
            return Vec::new();
        }
        let (shape, w) = (self.shape(prepared.ncols()), w.to_vec());
        let mut z = vec![0.0; prepared.nrows()];
        self.batchwise(&shape, &w, prepared, dropped, &mut z).statistics()
    }

    fn dropout(&self, features: usize) -> Option<Dropout> {
        let units = self.shape(features).units();
        (self.dropout > 0.0).then_some(Dropout { rate: self.dropout, units })
    }

    fn pull_back(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        gradient: ArrayViewMut1<'_, f64>,
    ) {
        self.learn(
            w,
            prepared,
            &mut |z| {
                z.copy_from_slice(slopes);
                0.0
            },
            gradient,
        );
    }

    fn learn(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        judge: &mut dyn FnMut(&mut [f64]) -> f64,
        gradient: ArrayViewMut1<'_, f64>,
    ) -> f64 {
        if self.normalised {
            return self.learn_dropping(w, prepared, &[], judge, gradient);
        }
        let shape = self.shape(prepared.ncols());
        let w = w.to_vec();
        let mut z = vec![0.0; prepared.nrows()];
        let tape = Tape::record(&shape, self.activation, &w, prepared, Depth::Slopes, &mut z);
        let sum = judge(&mut z);
        backward::add_gradient(&shape, &tape, &w, &z, gradient);
        sum
    }

    fn learn_dropping(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        dropped: &[Dropped],
        judge: &mut dyn FnMut(&mut [f64]) -> f64,
        gradient: ArrayViewMut1<'_, f64>,
    ) -> f64 {
        let (shape, w) = (self.shape(prepared.ncols()), w.to_vec());
        let mut z = vec![0.0; prepared.nrows()];
        let pass = self.batchwise(&shape, &w, prepared, dropped, &mut z);
        let sum = judge(&mut z);
        pass.add_gradient(&z, gradient);
        sum
    }

    fn curvature(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        curvatures: &[f64],
    ) -> Array2<f64> {
        let shape = self.shape(prepared.ncols());
        let w = w.to_vec();
        let mut z = vec![0.0; prepared.nrows()];
        if self.normalised {
            let pass = self.batchwise(&shape, &w, prepared, &[], &mut z);
            return pass.curvature(slopes, curvatures);
        }
        let tape = Tape::record(&shape, self.activation, &w, prepared, Depth::Bends, &mut z);
        hessian::curvature(&shape, &tape, &w, slopes, curvatures)
    }

    fn curvature_times(
        &self,
        w: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        curvatures: &[f64],
        v: ArrayView1<'_, f64>,
    ) -> Array1<f64> {
        let shape = self.shape(prepared.ncols());
        let w = w.to_vec();
        let mut z = vec![0.0; prepared.nrows()];
        let v = v.to_vec();
        if self.normalised {
            let pass = self.batchwise(&shape, &w, prepared, &[], &mut z);
            return pass.curvature_times(slopes, curvatures, &v).into();
        }
        let tape = Tape::record(&shape, self.activation, &w, prepared, Depth::Bends, &mut z);
        tangent::curvature_times(&shape, &tape, &w, slopes, curvatures, &v).into()
    }

    fn filters(&self, features: usize) -> Vec<Range<usize>> {
        self.shape(features).filters()
    }

    fn is_linear(&self) -> bool {
        false
    }

    fn is_analytic_and_dear(&self) -> bool {
        self.activation != Activation::Relu
    }

    fn field(
        &self,
        prepared: ArrayView2<'_, f64>,
        targets: &[f64],
        loss: &dyn Loss,
        plane: &Plane,
        tile: &mut Tile<'_>,
    ) -> bool {
        let shape = &self.shape(prepared.ncols());
        let (activation, inputs) = (self.activation, prepared);
        if self.normalised {
            BatchwiseField { shape, activation, inputs, targets, loss, plane }.fill(tile);
            return true;
        }
        NetworkField { shape, activation, inputs, targets, loss, plane }.fill(tile)
    }

    fn view(&self) -> View {
        let (eta, rho) = match self.task {
            Task::Classification => (0.2, 0.1),
            Task::Regression => (0.05, 0.05),
        };
        View { window: Window::new([-1.0, 1.0], [-1.0, 1.0]), start: [0.0, 0.0], eta, rho }
    }

    fn start(&self, features: usize, stream: &mut Stream) -> Array1<f64> {
        let shape = self.shape(features);
        let mut start = vec![0.0; shape.dimension()];
        for layer in &shape.layers {
            start[layer.gains()].fill(1.0);
            let variance = self.activation.first_variance(layer.columns, layer.rows);
            for weight in &mut start[layer.weights()] {
                let normal = random::normal(stream);
                *weight = libm::sqrt(variance) * normal;
            }
        }
        start.into()
    }
}

#[cfg(test)]
mod tests;
