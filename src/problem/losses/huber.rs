//! Huber's loss: squared near zero, straight beyond.
//!
//! ```text
//! ℓ(r) = ½ r²            |r| ≤ δ        ℓ′ = r            ℓ″ = 1
//!        δ (|r| − ½ δ)   |r| > δ        ℓ′ = δ sign r     ℓ″ = 0
//! ```
//!
//! P. Huber (1964), "Robust estimation of a location parameter", Ann. Math. Stat. 35(1). Unlike the squared error of this
//! program it has the ½ of the paper. It is convex, so there is one minimum however many outliers pull: it limits
//! what one point can do, where Welsch's loss ends it. The second derivative jumps at `|r| = δ`, where it is 1.

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
    id: "huber",
    name: "Huber",
    formula: "½r² for |r| ≤ δ, δ(|r| − ½δ) beyond",
    source: "Huber 1964",
    about: "Limits what one outlier can do, and stays convex.",
    settings: &[Setting {
        key: "delta",
        label: "bend δ",
        about: "residuals beyond δ count by their size, no longer by their square",
        kind: Kind::Number { default: 0.3, range: (0.01, 10.0), scale: Scale::Log },
    }],
    build: Build::Sure(|settings| Box::new(Huber { delta: settings.get("delta") })),
};

struct Huber {
    delta: f64,
}

impl Loss for Huber {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn value_and_slope(&self, z: f64, t: f64) -> (f64, f64) {
        let r = z - t;
        if r.abs() <= self.delta {
            (0.5 * r * r, r)
        } else {
            (self.delta * (r.abs() - 0.5 * self.delta), self.delta.copysign(r))
        }
    }

    fn is_analytic(&self) -> bool {
        false
    }

    fn curvature(&self, z: f64, t: f64) -> f64 {
        if (z - t).abs() <= self.delta { 1.0 } else { 0.0 }
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

impl lanes::Curve for Huber {
    #[inline(always)]
    fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack) {
        let r = l.sub(z, t);
        let slope = l.max(l.min(r, l.number(self.delta)), l.number(-self.delta));
        // ½r² and δ(|r| − ½δ) are both the slope times what is left of r without half the slope.
        (l.mul(slope, l.sub(r, l.mul(slope, l.number(0.5)))), slope)
    }
}
