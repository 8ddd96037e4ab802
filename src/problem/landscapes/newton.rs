//! Minima to the last digit: Newton's method from a point nearby.
//!
//! ```text
//! w ← w − (∇²L)⁻¹ ∇L
//! ```
//!
//! For minima that have no closed form, or whose printed digits end before those of `f64` do.

use super::Landscape;
use crate::math::eigen::symmetric_2x2;

/// From the starts written down in a landscape it takes three or four steps; more would be no polishing.
const STEPS: usize = 60;

/// A step this small against the point changes digits that `f64` does not have.
const STILL: f64 = 1e-15;

/// The minimum next to `near`, or nothing when Newton's method does not end in one.
pub(super) fn minimum(landscape: &impl Landscape, near: [f64; 2]) -> Option<[f64; 2]> {
    let [mut x, mut y] = near;
    for _ in 0..STEPS {
        let [gx, gy] = landscape.gradient(x, y);
        let [[a, b], [_, d]] = landscape.hessian(x, y);
        let ([_, lowest], _) = symmetric_2x2(a, b, d);
        if lowest.is_nan() || lowest <= 0.0 {
            return None;
        }
        let determinant = a * d - b * b;
        let (dx, dy) = ((d * gx - b * gy) / determinant, (a * gy - b * gx) / determinant);
        (x, y) = (x - dx, y - dy);
        if dx.abs() <= STILL * x.abs() && dy.abs() <= STILL * y.abs() {
            break;
        }
    }
    (x.is_finite() && y.is_finite()).then_some([x, y])
}
