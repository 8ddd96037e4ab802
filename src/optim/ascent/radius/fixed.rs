//! The radius ρ: ε is as long as the ball is wide, however steep it is there.
//!
//! ```text
//! ε̂(d) = argmax { dᵀε : ‖ε‖_p ≤ ρ }
//! ```
//!
//! For p = 2 over plain descent a step along an eigenvector of a quadratic shortens w iff `ηλ(1 + ρλ/‖g‖) ≤ 2`
//! (P. Long and P. Bartlett, 2023): its edge is that of the step, and moves with `‖g‖`.

use ndarray::{Array1, ArrayView1};

use super::{Reach, Told, is_round};
use crate::catalog::{Build, Entry};
use crate::math::norm::Ball;
use crate::optim::ascent::{Here, Oracle};

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Reach> = Entry {
    id: "fixed",
    name: "ρ",
    formula: "ε̂(d)",
    source: "Foret et al. 2021",
    about: "As long as the ball is wide, however steep it is there.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Fixed)),
};

struct Fixed;

impl Reach for Fixed {
    fn along(&self, here: &Here<'_>, d: ArrayView1<'_, f64>, oracle: &Oracle<'_>) -> Array1<f64> {
        oracle.steepest(here.ball, d)
    }

    fn to(&self, _: &Here<'_>, epsilon: Array1<f64>) -> Array1<f64> {
        epsilon
    }

    fn on_an_eigenvector(&self, ball: Ball, gradient_norm: f64) -> Option<(f64, f64)> {
        is_round(ball).then(|| (ball.rho.get(), gradient_norm))
    }

    fn edge(&self) -> Option<Told> {
        Some(Told { label: "SAM’s edge", formula: "stable iff ηλ(1 + ρλ/‖g‖) ≤ 2" })
    }

    fn edge_of_a_mix(&self) -> Option<Told> {
        Some(Told {
            label: "the mix’s edge", formula: "stable iff ηλ(1 + αρλ/‖g‖) ≤ 2"
        })
    }
}
