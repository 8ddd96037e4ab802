//! Eigenvalues of a symmetric 2×2 matrix, in closed form.
//!
//! ```text
//! ⎡a b⎤     λ = (a + d)/2 ± √(((a − d)/2)² + b²)
//! ⎣b d⎦
//! ```

/// The eigenvalues of `[[a, b], [b, d]]`, largest first, with the unit eigenvector of the largest.
#[must_use]
pub fn symmetric_2x2(a: f64, b: f64, d: f64) -> ([f64; 2], [f64; 2]) {
    let middle = f64::midpoint(a, d);
    let half = (a - d) / 2.0;
    let reach = libm::hypot(half, b);
    // The two candidates for the eigenvector are parallel; the longer one loses no digits.
    let (x, y) = if half >= 0.0 { (half + reach, b) } else { (b, reach - half) };
    let length = libm::hypot(x, y);
    let vector = if length > 0.0 { [x / length, y / length] } else { [1.0, 0.0] };
    ([middle + reach, middle - reach], vector)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_vector_is_only_stretched(a in -9.0f64..9.0, b in -9.0f64..9.0, d in -9.0f64..9.0) {
            let ([top, low], [x, y]) = symmetric_2x2(a, b, d);
            prop_assert!((a * x + b * y - top * x).abs() < 1e-12);
            prop_assert!((b * x + d * y - top * y).abs() < 1e-12);
            prop_assert!((top + low - (a + d)).abs() < 1e-12);
            prop_assert!((x * x + y * y - 1.0).abs() < 1e-12);
        }
    }
}
