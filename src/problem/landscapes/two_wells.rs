//! Two wells of one depth: one is narrow across, the other is round.
//!
//! ```text
//! L(x, y) = −F − S,     F = exp(−(x − 2)² − y²),     S = exp(−x² − 100 y²)
//!
//! ∇L  = ( 2(x − 2) F + 2x S,  2y F + 200y S )
//! ∇²L = ⎡ (2 − 4(x − 2)²) F + (2 − 4x²) S    −4(x − 2)y F − 400xy S            ⎤
//!       ⎣ …                                  (2 − 4y²) F + (200 − 40000y²) S   ⎦
//! ```
//!
//! The example of the Optax documentation on SAM (`DeepMind`, 2023). The sharp minimum is (0.0425, 0) with `λ = 199.7`,
//! the flat one (1.9565, 0) with `λ = 6.3`. From (−0.4, −0.4) with η = 0.01, just below the sharp well's edge `2/λ`, plain
//! descent ends in the sharp well; SAM with `ρ = 0.1` looks past its walls and ends in the flat one, bouncing
//! between (1.959210, ±0.001700). That takes thousands of steps, since the plain between the wells is nearly level; the
//! default start is nearer to where the two runs part.
//!
//! Far from both wells the gradient underflows to zero: there is nothing to descend.

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "two_wells",
    name: "Two wells",
    formula: "−exp(−(x − 2)² − y²) − exp(−x² − 100y²)",
    source: "Optax 2023",
    about: "Equal depth, thirtyfold difference in curvature: SAM passes the narrow well by.",
    settings: &[],
    build: Build::Sure(|_| Box::new(TwoWells)),
};

struct TwoWells;

/// The depth of the flat and of the sharp well at a point.
fn depths(x: f64, y: f64) -> [f64; 2] {
    let dx = x - 2.0;
    [libm::exp(-dx * dx - y * y), libm::exp(-x * x - 100.0 * y * y)]
}

impl Landscape for TwoWells {
    fn value(&self, x: f64, y: f64) -> f64 {
        let [flat, sharp] = depths(x, y);
        -flat - sharp
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        self.value_and_gradient(x, y).1
    }

    fn value_and_gradient(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        let [flat, sharp] = depths(x, y);
        let gradient =
            [2.0 * (x - 2.0) * flat + 2.0 * x * sharp, 2.0 * y * flat + 200.0 * y * sharp];
        (-flat - sharp, gradient)
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let [flat, sharp] = depths(x, y);
        let dx = x - 2.0;
        let mixed = -4.0 * dx * y * flat - 400.0 * x * y * sharp;
        [
            [(2.0 - 4.0 * dx * dx) * flat + (2.0 - 4.0 * x * x) * sharp, mixed],
            [mixed, (2.0 - 4.0 * y * y) * flat + (200.0 - 40000.0 * y * y) * sharp],
        ]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        [[0.0425, 0.0], [1.9565, 0.0]]
            .into_iter()
            .filter_map(|near| newton::minimum(self, near))
            .collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.0, 3.0], [-1.0, 1.0]),
            start: [0.8, -0.2],
            eta: 0.0095,
            rho: 0.2,
        }
    }
}

impl Slope for TwoWells {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let (dx, minus_y2) = (l.sub(x, l.number(2.0)), l.sub(l.number(0.0), l.mul(y, y)));
        let flat = l.exp(l.sub_product(dx, dx, minus_y2));
        let sharp = l.exp(l.sub_product(x, x, l.mul(minus_y2, l.number(100.0))));
        let (flat, sharp) = (l.add(flat, flat), l.add(sharp, sharp));
        let across = l.mul_add(sharp, l.number(100.0), flat);
        [l.mul_add(dx, flat, l.mul(x, sharp)), l.mul(y, across)]
    }

    fn cost(&self) -> f64 {
        35.0
    }
}
