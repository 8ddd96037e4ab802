//! Linear regression in any number of dimensions.
//!
//! ```text
//! y = wᵀx + b + N(0, noise²),     x_k ~ N(0, σ_k²),  σ_k² from 1 down to 1/condition in equal ratios,     w_k, b ~ N(0, 1)
//! ```
//!
//! With the squared error the loss is a quadratic whose Hessian is known up to sampling: twice the inputs' covariance, and
//! 2 for the bias. `condition` stretches the bowl: descent is stable while `η < 2/λ_max ≈ 1`, and its slowest direction
//! takes `condition` times as long. (A. Hoerl and R. Kennard, 1970, "Ridge regression", Technometrics 12(1), on what
//! ill-conditioning does to least squares.) The teacher's weights are drawn from the same seed as the points.

use ndarray::{Array1, Array2};

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "linear_task",
    name: "Linear task",
    formula: "y = w·x + b + N(0, noise²), x ∈ Rᵈ",
    source: "Hoerl & Kennard 1970",
    about: "Least squares in many dimensions, seen through slices of weight space.",
    settings: &[
        draw::points(512.0),
        draw::noise(0.1, "standard deviation of the targets around the teacher's"),
        Setting {
            key: "dimension",
            label: "dimension d",
            about: "how many inputs there are; the model has one weight more, its bias",
            kind: Kind::Number { default: 10.0, range: (1.0, 100.0), scale: Scale::Whole },
        },
        Setting {
            key: "condition",
            label: "condition",
            about: "the largest variance of an input over the smallest",
            kind: Kind::Number { default: 10.0, range: (1.0, 1000.0), scale: Scale::Log },
        },
    ],
    build: Build::Sure(|settings| {
        Box::new(LinearTask {
            points: settings.count("points"),
            noise: settings.get("noise"),
            dimension: settings.count("dimension"),
            condition: settings.get("condition"),
        })
    }),
};

struct LinearTask {
    points: usize,
    noise: f64,
    dimension: usize,
    condition: f64,
}

impl LinearTask {
    /// The standard deviation of input `k`.
    fn scale(&self, k: usize) -> f64 {
        let last = (self.dimension - 1).max(1) as f64;
        libm::pow(self.condition, -0.5 * k as f64 / last)
    }
}

impl Dataset for LinearTask {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn features(&self) -> usize {
        self.dimension
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["points"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let bias = normal(stream);
        let teacher = Array1::from_shape_simple_fn(self.dimension, || normal(stream));
        let inputs = Array2::from_shape_fn((self.points, self.dimension), |(_, k)| {
            self.scale(k) * normal(stream)
        });
        let targets = inputs
            .rows()
            .into_iter()
            .map(|x| x.iter().zip(&teacher).map(|(x, w)| x * w).sum::<f64>() + bias)
            .map(|y| y + self.noise * normal(stream))
            .collect();
        Sample { inputs, targets, groups: vec![0; self.points] }
    }
}
