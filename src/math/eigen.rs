//! Eigenvalues of symmetric matrices: 2×2 in closed form, larger ones by Householder's and Francis' methods.
//!
//! ```text
//! ⎡a b⎤     λ = (a + d)/2 ± √(((a − d)/2)² + b²)
//! ⎣b d⎦
//!
//! A = Q T Qᵀ  with T tridiagonal (A. Householder, 1958),   T → Λ by implicitly shifted QR steps (J. Francis, 1961)
//! ```
//!
//! G. Golub and C. Van Loan (2013), "Matrix Computations", 4th ed., algorithms 8.3.1 to 8.3.3. Everything is summed in a
//! fixed order, so that a plane along eigenvectors is the same on every machine.

use ndarray::{Array1, Array2, ArrayView2};

use super::tridiagonal::Tridiagonal;

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

/// The eigenvalues of `[[a, b], [b, d]]`, largest first: those of [`symmetric_2x2`], to the bit.
#[must_use]
pub fn symmetric_2x2_values(a: f64, b: f64, d: f64) -> [f64; 2] {
    let middle = f64::midpoint(a, d);
    let reach = libm::hypot((a - d) / 2.0, b);
    [middle + reach, middle - reach]
}

/// All eigenvalues of a symmetric matrix with their vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, largest first.
    pub values: Array1<f64>,
    /// The unit eigenvectors, one a row, in the order of the values; the largest component of each is positive.
    pub vectors: Array2<f64>,
}

/// The eigenvalues and eigenvectors of a symmetric matrix, of which the lower triangle is read.
#[must_use]
pub fn symmetric(matrix: ArrayView2<'_, f64>) -> Eigen {
    let mut reduced = Tridiagonal::of(matrix);
    let mut rows = basis(&reduced);
    diagonalise(&mut reduced, |k, c, s| rotate(&mut rows, k, c, s));
    let order = order(&reduced.diagonal);
    let vectors = order.iter().flat_map(|&k| facing_up(&rows[k])).collect();
    let size = order.len();
    Eigen {
        values: order.iter().map(|&k| reduced.diagonal[k]).collect(),
        vectors: Array2::from_shape_vec((size, size), vectors).expect("one vector a value"),
    }
}

/// The eigenvalues of a symmetric matrix, largest first: a good deal cheaper without the vectors.
#[must_use]
pub fn symmetric_values(matrix: ArrayView2<'_, f64>) -> Array1<f64> {
    let mut values = Tridiagonal::of(matrix).values();
    values.sort_by(|a, b| b.total_cmp(a));
    values.into()
}

/// The eigenvalues and eigenvectors of the tridiagonal matrix with this diagonal and these entries beside it.
#[must_use]
pub fn tridiagonal(diagonal: &[f64], beside: &[f64]) -> Eigen {
    let size = diagonal.len();
    let mut full = Array2::zeros((size, size));
    full.diag_mut().iter_mut().zip(diagonal).for_each(|(entry, value)| *entry = *value);
    for (k, &value) in beside.iter().enumerate().take(size.saturating_sub(1)) {
        full[[k + 1, k]] = value;
    }
    symmetric(full.view())
}

/// `v`, or `−v` when its largest component is negative: an eigenvector has no sign of its own.
fn facing_up(v: &[f64]) -> Vec<f64> {
    let largest = v.iter().copied().reduce(|a, b| if b.abs() > a.abs() { b } else { a });
    let sign = if largest.is_some_and(|x| x < 0.0) { -1.0 } else { 1.0 };
    v.iter().map(|x| sign * x).collect()
}

/// A QR step converges in two or three rounds; where rounding keeps it from doing so it is stopped.
const ROUNDS: usize = 60;

/// `Qᵀ`, row by row.
fn basis(reduced: &Tridiagonal) -> Vec<Vec<f64>> {
    let size = reduced.diagonal.len();
    let mut rows: Vec<Vec<f64>> =
        (0..size).map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for (k, u) in reduced.reflections.iter().enumerate().rev() {
        if u.is_empty() {
            continue;
        }
        for row in &mut rows[k + 1..] {
            let tail = &mut row[k + 1..];
            let share: f64 = 2.0 * tail.iter().zip(u).map(|(x, u)| x * u).sum::<f64>();
            tail.iter_mut().zip(u).for_each(|(x, u)| *x -= share * u);
        }
    }
    rows
}

