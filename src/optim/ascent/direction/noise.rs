//! What an average leaves of the gradient: the part that is special about this batch.
//!
//! ```text
//! m ← λ m + (1 − λ) g,     g − σ m,     m = 0 before the first step
//! ```
//!
//! m has taken in the gradient of this step before it is subtracted. σ = 0 is the gradient itself.

use ndarray::Array1;

use super::Direction;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[
    Setting {
        key: "sigma",
        label: "σ",
        about: "how much of the average is taken off, σ in g − σ m",
        kind: Kind::Number { default: 1.0, range: (0.0, 2.0), scale: Scale::Linear },
    },
    Setting {
        key: "lambda",
        label: "memory λ",
        about: "memory of the average, λ in m ← λ m + (1 − λ) g",
        kind: Kind::Number { default: 0.9, range: (0.0, 0.999), scale: Scale::Linear },
    },
];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "noise",
    name: "noise",
    formula: "g − σ m, m ← λ m + (1 − λ) g",
    source: "Li et al. 2024",
    about: "The gradient without its moving average.",
    settings: SETTINGS,
    build: Build::Sure(|settings| {
        Box::new(Noise { sigma: settings.get("sigma"), lambda: settings.get("lambda"), mean: None })
    }),
};

struct Noise {
    sigma: f64,
    lambda: f64,
    mean: Option<Array1<f64>>,
}

impl Noise {
    fn take_in(&mut self, here: &Here<'_>) -> &Array1<f64> {
        let Self { lambda, mean, .. } = self;
        let mean = mean.get_or_insert_with(|| Array1::zeros(here.w.len()));
        mean.zip_mut_with(&here.gradient, |m, g| *m = *lambda * *m + (1.0 - *lambda) * g);
        mean
    }
}

impl Direction for Noise {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let sigma = self.sigma;
        let noise = &here.gradient - &(self.take_in(here) * sigma);
        here.from(reach.along(here, noise.view(), oracle), oracle)
    }

    fn pass(&mut self, here: &Here<'_>) {
        self.take_in(here);
    }

    fn remembers(&self) -> bool {
        true
    }

    fn length_in_the_ball(&self) -> &'static str {
        "equal to ρ unless g − σm vanishes"
    }
}
