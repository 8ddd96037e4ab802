//! The Goldstein–Price function: four minima between 3 and 840, walls to a million.
//!
//! ```text
//! L(x, y) = P(s) Q(d),     s = x + y,   d = 2x − 3y
//! P(s) = 1 + (s + 1)² (19 − 14s + 3s²),     P′ = 12 (s + 1)(s − 1)(s − 2)
//! Q(d) = 30 + d² (18 − 16d + 3d²),          Q′ = 12 d (d − 1)(d − 3)
//!
//! ∇L  = ( P′Q + 2PQ′,  P′Q − 3PQ′ )
//! ∇²L = P″Q ⎡1 1⎤ + P′Q′ ⎡ 4 −1⎤ + PQ″ ⎡ 4 −6⎤
//!           ⎣1 1⎦        ⎣−1 −6⎦       ⎣−6  9⎦
//! ```
//!
//! A. Goldstein and J. Price (1971), "On descent from local minima", Math. Comput. 25(115). The printed polynomials in
//! x and y are these two in disguise, so all minima are exact: `s ∈ {−1, 2}` and `d ∈ {0, 3}` give (−0.6, −0.4) of
//! height 30, (0, −1) of height 3, (1.2, 0.8) of height 840 and (1.8, 0.2) of height 84. Heights spread so much that
//! levels of equal steps show nothing: choose logarithmic ones.

use super::{Landscape, View};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "goldstein_price",
    name: "Goldstein–Price",
    formula: "(1 + (s + 1)²(19 − 14s + 3s²)) (30 + d²(18 − 16d + 3d²)), s = x + y, d = 2x − 3y",
    source: "Goldstein & Price 1971",
    about: "Heights from 3 to a million: η must be tiny, and SAM's gradient is another world.",
    settings: &[],
    build: Build::Sure(|_| Box::new(GoldsteinPrice)),
};

struct GoldsteinPrice;

/// A factor with its first and second derivative.
type Jet = [f64; 3];

fn p(s: f64) -> Jet {
    let e = s + 1.0;
    [
        1.0 + e * e * (19.0 + s * (3.0 * s - 14.0)),
        12.0 * e * (s - 1.0) * (s - 2.0),
        12.0 * (s * (3.0 * s - 4.0) - 1.0),
    ]
}

fn q(d: f64) -> Jet {
    [
        30.0 + d * d * (18.0 + d * (3.0 * d - 16.0)),
        12.0 * d * (d - 1.0) * (d - 3.0),
        12.0 * (d * (3.0 * d - 8.0) + 3.0),
    ]
}

impl Landscape for GoldsteinPrice {
    fn value(&self, x: f64, y: f64) -> f64 {
        p(x + y)[0] * q(2.0 * x - 3.0 * y)[0]
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let ([p, p1, _], [q, q1, _]) = (p(x + y), q(2.0 * x - 3.0 * y));
        [p1 * q + 2.0 * p * q1, p1 * q - 3.0 * p * q1]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let ([p, p1, p2], [q, q1, q2]) = (p(x + y), q(2.0 * x - 3.0 * y));
        let (along_s, both, along_d) = (p2 * q, p1 * q1, p * q2);
        let mixed = along_s - both - 6.0 * along_d;
        [
            [along_s + 4.0 * both + 4.0 * along_d, mixed],
            [mixed, along_s - 6.0 * both + 9.0 * along_d],
        ]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        vec![[0.0, -1.0], [-0.6, -0.4], [1.8, 0.2], [1.2, 0.8]]
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.5, 1.5], [-2.0, 1.0]),
            start: [-0.5, 0.1],
            eta: 0.0001,
            rho: 0.05,
        }
    }
}

impl Slope for GoldsteinPrice {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let s = l.add(x, y);
        let d = l.sub(l.add(x, x), l.mul(y, l.number(3.0)));
        let (e, s1, s2) =
            (l.add(s, l.number(1.0)), l.sub(s, l.number(1.0)), l.sub(s, l.number(2.0)));
        let bend = l.mul_add(s, l.mul_add(s, l.number(3.0), l.number(-14.0)), l.number(19.0));
        let p = l.mul_add(l.mul(e, e), bend, l.number(1.0));
        let p1 = l.mul(l.mul(e, l.number(12.0)), l.mul(s1, s2));
        let bend = l.mul_add(d, l.mul_add(d, l.number(3.0), l.number(-16.0)), l.number(18.0));
        let q = l.mul_add(l.mul(d, d), bend, l.number(30.0));
        let q1 = l
            .mul(l.mul(d, l.number(12.0)), l.mul(l.sub(d, l.number(1.0)), l.sub(d, l.number(3.0))));
        let (along_s, along_d) = (l.mul(p1, q), l.mul(p, q1));
        [l.mul_add(along_d, l.number(2.0), along_s), l.sub_product(along_d, l.number(3.0), along_s)]
    }

    fn cost(&self) -> f64 {
        30.0
    }
}
