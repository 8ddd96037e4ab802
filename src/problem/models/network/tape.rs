//! The forward pass, and what it leaves behind for the passes that follow.
//!
//! ```text
//! block of 128 examples:   unit 0: 128 values │ unit 1: 128 values │ …     layer after layer
//! ```
//!
//! Sums over units are made in order for every example by itself, so the number of lanes changes no bit.

use ndarray::{ArrayView2, Axis};
use pulp::{Arch, Simd, WithSimd};

use super::activation::{self, Activation};
use super::backward::PARTS;
use super::products::Weights;
use super::shape::{Layer, Shape};
use crate::math::aligned::Scratch;
use crate::math::fast::{Double, Lanes, Strict};

/// Examples that are worked on together: the rows of sixteen units stay in the nearest cache.
pub(super) const BLOCK: usize = 128;

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
    inputs: Scratch,
    /// The hidden units' values, units × examples in each block.
    values: Scratch,
    slopes: Scratch,
    bends: Scratch,
    examples: usize,
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
            values: Scratch::of(if depth == Depth::Values { units * BLOCK } else { size(true) }),
            slopes: Scratch::of(size(depth >= Depth::Slopes)),
            bends: Scratch::of(size(depth >= Depth::Bends)),
            examples: z.len(),
            features,
            units,
        };
        Arch::new().dispatch(Forward { shape, activation, w, depth, tape: &mut tape, z });
        tape
    }

    /// How many places of each row of a block are filled: all but in the last block, always a whole number of packs.
    pub(super) fn places(&self, block: usize) -> usize {
        places(self.examples - block * BLOCK)
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

fn places(examples: usize) -> usize {
    examples.min(BLOCK).next_multiple_of(PARTS)
}

fn part(all: &[f64], block: usize, rows: usize) -> &[f64] {
    &all[block * rows * BLOCK..(block + 1) * rows * BLOCK]
}

fn part_mut(all: &mut [f64], block: usize, rows: usize) -> &mut [f64] {
    &mut all[block * rows * BLOCK..(block + 1) * rows * BLOCK]
}

fn transposed(inputs: ArrayView2<'_, f64>, blocks: usize) -> Scratch {
    let features = inputs.ncols();
    let mut all = Scratch::of(blocks * features * BLOCK);
    for (k, column) in inputs.columns().into_iter().enumerate() {
        for (block, column) in column.axis_chunks_iter(Axis(0), BLOCK).enumerate() {
            let start = (block * features + k) * BLOCK;
            let (own, rest) = all[start..start + BLOCK].split_at_mut(column.len());
            own.iter_mut().zip(column).for_each(|(place, x)| *place = *x);
            rest.fill(0.0);
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
            let places = places(z.len());
            for layer in hidden {
                let (before, own) = values.split_at_mut(layer.units_before * BLOCK);
                let source = if layer.units_before == 0 { inputs } else { last(before, layer) };
                Weights::up(layer, w).times(l, source, own, BLOCK, places);
                let place = layer.units_before * BLOCK..(layer.units_before + layer.rows) * BLOCK;
                let own = &mut own[..layer.rows * BLOCK];
                match depth {
                    Depth::Values => bend::<_, 1>(l, activation, places, [own, &mut [], &mut []]),
                    Depth::Slopes => {
                        let slopes = &mut part_mut(slopes, block, *units)[place];
                        bend::<_, 2>(l, activation, places, [own, slopes, &mut []]);
                    }
                    Depth::Bends => {
                        let slopes = &mut part_mut(slopes, block, *units)[place.clone()];
                        let bends = &mut part_mut(bends, block, *units)[place];
                        bend::<_, 3>(l, activation, places, [own, slopes, bends]);
                    }
                }
            }
            let mut predicted = [0.0; BLOCK];
            let source = last(values, &output);
            Weights::up(&output, w).times(l, source, &mut predicted, BLOCK, places);
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

/// Turns sums into `φ`, and writes `φ′` and `φ″` beside if so many are wanted.
#[inline(always)]
fn bend<L: Lanes<Number = f64>, const WANTED: usize>(
    l: L,
    activation: Activation,
    places: usize,
    rows: [&mut [f64]; 3],
) {
    let [values, slopes, bends] = rows;
    for start in (0..values.len()).step_by(BLOCK) {
        let row = start..start + places;
        let values = L::packs_mut(&mut values[row.clone()]);
        let slopes = L::packs_mut(if WANTED > 1 { &mut slopes[row.clone()] } else { &mut [] });
        let bends = L::packs_mut(if WANTED > 2 { &mut bends[row] } else { &mut [] });
        for (p, value) in values.iter_mut().enumerate() {
            let [own, slope, bend] = activation::all(l, activation, *value);
            *value = own;
            if WANTED > 1 {
                slopes[p] = slope;
            }
            if WANTED > 2 {
                bends[p] = bend;
            }
        }
    }
}
