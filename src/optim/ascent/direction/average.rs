//! The moving average of the gradients: what the batches agree on.
//!
//! ```text
//! m ← (1 − θ) m + θ g,     m = 0 before the first step
//! ```
//!
//! Its length plays no part where the radius is ρ, so that the first ε is SAM's. θ = 1 is the gradient itself. Where the
//! gradient turns round faster than m follows, ε points down: an average remembers a slope that is no more.

use ndarray::Array1;

use super::Direction;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "theta",
    label: "θ",
    about: "how much of the average is new, θ in m ← (1 − θ) m + θ g",
    kind: Kind::Number { default: 0.4, range: (0.001, 1.0), scale: Scale::Linear },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "average",
    name: "average",
    formula: "m, m ← (1 − θ) m + θ g",
    source: "Li & Giannakis 2023",
    about: "The moving average of the gradients at the weights.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Average { theta: settings.get("theta"), mean: None })),
};

struct Average {
    theta: f64,
    mean: Option<Array1<f64>>,
}

impl Average {
    fn take_in(&mut self, here: &Here<'_>) -> &Array1<f64> {
        let Self { theta, mean } = self;
        let mean = mean.get_or_insert_with(|| Array1::zeros(here.w.len()));
        mean.zip_mut_with(&here.gradient, |m, g| *m = (1.0 - *theta) * *m + *theta * g);
        mean
    }
}

impl Direction for Average {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let epsilon = reach.along(here, self.take_in(here).view(), oracle);
        here.from(epsilon, oracle)
    }

    fn pass(&mut self, here: &Here<'_>) {
        self.take_in(here);
    }

    fn remembers(&self) -> bool {
        true
    }

    fn length_in_the_ball(&self) -> &'static str {
        "equal to ρ unless the average of the gradients vanishes"
    }
}
