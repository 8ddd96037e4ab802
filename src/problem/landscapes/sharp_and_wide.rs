//! A sharp and a wide well: two bowls joined by a soft minimum.
//!
//! ```text
//! A = ½ λ_s ((x + 1)²/10 + y²) − depth          the sharp bowl, a trench along x
//! B = ½ λ_w ((x − 1.5)² + y²)                    the wide bowl
//! L = −T ln( exp(−A/T) + exp(−B/T) ),   T = 0.1
//!
//! a = exp(−A/T) / (exp(−A/T) + exp(−B/T)),  b = 1 − a
//! ∇L  = a ∇A + b ∇B
//! ∇²L = a ∇²A + b ∇²B − (ab/T) (∇A − ∇B)(∇A − ∇B)ᵀ
//!
//!   L │ ╲                    ╱
//!     │  ╲ ╭╮               ╱
//!     │   ╲╯│             ╱
//!     │     │  ╱╲       ╱
//!     │     ╰─╯  ╲__●_╱
//!     │       ●  sharp: deeper, but a nudge costs much
//! ```
//!
//! Away from the ridge between them each well is its bowl to within `exp(−barrier/T)`, so its curvature is known and
//! can be set: the two sliders *are* the two sharpnesses. L is smooth, and bounded below by `−depth − T ln 2`.
//!
//! From (−1.5, 0.2) with η = 0.03 plain descent settles in the sharp well, stable there since `η λ_s = 1.8 < 2`. SAM
//! bounces across the trench, on a pure quadratic with amplitude `ηρλ_s/(2 − ηλ_s) = 9ρ`; once that reaches beyond the
//! walls, it feels only the wide bowl and is carried off. Tried over 200 steps: up to ρ = 0.06 it stays, from 0.08 it
//! leaves the trench but hangs on the ridge, and from 0.2 to 0.8 it ends in the wide well.
//!
//! The wells merge when `λ_s` and `λ_w` come close: [`Landscape::minima`] then lists the one that is left.

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "sharp_and_wide",
    name: "A sharp and a wide well",
    formula: "softmin(½λₛ((x + 1)²/10 + y²) − depth, ½λ_w((x − 1.5)² + y²))",
    source: "samscope",
    about: "The sharp well is deeper and catches plain descent; SAM ends in the wide one.",
    settings: &[
        Setting {
            key: "sharp_curvature",
            label: "sharp λ",
            about: "curvature across the sharp well, λₛ in ½λₛ((x + 1)²/10 + y²)",
            kind: Kind::Number { default: 60.0, range: (10.0, 500.0), scale: Scale::Log },
        },
        Setting {
            key: "wide_curvature",
            label: "wide λ",
            about: "curvature of the wide well, λ_w in ½λ_w((x − 1.5)² + y²)",
            kind: Kind::Number { default: 1.5, range: (0.1, 10.0), scale: Scale::Log },
        },
        Setting {
            key: "depth",
            label: "depth",
            about: "how much deeper the sharp minimum lies than the wide one",
            kind: Kind::Number { default: 0.2, range: (-1.0, 5.0), scale: Scale::Linear },
        },
    ],
    build: Build::Sure(|settings| {
        let (sharp, wide) = (settings.get("sharp_curvature"), settings.get("wide_curvature"));
        Box::new(SharpAndWide {
            sharp: Bowl {
                centre: [-1.0, 0.0],
                curvature: [sharp / ELONGATION, sharp],
                floor: -settings.get("depth"),
            },
            wide: Bowl { centre: [1.5, 0.0], curvature: [wide, wide], floor: 0.0 },
        })
    }),
};

/// The temperature T of the soft minimum. Below, the ridge is a crease that no gradient sees coming;
/// above, the wells flow into each other and their curvatures are no longer those that were set.
const SOFTNESS: f64 = 0.1;

/// The sharp well is a trench, this much flatter along x than across. A round one holds SAM however wide it bounces:
/// on the far side `ε̂` points back at the well.
const ELONGATION: f64 = 10.0;

/// In lanes no share is less than the exponential of this: what is subnormal takes a processor a hundred times as long.
const LEAST: f64 = -60.0;

struct SharpAndWide {
    sharp: Bowl,
    wide: Bowl,
}

/// `½ Σ λ_k (w_k − c_k)² + floor`.
struct Bowl {
    centre: [f64; 2],
    curvature: [f64; 2],
    floor: f64,
}

