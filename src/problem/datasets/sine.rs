//! A sine wave with noise.
//!
//! ```text
//! y = sin(π·waves·x) + N(0, noise²),     x ∈ [−1, 1] stratified
//! ```
//!
//! The usual example of fitting a curve (C. Bishop, 2006, "Pattern Recognition and Machine Learning", section 1.1, there on
//! [0, 1] with `sin 2πx`). Polynomials bend to it, one tanh neuron follows its middle, a line only its trend.

use std::f64::consts::PI;

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "sine",
    name: "Sine wave with noise",
    formula: "y = sin(π·waves·x) + N(0, noise²)",
    source: "Bishop 2006",
    about: "A curve to be bent to: what a polynomial or a neuron makes of it.",
    settings: &[
        draw::points(100.0),
        draw::noise(0.15, "standard deviation of the points around the wave"),
        Setting {
            key: "waves",
            label: "waves",
            about: "how many whole waves fit into [−1, 1], in sin(π·waves·x)",
            kind: Kind::Number { default: 1.0, range: (0.25, 4.0), scale: Scale::Linear },
        },
    ],
    build: Build::Sure(|settings| {
        Box::new(Sine {
            points: settings.count("points"),
            noise: settings.get("noise"),
            waves: settings.get("waves"),
        })
    }),
};

struct Sine {
    points: usize,
    noise: f64,
    waves: f64,
}

impl Dataset for Sine {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["points"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let points: Vec<[f64; 2]> = draw::strata(self.points, stream)
            .into_iter()
            .map(|at| {
                let x = 2.0 * at - 1.0;
                [x, libm::sin(PI * self.waves * x) + self.noise * normal(stream)]
            })
            .collect();
        draw::curve(&points)
    }
}
