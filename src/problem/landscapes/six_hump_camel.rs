//! The six-hump camel: six minima in mirrored pairs, of unequal sharpness.
//!
//! ```text
//! L(x, y) = (4 − 2.1x² + x⁴/3) x² + xy + (4y² − 4) y²
//!
//! ∇L  = ( 8x − 8.4x³ + 2x⁵ + y,   x − 8y + 16y³ )
//! ∇²L = ⎡ 8 − 25.2x² + 10x⁴   1          ⎤
//!       ⎣ 1                   48y² − 8   ⎦
//! ```
//!
//! L. Dixon and G. Szegő (1978), "Towards global optimisation 2", North-Holland. `L(−x, −y) = L(x, y)`. The lowest pair,
//! ±(0.0898, −0.7126), has `λ = 16.5` and 7.7; the pair ±(1.7036, −0.7961) is higher and sharper, `λ = 22.7` and 18.8. From
//! (2, −0.8) plain descent keeps to that well; SAM with `ρ = 0.1` leaves it for the lowest.

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "six_hump_camel",
    name: "Six-hump camel",
    formula: "(4 − 2.1x² + x⁴/3)x² + xy + (4y² − 4)y²",
    source: "Dixon & Szegő 1978",
    about: "Six wells; the higher ones are sharper, and SAM leaves one for the lowest.",
    settings: &[],
    build: Build::Sure(|_| Box::new(SixHumpCamel)),
};

struct SixHumpCamel;

impl Landscape for SixHumpCamel {
    fn value(&self, x: f64, y: f64) -> f64 {
        let (x2, y2) = (x * x, y * y);
        (4.0 - 2.1 * x2 + x2 * x2 / 3.0) * x2 + x * y + (4.0 * y2 - 4.0) * y2
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let x2 = x * x;
        [x * (8.0 - 8.4 * x2 + 2.0 * x2 * x2) + y, x + y * (16.0 * y * y - 8.0)]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let x2 = x * x;
        [[8.0 - 25.2 * x2 + 10.0 * x2 * x2, 1.0], [1.0, 48.0 * y * y - 8.0]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        [[0.0898, -0.7126], [1.7036, -0.7961], [1.6071, 0.5687]]
            .into_iter()
            .filter_map(|near| newton::minimum(self, near))
            .flat_map(|[x, y]| [[x, y], [-x, -y]])
            .collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.2, 2.2], [-1.2, 1.2]),
            start: [2.0, -0.8],
            eta: 0.05,
            rho: 0.1,
        }
    }
}

impl Slope for SixHumpCamel {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let (x2, y2) = (l.mul(x, x), l.mul(y, y));
        let along_x = l.mul_add(x2, l.mul_add(x2, l.number(2.0), l.number(-8.4)), l.number(8.0));
        let along_y = l.mul_add(y2, l.number(16.0), l.number(-8.0));
        [l.mul_add(x, along_x, y), l.mul_add(y, along_y, x)]
    }
}
