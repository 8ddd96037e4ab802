//! The saddle: flat at its centre, and no minimum anywhere.
//!
//! ```text
//! L(x, y) = ½ (x² − y²),     ∇L = (x, −y),     ∇²L = diag(1, −1)
//! ```
//!
//! Gradient descent shrinks `x` by `1 − η` and grows `y` by `1 + η` a step, so it escapes unless it starts on `y = 0`.
//! SAM with `p = 2` sees `y (1 − ρ/r)` instead of `y`, `r = √(x² + y²)`: within the distance ρ of the centre the sign
//! has turned and the saddle *attracts*. (E. Compagnoni et al., 2023, "An SDE for modeling SAM: theory and insights",
//! ICML.) From the default start plain descent is on its way out while SAM with `ρ = 0.2` is caught.
//!
//! The loss falls without bound along y: a run that is given long enough diverges, and should.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "saddle",
    name: "Saddle",
    formula: "½(x² − y²)",
    source: "Compagnoni et al. 2023",
    about: "Plain descent leaves a saddle; within a distance of ρ it attracts SAM.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Saddle)),
};

struct Saddle;

impl Landscape for Saddle {
    fn value(&self, x: f64, y: f64) -> f64 {
        0.5 * (x * x - y * y)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        [x, -y]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, _: f64, _: f64) -> [[f64; 2]; 2] {
        [[1.0, 0.0], [0.0, -1.0]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.5, 1.5], [-1.2, 1.2]),
            start: [1.0, 0.02],
            eta: 0.02,
            rho: 0.2,
        }
    }
}

impl Slope for Saddle {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        [x, l.sub(l.number(0.0), y)]
    }
}
