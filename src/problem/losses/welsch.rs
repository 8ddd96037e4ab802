//! The Welsch loss: a residual beyond a few `s` costs no more than one that far.
//!
//! ```text
//! ℓ(r) = 1 − exp(−r²/2s²),    ℓ′(r) = (r/s²) exp(−r²/2s²),    ℓ″(r) = (1 − r²/s²)/s² · exp(−r²/2s²)
//! ```
//!
//! J. Dennis and R. Welsch (1978), "Techniques for nonlinear least squares and robust regression", Commun. Stat.
//! Simul. Comput. 7(4). Some write it with a factor `s²`; without it the loss lies between 0 and 1.

use ndarray::ArrayView1;

use super::{Loss, linear};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::fast::{Lanes, Several};
use crate::problem::affine::Affine;
use crate::problem::datasets::Task;
use crate::problem::examples::Examples;
use crate::problem::flock::Herd;
use crate::problem::grid::Tile;
use crate::problem::lanes;
use crate::problem::pairs::{Fit, Pairs};

pub(super) static ENTRY: Entry<dyn Loss> = Entry {
    id: "welsch",
    name: "Welsch",
    formula: "1 − exp(−r²/2s²)",
    source: "Dennis & Welsch 1978",
    about: "Forgives outliers, so that several groups of points each keep a minimum.",
    settings: &[Setting {
        key: "s",
        label: "scale s",
        about: "residuals much larger than s count alike: 1 − exp(−r²/2s²)",
        kind: Kind::Number { default: 0.3, range: (0.05, 5.0), scale: Scale::Log },
    }],
    build: Build::Sure(|settings| Box::new(Welsch { scale: settings.get("s") })),
};

struct Welsch {
    scale: f64,
}

impl Loss for Welsch {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn value_and_slope(&self, z: f64, t: f64) -> (f64, f64) {
        let u = (z - t) / self.scale;
        let bell = libm::exp(-0.5 * u * u);
        (1.0 - bell, u * bell / self.scale)
    }

    fn is_analytic(&self) -> bool {
        true
    }

    fn curvature(&self, z: f64, t: f64) -> f64 {
        let u = (z - t) / self.scale;
        (1.0 - u * u) * libm::exp(-0.5 * u * u) / (self.scale * self.scale)
    }

    fn sum_and_slopes(&self, z: &mut [f64], targets: &[f64]) -> f64 {
        lanes::sum_and_slopes(self, z, targets)
    }

    fn sum(&self, z: &[f64], targets: &[f64]) -> f64 {
        lanes::sum(self, z, targets)
    }

    fn learn_linear(
        &self,
        w: ArrayView1<'_, f64>,
        examples: &Examples,
        gradient: &mut [f64],
    ) -> f64 {
        linear::learn(self, w, examples, gradient)
    }

    fn sum_at_pixel(&self, z: Several<'_>, targets: Several<'_>) -> f64 {
        lanes::sum_at_pixel(self, z, targets)
    }

    fn herd<'a>(&'a self, pairs: &'a Pairs) -> Option<Box<dyn Herd + 'a>> {
        Some(Box::new(Fit { curve: self, pairs }))
    }

    fn field(&self, predictions: &Affine<'_>, tile: &mut Tile<'_>) {
        predictions.mean_of_residuals(tile, self);
    }
}

impl lanes::Curve for Welsch {
    #[inline(always)]
    fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack) {
        let [both] = self.values_and_slopes(l, [z], [t]);
        both
    }

    #[inline(always)]
    fn values_and_slopes<L: Lanes, const N: usize>(
        &self,
        l: L,
        z: [L::Pack; N],
        t: [L::Pack; N],
    ) -> [(L::Pack, L::Pack); N] {
        let (one, shrink) = (l.number(1.0), l.number(1.0 / self.scale));
        let (mut u, mut depth) = (z, z);
        for k in 0..N {
            u[k] = l.mul(l.sub(z[k], t[k]), shrink);
            depth[k] = l.mul(l.mul(u[k], u[k]), l.number(-0.5));
        }
        let bell = l.exps(depth);
        let mut both = [(one, one); N];
        for k in 0..N {
            both[k] = (l.sub(one, bell[k]), l.mul(l.mul(u[k], bell[k]), shrink));
        }
        both
    }
}
