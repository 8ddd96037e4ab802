//! The rim: a hill in the middle of a round valley.
//!
//! ```text
//! L(x, y) = (r² − 1)²,   r² = x² + y²
//!
//! ∇L  = 4 (r² − 1) (x, y)
//! ∇²L = 4 (r² − 1) I + 8 (x, y)ᵀ(x, y)       on the rim: λ = 8 across, 0 along
//! ```
//!
//! Every point of the circle r = 1 is a minimum, and the origin is a maximum. SAM with 1 < ρ < 2 stops on the ring
//! `r = ρ − 1` inside, where ε reaches over the origin to the other side of the rim and finds no slope there, though at w
//! there is one. After C. Park, U. Jang, E. Ryu and I. Yang (2025), arXiv:2509.21818, on minimizers that SAM makes up; the
//! function is ours.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "rim",
    name: "Rim",
    formula: "(x² + y² − 1)²",
    source: "after Park et al. 2025",
    about: "A round valley about a hill; SAM with 1 < ρ < 2 stops on a slope inside, at r = ρ − 1.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Rim)),
};

struct Rim;

impl Landscape for Rim {
    fn value(&self, x: f64, y: f64) -> f64 {
        let above = x * x + y * y - 1.0;
        above * above
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let pull = 4.0 * (x * x + y * y - 1.0);
        [pull * x, pull * y]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let pull = 4.0 * (x * x + y * y - 1.0);
        let mixed = 8.0 * x * y;
        [[pull + 8.0 * x * x, mixed], [mixed, pull + 8.0 * y * y]]
    }

    /// A few of the circle.
    fn minima(&self) -> Vec<[f64; 2]> {
        vec![[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]]
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.8, 1.8], [-1.5, 1.5]),
            start: [0.9, 0.6],
            eta: 0.01,
            rho: 1.5,
        }
    }
}

impl Slope for Rim {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let above = l.mul_add(x, x, l.mul_add(y, y, l.number(-1.0)));
        let pull = l.mul(above, l.number(4.0));
        [l.mul(pull, x), l.mul(pull, y)]
    }
}
