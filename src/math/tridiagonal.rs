//! Symmetric matrices in tridiagonal form, and the eigenvalues of that form.
//!
//! ```text
//! A = Q T Qᵀ,     Q = H₀ H₁ …,     H = I − 2 u uᵀ,     H A H = A − u wᵀ − w uᵀ,     w = 2 (A u − (uᵀ A u) u)
//! ```
//!
//! A. Householder (1958), "Unitary triangularization of a nonsymmetric matrix", J. ACM 5(4). A row is read once a step:
//! while it takes in the last reflection, its share of `A u` for the next one is added up. Eigenvalues come from the QL
//! steps of Pal, Walker and Kahan, which need no square roots: B. Parlett (1980), "The Symmetric Eigenvalue Problem",
//! section 8.15. Every number is summed in a fixed order, so that lanes change no bit.

#![allow(clippy::needless_range_loop, reason = "a matrix reads as its indices")]

use ndarray::ArrayView2;
use pulp::{Arch, Simd, WithSimd};

use super::aligned::Scratch;
use super::fast::{Double, Lanes, Strict};

/// A symmetric matrix that was brought into tridiagonal form by reflections.
pub(super) struct Tridiagonal {
    /// The diagonal.
    pub(super) diagonal: Vec<f64>,
    /// The entries beside it.
    pub(super) beside: Vec<f64>,
    /// The vectors `u`: reflection `k` acts on the components from `k + 1` on; empty where there was nothing to do.
    pub(super) reflections: Vec<Vec<f64>>,
}

/// The most lanes of any processor: rows are padded to a multiple of it, and sums have so many parts.
const PARTS: usize = 8;

/// Rows that are worked on together, so that `A u` is loaded and stored less often.
const TOGETHER: usize = 4;

/// What is left of a column may be called zero below this share of the largest entry, squared: its own square would be
/// lost to the end of the range.
const NOTHING: f64 = 1e-280;

impl Tridiagonal {
    /// Reduces a symmetric matrix, of which the lower triangle is read.
    pub(super) fn of(matrix: ArrayView2<'_, f64>) -> Self {
        let size = matrix.nrows();
        let stride = size.next_multiple_of(PARTS);
        let mut largest = 0.0f64;
        for (i, row) in matrix.rows().into_iter().enumerate() {
            largest = row.iter().take(i + 1).fold(largest, |most, x| most.max(x.abs()));
        }
        // A power of two changes no digit, and afterwards no square leaves the range.
        let scale = power_of_two_near(largest);
        let inverse = 1.0 / scale;
        let mut rows = Scratch::zeros(size * stride);
        for (i, row) in matrix.rows().into_iter().enumerate() {
            let own = &mut rows[i * stride..i * stride + i + 1];
            own.iter_mut().zip(row).for_each(|(own, x)| *own = x * inverse);
        }
        for i in 0..size {
            for j in i + 1..size {
                rows[i * stride + j] = rows[j * stride + i];
            }
        }
        let mut reduced = Self {
            diagonal: vec![0.0; size],
            beside: vec![0.0; size.saturating_sub(1)],
            reflections: Vec::with_capacity(size),
        };
        Arch::new().dispatch(Reduction { rows: &mut rows, stride, reduced: &mut reduced });
        for x in reduced.diagonal.iter_mut().chain(&mut reduced.beside) {
            *x *= scale;
        }
        reduced
    }

    /// All eigenvalues, in no particular order.
    pub(super) fn values(self) -> Vec<f64> {
        let Self { diagonal: mut d, beside, .. } = self;
        let largest = d.iter().chain(&beside).fold(0.0f64, |most, x| most.max(x.abs()));
        let scale = power_of_two_near(largest);
        d.iter_mut().for_each(|x| *x /= scale);
        let mut squares: Vec<f64> = beside.iter().map(|x| (x / scale) * (x / scale)).collect();
        // QL is at its best with the small entries first.
        if d.last().zip(d.first()).is_some_and(|(last, first)| last.abs() < first.abs()) {
            d.reverse();
            squares.reverse();
        }
        root_free(&mut d, &mut squares);
        d.iter_mut().for_each(|x| *x *= scale);
        d
    }
}

