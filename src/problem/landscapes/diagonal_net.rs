//! The diagonal net: two layers of two weights each, tied, on one example (1, 2) that is to be told apart.
//!
//! ```text
//! margin  m(x, y) = x² + 2y²                  the net is w = (x², y²), the example (1, 2)
//! L = ln(1 + exp(−m)),    s = 1/(1 + exp(m))
//!
//! ∇L  = −s (2x, 4y)
//! ∇²L = s(1 − s) (2x, 4y)ᵀ(2x, 4y) − s diag(2, 4)
//! ```
//!
//! There is no minimum: the loss falls for ever along every ray, fastest along y, the major feature. Descent's share of
//! x only falls; with p = ∞ SAM kills a coordinate that starts below ρ. C. Moon, D. Si and C. Yun (2026),
//! arXiv:2603.08290; the form in the plane is ours. The origin is a maximum.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "diagonal_net",
    name: "Diagonal net",
    formula: "ln(1 + exp(−(x² + 2y²)))",
    source: "Moon, Si & Yun 2026",
    about: "Two features, one twice as strong; with p = ∞ SAM kills the one that starts below ρ.",
    settings: &[],
    build: Build::Sure(|_| Box::new(DiagonalNet)),
};

struct DiagonalNet;

/// The margin `m`.
fn margin(x: f64, y: f64) -> f64 {
    x * x + 2.0 * y * y
}

/// `s = 1/(1 + exp(m))` for `m ≥ 0`.
fn miss(m: f64) -> f64 {
    let e = libm::exp(-m);
    e / (1.0 + e)
}

impl Landscape for DiagonalNet {
    fn value(&self, x: f64, y: f64) -> f64 {
        libm::log1p(libm::exp(-margin(x, y)))
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let s = miss(margin(x, y));
        [-2.0 * x * s, -4.0 * y * s]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let s = miss(margin(x, y));
        let curved = s * (1.0 - s);
        let mixed = 8.0 * x * y * curved;
        [[4.0 * x * x * curved - 2.0 * s, mixed], [mixed, 16.0 * y * y * curved - 4.0 * s]]
    }

    /// None: the loss falls for ever.
    fn minima(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-0.5, 3.8], [-0.6, 2.4]),
            start: [0.6, 0.4],
            eta: 0.01,
            rho: 0.5,
        }
    }
}

impl Slope for DiagonalNet {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let m = l.mul_add(x, x, l.mul(l.add(y, y), y));
        let e = l.exp(l.sub(l.number(0.0), m));
        let pull = l.div(l.mul(e, l.number(-2.0)), l.add(e, l.number(1.0)));
        [l.mul(pull, x), l.mul(pull, l.add(y, y))]
    }

    fn cost(&self) -> f64 {
        25.0
    }
}