/// Makes the entries beside the diagonal vanish by rotations of neighbouring rows and columns; each is reported.
fn diagonalise(reduced: &mut Tridiagonal, mut rotated: impl FnMut(usize, f64, f64)) {
    let Tridiagonal { diagonal: d, beside: e, .. } = reduced;
    for end in (1..d.len()).rev() {
        for _ in 0..ROUNDS {
            let negligible = |d: &[f64], e: &[f64], k: usize| {
                e[k].abs() <= f64::EPSILON * (d[k].abs() + d[k + 1].abs())
            };
            let Some(cut) = (0..end).rev().find(|&k| negligible(d, e, k)) else {
                step(d, e, 0, end, &mut rotated);
                continue;
            };
            if cut == end - 1 {
                e[cut] = 0.0;
                break;
            }
            step(d, e, cut + 1, end, &mut rotated);
        }
    }
}

/// The places of the eigenvalues, largest first; equal ones stay in order.
fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    order
}

/// One implicit QR step with Wilkinson's shift on the block from `start` to `end`, both included.
fn step(
    d: &mut [f64],
    e: &mut [f64],
    start: usize,
    end: usize,
    rotated: &mut impl FnMut(usize, f64, f64),
) {
    let half = (d[end - 1] - d[end]) / 2.0;
    let last = e[end - 1];
    let shift = d[end] - last * (last / (half + libm::hypot(half, last).copysign(half)));
    let (mut x, mut z) = (d[start] - shift, e[start]);
    for k in start..end {
        let r = libm::hypot(x, z);
        let (c, s) = if r > 0.0 { (x / r, z / r) } else { (1.0, 0.0) };
        if k > start {
            e[k - 1] = r;
        }
        let (low, high, between) = (d[k], d[k + 1], e[k]);
        d[k] = c * c * low + 2.0 * c * s * between + s * s * high;
        d[k + 1] = s * s * low - 2.0 * c * s * between + c * c * high;
        e[k] = c * s * (high - low) + (c * c - s * s) * between;
        x = e[k];
        if k + 1 < end {
            z = s * e[k + 1];
            e[k + 1] *= c;
        }
        rotated(k, c, s);
    }
}

fn rotate(rows: &mut [Vec<f64>], k: usize, c: f64, s: f64) {
    let (upper, lower) = rows.split_at_mut(k + 1);
    for (a, b) in upper[k].iter_mut().zip(lower[0].iter_mut()) {
        (*a, *b) = (c * *a + s * *b, c * *b - s * *a);
    }
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

        #[test]
        fn vectors_are_only_stretched_and_stand_at_right_angles(
            size in 1usize..12, entries in proptest::collection::vec(-5.0f64..5.0, 144),
            rank in 0usize..12, scale in prop_oneof![Just(1e-150), Just(1.0), Just(1e150)],
        ) {
            // A low rank makes many eigenvalues equal: the hard case.
            let mut matrix = Array2::<f64>::zeros((size, size));
            for k in 0..rank.min(size) {
                for i in 0..size {
                    for j in 0..size {
                        let sign = if k % 2 == 0 { scale } else { -scale };
                        matrix[[i, j]] += sign * entries[12 * k + i] * entries[12 * k + j];
                    }
                }
            }
            let largest = matrix.iter().fold(0.0f64, |most, x| most.max(x.abs()));
            let Eigen { values, vectors } = symmetric(matrix.view());
            prop_assert!(values.as_slice().unwrap().is_sorted_by(|a, b| a >= b));
            for (value, v) in values.iter().zip(vectors.rows()) {
                for i in 0..size {
                    let stretched: f64 = (0..size).map(|j| matrix[[i, j]] * v[j]).sum();
                    prop_assert!((stretched - value * v[i]).abs() <= 1e-12 * largest);
                }
                for other in vectors.rows() {
                    let expected = if other == v { 1.0 } else { 0.0 };
                    prop_assert!((v.dot(&other) - expected).abs() < 1e-13);
                }
            }
            let alone = symmetric_values(matrix.view());
            for (a, b) in alone.iter().zip(&values) {
                prop_assert!((a - b).abs() <= 1e-12 * largest);
            }
        }
    }

    #[test]
    fn the_spectrum_of_a_chain_is_known() {
        // The second difference on n points: λ_k = 2 − 2 cos(kπ/(n + 1)).
        let size = 40;
        let Eigen { values, .. } = tridiagonal(&vec![2.0; size], &vec![-1.0; size - 1]);
        for (k, value) in values.iter().rev().enumerate() {
            let angle = (k + 1) as f64 * std::f64::consts::PI / (size + 1) as f64;
            assert!((value - (2.0 - 2.0 * angle.cos())).abs() < 1e-13);
        }
    }

    #[test]
    fn numbers_that_are_none_end_it() {
        let eigen = symmetric(Array2::from_elem((5, 5), f64::NAN).view());
        assert_eq!(eigen.values.len(), 5);
    }
}
