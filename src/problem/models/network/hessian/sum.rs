//! The sum over examples, entry by entry.

use super::super::backward::{PARTS, folded};
use super::super::products::{Selected, add_products, multiply};
use super::super::shape::{Layer, Shape};
use super::PAIRS;
use super::derivatives::Derivatives;
use super::group::{Group, Rows};
use crate::math::fast::Lanes;

/// Where a weight lies; its bias is behind the last column.
#[inline(always)]
fn place(layer: &Layer, row: usize, column: usize) -> usize {
    if column < layer.columns {
        layer.first + row * layer.columns + column
    } else {
        layer.biases().start + row
    }
}

/// The sum over examples.
pub(super) struct Sum<'a> {
    pub(super) size: usize,
    pub(super) entries: &'a mut [f64],
    /// Where rows start that lie one after the other.
    pub(super) starts: Vec<usize>,
    /// Sums in parts, on their way to the entries.
    pub(super) parts: Vec<f64>,
}

impl Sum<'_> {
    #[inline(always)]
    fn add(&mut self, a: usize, b: usize, x: f64) {
        self.entries[a.max(b) * self.size + a.min(b)] += x;
    }

    /// One of the sums.
    #[inline(always)]
    fn found(&self, sum: usize) -> f64 {
        folded(&self.parts[sum * PARTS..(sum + 1) * PARTS])
    }

    /// Adds `a_j δ_β ∂a_n/∂e_α` for one `α`.
    #[inline(always)]
    pub(super) fn follow<L: Lanes<Number = f64>>(
        &mut self,
        l: L,
        shape: &Shape,
        group: &Group,
        values: &Rows,
        [index, unit]: [usize; 2],
        products: &mut Rows,
    ) {
        let own = shape.layers[index];
        let source = &group.sources[index];
        for layer in &shape.layers[index + 1..] {
            let below = layer.units_before - layer.columns;
            let is_next = below == own.units_before;
            let columns = if is_next { unit..unit + 1 } else { 0..layer.columns };
            for column in columns {
                for k in 0..layer.rows {
                    let delta = group.delta.row(layer.units_before + k);
                    multiply(l, products.row_mut(k), delta, values.row(below + column));
                }
                let width = own.columns + 1;
                let starts = [&self.starts[..layer.rows], &self.starts[..width]];
                sum_products(l, &mut self.parts, [products, source], starts);
                for k in 0..layer.rows {
                    for j in 0..width {
                        let found = self.found(k * width + j);
                        self.add(place(&own, unit, j), place(layer, k, column), found);
                    }
                }
            }
        }
    }

    /// Adds `S_αβ a_j a_n` for all units of two layers.
    #[inline(always)]
    pub(super) fn bend<L: Lanes<Number = f64>>(
        &mut self,
        l: L,
        shape: &Shape,
        group: &Group,
        derivatives: &Derivatives,
        [index, above]: [usize; 2],
        products: &mut Rows,
    ) {
        let (own, other) = (shape.layers[index], shape.layers[above]);
        let is_same = index == above;
        let mut pairs = Vec::with_capacity(own.rows * other.rows);
        for i in 0..own.rows {
            pairs.extend((if is_same { i } else { 0 }..other.rows).map(|k| [i, k]));
        }
        let from = other.units_before - own.units_before;
        let places = products.places;
        let rows: Vec<usize> =
            pairs.iter().map(|[i, k]| (i * derivatives.units + from + k) * places).collect();
        let [left, right] = [index, above].map(|layer| &group.sources[layer]);
        let mut columns = Vec::with_capacity(PAIRS);
        let (mut j, mut n) = (0, 0);
        while j <= own.columns {
            columns.clear();
            while j <= own.columns && columns.len() < PAIRS {
                multiply(l, products.row_mut(columns.len()), left.row(j), right.row(n));
                columns.push([j, n]);
                n += 1;
                if n > other.columns {
                    j += 1;
                    n = if is_same { j } else { 0 };
                }
            }
            let starts = [&rows[..], &self.starts[..columns.len()]];
            sum_products(l, &mut self.parts, [&derivatives.second, products], starts);
            for (x, &[i, k]) in pairs.iter().enumerate() {
                for (y, &[j, n]) in columns.iter().enumerate() {
                    let found = self.found(x * columns.len() + y);
                    self.add(place(&own, i, j), place(&other, k, n), found);
                    if is_same && i != k && j != n {
                        self.add(place(&own, i, n), place(&other, k, j), found);
                    }
                }
            }
        }
    }
}

/// Sums the products of some rows with some others, in parts.
#[inline(always)]
fn sum_products<L: Lanes<Number = f64>>(
    l: L,
    parts: &mut Vec<f64>,
    rows: [&Rows; 2],
    starts: [&[usize]; 2],
) {
    parts.clear();
    parts.resize(starts[0].len() * starts[1].len() * PARTS, 0.0);
    let select = |k: usize| {
        let places = rows[k].places;
        Selected { numbers: &rows[k].numbers, starts: starts[k], places }
    };
    add_products(l, parts, starts[1].len(), select(0), select(1));
}
