//! The whole curvature at once, from the curvature in the sums of the units.
//!
//! ```text
//! e_α: what is added to the sum of unit α            S_αβ = ∂²ℓ/∂e_α ∂e_β = ∂δ_β/∂e_α
//! ∂²ℓ/∂w_αj ∂w_βn = S_αβ a_j a_n + a_j δ_β ∂a_n/∂e_α     β in the layer of α or in one above, a = 1 at a bias
//! ```
//!
//! A weight into unit `α` acts only through its sum, so there is one derivative of the backward pass to take for every
//! unit (B. Pearlmutter, 1994), not for every weight. What remains are sums over examples of products of two rows:
//! `S_αβ` with `a_j a_n`, and `a_j` with `δ_β ∂a_n/∂e_α`; within a layer `a_j a_n` serves two entries. The sums are kept
//! in eight parts, so that every processor gives the same bits, and folded group by group of examples, so that they
//! need no room.

use ndarray::Array2;
use pulp::{Arch, Simd, WithSimd};

mod group;
mod derivatives;
mod sum;

use super::shape::Shape;
use super::tape::{BLOCK, Tape};
use crate::math::fast::{Double, Strict};
use derivatives::Derivatives;
use group::{Group, Rows};
use sum::Sum;

/// Blocks of examples that are summed in one go.
const GROUP: usize = 8;

/// Pairs of values that are multiplied in advance.
const PAIRS: usize = 48;

/// `Σ_i c_i ∇z_i ∇z_iᵀ + s_i ∇²z_i`; the tape must hold bends.
pub(super) fn curvature(
    shape: &Shape,
    tape: &Tape,
    w: &[f64],
    slopes: &[f64],
    curvatures: &[f64],
) -> Array2<f64> {
    let size = w.len();
    let mut hessian = Array2::zeros((size, size));
    for first in (0..slopes.len()).step_by(GROUP * BLOCK) {
        let end = (first + GROUP * BLOCK).min(slopes.len());
        let group = Group::of(shape, tape, first / BLOCK, end - first);
        let entries = hessian.as_slice_mut().expect("it was made just now");
        let (slopes, curvatures) = (&slopes[first..end], &curvatures[first..end]);
        Arch::new().dispatch(Assembly { shape, w, slopes, curvatures, group, entries });
    }
    for i in 0..size {
        for j in 0..i {
            hessian[[j, i]] = hessian[[i, j]];
        }
    }
    hessian
}

struct Assembly<'a> {
    shape: &'a Shape,
    w: &'a [f64],
    slopes: &'a [f64],
    curvatures: &'a [f64],
    group: Group,
    /// The lower triangle of the whole matrix, row by row.
    entries: &'a mut [f64],
}

impl WithSimd for Assembly<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { shape, w, slopes, curvatures, mut group, entries } = self;
        let l: Strict<S> = Double(simd);
        group.back(l, shape, w, slopes);
        let places = group.delta.places;
        let mut curved = vec![0.0; places];
        curved[..curvatures.len()].copy_from_slice(curvatures);
        let all = shape.units() + 1;
        let widest = shape.layers.iter().map(|layer| layer.rows).max().unwrap_or(0);
        let mut products = Rows::new(widest.max(PAIRS), places);
        let mut derivatives = Derivatives {
            units: 0,
            second: Rows::new(widest * all, places),
            sums: Rows::new(all, places),
            values: Rows::new(all, places),
        };
        let most = shape.layers.iter().map(|layer| layer.columns + 1).max().unwrap_or(0);
        let starts = (0..most.max(widest).max(PAIRS)).map(|row| row * places).collect();
        let mut sum = Sum { size: w.len(), entries, starts, parts: Vec::new() };
        for index in 0..shape.layers.len() {
            derivatives.units = all - shape.layers[index].units_before;
            for unit in 0..shape.layers[index].rows {
                derivatives.take(l, shape, w, &group, &curved, index, unit);
                sum.follow(l, shape, &group, &derivatives.values, [index, unit], &mut products);
            }
            for above in index..shape.layers.len() {
                sum.bend(l, shape, &group, &derivatives, [index, above], &mut products);
            }
        }
    }
}

#[cfg(test)]
mod tests;
