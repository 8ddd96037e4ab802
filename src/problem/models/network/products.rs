//! The two sums that every pass is made of, with as many of them in registers at a time as fit.
//!
//! ```text
//! out_r = b_r + Σ_k w_rk x_k          over units, for every example by itself
//! s_rk  = Σ x_r y_k                   over examples, in eight parts
//! ```
//!
//! A row holds a number for each of some examples. Sums over units are made in order and sums over examples go into the
//! parts in turn, so that the number of lanes changes no bit.

#![allow(clippy::needless_range_loop, reason = "a tile of registers reads as its indices")]

use super::backward::PARTS;
use super::shape::Layer;
use crate::math::fast::Lanes;

/// Rows that are worked on together.
const HIGH: usize = 4;

/// Rows of the other kind.
const WIDE: usize = 3;

/// A matrix that rows are multiplied with.
#[derive(Clone, Copy)]
pub(super) struct Weights<'a> {
    numbers: &'a [f64],
    biases: Option<&'a [f64]>,
    rows: usize,
    columns: usize,
    /// How far apart the numbers of neighbouring rows and columns are.
    steps: [usize; 2],
}

impl<'a> Weights<'a> {
    /// `W a + b`.
    #[inline(always)]
    pub(super) fn up(layer: &Layer, w: &'a [f64]) -> Self {
        Self {
            numbers: &w[layer.weights()],
            biases: Some(&w[layer.biases()]),
            rows: layer.rows,
            columns: layer.columns,
            steps: [layer.columns, 1],
        }
    }

    /// `Wᵀ δ`.
    #[inline(always)]
    pub(super) fn down(layer: &Layer, w: &'a [f64]) -> Self {
        Self {
            numbers: &w[layer.weights()],
            biases: None,
            rows: layer.columns,
            columns: layer.rows,
            steps: [1, layer.columns],
        }
    }

    /// The same without biases.
    #[inline(always)]
    pub(super) fn unbiased(self) -> Self {
        Self { biases: None, ..self }
    }

    /// Only one of its columns, without biases.
    #[inline(always)]
    pub(super) fn column(self, column: usize) -> Self {
        let numbers = &self.numbers[column * self.steps[1]..];
        Self { numbers, biases: None, columns: 1, ..self }
    }

    /// Only its rows from this one on, without biases.
    #[inline(always)]
    pub(super) fn rows_from(self, row: usize) -> Self {
        let numbers = &self.numbers[row * self.steps[0]..];
        Self { numbers, biases: None, rows: self.rows - row, ..self }
    }

    /// Writes the product with the rows `x` into rows of `out`; rows begin every `stride` numbers, and of each `places`
    /// are meant.
    #[inline(always)]
    pub(super) fn times<L: Lanes<Number = f64>>(
        &self,
        l: L,
        x: &[f64],
        out: &mut [f64],
        stride: usize,
        places: usize,
    ) {
        let (x, out) = (L::packs(x), L::packs_mut(out));
        let (stride, packs) = (stride / L::COUNT, places / L::COUNT);
        // Sixteen registers hold half as many sums as thirty-two.
        if L::COUNT >= 8 {
            self.columns_of::<L, 4>(l, x, out, stride, packs);
        } else {
            self.columns_of::<L, 2>(l, x, out, stride, packs);
        }
    }

    #[inline(always)]
    fn columns_of<L: Lanes<Number = f64>, const N: usize>(
        &self,
        l: L,
        x: &[L::Pack],
        out: &mut [L::Pack],
        stride: usize,
        packs: usize,
    ) {
        let whole = packs / N * N;
        for p in (0..whole).step_by(N) {
            self.rows_of::<L, N>(l, &x[p..], &mut out[p..], stride);
        }
        for p in whole..packs {
            self.rows_of::<L, 1>(l, &x[p..], &mut out[p..], stride);
        }
    }

    #[inline(always)]
    fn rows_of<L: Lanes<Number = f64>, const N: usize>(
        &self,
        l: L,
        x: &[L::Pack],
        out: &mut [L::Pack],
        stride: usize,
    ) {
        let whole = self.rows / HIGH * HIGH;
        for row in (0..whole).step_by(HIGH) {
            self.tile::<L, HIGH, N>(l, row, x, &mut out[row * stride..], stride);
        }
        for row in whole..self.rows {
            self.tile::<L, 1, N>(l, row, x, &mut out[row * stride..], stride);
        }
    }

