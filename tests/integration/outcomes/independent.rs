//! A gradient flow that shares nothing with the program's: an explicit method on another clock.
//!
//! ```text
//! dw/ds = −∇L / (10⁻³ + ‖∇L‖)
//! ```
//!
//! P. Bogacki and L. Shampine (1989), "A 3(2) pair of Runge–Kutta formulas", with the step that its error asks for, ended
//! by Newton's method where that has next to nothing left to do.

use ndarray::arr1;
use samscope::problem::{Batch, Objective};

/// The isolated minimum that flow from `start` ends in; none where there is none, or where starts 10⁻⁴ to the sides do
/// not agree.
pub(super) fn end(objective: &dyn Objective, start: [f64; 2], size: f64) -> Option<[f64; 2]> {
    let aside = 1e-4 * size;
    let starts = [[0.0, 0.0], [aside, 0.0], [-aside, 0.0], [0.0, aside], [0.0, -aside]];
    let mut ends =
        starts.iter().map(|by| follow(objective, [start[0] + by[0], start[1] + by[1]], size));
    let first = ends.next()??;
    ends.all(|end| end.is_some_and(|end| distance(end, first) < 1e-5 * size)).then_some(first)
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn gradient(objective: &dyn Objective, at: [f64; 2]) -> [f64; 2] {
    let (_, g) = objective.loss_and_gradient(arr1(&at).view(), Batch::Whole);
    [g[0], g[1]]
}

fn velocity(objective: &dyn Objective, at: [f64; 2]) -> [f64; 2] {
    let g = gradient(objective, at);
    let speed = 1e-3 + g[0].hypot(g[1]);
    [-g[0] / speed, -g[1] / speed]
}

fn follow(objective: &dyn Objective, start: [f64; 2], size: f64) -> Option<[f64; 2]> {
    let tolerance = 1e-7 * size;
    let (mut at, mut h) = (start, 1e-3 * size);
    for step in 0..60_000 {
        let v = |at: [f64; 2]| velocity(objective, at);
        let on = |k: [f64; 2], h: f64| [at[0] + h * k[0], at[1] + h * k[1]];
        let k1 = v(at);
        let k2 = v(on(k1, 0.5 * h));
        let k3 = v(on(k2, 0.75 * h));
        let blend = [0, 1].map(|i| (2.0 * k1[i] + 3.0 * k2[i] + 4.0 * k3[i]) / 9.0);
        let next = on(blend, h);
        let k4 = v(next);
        let error =
            [0, 1].map(|i| h * (-5.0 / 72.0 * k1[i] + k2[i] / 12.0 + k3[i] / 9.0 - k4[i] / 8.0));
        let error = error[0].hypot(error[1]);
        if !next.iter().all(|x| x.is_finite()) || distance(next, start) > 100.0 * size {
            return None;
        }
        if error <= tolerance {
            at = next;
            if step % 16 == 0
                && let Some(end) = newton(objective, at, size)
            {
                return Some(end);
            }
        }
        h *= (0.8 * (tolerance / error.max(1e-300)).cbrt()).clamp(0.2, 4.0);
        h = h.min(0.01 * size);
    }
    None
}

/// The minimum within a ten-thousandth of the size, by Newton's method.
fn newton(objective: &dyn Objective, from: [f64; 2], size: f64) -> Option<[f64; 2]> {
    let mut at = from;
    for _ in 0..20 {
        let g = gradient(objective, at);
        let h = objective.hessian(arr1(&at).view());
        let (a, b, d) = (h[[0, 0]], h[[0, 1]], h[[1, 1]]);
        let determinant = a * d - b * b;
        let isolated = determinant > 1e-6 * (a + d) * (a + d) && a + d > 0.0;
        if !isolated {
            return None;
        }
        at = [
            at[0] - (d * g[0] - b * g[1]) / determinant,
            at[1] - (a * g[1] - b * g[0]) / determinant,
        ];
        let near = distance(at, from) < 1e-4 * size;
        if !near {
            return None;
        }
    }
    Some(at)
}
