//! What is known of some examples before the first derivative is taken.

use super::super::backward::PARTS;
use super::super::products::Weights;
use super::super::shape::Shape;
use super::super::tape::{BLOCK, Tape, last};
use crate::math::aligned::Scratch;
use crate::math::fast::Lanes;

/// Rows of numbers, one for each example of a group.
pub(super) struct Rows {
    pub(super) places: usize,
    pub(super) numbers: Scratch,
}

impl Rows {
    pub(super) fn new(rows: usize, places: usize) -> Self {
        Self { places, numbers: Scratch::of(rows * places) }
    }

    #[inline(always)]
    pub(super) fn row(&self, row: usize) -> &[f64] {
        self.several(row, 1)
    }

    #[inline(always)]
    fn several(&self, first: usize, rows: usize) -> &[f64] {
        &self.numbers[first * self.places..(first + rows) * self.places]
    }

    #[inline(always)]
    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.numbers[row * self.places..(row + 1) * self.places]
    }

    /// Takes some rows of a block of the tape over.
    fn take(&mut self, first: usize, block: usize, from: &[f64]) {
        let start = block * BLOCK;
        let count = BLOCK.min(self.places - start);
        for (row, from) in from.chunks_exact(BLOCK).enumerate() {
            self.row_mut(first + row)[start..start + count].copy_from_slice(&from[..count]);
        }
    }
}

/// What is known of some examples before the first derivative is taken.
pub(super) struct Group {
    /// The values that go into each layer, and a row of ones for its biases.
    pub(super) sources: Vec<Rows>,
    /// `φ′` of all hidden units.
    pub(super) slopes: Rows,
    /// `φ″`, and after the backward pass `φ″ Wᵀδ`.
    pub(super) bends: Rows,
    /// `δ` of all units, the output's last.
    pub(super) delta: Rows,
}

impl Group {
    pub(super) fn of(shape: &Shape, tape: &Tape, first: usize, examples: usize) -> Self {
        let places = examples.next_multiple_of(PARTS);
        let units = shape.units();
        let mut group = Self {
            sources: shape.layers.iter().map(|l| Rows::new(l.columns + 1, places)).collect(),
            slopes: Rows::new(units, places),
            bends: Rows::new(units, places),
            delta: Rows::new(units + 1, places),
        };
        for block in 0..examples.div_ceil(BLOCK) {
            for (layer, source) in shape.layers.iter().zip(&mut group.sources) {
                let is_first = layer.units_before == 0;
                let values = tape.values(first + block);
                let from = if is_first { tape.inputs(first + block) } else { last(values, layer) };
                source.take(0, block, from);
            }
            group.slopes.take(0, block, tape.slopes(first + block));
            group.bends.take(0, block, tape.bends(first + block));
        }
        for (layer, source) in shape.layers.iter().zip(&mut group.sources) {
            source.row_mut(layer.columns).fill(1.0);
        }
        group
    }

    /// The backward pass.
    #[inline(always)]
    pub(super) fn back<L: Lanes<Number = f64>>(
        &mut self,
        l: L,
        shape: &Shape,
        w: &[f64],
        slopes: &[f64],
    ) {
        let (own, rest) = self.delta.row_mut(shape.units()).split_at_mut(slopes.len());
        own.copy_from_slice(slopes);
        rest.fill(0.0);
        for layer in shape.layers.iter().skip(1).rev() {
            let below = layer.units_before - layer.columns;
            let places = self.delta.places;
            let (target, source) = self.delta.numbers.split_at_mut(layer.units_before * places);
            let target = &mut target[below * places..];
            Weights::down(layer, w).times(l, source, target, places, places);
            for column in 0..layer.columns {
                let unit = below + column;
                let target = &mut target[column * places..(column + 1) * places];
                let bends = L::packs_mut(self.bends.row_mut(unit)).iter_mut();
                let slopes = L::packs(self.slopes.row(unit)).iter();
                for ((back, bend), slope) in L::packs_mut(target).iter_mut().zip(bends).zip(slopes)
                {
                    *bend = l.mul(*bend, *back);
                    *back = l.mul(*back, *slope);
                }
            }
        }
    }
}
