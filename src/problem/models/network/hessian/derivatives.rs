//! The derivatives of everything with respect to what is added to the sum of one unit.

use super::super::products::{Weights, multiply};
use super::super::shape::Shape;
use super::group::{Group, Rows};
use crate::math::fast::Lanes;

/// The derivatives with respect to what is added to the sums of one layer.
pub(super) struct Derivatives {
    /// How many units there are from this layer on.
    pub(super) units: usize,
    /// `∂δ_β/∂e_α` for `β` from this layer on, `α` after `α`.
    pub(super) second: Rows,
    /// `∂u/∂e_α` of the hidden units, and `∂z/∂e_α`, for one `α`.
    pub(super) sums: Rows,
    /// `∂a/∂e_α`.
    pub(super) values: Rows,
}

impl Derivatives {
    /// Takes the derivative with respect to what is added to the sum of a unit.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "all that a backward pass follows from")]
    pub(super) fn take<L: Lanes<Number = f64>>(
        &mut self,
        l: L,
        shape: &Shape,
        w: &[f64],
        group: &Group,
        curved: &[f64],
        index: usize,
        unit: usize,
    ) {
        let own = shape.layers[index];
        let places = curved.len();
        let row = |unit: usize| unit * places..(unit + 1) * places;
        let second = &mut self.second.numbers[row(unit * self.units).start..];
        let end = self.units - 1;
        if end == 0 {
            second[row(0)].copy_from_slice(curved);
            return;
        }
        let me = own.units_before + unit;
        self.values.row_mut(me).copy_from_slice(group.slopes.row(me));
        for layer in &shape.layers[index + 1..] {
            let is_next = layer.units_before == own.units_before + own.rows;
            let (before, from) = self.values.numbers.split_at_mut(row(layer.units_before).start);
            let before = &before[row(layer.units_before - layer.columns).start..];
            let weights = Weights::up(layer, w).unbiased();
            let sums = &mut self.sums.numbers[row(layer.units_before).start..];
            if is_next {
                weights.column(unit).times(l, &before[row(unit)], sums, places, places);
            } else {
                weights.times(l, before, sums, places, places);
            }
            for k in 0..layer.rows {
                let at = layer.units_before + k;
                if at < shape.units() {
                    multiply(l, &mut from[row(k)], group.slopes.row(at), &sums[row(k)]);
                }
            }
        }
        multiply(l, &mut second[row(end)], curved, self.sums.row(shape.units()));
        for layer in shape.layers[index + 1..].iter().rev() {
            let is_next = layer.units_before == own.units_before + own.rows;
            let below = layer.units_before - layer.columns;
            let here = below - own.units_before;
            let (target, source) = second.split_at_mut(row(here + layer.columns).start);
            // Of its own layer half is enough: S is symmetric.
            let first = if is_next { unit } else { 0 };
            let weights = Weights::down(layer, w).rows_from(first);
            let start = row(here + first).start;
            weights.times(l, source, &mut target[start..], places, places);
            for column in first..layer.columns {
                let target = &mut target[row(here + column)];
                let at = below + column;
                let slopes = L::packs(group.slopes.row(at)).iter();
                let beside = L::packs(group.bends.row(at)).iter().zip(L::packs(self.sums.row(at)));
                for ((out, slope), (bend, sum)) in
                    L::packs_mut(target).iter_mut().zip(slopes).zip(beside)
                {
                    *out = l.mul(*out, *slope);
                    if !is_next {
                        *out = l.mul_add(*bend, *sum, *out);
                    } else if column == unit {
                        *out = l.add(*out, *bend);
                    }
                }
            }
        }
    }
}
