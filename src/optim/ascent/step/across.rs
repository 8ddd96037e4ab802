//! The gradient at `w + ε` without a part of what g has across it.
//!
//! ```text
//! g_⊥ = g − (g·g_SAM/‖g_SAM‖²) g_SAM,     direction = g_SAM − α g_⊥
//!
//!         g ↗ ┊ g_⊥
//!         ╱   ┊
//!       w ────────▸ g_SAM
//! ```
//!
//! To first order g_⊥ leaves `L(w + ε)` alone, and going against `−g_⊥` raises `L(w)`: the gap between the two closes.
//! Along an eigenvector of a quadratic nothing is across.

use ndarray::Array1;

use super::Handing;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::optim::ascent::{Here, Sight, orthogonal};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "alpha",
    label: "α",
    about: "how much of the orthogonal part is taken off, α in g_SAM − α g_⊥",
    kind: Kind::Number { default: 0.4, range: (0.0, 5.0), scale: Scale::Linear },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Handing> = Entry {
    id: "across",
    name: "g_SAM less g across it",
    formula: "g_SAM − α g_⊥, g_⊥ = the part of g orthogonal to g_SAM",
    source: "Zhuang et al. 2022",
    about: "The gradient at w + ε, less α times what g has at right angles to it.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Across { alpha: settings.get("alpha") })),
};

struct Across {
    alpha: f64,
}

impl Handing for Across {
    fn hand(&mut self, here: &Here<'_>, sight: &Sight) -> Option<Array1<f64>> {
        let across = orthogonal(here.gradient, sight.gradient.view());
        Some(&sight.gradient - &(across * self.alpha))
    }

    fn on_an_eigenvector(&self) -> Option<f64> {
        Some(1.0)
    }
}
