//! The backward pass: from the slopes of the loss to the gradient.
//!
//! ```text
//! δᴸ = ℓ′,     ∂/∂Wˡ = Σ δˡ aˡ⁻¹ᵀ,     ∂/∂bˡ = Σ δˡ,     δˡ⁻¹ = (Wˡᵀ δˡ) φ′
//! ```

use ndarray::ArrayViewMut1;
use pulp::{Arch, Simd, WithSimd};

use super::shape::{Layer, Shape};
use super::tape::{BLOCK, Tape, last};
use crate::math::fast::{Double, Lanes, Strict};

/// Parts that a sum over examples is kept in: the most lanes of any processor, so that the number of lanes changes no
/// bit of the sum.
pub(super) const PARTS: usize = 8;

/// Adds `Σ_i s_i ∂z_i/∂w` to `gradient`.
pub(super) fn add_gradient(
    shape: &Shape,
    tape: &Tape,
    w: &[f64],
    slopes: &[f64],
    mut gradient: ArrayViewMut1<'_, f64>,
) {
    let mut sums = vec![0.0; w.len() * PARTS];
    Arch::new().dispatch(Backward { shape, tape, w, slopes, sums: &mut sums });
    for (g, parts) in gradient.iter_mut().zip(sums.chunks_exact(PARTS)) {
        *g += folded(parts);
    }
}

/// The sum of its parts, always in the same order.
#[inline(always)]
pub(super) fn folded(parts: &[f64]) -> f64 {
    ((parts[0] + parts[4]) + (parts[2] + parts[6]))
        + ((parts[1] + parts[5]) + (parts[3] + parts[7]))
}

struct Backward<'a> {
    shape: &'a Shape,
    tape: &'a Tape,
    w: &'a [f64],
    slopes: &'a [f64],
    sums: &'a mut [f64],
}

impl WithSimd for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { shape, tape, w, slopes, sums } = self;
        let l: Strict<S> = Double(simd);
        let room = shape.widest() * BLOCK;
        let (mut delta, mut below) = (vec![0.0; room], vec![0.0; room]);
        for (block, slopes) in slopes.chunks(BLOCK).enumerate() {
            delta[..slopes.len()].copy_from_slice(slopes);
            delta[slopes.len()..BLOCK].fill(0.0);
            for layer in shape.layers.iter().rev() {
                let is_first = layer.units_before == 0;
                let source =
                    if is_first { tape.inputs(block) } else { last(tape.values(block), layer) };
                for (row, delta) in delta.chunks_exact(BLOCK).take(layer.rows).enumerate() {
                    for (column, a) in source.chunks_exact(BLOCK).enumerate() {
                        let place = layer.row(row).start + column;
                        add_products(l, &mut sums[place * PARTS..(place + 1) * PARTS], delta, a);
                    }
                    let place = layer.biases().start + row;
                    add_all(l, &mut sums[place * PARTS..(place + 1) * PARTS], delta);
                }
                if is_first {
                    break;
                }
                let slopes = last(tape.slopes(block), layer);
                down(l, layer, w, &delta, &mut below);
                for (below, slope) in
                    Strict::<S>::packs_mut(&mut below).iter_mut().zip(Strict::<S>::packs(slopes))
                {
                    *below = l.mul(*below, *slope);
                }
                std::mem::swap(&mut delta, &mut below);
            }
        }
    }
}

/// `parts += Σ x y`, example by example into the parts in turn.
#[inline(always)]
pub(super) fn add_products<L: Lanes<Number = f64>>(l: L, parts: &mut [f64], x: &[f64], y: &[f64]) {
    let parts = L::packs_mut(parts);
    for (x, y) in L::packs(x).chunks_exact(parts.len()).zip(L::packs(y).chunks_exact(parts.len())) {
        for (part, (x, y)) in parts.iter_mut().zip(x.iter().zip(y)) {
            *part = l.mul_add(*x, *y, *part);
        }
    }
}

/// `parts += Σ x`, example by example into the parts in turn.
#[inline(always)]
pub(super) fn add_all<L: Lanes<Number = f64>>(l: L, parts: &mut [f64], x: &[f64]) {
    let parts = L::packs_mut(parts);
    for x in L::packs(x).chunks_exact(parts.len()) {
        for (part, x) in parts.iter_mut().zip(x) {
            *part = l.add(*part, *x);
        }
    }
}

/// `Wᵀ δ` for a block.
#[inline(always)]
pub(super) fn down<L: Lanes<Number = f64>>(
    l: L,
    layer: &Layer,
    w: &[f64],
    delta: &[f64],
    below: &mut [f64],
) {
    for (column, below) in below.chunks_exact_mut(BLOCK).take(layer.columns).enumerate() {
        let below = L::packs_mut(below);
        for (row, delta) in delta.chunks_exact(BLOCK).take(layer.rows).enumerate() {
            let weight = l.splat(w[layer.row(row).start + column]);
            for (below, delta) in below.iter_mut().zip(L::packs(delta)) {
                let own = l.mul(weight, *delta);
                *below = if row == 0 { own } else { l.add(*below, own) };
            }
        }
    }
}
