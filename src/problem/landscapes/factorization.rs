//! The scalar factorization: a whole curve of minima, each as sharp as it is unbalanced.
//!
//! ```text
//! L(u, v) = ½ (uv − 1)²,     r = uv − 1
//!
//! ∇L  = r (v, u)
//! ∇²L = ⎡ v²       2uv − 1 ⎤       v │╲
//!       ⎣ 2uv − 1  u²      ⎦         │ ╲ sharp
//!                                    │  ╲_  ● (1, 1): flattest, λ = 2
//! on uv = 1:  λ = u² + v² and 0      │    ╲──___
//!                                    └────────────╴ u   sharp again
//! ```
//!
//! The smallest network with two layers. Gradient descent stops where it meets the curve `uv = 1`; SAM keeps
//! bouncing across it and drifts along it, toward the balanced weights `u = v = ±1`, where `λ_max = u² + v²` is least.
//!
//! There is no minimum elsewhere: the origin is a saddle with eigenvalues ±1. Gradient descent keeps `u² − v²` nearly
//! constant (exactly so as η → 0; S. Arora, N. Cohen and E. Hazan, 2018, "On the optimization of deep networks:
//! implicit acceleration by overparameterization", ICML), which is why it cannot come to balance by itself.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "factorization",
    name: "Scalar factorization",
    formula: "½(uv − 1)²",
    source: "Arora, Cohen & Hazan 2018",
    about: "Every point of uv = 1 is a minimum; SAM drifts along it to the flattest, u = v.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Factorization)),
};

struct Factorization;

impl Landscape for Factorization {
    fn value(&self, u: f64, v: f64) -> f64 {
        let r = u * v - 1.0;
        0.5 * r * r
    }

    fn gradient(&self, u: f64, v: f64) -> [f64; 2] {
        let r = u * v - 1.0;
        [r * v, r * u]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, u: f64, v: f64) -> [[f64; 2]; 2] {
        let mixed = 2.0 * u * v - 1.0;
        [[v * v, mixed], [mixed, u * u]]
    }

    /// The two flattest, and a few of the rest of the curve.
    fn minima(&self) -> Vec<[f64; 2]> {
        let half = [[1.0, 1.0], [2.0, 0.5], [0.5, 2.0], [4.0, 0.25], [0.25, 4.0]];
        half.iter().copied().chain(half.iter().map(|[u, v]| [-u, -v])).collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-0.5, 3.5], [-0.5, 2.5]),
            start: [3.0, 0.2],
            eta: 0.05,
            rho: 0.1,
        }
    }

    fn axes(&self) -> [&'static str; 2] {
        ["u", "v"]
    }
}

impl Slope for Factorization {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, u: L::Pack, v: L::Pack) -> [L::Pack; 2] {
        let r = l.sub(l.mul(u, v), l.number(1.0));
        [l.mul(r, v), l.mul(r, u)]
    }
}
