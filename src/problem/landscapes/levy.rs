//! Lévy's function: long waves, deeper toward the middle.
//!
//! ```text
//! L(x, y) = sin² πa + a² (1 + 10 sin²(πa + 1)) + b² (1 + sin² 2πb),     a = (x − 1)/4,  b = (y − 1)/4
//!
//! ∂a  = π sin 2πa + 2a (1 + 10 sin²(πa + 1)) + 10πa² sin(2πa + 2)
//! ∂aa = 2π² cos 2πa + 2 (1 + 10 sin²(πa + 1)) + 40πa sin(2πa + 2) + 20π²a² cos(2πa + 2)
//! ∂b  = 2b (1 + sin² 2πb) + 2πb² sin 4πb
//! ∂bb = 2 (1 + sin² 2πb) + 8πb sin 4πb + 8π²b² cos 4πb
//! ```
//!
//! A. Lévy and A. Montalvo (1985), "The tunneling algorithm for the global minimization of functions", SIAM J. Sci. Stat.
//! Comput. 6(1), function 13's kind for two variables, with `w = 1 + (x − 1)/4`. The minimum is (1, 1); the coordinates
//! do not mix. From (5.7, 2.3) plain descent stops in the wave at `x = 3.79`, SAM with `ρ = 0.2` rolls on to the lowest.

use std::f64::consts::{PI, TAU};

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "levy",
    name: "Lévy",
    formula: "sin² πa + a²(1 + 10 sin²(πa + 1)) + b²(1 + sin² 2πb), a = (x − 1)/4, b = (y − 1)/4",
    source: "Lévy & Montalvo 1985",
    about: "Waves of unequal height and sharpness on the way to one minimum.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Levy)),
};

struct Levy;

/// How many units of a weight make one of `a` or `b`.
const STRETCH: f64 = 4.0;

fn unstretched(x: f64, y: f64) -> (f64, f64) {
    ((x - 1.0) / STRETCH, (y - 1.0) / STRETCH)
}

fn squared_sine(angle: f64) -> f64 {
    let sin = libm::sin(angle);
    sin * sin
}

/// What `a²` and `b²` are multiplied by.
fn steepness(a: f64, b: f64) -> [f64; 2] {
    [1.0 + 10.0 * squared_sine(PI * a + 1.0), 1.0 + squared_sine(TAU * b)]
}

fn height([a, b]: [f64; 2], [of_a, of_b]: [f64; 2]) -> f64 {
    squared_sine(PI * a) + a * a * of_a + b * b * of_b
}

fn slope([a, b]: [f64; 2], [of_a, of_b]: [f64; 2]) -> [f64; 2] {
    let along_a =
        PI * libm::sin(TAU * a) + 2.0 * a * of_a + 10.0 * PI * a * a * libm::sin(TAU * a + 2.0);
    let along_b = 2.0 * b * of_b + TAU * b * b * libm::sin(2.0 * TAU * b);
    [along_a / STRETCH, along_b / STRETCH]
}

impl Landscape for Levy {
    fn value(&self, x: f64, y: f64) -> f64 {
        let (a, b) = unstretched(x, y);
        height([a, b], steepness(a, b))
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let (a, b) = unstretched(x, y);
        slope([a, b], steepness(a, b))
    }

    fn value_and_gradient(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        let (a, b) = unstretched(x, y);
        let steepness = steepness(a, b);
        (height([a, b], steepness), slope([a, b], steepness))
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let (a, b) = unstretched(x, y);
        let (sin_a, cos_a) = libm::sincos(TAU * a + 2.0);
        let along_a = 2.0 * PI * PI * libm::cos(TAU * a)
            + 2.0 * (1.0 + 10.0 * squared_sine(PI * a + 1.0))
            + 40.0 * PI * a * sin_a
            + 20.0 * PI * PI * a * a * cos_a;
        let (sin_b, cos_b) = libm::sincos(2.0 * TAU * b);
        let along_b = 2.0 * (1.0 + squared_sine(TAU * b))
            + 8.0 * PI * b * sin_b
            + 8.0 * PI * PI * b * b * cos_b;
        let squeeze = STRETCH * STRETCH;
        [[along_a / squeeze, 0.0], [0.0, along_b / squeeze]]
    }

    /// The global one, and the waves' that lie in [−10, 10]².
    fn minima(&self) -> Vec<[f64; 2]> {
        let along_x = [1.0, 3.7912, -4.2052, 7.7233, -8.2447];
        let along_y = [1.0, -2.8908, 4.8907, -4.9303, 6.9302, -6.9482, 8.9482, -8.9593];
        along_x
            .into_iter()
            .flat_map(|x| along_y.map(|y| [x, y]))
            .filter_map(|near| newton::minimum(self, near))
            .collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-3.0, 7.0], [-3.5, 5.5]),
            start: [5.7, 2.3],
            eta: 0.3,
            rho: 0.2,
        }
    }
}

impl Slope for Levy {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let [one, shrink] = [l.number(1.0), l.number(1.0 / STRETCH)];
        let [a, b] = [l.mul(l.sub(x, one), shrink), l.mul(l.sub(y, one), shrink)];
        // sin 2θ and sin² θ follow from sin θ and cos θ.
        let (sin, cos) = l.sin_cos(l.mul(a, l.number(PI)));
        let (sin_on, cos_on) = l.sin_cos(l.mul_add(a, l.number(PI), one));
        let steep = l.mul_add(l.mul(sin_on, sin_on), l.number(20.0), l.number(2.0));
        let turning = l.mul(l.mul(sin_on, cos_on), l.mul(a, l.number(20.0 * PI)));
        let along_a = l.mul_add(a, l.add(steep, turning), l.mul(l.mul(sin, cos), l.number(TAU)));
        let (sin, cos) = l.sin_cos(l.mul(b, l.number(TAU)));
        let steep = l.mul_add(l.mul(sin, sin), l.number(2.0), l.number(2.0));
        let along_b = l.mul(b, l.mul_add(l.mul(sin, cos), l.mul(b, l.number(2.0 * TAU)), steep));
        [l.mul(along_a, shrink), l.mul(along_b, shrink)]
    }

    fn cost(&self) -> f64 {
        80.0
    }
}
