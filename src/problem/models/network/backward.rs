//! The backward pass: from the slopes of the loss to the gradient.
//!
//! ```text
//! δᴸ = ℓ′,     ∂/∂Wˡ = Σ δˡ aˡ⁻¹ᵀ,     ∂/∂bˡ = Σ δˡ,     δˡ⁻¹ = (Wˡᵀ δˡ) φ′
//! ```

use ndarray::ArrayViewMut1;
use pulp::{Arch, Simd, WithSimd};

use super::products::{Selected, Weights, add_all, add_products};
use super::shape::Shape;
use super::tape::{BLOCK, Tape, last};
use crate::math::aligned::Scratch;
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
    let mut sums = Scratch::zeros(w.len() * PARTS);
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
        let (mut delta, mut below) = (Scratch::of(room), Scratch::of(room));
        let starts: Vec<usize> = (0..shape.widest()).map(|row| row * BLOCK).collect();
        for (block, slopes) in slopes.chunks(BLOCK).enumerate() {
            let places = tape.places(block);
            delta[..slopes.len()].copy_from_slice(slopes);
            delta[slopes.len()..places].fill(0.0);
            for layer in shape.layers.iter().rev() {
                let is_first = layer.units_before == 0;
                let source =
                    if is_first { tape.inputs(block) } else { last(tape.values(block), layer) };
                let rows = Selected { numbers: &delta, starts: &starts[..layer.rows], places };
                let columns =
                    Selected { numbers: source, starts: &starts[..layer.columns], places };
                let own = &mut sums[layer.first * PARTS..];
                add_products(l, own, layer.columns, rows, columns);
                for (row, bias) in layer.biases().enumerate() {
                    let delta = &delta[row * BLOCK..row * BLOCK + places];
                    add_all(l, &mut sums[bias * PARTS..(bias + 1) * PARTS], delta);
                }
                if is_first {
                    break;
                }
                let slopes = last(tape.slopes(block), layer);
                Weights::down(layer, w).times(l, &delta, &mut below, BLOCK, places);
                let rows = below.chunks_exact_mut(BLOCK).zip(slopes.chunks_exact(BLOCK));
                for (below, slopes) in rows {
                    let below = Strict::<S>::packs_mut(&mut below[..places]);
                    for (below, slope) in below.iter_mut().zip(Strict::<S>::packs(slopes)) {
                        *below = l.mul(*below, *slope);
                    }
                }
                std::mem::swap(&mut delta, &mut below);
            }
        }
    }
}
