//! Ackley's function: a funnel in a nearly level, rippled plain.
//!
//! ```text
//! L(x, y) = 20 (1 − e^(−r/5)) + e − E,     r = √((x² + y²)/2),   E = exp(½(cos 2πx + cos 2πy))
//!
//! ∂x  = 2 e^(−r/5) x/r + πE sin 2πx
//! ∂xx = 2 e^(−r/5) ( 1/r − (x/r)²/2r − (x/r)²/10 ) + π²E (2 cos 2πx − sin² 2πx)
//! ∂xy = −2 e^(−r/5) (x/r)(y/r) (1/2r + 1/10) − π²E sin 2πx sin 2πy
//! ```
//!
//! D. Ackley (1987), "A connectionist machine for genetic hillclimbing", Kluwer. The minimum, (0, 0), is the tip of a
//! *cone*: `r` has no derivative there. This file returns the gradient zero at the origin, the subgradient of least
//! length, and of the Hessian only the smooth part, `2π²e` on the diagonal; close to the origin the true curvature
//! grows like `1/r`. So no learning rate lets descent settle in it.
//!
//! From the default start plain descent rattles in the dip next to the funnel, at `x ≈ −0.97`, since `η λ > 2` there;
//! SAM with `ρ = 0.3` hops into the funnel. That is luck as much as virtue: at `ρ = 0.2` or 0.4 it hangs between dips.

use std::f64::consts::{E, PI, SQRT_2, TAU};

use super::{Landscape, View, newton};
use crate::catalog::{Build, Entry};
use crate::math::fast::Lanes;
use crate::problem::flock::{Herd, Slope};
use crate::problem::grid::Window;

pub(super) static ENTRY: Entry<dyn Landscape> = Entry {
    id: "ackley",
    name: "Ackley",
    formula: "20(1 − exp(−r/5)) + e − exp(½(cos 2πx + cos 2πy)), r² = ½(x² + y²)",
    source: "Ackley 1987",
    about: "A funnel among ripples, with a minimum so sharp that it has no curvature.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Ackley)),
};

struct Ackley;

/// Closer than this to the origin, the reciprocal of the distance is not a number any more.
const TIP: f64 = 1e-300;
/// The same of `r²` in `f32`.
const TIP_OF_LANES: f64 = 1e-36;

fn radius(x: f64, y: f64) -> f64 {
    libm::hypot(x, y) / SQRT_2
}

/// `r`, and the direction `(x/r, y/r)`; nothing at the tip of the cone, which has no direction.
fn polar(x: f64, y: f64) -> Option<(f64, [f64; 2])> {
    let r = radius(x, y);
    direction(r, x, y).map(|direction| (r, direction))
}

fn direction(r: f64, x: f64, y: f64) -> Option<[f64; 2]> {
    (r > TIP).then(|| [x / r, y / r])
}

/// The ripples, of the cosines of `2πx` and `2πy`.
fn ripple(cx: f64, cy: f64) -> f64 {
    libm::exp(0.5 * (cx + cy))
}

impl Landscape for Ackley {
    fn value(&self, x: f64, y: f64) -> f64 {
        let ripple = ripple(libm::cos(TAU * x), libm::cos(TAU * y));
        -20.0 * libm::expm1(-radius(x, y) / 5.0) + (E - ripple)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        self.value_and_gradient(x, y).1
    }

    fn value_and_gradient(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        let [(sx, cx), (sy, cy)] = [x, y].map(|w| libm::sincos(TAU * w));
        let (r, ripple) = (radius(x, y), ripple(cx, cy));
        let value = -20.0 * libm::expm1(-r / 5.0) + (E - ripple);
        let Some([ux, uy]) = direction(r, x, y) else { return (value, [0.0, 0.0]) };
        let funnel = 2.0 * libm::exp(-r / 5.0);
        let waves = PI * ripple;
        (value, [funnel * ux + waves * sx, funnel * uy + waves * sy])
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(self)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        let (sx, cx) = libm::sincos(TAU * x);
        let (sy, cy) = libm::sincos(TAU * y);
        let waves = PI * PI * ripple(cx, cy);
        let smooth = [waves * (2.0 * cx - sx * sx), -waves * sx * sy, waves * (2.0 * cy - sy * sy)];
        let cone = polar(x, y).map_or([0.0; 3], |(r, [ux, uy])| {
            let funnel = 2.0 * libm::exp(-r / 5.0);
            let bend = 0.5 / r + 0.1;
            [
                funnel * (1.0 / r - ux * ux * bend),
                -funnel * ux * uy * bend,
                funnel * (1.0 / r - uy * uy * bend),
            ]
        });
        let [xx, xy, yy] = [0, 1, 2].map(|k| cone[k] + smooth[k]);
        [[xx, xy], [xy, yy]]
    }

    /// Not at the tip of the cone.
    fn is_smooth_at(&self, x: f64, y: f64) -> bool {
        polar(x, y).is_some()
    }

    /// The tip of the funnel, and the dips around it.
    fn minima(&self) -> Vec<[f64; 2]> {
        let places = [0.0, 0.968, -0.968];
        places
            .into_iter()
            .flat_map(|x| places.map(|y| [x, y]))
            .filter_map(|near| newton::minimum(self, near))
            .collect()
    }

    fn view(&self) -> View {
        View {
            window: Window::new([-2.0, 2.0], [-2.0, 2.0]),
            start: [-1.2, -0.1],
            eta: 0.05,
            rho: 0.3,
        }
    }
}

impl Slope for Ackley {
    #[inline(always)]
    fn slope<L: Lanes>(&self, l: L, x: L::Pack, y: L::Pack) -> [L::Pack; 2] {
        // At the tip of the cone the direction shrinks with what is left of it.
        let square = l.mul(l.mul_add(x, x, l.mul(y, y)), l.number(0.5));
        let r = l.sqrt(l.max(square, l.number(TIP_OF_LANES)));
        let funnel = l.div(l.mul(l.exp(l.mul(r, l.number(-0.2))), l.number(2.0)), r);
        let (sin_x, cos_x) = l.sin_cos(l.mul(x, l.number(TAU)));
        let (sin_y, cos_y) = l.sin_cos(l.mul(y, l.number(TAU)));
        let ripple = l.exp(l.mul(l.add(cos_x, cos_y), l.number(0.5)));
        let waves = l.mul(ripple, l.number(PI));
        [l.mul_add(funnel, x, l.mul(waves, sin_x)), l.mul_add(funnel, y, l.mul(waves, sin_y))]
    }

    fn cost(&self) -> f64 {
        90.0
    }
}
