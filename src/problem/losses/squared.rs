//! The squared error: every residual counts by its square.
//!
//! ```text
//! ℓ(r) = r²,    ℓ′(r) = 2r,    ℓ″(r) = 2,    r = z − t
//! ```
//!
//! A.-M. Legendre (1805), "Nouvelles méthodes pour la détermination des orbites des comètes". There is no ½ in front,
//! as in the libraries' "mean squared error": curvatures are twice those of the textbook's ½r². With a model that is
//! linear in its weights the risk is a quadratic with one minimum, so the data decides how sharp it is and nothing else.

use ndarray::ArrayView1;

use super::{Loss, linear};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::affine::Affine;
use crate::problem::datasets::Task;
use crate::problem::examples::Examples;
use crate::problem::flock::Herd;
use crate::problem::grid::Tile;
use crate::problem::lanes;
use crate::problem::pairs::{Fit, Pairs};

pub(super) static ENTRY: Entry<dyn Loss> = Entry {
    id: "squared",
    name: "Squared error",
    formula: "(z − t)²",
    source: "Legendre 1805",
    about: "Least squares: one outlier outweighs many small residuals.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Squared)),
};

struct Squared;

impl Loss for Squared {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn value_and_slope(&self, z: f64, t: f64) -> (f64, f64) {
        let r = z - t;
        (r * r, 2.0 * r)
    }

    fn is_analytic(&self) -> bool {
        true
    }

    fn curvature(&self, _: f64, _: f64) -> f64 {
        2.0
    }

    fn learn_linear(
        &self,
        w: ArrayView1<'_, f64>,
        examples: &Examples,
        gradient: &mut [f64],
    ) -> f64 {
        linear::learn(self, w, examples, gradient)
    }

    fn herd<'a>(&'a self, pairs: &'a Pairs) -> Option<Box<dyn Herd + 'a>> {
        Some(Box::new(Fit { curve: self, pairs }))
    }

    fn field(&self, predictions: &Affine<'_>, tile: &mut Tile<'_>) {
        predictions.mean_square(tile, 1.0);
    }
}

impl lanes::Curve for Squared {
    #[inline(always)]
    fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack) {
        let r = l.sub(z, t);
        (l.mul(r, r), l.add(r, r))
    }
}
