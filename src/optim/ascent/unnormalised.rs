//! Unnormalised SAM: the longer the gradient, the farther the look.
//!
//! ```text
//! ε = ρ g
//! ```
//!
//! M. Andriushchenko and N. Flammarion (2022), "Towards understanding Sharpness-Aware Minimization", ICML. Here ρ is no
//! radius (it has the unit of η) and there is no ball, so the norm plays no part. Near a minimum ε vanishes with g: it
//! does not bounce but converges, and loses most of SAM's pull toward flat ground (Y. Dai, K. Ahn and S. Sra, 2023, "The
//! crucial role of normalization in Sharpness-Aware Minimization", `NeurIPS`).

use super::{Ascent, Here, Norms, Oracle, Sight};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "unnormalised",
    name: "Unnormalised SAM",
    formula: "ε = ρ g",
    source: "Andriushchenko & Flammarion 2022",
    about: "What goes wrong without the division by ‖g‖: far looks on steep ground, none near a minimum.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Unnormalised)),
};

struct Unnormalised;

impl Ascent for Unnormalised {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        here.from(&here.gradient * here.ball.rho.get(), oracle)
    }

    fn norms(&self) -> Norms {
        Norms::Ignored
    }
}
