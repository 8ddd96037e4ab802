//! The monkey saddle: two valleys for the legs and a third for the tail.
//!
//! ```text
//! L(x, y) = x³ − 3xy²,     ∇L = (3x² − 3y², −6xy),     ∇²L = 6 ⎡  x  −y ⎤
//!                                                              ⎣ −y  −x ⎦
//! ```
//!
//! The real part of `(x + iy)³` (D. Hilbert and S. Cohn-Vossen, 1932, "Anschauliche Geometrie", Springer). At the
//! origin gradient *and* Hessian vanish, so curvature says nothing there; elsewhere the eigenvalues are `±6√(x² + y²)`.
//! SAM with a ball that covers the centre sees slopes of both sides and stays, where plain descent slides off.
//!
//! The loss falls like a cube: in a valley a run of gradient descent leaves every bound after finitely many steps.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "monkey_saddle",
    name: "Monkey saddle",
    formula: "x³ − 3xy²",
    source: "Hilbert & Cohn-Vossen 1932",
    about: "Three valleys meet in a point without curvature; SAM lingers there.",
    settings: &[],
    build: Build::Sure(|_| Box::new(MonkeySaddle)),
};

struct MonkeySaddle;

impl Landscape for MonkeySaddle {
    fn value(&self, x: f64, y: f64) -> f64 {
        x * (x * x - 3.0 * y * y)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        // Factored, since x² − y² cancels along the valleys' rims.
        [3.0 * (x - y) * (x + y), -6.0 * x * y]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        [[6.0 * x, -6.0 * y], [-6.0 * y, -6.0 * x]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.2, 1.2], [-1.0, 1.0]),
            start: [0.8, 0.05],
            eta: 0.005,
            rho: 0.2,
        }
    }
}

impl Slope for MonkeySaddle {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let across = l.mul(l.sub(x, y), l.add(x, y));
        [l.mul(across, l.number(3.0)), l.mul(l.mul(x, y), l.number(-6.0))]
    }
}