impl Bowl {
    fn value(&self, x: f64, y: f64) -> f64 {
        let (dx, dy) = (x - self.centre[0], y - self.centre[1]);
        0.5 * (self.curvature[0] * dx * dx + self.curvature[1] * dy * dy) + self.floor
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        [self.curvature[0] * (x - self.centre[0]), self.curvature[1] * (y - self.centre[1])]
    }

    /// Its gradient and its value.
    #[inline(always)]
    fn in_lanes<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> ([L::Pack; 2], L::Pack) {
        let [dx, dy] = [l.sub(x, l.number(self.centre[0])), l.sub(y, l.number(self.centre[1]))];
        let gx = l.mul(dx, l.number(self.curvature[0]));
        let gy = l.mul(dy, l.number(self.curvature[1]));
        let twice = l.mul_add(gx, dx, l.mul(gy, dy));
        ([gx, gy], l.mul_add(twice, l.number(0.5), l.number(self.floor)))
    }
}

impl SharpAndWide {
    /// How much the sharp and the wide bowl have to say: positive, summing to 1.
    fn shares(&self, x: f64, y: f64) -> [f64; 2] {
        let lead = (self.wide.value(x, y) - self.sharp.value(x, y)) / SOFTNESS;
        let small = libm::exp(-lead.abs());
        let (larger, smaller) = (1.0 / (1.0 + small), small / (1.0 + small));
        if lead >= 0.0 { [larger, smaller] } else { [smaller, larger] }
    }
}

impl Landscape for SharpAndWide {
    fn value(&self, x: f64, y: f64) -> f64 {
        let (sharp, wide) = (self.sharp.value(x, y), self.wide.value(x, y));
        let apart = (sharp - wide).abs() / SOFTNESS;
        sharp.min(wide) - SOFTNESS * libm::log1p(libm::exp(-apart))
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let [a, b] = self.shares(x, y);
        let (sharp, wide) = (self.sharp.gradient(x, y), self.wide.gradient(x, y));
        [a * sharp[0] + b * wide[0], a * sharp[1] + b * wide[1]]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let [a, b] = self.shares(x, y);
        let (sharp, wide) = (self.sharp.gradient(x, y), self.wide.gradient(x, y));
        // The share is taken in before squaring: far out the product of the shares is zero, the square infinite.
        let pull = (a * b / SOFTNESS).sqrt();
        let apart = [pull * (sharp[0] - wide[0]), pull * (sharp[1] - wide[1])];
        let straight = |k: usize| a * self.sharp.curvature[k] + b * self.wide.curvature[k];
        let mixed = -apart[0] * apart[1];
        [[straight(0) - apart[0] * apart[0], mixed], [mixed, straight(1) - apart[1] * apart[1]]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        /// Closer than this, Newton's method came to one minimum from both sides.
        const SAME: f64 = 1e-6;
        let mut found: Vec<[f64; 2]> = Vec::new();
        for bowl in [&self.sharp, &self.wide] {
            if let Some([x, y]) = newton::minimum(self, bowl.centre)
                && found.iter().all(|at| (at[0] - x).abs() + (at[1] - y).abs() > SAME)
            {
                found.push([x, y]);
            }
        }
        found
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.5, 3.5], [-2.0, 2.0]),
            start: [-1.5, 0.2],
            eta: 0.03,
            rho: 0.3,
        }
    }
}

impl Slope for SharpAndWide {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let (zero, one) = (l.number(0.0), l.number(1.0));
        let (sharp, sharp_value) = self.sharp.in_lanes(l, x, y);
        let (wide, wide_value) = self.wide.in_lanes(l, x, y);
        let lead = l.mul(l.sub(wide_value, sharp_value), l.number(1.0 / SOFTNESS));
        let small = l.exp(l.max(l.sub(zero, l.abs(lead)), l.number(LEAST)));
        let larger = l.div(one, l.add(one, small));
        let smaller = l.mul(small, larger);
        let a = l.where_positive(lead, larger, smaller);
        let b = l.where_positive(lead, smaller, larger);
        [l.mul_add(a, sharp[0], l.mul(b, wide[0])), l.mul_add(a, sharp[1], l.mul(b, wide[1]))]
    }

    fn cost(&self) -> f64 {
        45.0
    }
}
