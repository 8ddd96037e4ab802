//! Curvature times a vector, exactly: the gradient's own derivative along it.
//!
//! ```text
//! u̇ˡ = Ẇˡ aˡ⁻¹ + Wˡ ȧˡ⁻¹ + ḃˡ,     ȧˡ = φ′ u̇ˡ,     δ̇ᴸ = ℓ″ ż
//! ∂̇/∂Wˡ = Σ δ̇ˡ aˡ⁻¹ᵀ + δˡ ȧˡ⁻¹ᵀ,     δ̇ˡ⁻¹ = (Ẇˡᵀ δˡ + Wˡᵀ δ̇ˡ) φ′ + (Wˡᵀ δˡ) φ″ u̇ˡ⁻¹
//! ```
//!
//! B. Pearlmutter (1994), "Fast exact multiplication by the Hessian", Neural Computation 6(1): a dot is a derivative along
//! the vector, and the cost is that of two gradients.

use pulp::{Arch, Simd, WithSimd};

use super::backward::{PARTS, folded};
use super::products::{Selected, Weights, add_all, add_products};
use super::shape::{Layer, Shape};
use super::tape::{BLOCK, Tape, last};
use crate::math::aligned::Scratch;
use crate::math::fast::{Double, Lanes, Strict};

/// `(Σ_i c_i ∇z_i ∇z_iᵀ + s_i ∇²z_i) v`; the tape must hold bends.
pub(super) fn curvature_times(
    shape: &Shape,
    tape: &Tape,
    w: &[f64],
    slopes: &[f64],
    curvatures: &[f64],
    v: &[f64],
) -> Vec<f64> {
    let mut sums = Scratch::zeros(w.len() * PARTS);
    Arch::new().dispatch(Tangent { shape, tape, w, v, slopes, curvatures, sums: &mut sums });
    sums.chunks_exact(PARTS).map(folded).collect()
}

struct Tangent<'a> {
    shape: &'a Shape,
    tape: &'a Tape,
    w: &'a [f64],
    v: &'a [f64],
    slopes: &'a [f64],
    curvatures: &'a [f64],
    sums: &'a mut [f64],
}

impl WithSimd for Tangent<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { shape, tape, w, v, slopes, curvatures, sums } = self;
        let l: Strict<S> = Double(simd);
        let (hidden, output) = shape.split();
        let (room, units) = (shape.widest() * BLOCK, shape.units() * BLOCK);
        // The derivatives of sums and values of all hidden units, of one block.
        let (mut sums_dot, mut values_dot) = (Scratch::of(units), Scratch::of(units));
        let (mut delta, mut below) = (Scratch::of(room), Scratch::of(room));
        let (mut delta_dot, mut below_dot) = (Scratch::of(room), Scratch::of(room));
        let mut extra = Scratch::of(room);
        let starts: Vec<usize> = (0..shape.widest()).map(|row| row * BLOCK).collect();
        for block in 0..tape.blocks {
            let places = tape.places(block);
            let values = tape.values(block);
            let source = |layer: &Layer| {
                if layer.units_before == 0 { tape.inputs(block) } else { last(values, layer) }
            };
            for layer in hidden {
                let place = layer.units_before * BLOCK..(layer.units_before + layer.rows) * BLOCK;
                let (before, own) = values_dot.split_at_mut(place.start);
                let moving = (layer.units_before > 0).then(|| last(before, layer));
                let u = &mut sums_dot[place.clone()];
                tangent_sums(l, layer, [w, v], source(layer), moving, u);
                let slopes = &tape.slopes(block)[place];
                let packs = Strict::<S>::packs(u).iter().zip(Strict::<S>::packs(slopes));
                let own = &mut own[..layer.rows * BLOCK];
                for (own, (u, slope)) in Strict::<S>::packs_mut(own).iter_mut().zip(packs) {
                    *own = l.mul(*slope, *u);
                }
            }
            let mut z_dot = [0.0; BLOCK];
            let moving = Some(last(&values_dot, &output));
            tangent_sums(l, &output, [w, v], source(&output), moving, &mut z_dot);
            for place in 0..BLOCK {
                let example = block * BLOCK + place;
                let known = slopes.get(example).zip(curvatures.get(example));
                let (slope, curvature) = known.map_or((0.0, 0.0), |(s, c)| (*s, *c));
                delta[place] = slope;
                delta_dot[place] = curvature * z_dot[place];
            }
            for layer in shape.layers.iter().rev() {
                let is_first = layer.units_before == 0;
                let source = source(layer);
                let select = |numbers, rows: usize| {
                    let starts = &starts[..rows];
                    Selected { numbers, starts, places }
                };
                let own = &mut sums[layer.first * PARTS..];
                let (rows, columns) = (layer.rows, layer.columns);
                add_products(l, own, columns, select(&delta_dot, rows), select(source, columns));
                if !is_first {
                    let moving = last(&values_dot, layer);
                    add_products(l, own, columns, select(&delta, rows), select(moving, columns));
                }
                for (row, bias) in layer.biases().enumerate() {
                    let own = &delta_dot[row * BLOCK..row * BLOCK + places];
                    add_all(l, &mut sums[bias * PARTS..(bias + 1) * PARTS], own);
                }
                if is_first {
                    break;
                }
                let [w, v] = [w, v].map(|w| Weights::down(layer, w));
                w.times(l, &delta, &mut below, BLOCK, places);
                w.times(l, &delta_dot, &mut below_dot, BLOCK, places);
                v.times(l, &delta, &mut extra, BLOCK, places);
                let bent = Bent {
                    slopes: last(tape.slopes(block), layer),
                    bends: last(tape.bends(block), layer),
                    moving: last(&sums_dot, layer),
                };
                bent.through(l, &mut below, &mut below_dot, &extra);
                std::mem::swap(&mut delta, &mut below);
                std::mem::swap(&mut delta_dot, &mut below_dot);
            }
        }
    }
}

