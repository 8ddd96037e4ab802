//! The smooth hinge: nothing to pay on the right side of the margin.
//!
//! ```text
//! margin m = (2t − 1) z
//! ℓ(m) = ½ − m         m ≤ 0            ℓ′ = −1         ℓ″ = 0
//!        ½ (1 − m)²    0 < m < 1        ℓ′ = m − 1      ℓ″ = 1
//!        0             1 ≤ m            ℓ′ = 0          ℓ″ = 0
//! ```
//!
//! J. Rennie and N. Srebro (2005), "Loss functions for preference levels: regression with discrete ordered labels", IJCAI
//! multidisciplinary workshop on preference handling. Where every margin is wide the loss is exactly level: the minimum
//! is a region with no curvature, and SAM has no gradient to climb.

use ndarray::ArrayView1;

use super::{Loss, linear};
use crate::catalog::{Build, Entry};
use crate::math::fast::{Lanes, Several};
use crate::problem::affine::Affine;
use crate::problem::datasets::Task;
use crate::problem::examples::Examples;
use crate::problem::flock::Herd;
use crate::problem::grid::Tile;
use crate::problem::lanes;
use crate::problem::pairs::{Fit, Pairs};

pub(super) static ENTRY: Entry<dyn Loss> = Entry {
    id: "smooth_hinge",
    name: "Smooth hinge",
    formula: "½ − m for m ≤ 0, ½(1 − m)² for m < 1, 0 beyond; m = (2t − 1)z",
    source: "Rennie & Srebro 2005",
    about: "Points beyond the margin cost nothing: where all are, the ground is level.",
    settings: &[],
    build: Build::Sure(|_| Box::new(SmoothHinge)),
};

struct SmoothHinge;

impl Loss for SmoothHinge {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn value_and_slope(&self, z: f64, t: f64) -> (f64, f64) {
        let side = 2.0 * t - 1.0;
        let margin = side * z;
        if margin <= 0.0 {
            (0.5 - margin, -side)
        } else if margin < 1.0 {
            let short = 1.0 - margin;
            (0.5 * short * short, -side * short)
        } else {
            (0.0, 0.0)
        }
    }

    fn is_analytic(&self) -> bool {
        false
    }

    fn curvature(&self, z: f64, t: f64) -> f64 {
        let side = 2.0 * t - 1.0;
        let margin = side * z;
        if 0.0 < margin && margin < 1.0 { side * side } else { 0.0 }
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
        predictions.mean_of_predictions(tile, self);
    }
}

impl lanes::Curve for SmoothHinge {
    #[inline(always)]
    fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack) {
        let (zero, one, half) = (l.number(0.0), l.number(1.0), l.number(0.5));
        let side = l.sub(l.add(t, t), one);
        let short = l.sub(one, l.mul(side, z));
        let counted = l.max(l.min(short, one), zero);
        // All three pieces are the counted part times what is left of 1 − m without half of it.
        let value = l.mul(counted, l.sub(short, l.mul(counted, half)));
        (value, l.sub(zero, l.mul(side, counted)))
    }
}
