//! The Styblinski–Tang function: four minima, the deepest of them the sharpest.
//!
//! ```text
//! L(x, y) = ½ Σ (x⁴ − 16x² + 5x),     ∂x = 2x³ − 16x + 5/2,     ∂xx = 6x² − 16
//! ```
//!
//! M. Styblinski and T.-S. Tang (1990), "Experiments in nonconvex optimization: stochastic approximation with function
//! smoothing and simulated annealing", Neural Networks 3(4). The coordinates do not mix: each has a minimum at −2.9035
//! (`λ = 34.6`) and a higher one at 2.7468 (`λ = 29.3`). Curvatures differ little, so SAM bounces where plain descent
//! rests and chooses nothing: sharpness-awareness helps where wells differ in sharpness. With a ball of `ρ = 1` it
//! does not come down at all and hangs on the summit between the four.

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "styblinski_tang",
    name: "Styblinski–Tang",
    formula: "½(x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)",
    source: "Styblinski & Tang 1990",
    about: "Four wells that are about equally sharp: here SAM has nothing to choose.",
    settings: &[],
    build: Build::Sure(|_| Box::new(StyblinskiTang)),
};

struct StyblinskiTang;

fn slope(x: f64) -> f64 {
    x * (2.0 * x * x - 16.0) + 2.5
}

fn bend(x: f64) -> f64 {
    6.0 * x * x - 16.0
}

impl Landscape for StyblinskiTang {
    fn value(&self, x: f64, y: f64) -> f64 {
        let half = |x: f64| 0.5 * x * (x * (x * x - 16.0) + 5.0);
        half(x) + half(y)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        [slope(x), slope(y)]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        [[bend(x), 0.0], [0.0, bend(y)]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        let places = [-2.9035, 2.7468];
        places
            .into_iter()
            .flat_map(|x| places.map(|y| [x, y]))
            .filter_map(|near| newton::minimum(self, near))
            .collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-4.5, 4.5], [-4.5, 4.5]),
            start: [0.3, -1.0],
            eta: 0.03,
            rho: 0.2,
        }
    }
}

impl Slope for StyblinskiTang {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let (bend, steep, tilt) = (l.number(2.0), l.number(-16.0), l.number(2.5));
        let along_x = l.mul_add(l.mul(x, x), bend, steep);
        let along_y = l.mul_add(l.mul(y, y), bend, steep);
        [l.mul_add(x, along_x, tilt), l.mul_add(y, along_y, tilt)]
    }
}