/// The power of two below a positive number, and 1 for what is none or at the end of the range.
fn power_of_two_near(x: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
    let power = f64::from_bits(x.to_bits() & EXPONENT);
    if power.is_normal() { power } else { 1.0 }
}

struct Reduction<'a> {
    /// The whole matrix, row by row.
    rows: &'a mut [f64],
    stride: usize,
    reduced: &'a mut Tridiagonal,
}

impl WithSimd for Reduction<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { rows, stride, reduced } = self;
        let l: Strict<S> = Double(simd);
        let size = reduced.diagonal.len();
        // The last reflection, which rows have not taken in yet; zero in front.
        let (mut u, mut w) = (Scratch::zeros(stride), Scratch::zeros(stride));
        let (mut next, mut image) = (Scratch::zeros(stride), Scratch::zeros(stride));
        for k in 0..size {
            let (own, below) = rows[k * stride..].split_at_mut(stride);
            take_in(l, own, [&u, &w], [u[k], w[k]]);
            reduced.diagonal[k] = own[k];
            if k + 1 == size {
                break;
            }
            let first = own[k + 1];
            next.fill(0.0);
            next[k + 1..].copy_from_slice(&own[k + 1..]);
            let column = &mut next[k + 1..size];
            if column[1..].iter().all(|x| x * x <= NOTHING) {
                reduced.beside[k] = first;
                column.fill(0.0);
                reduced.reflections.push(Vec::new());
            } else {
                let length = dot(column, column).sqrt();
                let target = if first > 0.0 { -length } else { length };
                column[0] -= target;
                let norm = (2.0 * length * (length + first.abs())).sqrt();
                column.iter_mut().for_each(|x| *x /= norm);
                reduced.beside[k] = target;
                reduced.reflections.push(column.to_vec());
            }
            image.fill(0.0);
            let from = (k + 1) / PARTS * PARTS;
            let rest = Rest { u: &u[from..], w: &w[from..], stride, from };
            rest.follow(l, below, [&u[k + 1..], &w[k + 1..], &next[k + 1..]], &mut image[from..]);
            let along = dot(&image[k + 1..size], &next[k + 1..size]);
            w[..=k].fill(0.0);
            for ((w, image), u) in w[k + 1..].iter_mut().zip(&image[k + 1..]).zip(&next[k + 1..]) {
                *w = 2.0 * (image - along * u);
            }
            std::mem::swap(&mut u, &mut next);
        }
        reduced.reflections.truncate(size.saturating_sub(2));
    }
}

/// What rows take in, from the first pack that is not finished.
struct Rest<'a> {
    u: &'a [f64],
    w: &'a [f64],
    stride: usize,
    from: usize,
}

impl Rest<'_> {
    /// `A ← A − u wᵀ − w uᵀ` and `image += A next`, row after row.
    #[inline(always)]
    fn follow<L: Lanes<Number = f64>>(
        &self,
        l: L,
        rows: &mut [f64],
        [u, w, next]: [&[f64]; 3],
        image: &mut [f64],
    ) {
        let Self { stride, from, .. } = *self;
        let mut i = 0;
        let mut chunks = rows.chunks_exact_mut(TOGETHER * stride);
        for chunk in chunks.by_ref() {
            let (a, rest) = chunk.split_at_mut(stride);
            let (b, rest) = rest.split_at_mut(stride);
            let (c, d) = rest.split_at_mut(stride);
            let several = [&mut a[from..], &mut b[from..], &mut c[from..], &mut d[from..]];
            let end = i + TOGETHER;
            self.rows(l, several, [&u[i..end], &w[i..end], &next[i..end]], image);
            i = end;
        }
        for row in chunks.into_remainder().chunks_exact_mut(stride) {
            let end = i + 1;
            self.rows(l, [&mut row[from..]], [&u[i..end], &w[i..end], &next[i..end]], image);
            i = end;
        }
    }

    #[inline(always)]
    fn rows<L: Lanes<Number = f64>, const N: usize>(
        &self,
        l: L,
        rows: [&mut [f64]; N],
        own: [&[f64]; 3],
        image: &mut [f64],
    ) {
        let (u, w) = (L::packs(self.u), L::packs(self.w));
        let image = L::packs_mut(image);
        let packs = image.len();
        let (u, w) = (&u[..packs], &w[..packs]);
        let mut shares = [[l.number(0.0); 3]; N];
        for (k, shares) in shares.iter_mut().enumerate() {
            for (share, own) in shares.iter_mut().zip(own) {
                *share = l.splat(own[k]);
            }
        }
        for p in 0..packs {
            let mut sum = image[p];
            for k in 0..N {
                let [own_u, own_w, own_next] = shares[k];
                let taken = l.add(l.mul(own_u, w[p]), l.mul(own_w, u[p]));
                let row = &mut L::packs_mut(&mut *rows[k])[p];
                *row = l.sub(*row, taken);
                sum = l.mul_add(own_next, *row, sum);
            }
            image[p] = sum;
        }
    }
}

