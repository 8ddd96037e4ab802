//! Adaptive SAM: a ball that is as wide in a weight as that weight is large.
//!
//! ```text
//! T = diag(|w| + c),     ball { ε : ‖T⁻¹ε‖_p ≤ ρ } = { T u : ‖u‖_p ≤ ρ }
//! ε̂ = T û(T g),          û the maximizer of the round ball
//!
//!    p = 2   ρ T²g / ‖Tg‖₂          p = ∞   ρ T sign(g)          p = 1   only where |T g| is largest
//! ```
//!
//! since `gᵀε = gᵀT u = (T g)ᵀu`. J. Kwon, J. Kim, H. Park and I. Choi (2021), "ASAM: Adaptive Sharpness-Aware
//! Minimization for scale-invariant learning of deep neural networks", ICML, for p = 2 and ∞; other p follow alike.
//! Scaling a weight up and its partner down, as in `½(uv − 1)²`, changes neither the loss nor (for c = 0) the ball's
//! reach, so the sharpness that ASAM sees is the same all along such a valley.
//!
//! Every weight is scaled, biases among them, as the paper's T is written; the authors' code leaves the biases of a
//! network unscaled (T = 1 there). The two differ for models that have biases.

use ndarray::ArrayView1;

use super::{Ascent, Here, Oracle, Sight};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::norm::Ball;
use crate::optim::neighbourhood::Neighbourhood;

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "asam",
    name: "Adaptive SAM",
    formula: "ε̂ = T û(T g), T = diag(|w| + c)",
    source: "Kwon et al. 2021",
    about: "The ball grows with the weights, so that rescaling them does not change what is called sharp.",
    settings: &[Setting {
        key: "asam_c",
        label: "c",
        about: "how wide the ball is where a weight is zero, c in T = diag(|w| + c)",
        kind: Kind::Number { default: 0.01, range: (0.0, 1.0), scale: Scale::Log },
    }],
    build: Build::Sure(|settings| Box::new(Asam { c: settings.get("asam_c") })),
};

struct Asam {
    c: f64,
}

impl Ascent for Asam {
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight {
        let scale = here.w.mapv(|w| w.abs() + self.c);
        let stretched = &scale * &here.gradient;
        here.from(scale * oracle.steepest(here.ball, stretched.view()), oracle)
    }

    fn neighbourhood(&self, w: ArrayView1<'_, f64>, ball: Ball) -> Option<Neighbourhood> {
        Some(Neighbourhood::stretched(ball, w.mapv(|w| w.abs() + self.c)))
    }

    fn length_of_epsilon(&self) -> &'static str {
        "not ρ: it is ‖T⁻¹ε‖ that is equal to ρ unless the gradient vanishes"
    }
}
