//! The root of a product: a smooth |xy|, whose minima are the two axes.
//!
//! ```text
//! L(x, y) = √(1 + (xy)²) − 1,     q = √(1 + (xy)²)
//!
//! ∇L  = (xy/q) (y, x)
//! ∇²L = ⎡ y²/q³            xy (1 + q²)/q³ ⎤      on x = 0:  λ = y² and 0
//!       ⎣ xy (1 + q²)/q³   x²/q³          ⎦
//! ```
//!
//! Three endings of one start: descent stops on the axis where it is as flat as 2/η, unnormalised SAM where its own edge
//! is, and SAM, whose step never shrinks, drifts down to the flattest point. Y. Dai, K. Ahn and S. Sra (2023), "The
//! crucial role of normalization in sharpness-aware minimization", NeurIPS; after K. Ahn et al. (2023) on ℓ(xy).

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "product_root",
    name: "Root of a product",
    formula: "√(1 + (xy)²) − 1",
    source: "Dai, Ahn & Sra 2023",
    about: "Both axes are minima, flatter toward the origin; only SAM with its division by ‖g‖ goes all the way.",
    settings: &[],
    build: Build::Sure(|_| Box::new(ProductRoot)),
};

struct ProductRoot;

/// `√(1 + (xy)²)`.
fn root(product: f64) -> f64 {
    (1.0 + product * product).sqrt()
}

impl Landscape for ProductRoot {
    fn value(&self, x: f64, y: f64) -> f64 {
        let product = x * y;
        // Near an axis the difference of the two would lose its digits.
        product * product / (root(product) + 1.0)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let product = x * y;
        let pull = product / root(product);
        [pull * y, pull * x]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let product = x * y;
        let q = root(product);
        let cube = q * q * q;
        let mixed = product * (1.0 + q * q) / cube;
        [[y * y / cube, mixed], [mixed, x * x / cube]]
    }

    /// A few of both axes.
    fn minima(&self) -> Vec<[f64; 2]> {
        vec![[0.0, 0.0], [0.0, 1.0], [0.0, 2.0], [0.0, -1.0], [1.0, 0.0], [-1.0, 0.0]]
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.5, 1.5], [-0.5, 4.5]),
            start: [0.5, 4.0],
            eta: 0.4,
            rho: 0.1,
        }
    }
}

impl Slope for ProductRoot {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let product = l.mul(x, y);
        let root = l.sqrt(l.mul_add(product, product, l.number(1.0)));
        let pull = l.div(product, root);
        [l.mul(pull, y), l.mul(pull, x)]
    }

    fn cost(&self) -> f64 {
        20.0
    }
}
