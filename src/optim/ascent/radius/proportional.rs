//! A radius that is proportional: the longer what is climbed, the farther the look.
//!
//! ```text
//! ε = ρ d
//! ```
//!
//! Here ρ is no radius (it has the unit of η) and there is no ball, so the norm plays no part.
//!
//! Along an eigenvector of a quadratic, `w ← (1 − ηλ(1 + ρλ)) w`: over plain descent it is stable iff `ηλ(1 + ρλ) < 2`
//! (A. Agarwala and Y. Dauphin, 2023, "SAM operates far from home: eigenvalue regularization as a dynamical phenomenon",
//! ICML).

use ndarray::{Array1, ArrayView1};

use super::{Reach, Told};
use crate::catalog::{Build, Entry};
use crate::math::norm::{Ball, Norm};
use crate::optim::ascent::{Here, Oracle};
use crate::optim::mistake::Climb;
use crate::optim::neighbourhood::Neighbourhood;

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Reach> = Entry {
    id: "proportional",
    name: "ρ‖d‖",
    formula: "ρ d",
    source: "Andriushchenko & Flammarion 2022",
    about: "As long as what is climbed is: far looks on steep ground, none near a minimum.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Proportional)),
};

struct Proportional;

impl Reach for Proportional {
    fn along(&self, here: &Here<'_>, d: ArrayView1<'_, f64>, oracle: &Oracle<'_>) -> Array1<f64> {
        let epsilon = &d * here.ball.rho.get();
        oracle.taken(epsilon, d, here.ball)
    }

    /// What was found otherwise has no length of its own: it is taken as long as the gradient is.
    fn to(&self, here: &Here<'_>, epsilon: Array1<f64>) -> Array1<f64> {
        epsilon * Norm::L2.length(here.gradient)
    }

    fn neighbourhood(&self, _: ArrayView1<'_, f64>, _: Ball) -> Option<Neighbourhood> {
        None
    }

    fn climb(&self) -> Climb {
        Climb::Gradient
    }

    fn on_an_eigenvector(&self, ball: Ball, _: f64) -> Option<(f64, f64)> {
        Some((ball.rho.get(), 1.0))
    }

    fn edge(&self) -> Option<Told> {
        Some(Told { label: "unnormalised SAM’s edge", formula: "stable iff ηλ(1 + ρλ) < 2" })
    }

    fn edge_of_a_mix(&self) -> Option<Told> {
        Some(Told { label: "the mix’s edge", formula: "stable iff ηλ(1 + αρλ) < 2" })
    }

    fn length_of_epsilon(&self) -> Option<&'static str> {
        Some("ρ‖g‖: as far as the gradient is long")
    }
}
