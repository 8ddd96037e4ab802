//! Beale's function: one minimum at the end of a flat valley, high walls at the corners.
//!
//! ```text
//! L(x, y) = Σ_k (c_k − x (1 − yᵏ))²,     k = 1, 2, 3,   c = 1.5, 2.25, 2.625
//!
//! r_k = c_k − x (1 − yᵏ),   ∂r_k = ( yᵏ − 1,  k x yᵏ⁻¹ )
//! ∇L  = 2 Σ r_k ∂r_k
//! ∇²L = 2 Σ ∂r_k ∂r_kᵀ + r_k ⎡ 0        k yᵏ⁻¹         ⎤
//!                            ⎣ k yᵏ⁻¹   k (k−1) x yᵏ⁻² ⎦
//! ```
//!
//! E. Beale (1958), "On an iterative method of finding a local minimum of a function of more than one variable",
//! technical report 25, Princeton. The minimum is (3, ½). Toward `x → −∞`, `y → 1` another valley falls for ever without
//! a minimum; from the default start plain descent rattles in its mouth, SAM is thrown out and ends in the valley of
//! the minimum. The walls grow like `x²y⁶`: a ball of `ρ = 0.2` next to them sends a run out of the picture.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "beale",
    name: "Beale",
    formula: "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
    source: "Beale 1958",
    about: "A flat valley with the minimum, a false one beside it, and walls that throw a run out.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Beale)),
};

struct Beale;

/// One residual with its derivatives.
struct Residual {
    r: f64,
    rx: f64,
    ry: f64,
    rxy: f64,
    ryy: f64,
}

fn residuals(x: f64, y: f64) -> [Residual; 3] {
    let (y2, y3) = (y * y, y * y * y);
    [
        Residual { r: 1.5 - x * (1.0 - y), rx: y - 1.0, ry: x, rxy: 1.0, ryy: 0.0 },
        Residual {
            r: 2.25 - x * (1.0 - y2),
            rx: y2 - 1.0,
            ry: 2.0 * x * y,
            rxy: 2.0 * y,
            ryy: 2.0 * x,
        },
        Residual {
            r: 2.625 - x * (1.0 - y3),
            rx: y3 - 1.0,
            ry: 3.0 * x * y2,
            rxy: 3.0 * y2,
            ryy: 6.0 * x * y,
        },
    ]
}

impl Landscape for Beale {
    fn value(&self, x: f64, y: f64) -> f64 {
        residuals(x, y).iter().map(|k| k.r * k.r).sum()
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        residuals(x, y)
            .iter()
            .fold([0.0, 0.0], |[gx, gy], k| [gx + 2.0 * k.r * k.rx, gy + 2.0 * k.r * k.ry])
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let [xx, xy, yy] = residuals(x, y).iter().fold([0.0; 3], |[xx, xy, yy], k| {
            [
                xx + 2.0 * k.rx * k.rx,
                xy + 2.0 * (k.rx * k.ry + k.r * k.rxy),
                yy + 2.0 * (k.ry * k.ry + k.r * k.ryy),
            ]
        });
        [[xx, xy], [xy, yy]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        vec![[3.0, 0.5]]
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.0, 4.0], [-1.5, 2.5]),
            start: [-1.0, 0.5],
            eta: 0.02,
            rho: 0.1,
        }
    }
}

impl Slope for Beale {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let (one, zero) = (l.number(1.0), l.number(0.0));
        let y2 = l.mul(y, y);
        let y3 = l.mul(y2, y);
        let (mut slope_x, mut slope_y) = (zero, zero);
        // What residual k says by x is yᵏ − 1, and by y it is k x yᵏ⁻¹.
        let parts = [(1.5, y, one), (2.25, y2, l.add(y, y)), (2.625, y3, l.mul(y2, l.number(3.0)))];
        for (c, power, by_y) in parts {
            let by_x = l.sub(power, one);
            let r = l.mul_add(x, by_x, l.number(c));
            let twice = l.add(r, r);
            slope_x = l.mul_add(twice, by_x, slope_x);
            slope_y = l.mul_add(twice, by_y, slope_y);
        }
        [slope_x, l.mul(x, slope_y)]
    }

    fn cost(&self) -> f64 {
        20.0
    }
}