/// What the activations of one layer do to what comes back through them.
struct Bent<'a> {
    slopes: &'a [f64],
    bends: &'a [f64],
    moving: &'a [f64],
}

impl Bent<'_> {
    /// Turns `Wᵀδ`, `Wᵀδ̇` and `Ẇᵀδ` into the `δ` and `δ̇` of the layer below.
    #[inline(always)]
    fn through<L: Lanes<Number = f64>>(
        &self,
        l: L,
        below: &mut [f64],
        below_dot: &mut [f64],
        extra: &[f64],
    ) {
        let [slopes, bends, moving] = [self.slopes, self.bends, self.moving].map(L::packs);
        let (below, below_dot) = (L::packs_mut(below), L::packs_mut(below_dot));
        for (k, extra) in L::packs(extra).iter().take(slopes.len()).enumerate() {
            let steep = l.mul(l.add(*extra, below_dot[k]), slopes[k]);
            let bent = l.mul(l.mul(below[k], bends[k]), moving[k]);
            below_dot[k] = l.add(steep, bent);
            below[k] = l.mul(below[k], slopes[k]);
        }
    }
}

/// `u̇ = Ẇ a + W ȧ + ḃ` for a block; `ȧ` is none where the values are inputs, which do not move.
#[inline(always)]
fn tangent_sums<L: Lanes<Number = f64>>(
    l: L,
    layer: &Layer,
    [w, v]: [&[f64]; 2],
    source: &[f64],
    moving: Option<&[f64]>,
    u: &mut [f64],
) {
    for (row, u) in u.chunks_exact_mut(BLOCK).enumerate() {
        let u = L::packs_mut(u);
        u.fill(l.splat(v[layer.biases().start + row]));
        for column in 0..layer.columns {
            let at = column * BLOCK..(column + 1) * BLOCK;
            let place = layer.row(row).start + column;
            add_scaled(l, u, v[place], &source[at.clone()]);
            if let Some(moving) = moving {
                add_scaled(l, u, w[place], &moving[at]);
            }
        }
    }
}

#[inline(always)]
fn add_scaled<L: Lanes<Number = f64>>(l: L, sum: &mut [L::Pack], factor: f64, x: &[f64]) {
    let factor = l.splat(factor);
    for (sum, x) in sum.iter_mut().zip(L::packs(x)) {
        *sum = l.mul_add(factor, *x, *sum);
    }
}
