//! Himmelblau's function: four minima of equal depth and unequal sharpness.
//!
//! ```text
//! L(x, y) = (x² + y − 11)² + (x + y² − 7)²,     p = x² + y − 11,  q = x + y² − 7
//!
//! ∇L  = ( 4xp + 2q,  2p + 4yq )
//! ∇²L = ⎡ 4p + 8x² + 2   4x + 4y         ⎤
//!       ⎣ 4x + 4y        4q + 8y² + 2    ⎦
//! ```
//!
//! D. Himmelblau (1972), "Applied nonlinear programming", McGraw-Hill. `λ_max` is 82.3 at (3, 2), 80.6 at
//! (−2.81, 3.13), 134 at (−3.78, −3.28) and 105 at (3.58, −1.85): all four are zeros, only curvature tells them apart.
//! Between them lie four saddles. From the default start both runs first slide down to the one at (−0.13, −1.95):
//! plain descent leaves it for a minimum, while SAM with `ρ = 0.3` hovers there, because near a saddle `ε̂` reaches
//! across the unstable axis. (That SAM is drawn to saddles: E. Compagnoni et al., 2023, "An SDE for modeling SAM:
//! theory and insights", ICML.)

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "himmelblau",
    name: "Himmelblau",
    formula: "(x² + y − 11)² + (x + y² − 7)²",
    source: "Himmelblau 1972",
    about: "Four minima of equal depth with saddles between; SAM can hang on a saddle.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Himmelblau)),
};

struct Himmelblau;

impl Landscape for Himmelblau {
    fn value(&self, x: f64, y: f64) -> f64 {
        let (p, q) = (x * x + y - 11.0, x + y * y - 7.0);
        p * p + q * q
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let (p, q) = (x * x + y - 11.0, x + y * y - 7.0);
        [4.0 * x * p + 2.0 * q, 2.0 * p + 4.0 * y * q]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let (p, q) = (x * x + y - 11.0, x + y * y - 7.0);
        let mixed = 4.0 * (x + y);
        [[4.0 * p + 8.0 * x * x + 2.0, mixed], [mixed, 4.0 * q + 8.0 * y * y + 2.0]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        // The other three are roots of a cubic; these digits are where Newton's method starts.
        [[3.0, 2.0], [-2.805, 3.131], [-3.779, -3.283], [3.584, -1.848]]
            .into_iter()
            .filter_map(|near| newton::minimum(self, near))
            .collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-5.0, 5.0], [-5.0, 5.0]),
            start: [0.0, -3.0],
            eta: 0.01,
            rho: 0.3,
        }
    }
}

impl Slope for Himmelblau {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let p = l.mul_add(x, x, l.sub(y, l.number(11.0)));
        let q = l.mul_add(y, y, l.sub(x, l.number(7.0)));
        let [x, y, p, q] = [l.add(x, x), l.add(y, y), l.add(p, p), l.add(q, q)];
        [l.mul_add(x, p, q), l.mul_add(y, q, p)]
    }
}
