//! The maximizer of `gᵀε` over the unit ball, at `g = (3, 4)`.
//!
//! ```text
//! p = 1    (0, 1)
//! p = 1.5  q = 3:    (9, 16)/91^(2/3)
//! p = 2    (0.6, 0.8)
//! p = 3    q = 3/2:  (√3, 2)/√‖g‖_q,   ‖g‖_q = (3√3 + 8)^(2/3)
//! p = ∞    (1, 1)
//! ```

use ndarray::array;

use super::{Finding, ball};

pub(super) fn check() -> Vec<Finding> {
    let cases = [
        (1.0, [0.0, 1.0]),
        (1.5, [0.444_851_351_731, 0.790_846_847_521]),
        (2.0, [0.6, 0.8]),
        (3.0, [0.732_956_475_829, 0.846_345_237_248]),
        (f64::INFINITY, [1.0, 1.0]),
    ];
    cases
        .iter()
        .flat_map(|&(p, expected)| {
            let found = ball(p, 1.0).steepest_ascent(array![3.0, 4.0].view());
            [0, 1].map(|k| Finding {
                law: format!("maximizer of 3ε₁ + 4ε₂ over ‖ε‖ ≤ 1, p = {p}, component {}", k + 1),
                source: "Foret et al. 2021, eq. 2",
                expected: expected[k],
                found: found[k],
                tolerance: 1e-12,
            })
        })
        .collect()
}
