//! The rotated quadratic: every smooth minimum, seen close enough.
//!
//! ```text
//! L(x, y) = ½ (λ₁ u² + λ₂ v²),   u = x cos φ + y sin φ,   v = −x sin φ + y cos φ
//! ```
//!
//! Gradient descent is stable iff `η λ_max < 2`. SAM does not converge on it: it bounces across the minimum along
//! the steepest axis with amplitude `ηρλ/(2 − ηλ)` (P. Bartlett, P. Long and O. Bousquet, 2022, "The dynamics of
//! Sharpness-Aware Minimization: bouncing across ravines and drifting towards wide minima").

use super::{Landscape, View};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "quadratic",
    name: "Rotated quadratic",
    formula: "½(λ₁u² + λ₂v²), (u, v) = (x, y) turned by φ",
    source: "Bartlett, Long & Bousquet 2023",
    about: "SAM never settles on a quadratic: it bounces across the steep axis.",
    settings: &[
        Setting {
            key: "curvature1",
            label: "λ₁",
            about: "curvature along the first axis, λ₁ in ½(λ₁u² + λ₂v²)",
            kind: Kind::Number { default: 10.0, range: (0.0, 100.0), scale: Scale::Log },
        },
        Setting {
            key: "curvature2",
            label: "λ₂",
            about: "curvature along the second axis, λ₂ in ½(λ₁u² + λ₂v²)",
            kind: Kind::Number { default: 1.0, range: (0.0, 100.0), scale: Scale::Log },
        },
        Setting {
            key: "angle",
            label: "φ",
            about: "angle φ in degrees by which the axes are turned, counter-clockwise",
            kind: Kind::Number { default: 0.0, range: (-180.0, 180.0), scale: Scale::Linear },
        },
    ],
    build: Build::Sure(|settings| {
        let angle = settings.get("angle");
        let (sin, cos) = turn(angle);
        Box::new(Quadratic {
            first: settings.get("curvature1"),
            second: settings.get("curvature2"),
            sin,
            cos,
        })
    }),
};

/// Sine and cosine of an angle in degrees, exact at the quarter turns.
fn turn(degrees: f64) -> (f64, f64) {
    if degrees % 90.0 == 0.0 {
        let quarter = (degrees / 90.0).rem_euclid(4.0);
        if quarter < 0.5 {
            (0.0, 1.0)
        } else if quarter < 1.5 {
            (1.0, 0.0)
        } else if quarter < 2.5 {
            (0.0, -1.0)
        } else {
            (-1.0, 0.0)
        }
    } else {
        libm::sincos(degrees.to_radians())
    }
}

struct Quadratic {
    first: f64,
    second: f64,
    sin: f64,
    cos: f64,
}

impl Landscape for Quadratic {
    fn value(&self, x: f64, y: f64) -> f64 {
        let (u, v) = (x * self.cos + y * self.sin, y * self.cos - x * self.sin);
        0.5 * (self.first * u * u + self.second * v * v)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let (u, v) = (x * self.cos + y * self.sin, y * self.cos - x * self.sin);
        let (gu, gv) = (self.first * u, self.second * v);
        [gu * self.cos - gv * self.sin, gu * self.sin + gv * self.cos]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, _: f64, _: f64) -> [[f64; 2]; 2] {
        let Self { first, second, sin, cos } = *self;
        let mixed = (first - second) * sin * cos;
        [
            [first * cos * cos + second * sin * sin, mixed],
            [mixed, first * sin * sin + second * cos * cos],
        ]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        vec![[0.0, 0.0]]
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.0, 1.0], [-1.0, 1.0]),
            start: [0.3, 0.8],
            eta: 0.05,
            rho: 0.1,
        }
    }
}

impl Slope for Quadratic {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let (sin, cos) = (l.number(self.sin), l.number(self.cos));
        let along = l.mul(l.mul_add(x, cos, l.mul(y, sin)), l.number(self.first));
        let across = l.mul(l.sub_product(x, sin, l.mul(y, cos)), l.number(self.second));
        [l.sub_product(across, sin, l.mul(along, cos)), l.mul_add(along, sin, l.mul(across, cos))]
    }
}
