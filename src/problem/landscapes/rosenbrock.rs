//! Rosenbrock's valley: finding the floor is easy, following it is not.
//!
//! ```text
//! L(x, y) = (1 − x)² + b (y − x²)²,     r = y − x²
//!
//! ∇L  = ( −2(1 − x) − 4b x r,  2b r )
//! ∇²L = ⎡ 2 − 4b (r − 2x²)   −4b x ⎤
//!       ⎣ −4b x               2b   ⎦
//! ```
//!
//! H. Rosenbrock (1960), "An automatic method for finding the greatest or least value of a function", Comput. J. 3(3).
//! The minimum is (1, 1), with eigenvalues 1001.6 and 0.4 for `b = 100`. Where the valley bends, `λ_max` is least:
//! on the floor it is about `2b (1 + 4x²)`. From (−1.2, 1) plain descent creeps along the floor; SAM
//! bounces between the walls and is pushed along by it, four times as far in 200 steps, until the bend at `x = 0`,
//! the flattest part of the valley, holds it.

use super::{Landscape, View};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "rosenbrock",
    name: "Rosenbrock valley",
    formula: "(1 − x)² + b(y − x²)²",
    source: "Rosenbrock 1960",
    about: "A bent, narrow valley: bouncing between its walls drives SAM along the floor.",
    settings: &[Setting {
        key: "steepness",
        label: "steepness b",
        about: "how steep the walls of the valley are, b in (1 − x)² + b(y − x²)²",
        kind: Kind::Number { default: 100.0, range: (1.0, 200.0), scale: Scale::Log },
    }],
    build: Build::Sure(|settings| Box::new(Rosenbrock { b: settings.get("steepness") })),
};

struct Rosenbrock {
    b: f64,
}

impl Landscape for Rosenbrock {
    fn value(&self, x: f64, y: f64) -> f64 {
        let r = y - x * x;
        (1.0 - x) * (1.0 - x) + self.b * r * r
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        let r = y - x * x;
        [-2.0 * (1.0 - x) - 4.0 * self.b * x * r, 2.0 * self.b * r]
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let r = y - x * x;
        let mixed = -4.0 * self.b * x;
        [[2.0 - 4.0 * self.b * (r - 2.0 * x * x), mixed], [mixed, 2.0 * self.b]]
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        vec![[1.0, 1.0]]
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-1.8, 1.8], [-0.6, 2.1]),
            start: [-1.2, 1.0],
            eta: 0.001,
            rho: 0.1,
        }
    }
}

impl Slope for Rosenbrock {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        let r = l.sub_product(x, x, y);
        let steep = l.mul(r, l.number(2.0 * self.b));
        // −2(1 − x) − 4bxr = 2 (x − 2bxr − 1)
        let along = l.sub(l.sub_product(x, steep, x), l.number(1.0));
        [l.add(along, along), steep]
    }
}