    #[inline(always)]
    fn tile<L: Lanes<Number = f64>, const M: usize, const N: usize>(
        &self,
        l: L,
        row: usize,
        x: &[L::Pack],
        out: &mut [L::Pack],
        stride: usize,
    ) {
        let [down, right] = self.steps;
        let mut sums = [[l.number(0.0); N]; M];
        if let Some(biases) = self.biases {
            for (sums, bias) in sums.iter_mut().zip(&biases[row..row + M]) {
                *sums = [l.splat(*bias); N];
            }
        }
        for column in 0..self.columns {
            let x = &x[column * stride..column * stride + N];
            let weights = &self.numbers[row * down + column * right..];
            for i in 0..M {
                let weight = l.splat(weights[i * down]);
                for k in 0..N {
                    sums[i][k] = l.mul_add(weight, x[k], sums[i][k]);
                }
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            out[i * stride..i * stride + N].copy_from_slice(sums);
        }
    }
}

/// Some rows among numbers.
#[derive(Clone, Copy)]
pub(super) struct Selected<'a> {
    /// The numbers.
    pub(super) numbers: &'a [f64],
    /// Where each row starts.
    pub(super) starts: &'a [usize],
    /// How many numbers of a row are meant.
    pub(super) places: usize,
}

impl<'a> Selected<'a> {
    #[inline(always)]
    fn row(&self, row: usize) -> &'a [f64] {
        &self.numbers[self.starts[row]..self.starts[row] + self.places]
    }
}

/// `s_rk += Σ x_r y_k` for all pairs of rows; the parts of a sum lie side by side, and there are `step` sums a row.
#[inline(always)]
pub(super) fn add_products<L: Lanes<Number = f64>>(
    l: L,
    sums: &mut [f64],
    step: usize,
    x: Selected<'_>,
    y: Selected<'_>,
) {
    let (rows, columns) = (x.starts.len(), y.starts.len());
    let whole = rows / HIGH * HIGH;
    for column in (0..columns).step_by(WIDE) {
        for row in (0..whole).step_by(HIGH) {
            add_some::<L, HIGH>(l, sums, step, [x, y], [row, column]);
        }
        for row in whole..rows {
            add_some::<L, 1>(l, sums, step, [x, y], [row, column]);
        }
    }
}

#[inline(always)]
fn add_some<L: Lanes<Number = f64>, const M: usize>(
    l: L,
    sums: &mut [f64],
    step: usize,
    rows: [Selected<'_>; 2],
    at: [usize; 2],
) {
    match rows[1].starts.len() - at[1] {
        1 => add_tile::<L, M, 1>(l, sums, step, rows, at),
        2 => add_tile::<L, M, 2>(l, sums, step, rows, at),
        _ => add_tile::<L, M, WIDE>(l, sums, step, rows, at),
    }
}

#[inline(always)]
fn add_tile<L: Lanes<Number = f64>, const M: usize, const N: usize>(
    l: L,
    sums: &mut [f64],
    step: usize,
    [x, y]: [Selected<'_>; 2],
    [row, column]: [usize; 2],
) {
    let turns = PARTS / L::COUNT;
    let packs = x.places / L::COUNT;
    let mut rows = [L::packs(x.row(row)); M];
    for (i, row_of) in rows.iter_mut().enumerate() {
        *row_of = &L::packs(x.row(row + i))[..packs];
    }
    let mut columns = [L::packs(y.row(column)); N];
    for (k, column_of) in columns.iter_mut().enumerate() {
        *column_of = &L::packs(y.row(column + k))[..packs];
    }
    for turn in 0..turns {
        let mut own = [[l.number(0.0); N]; M];
        for p in (turn..packs).step_by(turns) {
            for i in 0..M {
                for k in 0..N {
                    own[i][k] = l.mul_add(rows[i][p], columns[k][p], own[i][k]);
                }
            }
        }
        for (i, own) in own.iter().enumerate() {
            let first = ((row + i) * step + column) * PARTS;
            let sums = L::packs_mut(&mut sums[first..first + N * PARTS]);
            for (k, own) in own.iter().enumerate() {
                let sum = &mut sums[k * turns + turn];
                *sum = l.add(*sum, *own);
            }
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

/// `out = x y`, place by place.
#[inline(always)]
pub(super) fn multiply<L: Lanes<Number = f64>>(l: L, out: &mut [f64], x: &[f64], y: &[f64]) {
    let packs = L::packs(x).iter().zip(L::packs(y));
    for (out, (x, y)) in L::packs_mut(out).iter_mut().zip(packs) {
        *out = l.mul(*x, *y);
    }
}