/// A row takes the last reflection in.
#[inline(always)]
fn take_in<L: Lanes<Number = f64>>(l: L, row: &mut [f64], [u, w]: [&[f64]; 2], own: [f64; 2]) {
    let (own_u, own_w) = (l.splat(own[0]), l.splat(own[1]));
    let packs = L::packs(u).iter().zip(L::packs(w));
    for (x, (u, w)) in L::packs_mut(row).iter_mut().zip(packs) {
        *x = l.sub(*x, l.add(l.mul(own_u, *w), l.mul(own_w, *u)));
    }
}

/// `xᵀ y`, always in the same order.
#[inline(always)]
fn dot(x: &[f64], y: &[f64]) -> f64 {
    let mut parts = [0.0; PARTS];
    for (x, y) in x.chunks(PARTS).zip(y.chunks(PARTS)) {
        for (part, (x, y)) in parts.iter_mut().zip(x.iter().zip(y)) {
            *part += x * y;
        }
    }
    let [a, b, c, d, e, f, g, h] = parts;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// A QL step converges in two or three rounds; where rounding keeps it from doing so it is stopped.
const ROUNDS: usize = 60;

/// Turns the diagonal `d` into the eigenvalues, given the squares of the entries beside it; the largest entry is about 1.
fn root_free(d: &mut [f64], squares: &mut [f64]) {
    // What is dropped moves an eigenvalue by no more than the rounding of the largest.
    const NEGLIGIBLE: f64 = f64::EPSILON * f64::EPSILON / 16.0;
    for start in 0..d.len() {
        for _ in 0..ROUNDS {
            let next = squares[start..].iter().position(|square| *square <= NEGLIGIBLE);
            let end = next.map_or(d.len() - 1, |ahead| start + ahead);
            if end == start {
                break;
            }
            ql_step(&mut d[start..=end], &mut squares[start..end]);
        }
    }
}

/// One QL step with Wilkinson's shift on a block that does not fall apart.
fn ql_step(d: &mut [f64], squares: &mut [f64]) {
    let end = squares.len();
    let root = squares[0].sqrt();
    let half = (d[1] - d[0]) / (2.0 * root);
    let shift = d[0] - root / (half + libm::hypot(half, 1.0).copysign(half));
    let (mut c, mut s) = (1.0, 0.0);
    let mut gamma = d[end] - shift;
    let mut p = gamma * gamma;
    for i in (0..end).rev() {
        let square = squares[i];
        let r = p + square;
        if i + 1 < end {
            squares[i + 1] = s * r;
        }
        let (before, last) = (c, gamma);
        // Two divisions side by side are faster than two in a row.
        let inverse = r / p;
        c = p / r;
        s = square / r;
        let alpha = d[i];
        gamma = c * (alpha - shift) - s * last;
        d[i + 1] = last + (alpha - gamma);
        p = if inverse < f64::MAX { gamma * gamma * inverse } else { before * square };
    }
    squares[0] = s * p;
    d[0] = shift + gamma;
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use proptest::prelude::*;

    /// How many eigenvalues of a tridiagonal matrix are below `x`: the signs of the pivots of `T − x` (J. Sylvester).
    fn below(d: &[f64], beside: &[f64], x: f64) -> usize {
        let mut pivot = 1.0;
        let mut count = 0;
        for (k, d) in d.iter().enumerate() {
            let square = if k == 0 { 0.0 } else { beside[k - 1] * beside[k - 1] };
            pivot = d - x - square / pivot;
            if pivot == 0.0 {
                pivot = f64::MIN_POSITIVE;
            }
            count += usize::from(pivot < 0.0);
        }
        count
    }

    proptest! {
        #[test]
        fn as_many_eigenvalues_lie_below_a_number_as_pivots_are_negative(
            numbers in proptest::collection::vec((-1.0f64..1.0, prop_oneof![-1.0f64..1.0, Just(0.0), -1e-9f64..1e-9]), 1..60),
            scale in prop_oneof![Just(1e-140), Just(1.0), Just(1e140)],
        ) {
            let diagonal: Vec<f64> = numbers.iter().map(|pair| pair.0).collect();
            let beside: Vec<f64> = numbers.iter().skip(1).map(|pair| pair.1).collect();
            let [scaled, off] = [&diagonal, &beside].map(|x| x.iter().map(|x| x * scale).collect());
            let mut values =
                Tridiagonal { diagonal: scaled, beside: off, reflections: Vec::new() }.values();
            values.sort_by(f64::total_cmp);
            for (k, value) in values.iter().enumerate() {
                let value = value / scale;
                let slack = 1e-13;
                prop_assert!(below(&diagonal, &beside, value - slack) <= k);
                prop_assert!(below(&diagonal, &beside, value + slack) > k);
            }
        }

        #[test]
        fn lanes_change_no_bit_and_the_trace_and_the_sum_of_squares_stay(
            size in 1usize..40, entries in proptest::collection::vec(-3.0f64..3.0, 1600),
        ) {
            let matrix = Array2::from_shape_fn((size, size), |(i, j)| {
                entries[40 * i.max(j) + i.min(j)]
            });
            let reduced = Tridiagonal::of(matrix.view());
            let trace: f64 = reduced.diagonal.iter().sum();
            prop_assert!((trace - matrix.diag().sum()).abs() <= 1e-12);
            let squares: f64 = reduced.diagonal.iter().map(|x| x * x).sum::<f64>()
                + 2.0 * reduced.beside.iter().map(|x| x * x).sum::<f64>();
            prop_assert!((squares - matrix.mapv(|x| x * x).sum()).abs() <= 1e-10);
            let stride = size.next_multiple_of(PARTS);
            let mut rows = vec![0.0; size * stride];
            for ((i, j), entry) in matrix.indexed_iter() {
                rows[i * stride + j] = entry / 2.0;
            }
            let mut portable = Tridiagonal {
                diagonal: vec![0.0; size],
                beside: vec![0.0; size - 1],
                reflections: Vec::new(),
            };
            let reduced_by = Reduction { rows: &mut rows, stride, reduced: &mut portable };
            reduced_by.with_simd(pulp::Scalar::new());
            for (here, there) in reduced.beside.iter().zip(&portable.beside) {
                prop_assert_eq!(here.to_bits(), (2.0 * there).to_bits());
            }
        }

        #[test]
        fn values_alone_have_the_sum_and_the_sum_of_squares_of_the_matrix(
            size in 1usize..120, entries in proptest::collection::vec(-3.0f64..3.0, 120),
        ) {
            let matrix = Array2::from_shape_fn((size, size), |(i, j)| {
                entries[(i + j) % 120] * entries[(7 * i.abs_diff(j)) % 120]
            });
            let values = Tridiagonal::of(matrix.view()).values();
            let scale = size as f64 * 9.0;
            let sum: f64 = values.iter().sum();
            prop_assert!((sum - matrix.diag().sum()).abs() <= 1e-13 * scale * size as f64);
            let squares: f64 = values.iter().map(|x| x * x).sum();
            let expected = matrix.mapv(|x| x * x).sum();
            prop_assert!((squares - expected).abs() <= 1e-13 * scale * scale);
        }
    }
}
