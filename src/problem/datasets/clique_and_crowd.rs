//! The clique and the crowd: a few who agree almost exactly against many who agree roughly.
//!
//! ```text
//! crowd    y = −0.8 x + 0.9 + N(0, noise²)          x ∈ [−1, 1],       stratified
//! clique   y =  1.2 x − 0.9 + N(0, clique_noise²)   x ∈ [−2.5, 2.5],   stratified
//! ```
//!
//! Fitted with a line and a loss that forgives outliers, the clique's minimum at `(1.2, −0.9)` is deep and sharp and
//! the crowd's at `(−0.8, 0.9)` is wide: descent that starts near the clique joins it, unless it looks around itself.
//! Stratified `x` (one point in each of n equal cells) keeps every sample's story the same.

use ndarray::{Array1, Array2};
use rand::RngExt as _;

use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::{Stream, normal};

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "clique_and_crowd",
    name: "The clique and the crowd",
    formula: "crowd y = −0.8x + 0.9 ± 0.25, clique y = 1.2x − 0.9 ± 0.02",
    source: "samscope",
    about: "Two lines in one cloud: the clique's minimum is sharp, the crowd's is wide.",
    settings: &[
        Setting {
            key: "crowd",
            label: "crowd",
            about: "how many points follow y = −0.8x + 0.9 roughly",
            kind: Kind::Number { default: 180.0, range: (1.0, 2000.0), scale: Scale::Whole },
        },
        Setting {
            key: "clique",
            label: "clique",
            about: "how many points follow y = 1.2x − 0.9 closely",
            kind: Kind::Number { default: 90.0, range: (1.0, 2000.0), scale: Scale::Whole },
        },
        Setting {
            key: "noise",
            label: "noise",
            about: "standard deviation of the crowd around its line, y = −0.8x + 0.9 + N(0, noise²)",
            kind: Kind::Number { default: 0.25, range: (0.0, 2.0), scale: Scale::Linear },
        },
        Setting {
            key: "clique_noise",
            label: "clique noise",
            about: "standard deviation of the clique around its line, y = 1.2x − 0.9 + N(0, clique noise²)",
            kind: Kind::Number { default: 0.02, range: (0.0, 2.0), scale: Scale::Log },
        },
    ],
    build: Build::Sure(|settings| {
        Box::new(CliqueAndCrowd {
            crowd: Line {
                points: settings.count("crowd"),
                slope: -0.8,
                intercept: 0.9,
                reach: 1.0,
                noise: settings.get("noise"),
            },
            clique: Line {
                points: settings.count("clique"),
                slope: 1.2,
                intercept: -0.9,
                reach: 2.5,
                noise: settings.get("clique_noise"),
            },
        })
    }),
};

struct CliqueAndCrowd {
    crowd: Line,
    clique: Line,
}

/// Points along `y = slope·x + intercept`, `x ∈ [−reach, reach]`.
struct Line {
    points: usize,
    slope: f64,
    intercept: f64,
    reach: f64,
    noise: f64,
}

impl Line {
    fn draw(&self, stream: &mut Stream) -> Vec<(f64, f64)> {
        let cell = 2.0 * self.reach / self.points as f64;
        let mut left = -self.reach;
        (0..self.points)
            .map(|_| {
                let x = left + cell * stream.random::<f64>();
                left += cell;
                let jitter = normal(stream);
                (x, self.slope * x + self.intercept + self.noise * jitter)
            })
            .collect()
    }
}

impl Dataset for CliqueAndCrowd {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["crowd", "clique"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let crowd = self.crowd.draw(stream);
        let clique = self.clique.draw(stream);
        let groups = (0..crowd.len()).map(|_| 0).chain((0..clique.len()).map(|_| 1)).collect();
        let (inputs, targets): (Vec<_>, Vec<_>) = crowd.into_iter().chain(clique).unzip();
        Sample {
            inputs: Array2::from_shape_fn((inputs.len(), 1), |(row, _)| inputs[row]),
            targets: Array1::from(targets),
            groups,
        }
    }
}
