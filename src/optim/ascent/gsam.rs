//! GSAM: descend the perturbed loss and *ascend* along what the perturbed gradient leaves open.
//!
//! ```text
//! g_⊥ = g − (g·g_SAM/‖g_SAM‖²) g_SAM,     direction = g_SAM − α g_⊥
//!
//!         g ↗ ┊ g_⊥
//!         ╱   ┊
//!       w ────────▸ g_SAM
//! ```
//!
//! To first order g_⊥ leaves `L(w + ε)` alone, and going against `−g_⊥` raises `L(w)`: the gap between the two
//! closes. J. Zhuang et al. (2022), "Surrogate gap minimization improves sharpness-aware training", ICLR, algorithm 1.
//! α = 0 is SAM.

use super::{Ascent, Here, Oracle, Sight, orthogonal};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "gsam",
    name: "GSAM",
    formula: "g_SAM − α g_⊥, g_⊥ = the part of g orthogonal to g_SAM",
    source: "Zhuang et al. 2022",
    about: "Lowers the loss nearby and the gap to it at the same time.",
    settings: &[Setting {
        key: "alpha",
        label: "α",
        about: "how much of the orthogonal part is taken off, α in g_SAM − α g_⊥",
        kind: Kind::Number { default: 0.4, range: (0.0, 5.0), scale: Scale::Linear },
    }],
    build: Build::Sure(|settings| Box::new(Gsam { alpha: settings.get("alpha") })),
};

struct Gsam {
    alpha: f64,
}

impl Ascent for Gsam {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        let sight = here.from(oracle.steepest(here.ball, here.gradient), oracle);
        let across = orthogonal(here.gradient, sight.gradient.view());
        let direction = &sight.gradient - &(across * self.alpha);
        Sight { direction: Some(direction), ..sight }
    }
}
