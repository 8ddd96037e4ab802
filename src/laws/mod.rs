//! Laws: what the optimizers must do, put next to what they did.
//!
//! Each law was derived on paper, apart from the code that is judged by it; the file of a law shows the derivation. The
//! same findings are the project's tests and the table of `samscope check`. A law about a loss that is no landscape of
//! the catalogue brings that loss with it.

use std::sync::Arc;

use ndarray::{Array1, ArrayView1};

use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::run::Setup;
use crate::problem::{Formula, Objective, landscapes};

mod bare;
mod maximizer;
mod step;
mod bounce;
mod penalty;
mod factorization;
mod ravine;
mod worst_case;
mod sharpness;
mod wells;
mod margins;
mod symmetry;
mod variants;
mod table;
mod edges;

/// One law, checked once.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What must hold, with the case it was checked on.
    pub law: String,
    /// Where it was published; "—" for what follows from the definitions.
    pub source: &'static str,
    /// The number on paper.
    pub expected: f64,
    /// The number that was computed.
    pub found: f64,
    /// How far apart the two may be.
    pub tolerance: f64,
}

impl Finding {
    /// `|found − expected|`.
    #[must_use]
    pub fn error(&self) -> f64 {
        (self.found - self.expected).abs()
    }

    /// Whether the law was found to hold. A number that is none is never right.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.error() <= self.tolerance
    }
}

/// Checks every law. Takes some tenths of a second.
#[must_use]
pub fn check() -> Vec<Finding> {
    let chapters: [fn() -> Vec<Finding>; 14] = [
        maximizer::check,
        step::check,
        bounce::check,
        penalty::check,
        factorization::check,
        ravine::check,
        worst_case::check,
        sharpness::check,
        wells::check,
        margins::check,
        symmetry::check,
        variants::check,
        table::check,
        edges::check,
    ];
    chapters.iter().flat_map(|check| check()).collect()
}

/// The ball of exponent `p` and radius `rho`, both of which the laws write down themselves.
fn ball(p: f64, rho: f64) -> Ball {
    Ball {
        norm: Norm::new(p).expect("laws use exponents of 1 or more"),
        rho: Radius::new(rho).expect("laws use radii of zero or more"),
    }
}

/// `½(uv − 1)²`.
fn factorization() -> Arc<dyn Objective> {
    let landscape = landscapes::ALL.choose("factorization").expect("the factorization is listed");
    Arc::new(Formula(landscape.build()))
}

/// `½(λ₁u² + λ₂v²)`, turned by `angle` degrees.
fn quadratic([first, second]: [f64; 2], angle: f64) -> Arc<dyn Objective> {
    let landscape = landscapes::ALL
        .choose("quadratic")
        .expect("the quadratic is listed")
        .with("curvature1", first)
        .and_then(|choice| choice.with("curvature2", second))
        .and_then(|choice| choice.with("angle", angle))
        .expect("laws use curvatures and angles in range");
    Arc::new(Formula(landscape.build()))
}

/// Plain SAM over plain descent from `start`.
fn sam(
    objective: &Arc<dyn Objective>,
    start: [f64; 2],
    eta: f64,
    ball: Ball,
    steps: usize,
) -> Setup {
    Setup::new(Arc::clone(objective), Array1::from(start.to_vec()), eta, ball, steps)
}

/// The ascent called `id`, with one setting.
fn ascent(id: &str, key: &str, value: f64) -> Choice<dyn crate::optim::ascent::Ascent> {
    crate::optim::ascent::ALL
        .choose(id)
        .expect("laws name ascents that are listed")
        .with(key, value)
        .expect("laws use settings in range")
}

fn apart(a: ArrayView1<'_, f64>, b: ArrayView1<'_, f64>) -> f64 {
    Norm::L2.length((&a - &b).view())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_law_holds() {
        let broken: Vec<_> = check().into_iter().filter(|finding| !finding.holds()).collect();
        assert!(broken.is_empty(), "{broken:#?}");
    }

    #[test]
    fn a_number_that_is_none_breaks_its_law() {
        let law = String::new();
        let finding =
            Finding { law, source: "—", expected: 0.0, found: f64::NAN, tolerance: 1.0 };
        assert!(!finding.holds());
    }
}
