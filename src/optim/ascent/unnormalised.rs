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
//!
//! Along an eigenvector of a quadratic, `w ← (1 − ηλ(1 + ρλ)) w`: over plain descent it is stable iff `ηλ(1 + ρλ) < 2`
//! (A. Agarwala and Y. Dauphin, 2023, "SAM operates far from home: eigenvalue regularization as a dynamical phenomenon",
//! ICML).

use ndarray::ArrayView1;

use super::{Ascent, Here, Oracle, Sight};
use crate::catalog::{Build, Entry};
use crate::math::norm::Ball;
use crate::optim::base::Base;
use crate::optim::mistake::Climb;
use crate::optim::neighbourhood::Neighbourhood;
use crate::optim::stability::{self, Curvature, Edge};

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
        let epsilon = &here.gradient * here.ball.rho.get();
        here.from(oracle.taken(epsilon, here.gradient, here.ball), oracle)
    }

    fn climb(&self) -> Climb {
        Climb::Gradient
    }

    fn neighbourhood(&self, _: ArrayView1<'_, f64>, _: Ball) -> Option<Neighbourhood> {
        None
    }

    fn edge(&self, base: &dyn Base, at: &stability::At) -> Option<Edge> {
        base.is_plain_descent().then(|| Edge {
            lambda: stability::of_sam(at.eta, at.ball.rho.get(), 1.0),
            label: "unnormalised SAM’s edge",
            formula: "stable iff ηλ(1 + ρλ) < 2",
            of: Curvature::Hessian,
        })
    }

    fn length_of_epsilon(&self) -> &'static str {
        "ρ‖g‖: as far as the gradient is long"
    }
}
