//! A mix of both gradients: the loss here, and α times what it is sharper nearby.
//!
//! ```text
//! (1 − α) g + α g_SAM = g + α (g_SAM − g)
//! ```
//!
//! α = 0 is the base, α = 1 SAM, and beyond it the difference counts for more than the loss itself.

use ndarray::Array1;

use super::Handing;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::{Here, Sight};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "mix",
    label: "mix α",
    about: "how much of the gradient at w + ε, α in (1 − α) g + α g_SAM; 1 is SAM",
    kind: Kind::Number { default: 0.8, range: (0.0, 50.0), scale: Scale::Log },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Handing> = Entry {
    id: "mixed",
    name: "mix of g and g_SAM",
    formula: "(1 − α) g + α g_SAM",
    source: "Zhao, Zhang & Hu 2022",
    about: "The gradient at w, and α times what it is another at w + ε.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Mixed { alpha: settings.get("mix") })),
};

struct Mixed {
    alpha: f64,
}

impl Handing for Mixed {
    fn hand(&mut self, here: &Here<'_>, sight: &Sight) -> Option<Array1<f64>> {
        Some(&here.gradient * (1.0 - self.alpha) + &sight.gradient * self.alpha)
    }

    fn on_an_eigenvector(&self) -> Option<f64> {
        Some(self.alpha)
    }
}
