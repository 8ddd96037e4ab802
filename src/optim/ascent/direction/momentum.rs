//! Against the momentum of the steps before: where the run is heading.
//!
//! ```text
//! −v,     v ← μ v + g_SAM after the step,     v = 0 before the first
//! ```
//!
//! v is a sum of gradients, and the weights go against it: −v points ahead, as Nesterov's look does, and not up the slope.
//! It is known before the step's first pass, which is then not needed: one gradient a step. v is this ascent's own, so that
//! it goes with every base; over the heavy ball with β = μ it is the velocity of that.

use ndarray::Array1;

use super::Direction;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "mu",
    label: "memory μ",
    about: "memory of the momentum that ε is against, μ in v ← μ v + g_SAM",
    kind: Kind::Number { default: 0.9, range: (0.0, 0.999), scale: Scale::Linear },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "momentum",
    name: "momentum",
    formula: "−v, v ← μ v + g_SAM",
    source: "Becker, Altrock & Risse 2024",
    about: "Against the running sum of the gradients that were stepped by.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Momentum { mu: settings.get("mu"), sum: None })),
};

struct Momentum {
    mu: f64,
    sum: Option<Array1<f64>>,
}

impl Momentum {
    fn take_in(&mut self, gradient: &Array1<f64>) {
        let mu = self.mu;
        match &mut self.sum {
            Some(sum) => sum.zip_mut_with(gradient, |v, g| *v = mu * *v + g),
            None => self.sum = Some(gradient.clone()),
        }
    }
}

impl Direction for Momentum {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let sight = match &self.sum {
            Some(sum) => here.from(reach.along(here, (-sum).view(), oracle), oracle),
            None => here.plain(),
        };
        self.take_in(&sight.gradient);
        sight
    }

    fn is_uphill(&self) -> bool {
        false
    }

    fn pass(&mut self, here: &Here<'_>) {
        self.take_in(&here.gradient.to_owned());
    }

    fn uses_gradient(&self) -> bool {
        false
    }

    fn remembers(&self) -> bool {
        true
    }

    fn length_in_the_ball(&self) -> &'static str {
        "equal to ρ unless the momentum vanishes, as before the first step"
    }
}
