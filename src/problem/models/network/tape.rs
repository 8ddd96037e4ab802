//! The forward pass, and what it leaves behind for the passes that follow.
//!
//! ```text
//! block of 64 examples:   unit 0: 64 values │ unit 1: 64 values │ …     layer after layer
//! ```
//!
//! Sums over units are made in order for every example by itself, so the number of lanes changes no bit.

use ndarray::ArrayView2;
use pulp::{Arch, Simd, WithSimd};

use super::activation::{self, Activation};
use super::shape::{Layer, Shape};
use crate::math::fast::{Double, Lanes, Strict};

/// Examples that are worked on together.
pub(super) const BLOCK: usize = 64;

/// Packs whose sums are kept in registers at the same time.
const TOGETHER: usize = 4;

/// What is recorded beside the values of the hidden units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// Nothing: only predictions are wanted.
    Values,
    /// The slopes `φ′` for a gradient.
    Slopes,
    /// The bends `φ″` too, for curvature.
    Bends,
}

/// What a forward pass leaves behind, block after block.
pub(super) struct Tape {
    /// How many blocks there are.
    pub(super) blocks: usize,
    /// The inputs, features × examples in each block; zero beyond the last example.
    inputs: Vec<f64>,
    /// The hidden units' values, units × examples in each block.
    values: Vec<f64>,
    slopes: Vec<f64>,
    bends: Vec<f64>,
    features: usize,
    units: usize,
}

impl Tape {
    /// Runs examples forward: writes `z`, and records as much as is wanted.
    pub(super) fn record(
        shape: &Shape,
        activation: Activation,
        w: &[f64],
        inputs: ArrayView2<'_, f64>,
        depth: Depth,
        z: &mut [f64],
    ) -> Self {
        let (blocks, features, units) = (z.len().div_ceil(BLOCK), shape.inputs, shape.units());
        let size = |wanted: bool| if wanted { blocks * units * BLOCK } else { 0 };
        let mut tape = Self {
            blocks,
            inputs: transposed(inputs, blocks),
            // Predictions alone need no more than the block under way.
            values: vec![0.0; if depth == Depth::Values { units * BLOCK } else { size(true) }],
            slopes: vec![0.0; size(depth >= Depth::Slopes)],
            bends: vec![0.0; size(depth >= Depth::Bends)],
            features,
            units,
        };
        Arch::new().dispatch(Forward { shape, activation, w, depth, tape: &mut tape, z });
        tape
    }

    /// The inputs of a block.
    pub(super) fn inputs(&self, block: usize) -> &[f64] {
        part(&self.inputs, block, self.features)
    }

    /// The values of the hidden units of a block.
    pub(super) fn values(&self, block: usize) -> &[f64] {
        part(&self.values, block, self.units)
    }

    /// Their slopes.
    pub(super) fn slopes(&self, block: usize) -> &[f64] {
        part(&self.slopes, block, self.units)
    }

    /// Their bends.
    pub(super) fn bends(&self, block: usize) -> &[f64] {
        part(&self.bends, block, self.units)
    }
}

fn part(all: &[f64], block: usize, rows: usize) -> &[f64] {
    &all[block * rows * BLOCK..(block + 1) * rows * BLOCK]
}

fn part_mut(all: &mut [f64], block: usize, rows: usize) -> &mut [f64] {
    &mut all[block * rows * BLOCK..(block + 1) * rows * BLOCK]
}

fn transposed(inputs: ArrayView2<'_, f64>, blocks: usize) -> Vec<f64> {
    let features = inputs.ncols();
    let mut all = vec![0.0; blocks * features * BLOCK];
    for (k, column) in inputs.columns().into_iter().enumerate() {
        for (example, &x) in column.iter().enumerate() {
            let (block, place) = (example / BLOCK, example % BLOCK);
            all[(block * features + k) * BLOCK + place] = x;
        }
    }
    all
}

struct Forward<'a> {
    shape: &'a Shape,
    activation: Activation,
    w: &'a [f64],
    depth: Depth,
    tape: &'a mut Tape,
    z: &'a mut [f64],
}

impl WithSimd for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { shape, activation, w, depth, tape, z } = self;
        let l: Strict<S> = Double(simd);
        let (hidden, output) = shape.split();
        for (block, z) in z.chunks_mut(BLOCK).enumerate() {
            let kept = if depth == Depth::Values { 0 } else { block };
            let Tape { inputs, values, slopes, bends, features, units, .. } = tape;
            let inputs = part(inputs, block, *features);
            let values = part_mut(values, kept, *units);
            for layer in hidden {
                let (before, own) = values.split_at_mut(layer.units_before * BLOCK);
                let source = if layer.units_before == 0 { inputs } else { last(before, layer) };
                let own = &mut own[..layer.rows * BLOCK];
                sums(l, layer, w, source, own);
                let place = layer.units_before * BLOCK..(layer.units_before + layer.rows) * BLOCK;
                match depth {
                    Depth::Values => {
                        for value in Strict::<S>::packs_mut(own) {
                            *value = activation::value(l, activation, *value);
                        }
                    }
                    Depth::Slopes => {
                        let slopes = &mut part_mut(slopes, block, *units)[place];
                        let packs = Strict::<S>::packs_mut(own).iter_mut();
                        for (value, slope) in packs.zip(Strict::<S>::packs_mut(slopes)) {
                            [*value, *slope] = activation::value_and_slope(l, activation, *value);
                        }
                    }
                    Depth::Bends => {
                        let slopes = &mut part_mut(slopes, block, *units)[place.clone()];
                        let bends = &mut part_mut(bends, block, *units)[place];
                        let packs = Strict::<S>::packs_mut(own).iter_mut();
                        let beside = Strict::<S>::packs_mut(slopes)
                            .iter_mut()
                            .zip(Strict::<S>::packs_mut(bends));
                        for (value, (slope, bend)) in packs.zip(beside) {
                            [*value, *slope, *bend] = activation::all(l, activation, *value);
                        }
                    }
                }
            }
            let mut predicted = [0.0; BLOCK];
            sums(l, &output, w, last(values, &output), &mut predicted);
            z.copy_from_slice(&predicted[..z.len()]);
        }
    }
}

/// The values of the layer before `layer`, which are the last of those before it.
#[inline(always)]
pub(super) fn last<'a>(before: &'a [f64], layer: &Layer) -> &'a [f64] {
    let end = layer.units_before * BLOCK;
    &before[end - layer.columns * BLOCK..end]
}

/// `u = W a + b` for a block.
#[inline(always)]
fn sums<L: Lanes<Number = f64>>(l: L, layer: &Layer, w: &[f64], source: &[f64], u: &mut [f64]) {
    for (row, u) in u.chunks_exact_mut(BLOCK).enumerate() {
        let weights = &w[layer.row(row)];
        let bias = l.splat(w[layer.biases().start + row]);
        for (k, u) in L::packs_mut(u).chunks_exact_mut(TOGETHER).enumerate() {
            let mut sum = [bias; TOGETHER];
            for (weight, source) in weights.iter().zip(source.chunks_exact(BLOCK)) {
                let weight = l.splat(*weight);
                let source = &L::packs(source)[k * TOGETHER..(k + 1) * TOGETHER];
                for (sum, a) in sum.iter_mut().zip(source) {
                    *sum = l.mul_add(weight, *a, *sum);
                }
            }
            u.copy_from_slice(&sum);
        }
    }
}
