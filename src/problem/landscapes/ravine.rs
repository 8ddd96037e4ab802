//! The ravine: a straight floor of minima that is flattest in the middle.
//!
//! ```text
//! L(x, y) = ½ (1 + y²) x²,     ∇L = ( (1 + y²) x,  x² y ),     ∇²L = ⎡ 1 + y²   2xy ⎤
//!                                                                    ⎣ 2xy      x²  ⎦
//! ```
//!
//! Every point of `x = 0` is a minimum with `λ = 1 + y²`. SAM bounces across the floor with `x = ±c`, where the
//! gradient has a part `c² y` along it: it drifts to `y = 0`. This is the smallest example of what P. Bartlett, P. Long
//! and O. Bousquet (2022), "The dynamics of Sharpness-Aware Minimization: bouncing across ravines and drifting towards
//! wide minima", prove: on the floor SAM descends the largest eigenvalue.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "ravine",
    name: "Ravine",
    formula: "½(1 + y²)x²",
    source: "Bartlett, Long & Bousquet 2023",
    about: "Minima all along x = 0: SAM bounces across and drifts to the widest, y = 0.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Ravine)),
};

struct Ravine;

impl Landscape for Ravine {
    fn value(&self, x: f64, y: f64) -> f64 {
        0.5 * (1.0 + y * y) * x * x
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        [(1.0 + y * y) * x, x * x * y]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let mixed = 2.0 * x * y;
        [[1.0 + y * y, mixed], [mixed, x * x]]
    }

    /// The widest, and a few of the rest of the floor.
    fn minima(&self) -> Vec<[f64; 2]> {
        [0.0, 1.0, -1.0, 2.0, -2.0].map(|y| [0.0, y]).to_vec()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.5, 1.5], [-0.5, 2.3]),
            start: [1.0, 2.0],
            eta: 0.2,
            rho: 0.2,
        }
    }
}

impl Slope for Ravine {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let square = l.mul(x, x);
        [l.mul_add(l.mul(y, y), x, x), l.mul(square, y)]
    }
}
