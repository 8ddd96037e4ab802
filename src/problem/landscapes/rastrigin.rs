//! Rastrigin's function: a bowl paved with dips.
//!
//! ```text
//! L(x, y) = 2A + Σ (x² − A cos 2πx),     ∂x = 2x + 2πA sin 2πx,     ∂xx = 2 + 4π²A cos 2πx
//! ```
//!
//! L. Rastrigin (1974), "Systems of extremal control", Nauka, with `A = 10`. The dips sit near whole numbers, each a bit
//! closer to the origin, all about equally sharp (`λ ≈ 397`): plain descent keeps the one it starts in. With a ball
//! that reaches most of the way to the rim, `ρ ≈ 0.3`, SAM settles in none and wanders from dip to dip:
//! where all minima are equally sharp it knows none to prefer. The two directions do not mix.
//! For `A < 1/(2π²)` the bowl has no dips left and one minimum.

use std::f64::consts::{PI, TAU};

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "rastrigin",
    name: "Rastrigin",
    formula: "2A + x² − A cos 2πx + y² − A cos 2πy",
    source: "Rastrigin 1974",
    about: "A bowl paved with equally sharp dips: a large ball leaves one for no better.",
    settings: &[Setting {
        key: "ripple",
        label: "ripple A",
        about: "depth of the dips, A in x² − A cos 2πx",
        kind: Kind::Number { default: 10.0, range: (0.0, 20.0), scale: Scale::Linear },
    }],
    build: Build::Sure(|settings| Box::new(Rastrigin { ripple: settings.get("ripple") })),
};

struct Rastrigin {
    ripple: f64,
}

impl Rastrigin {
    fn slope(&self, x: f64) -> f64 {
        2.0 * x + TAU * self.ripple * libm::sin(TAU * x)
    }

    fn bend(&self, x: f64) -> f64 {
        2.0 + 4.0 * PI * PI * self.ripple * libm::cos(TAU * x)
    }
}

impl Landscape for Rastrigin {
    fn value(&self, x: f64, y: f64) -> f64 {
        let rise = |x: f64| x * x + self.ripple * (1.0 - libm::cos(TAU * x));
        rise(x) + rise(y)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        [self.slope(x), self.slope(y)]
    }

    fn value_and_gradient(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        let of = |x: f64| {
            let (sin, cos) = libm::sincos(TAU * x);
            (x * x + self.ripple * (1.0 - cos), 2.0 * x + TAU * self.ripple * sin)
        };
        let ((rise_x, slope_x), (rise_y, slope_y)) = (of(x), of(y));
        (rise_x + rise_y, [slope_x, slope_y])
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        [[self.bend(x), 0.0], [0.0, self.bend(y)]]
    }

    /// The global one, and the dips of the default window around it.
    fn minima(&self) -> Vec<[f64; 2]> {
        let places = [0.0, 1.0, -1.0, 2.0, -2.0];
        places
            .into_iter()
            .flat_map(|x| places.map(|y| [x, y]))
            .filter_map(|near| {
                let at = newton::minimum(self, near)?;
                // With shallow ripples Newton's method runs to another dip, which has its own start.
                let stays = near.iter().zip(at).all(|(near, at)| (near - at).abs() < 0.5);
                stays.then_some(at)
            })
            .collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.8, 2.8], [-2.8, 2.8]),
            start: [1.7, -2.2],
            eta: 0.004,
            rho: 0.3,
        }
    }
}

impl Slope for Rastrigin {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let steep = l.number(TAU * self.ripple);
        let (sin_x, _) = l.sin_cos(l.mul(x, l.number(TAU)));
        let (sin_y, _) = l.sin_cos(l.mul(y, l.number(TAU)));
        [l.mul_add(sin_x, steep, l.add(x, x)), l.mul_add(sin_y, steep, l.add(y, y))]
    }

    fn cost(&self) -> f64 {
        40.0
    }
}
