//! The quartic product: minima on two hyperbolas, and a loss that grows faster than a parabola away from them.
//!
//! ```text
//! L(x, y) = ¼ (x²y² − 1)²,     r = x²y² − 1
//!
//! ∇L  = r xy (y, x)
//! ∇²L = ⎡ y²(3x²y² − 1)    2xy(2x²y² − 1) ⎤      on xy = ±1:  λ = 2(x² + y²) and 0
//!       ⎣ 2xy(2x²y² − 1)   x²(3x²y² − 1)  ⎦
//! ```
//!
//! The minimal example of training at the edge of stability: wherever descent starts near a hyperbola that is too sharp,
//! it ends where ηλ/2 is just below one. X. Zhu, Z. Wang, X. Wang, M. Zhou and R. Ge (2023), "Understanding
//! edge-of-stability training dynamics with a minimalist example", ICLR.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "quartic_product",
    name: "Quartic product",
    formula: "¼(x²y² − 1)²",
    source: "Zhu et al. 2023",
    about: "Minima on xy = ±1; descent that starts too sharp settles just below λ = 2/η.",
    settings: &[],
    build: Build::Sure(|_| Box::new(QuarticProduct)),
};

struct QuarticProduct;

impl Landscape for QuarticProduct {
    fn value(&self, x: f64, y: f64) -> f64 {
        let product = x * y;
        let r = product * product - 1.0;
        0.25 * r * r
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let product = x * y;
        let pull = (product * product - 1.0) * product;
        [pull * y, pull * x]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let product = x * y;
        let square = product * product;
        let mixed = 2.0 * product * (2.0 * square - 1.0);
        let own = 3.0 * square - 1.0;
        [[y * y * own, mixed], [mixed, x * x * own]]
    }

    /// The flattest, and a few of the rest of both curves.
    fn minima(&self) -> Vec<[f64; 2]> {
        let half = [[1.0, 1.0], [2.0, 0.5], [0.5, 2.0]];
        let turned = |signs: [f64; 2]| half.map(|[x, y]| [signs[0] * x, signs[1] * y]);
        [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]].into_iter().flat_map(turned).collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-0.5, 3.0], [-0.5, 2.5]),
            start: [2.35, 0.434],
            eta: 0.1,
            rho: 0.1,
        }
    }
}

impl Slope for QuarticProduct {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let product = l.mul(x, y);
        let pull = l.mul(l.mul_add(product, product, l.number(-1.0)), product);
        [l.mul(pull, y), l.mul(pull, x)]
    }
}
