//! What is done with rows of examples. Every sum has one order, and nothing is fused.

use super::super::shape::Layer;

/// Parts that a sum over examples is kept in, and examples that rows are filled up to whole groups of.
pub(super) const PARTS: usize = 8;

/// `Σ x`.
#[inline(always)]
pub(super) fn total(x: &[f64]) -> f64 {
    let mut parts = [0.0; PARTS];
    for x in x.as_chunks::<PARTS>().0 {
        for (part, x) in parts.iter_mut().zip(x) {
            *part += x;
        }
    }
    folded(parts)
}

/// `Σ x y`.
#[inline(always)]
pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let mut parts = [0.0; PARTS];
    for (x, y) in x.as_chunks::<PARTS>().0.iter().zip(y.as_chunks::<PARTS>().0) {
        for (part, (x, y)) in parts.iter_mut().zip(x.iter().zip(y)) {
            *part += x * y;
        }
    }
    folded(parts)
}

#[inline(always)]
fn folded([a, b, c, d, e, f, g, h]: [f64; PARTS]) -> f64 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// `sums += W a`, a row a unit.
#[inline(always)]
pub(super) fn weigh(w: &[f64], layer: &Layer, a: &[f64], stride: usize, sums: &mut [f64]) {
    for (row, sums) in sums.chunks_exact_mut(stride).enumerate() {
        for (weight, a) in w[layer.row(row)].iter().zip(a.chunks_exact(stride)) {
            for (sum, a) in sums.iter_mut().zip(a) {
                *sum += weight * a;
            }
        }
    }
}

/// `below += Wᵀ δ`, a row a column of `W`.
#[inline(always)]
pub(super) fn weigh_back(
    w: &[f64],
    layer: &Layer,
    delta: &[f64],
    stride: usize,
    below: &mut [f64],
) {
    for (column, below) in below.chunks_exact_mut(stride).enumerate() {
        for (row, delta) in delta.chunks_exact(stride).enumerate() {
            let weight = w[layer.row(row).start + column];
            for (below, delta) in below.iter_mut().zip(delta) {
                *below += weight * delta;
            }
        }
    }
}

/// `matrix += Σ δ aᵀ` over the examples, row by row.
#[inline(always)]
pub(super) fn add_outer(delta: &[f64], a: &[f64], stride: usize, matrix: &mut [f64]) {
    let pairs = delta
        .chunks_exact(stride)
        .flat_map(|delta| a.chunks_exact(stride).map(move |a| (delta, a)));
    for (sum, (delta, a)) in matrix.iter_mut().zip(pairs) {
        *sum += dot(delta, a);
    }
}
