//! The tip of a cone: a minimum around which the slope does not vanish with the distance, such as that of Ackley.

use super::flow::{Point, slope};
use crate::problem::Objective;

/// Whether the slope close to `at`, `distance` away, rises to all sides and does not vanish with the distance.
pub(super) fn is_tip(objective: &dyn Objective, at: Point, distance: f64) -> bool {
    /// A smooth minimum's slope falls to a hundredth over this ratio of distances.
    const CLOSER: f64 = 1e-2;
    let rise = |distance: f64, turn: f64| {
        let (sin, cos) = libm::sincos(turn * std::f64::consts::FRAC_PI_4);
        let there = [at[0] + distance * cos, at[1] + distance * sin];
        let (_, g) = slope(objective, there);
        g[0] * cos + g[1] * sin
    };
    (0..8).map(f64::from).all(|turn| {
        let (near, far) = (rise(CLOSER * distance, turn), rise(distance, turn));
        near > 0.5 * far && far > 0.0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Formula, landscapes};

    #[test]
    fn ackley_has_a_tip_and_a_bowl_has_none() {
        let landscape = |id: &str| Formula(landscapes::ALL.choose(id).unwrap().build());
        assert!(is_tip(&landscape("ackley"), [0.0, 0.0], 1e-4));
        assert!(!is_tip(&landscape("quadratic"), [0.0, 0.0], 1e-4));
        assert!(!is_tip(&landscape("ackley"), [0.4, 0.0], 1e-4));
    }
}
