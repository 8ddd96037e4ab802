//! ρ stretched by the weights: as wide in a weight as that weight is large.
//!
//! ```text
//! T = diag(|w| + c),     ball { ε : ‖T⁻¹ε‖_p ≤ ρ } = { T u : ‖u‖_p ≤ ρ }
//! ε = T û(T d),          û the maximizer of the round ball
//! ```
//!
//! since `dᵀε = dᵀT u = (T d)ᵀu`.

use ndarray::{Array1, ArrayView1};

use super::Reach;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::norm::Ball;
use crate::optim::ascent::{Here, Oracle};
use crate::optim::neighbourhood::Neighbourhood;

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "asam_c",
    label: "c",
    about: "how wide the ball is where a weight is zero, c in T = diag(|w| + c)",
    kind: Kind::Number { default: 0.01, range: (0.0, 1.0), scale: Scale::Log },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Reach> = Entry {
    id: "weights",
    name: "ρ(|w| + c)",
    formula: "T û(T d), T = diag(|w| + c)",
    source: "Kwon et al. 2021",
    about: "As wide in a weight as that weight is large.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Weights { c: settings.get("asam_c") })),
};

struct Weights {
    c: f64,
}

impl Reach for Weights {
    fn along(&self, here: &Here<'_>, d: ArrayView1<'_, f64>, oracle: &Oracle<'_>) -> Array1<f64> {
        let scale = here.w.mapv(|w| w.abs() + self.c);
        let stretched = &scale * &d;
        scale * oracle.steepest(here.ball, stretched.view())
    }

    fn to(&self, here: &Here<'_>, epsilon: Array1<f64>) -> Array1<f64> {
        here.w.mapv(|w| w.abs() + self.c) * epsilon
    }

    fn neighbourhood(&self, w: ArrayView1<'_, f64>, ball: Ball) -> Option<Neighbourhood> {
        Some(Neighbourhood::stretched(ball, w.mapv(|w| w.abs() + self.c)))
    }

    fn length_of_epsilon(&self) -> Option<&'static str> {
        Some("not ρ: it is ‖T⁻¹ε‖ that is equal to ρ unless the gradient vanishes")
    }
}
