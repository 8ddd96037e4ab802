//! From the first layer's values to the prediction, for fields.
//!
//! ```text
//! tanh u = 1 − 2 s,    s = 1/(1 + e^{2u})
//! W tanh u + b = −2 W s + (b + W 1)             so only s is computed, and weights are turned once a pixel
//! s, r = f/(e f), e/(e f)                       two units share a division, e and f their 1 + e^{2u}
//! e^{2u} = 2^v,   v = 2u / ln 2                 and the next layer's weights give v at once
//! ```

#![allow(clippy::needless_range_loop, reason = "a tile of registers reads as its indices")]

use ndarray::Array1;

use super::activation::{self, Activation};
use super::shape::{Layer, Shape};
use crate::math::fast::{Lanes, Number};

/// Rows whose sums are in registers at the same time, and packs of each.
const TILE: [usize; 2] = [4, 4];

/// The weights of a pixel behind the first layer, as the lanes want them; under tanh turned so that they take `s` and
/// give `v`.
pub(super) struct Turned<N> {
    weights: Vec<N>,
    exact: Vec<f64>,
    /// Whether every `v` is small enough for the fast path, which does not guard against overflow.
    is_tame: bool,
}

/// Up to here the product of two `1 + 2^v` is in the range of `f32`.
const TAME: f64 = 50.0;

impl<N: Number> Turned<N> {
    /// Room for so many.
    pub(super) fn zeros(count: usize) -> Self {
        Self { weights: vec![N::rounded(0.0); count], exact: vec![0.0; count], is_tame: false }
    }

    /// Takes the weights `row + a along`.
    #[inline(always)]
    pub(super) fn turn(
        &mut self,
        shape: &Shape,
        kind: Activation,
        row: &[f64],
        along: &Array1<f64>,
        a: f64,
    ) {
        let Self { weights, exact, is_tame } = self;
        *is_tame = true;
        let start = shape.layers[0].biases().end;
        let along = along.as_slice().expect("directions are contiguous");
        for (w, (row, along)) in exact.iter_mut().zip(row[start..].iter().zip(&along[start..])) {
            *w = row + a * along;
        }
        if kind == Activation::Tanh {
            let output = shape.layers.len() - 1;
            for (index, layer) in shape.layers.iter().enumerate().skip(1) {
                let scale = if index == output { 1.0 } else { 2.0 * std::f64::consts::LOG2_E };
                let (matrix, rest) =
                    exact[layer.first - start..].split_at_mut(layer.rows * layer.columns);
                for (weights, bias) in matrix.chunks_exact_mut(layer.columns).zip(rest) {
                    let most = bias.abs() + weights.iter().map(|w| w.abs()).sum::<f64>();
                    // NaN compares false, so it turns the fast path off.
                    *is_tame &= index == output || scale * most <= TAME;
                    *bias = scale * (*bias + weights.iter().sum::<f64>());
                    weights.iter_mut().for_each(|w| *w *= -2.0 * scale);
                }
            }
        }
        for (w, exact) in weights.iter_mut().zip(exact) {
            *w = N::rounded(*exact);
        }
    }
}

/// The activations of sums other than tanh's.
#[inline(always)]
pub(super) fn values<L: Lanes>(l: L, kind: Activation, sums: &mut [L::Number]) {
    for u in L::packs_mut(sums) {
        [*u, ..] = activation::all(l, kind, *u);
    }
}

/// `1/(1 + e)` for rows of `e`, two at a time; `ONWARD` multiplies `e` by the ratios first, and `TAME` promises that `e`
/// is small enough.
#[inline(always)]
pub(super) fn logistics<L: Lanes, const ONWARD: bool, const TAME: bool>(
    l: L,
    e: &mut [L::Number],
    ratio: &[L::Number],
    s: &mut [L::Number],
    places: usize,
) {
    let packs = places / L::COUNT;
    let (e, ratio, s) = (L::packs_mut(e), L::packs(ratio), L::packs_mut(s));
    let one = l.number(1.0);
    // Beyond this s is 0 to the last digit, and the product of two stays in range.
    let most = l.number(MOST);
    let whole = e.len() / (2 * packs) * (2 * packs);
    let next = |e: &mut L::Pack, ratio: &L::Pack| {
        if ONWARD {
            *e = l.mul(*e, *ratio);
        }
        l.add(if TAME { *e } else { l.min(*e, most) }, one)
    };
    for first in (0..whole).step_by(2 * packs) {
        let range = first..first + 2 * packs;
        let (e, f) = e[range.clone()].split_at_mut(packs);
        let (s, t) = s[range.clone()].split_at_mut(packs);
        let (p, q) = ratio[range].split_at(packs);
        let rows = e.iter_mut().zip(f).zip(s.iter_mut().zip(t)).zip(p.iter().zip(q));
        for (((e, f), (s, t)), (p, q)) in rows {
            let (e, f) = (next(e, p), next(f, q));
            let inverse = l.div(one, l.mul(e, f));
            *s = l.mul(inverse, f);
            *t = l.mul(inverse, e);
        }
    }
    let rest = e[whole..].iter_mut().zip(&ratio[whole..]);
    for (s, (e, ratio)) in s[whole..].iter_mut().zip(rest) {
        *s = l.div(one, next(e, ratio));
    }
}

/// An `e^{2u}` of which `tanh u` is 1 in `f64` too; its square is far inside the range of `f32`.
const MOST: f64 = 1e18;

/// What the layers behind the first are computed from.
pub(super) struct Source<'a, N> {
    /// The kind of hidden units.
    pub(super) kind: Activation,
    /// Numbers in a row.
    pub(super) places: usize,
    /// The weights.
    pub(super) weights: &'a Turned<N>,
}

impl<N: Number> Source<'_, N> {
    /// Writes the predictions, given the first layer's values; both rooms are written to.
    #[inline(always)]
    pub(super) fn predict<L: Lanes<Number = N>, V: std::ops::DerefMut<Target = [N]>>(
        &self,
        l: L,
        shape: &Shape,
        [mut own, mut next]: [&mut V; 2],
        z: &mut [N],
    ) {
        let (hidden, output) = shape.split();
        let start = shape.layers[0].biases().end;
        let of =
            |layer: &Layer| &self.weights.weights[layer.first - start..layer.biases().end - start];
        let [last, bias] = [output.weights(), output.biases()]
            .map(|range| &self.weights.weights[range.start - start..range.end - start]);
        L::packs_mut(z).fill(l.splat(bias[0]));
        let mut end = Output { weights: last, z };
        if hidden.len() == 1 {
            let packs = self.places / L::COUNT;
            let values = L::packs(own);
            for (row, w) in last.iter().enumerate() {
                let w = l.splat(*w);
                let values = &values[row * packs..(row + 1) * packs];
                for (z, value) in L::packs_mut(end.z).iter_mut().zip(values) {
                    *z = l.mul_add(w, *value, *z);
                }
            }
        }
        for (index, layer) in hidden.iter().enumerate().skip(1) {
            let is_last = index + 1 == hidden.len();
            self.layer(l, layer, of(layer), own, next, is_last.then_some(&mut end));
            std::mem::swap(&mut own, &mut next);
        }
    }

    /// The values of a layer; those of the last one go into the prediction at once.
    #[inline(always)]
    fn layer<L: Lanes<Number = N>>(
        &self,
        l: L,
        layer: &Layer,
        w: &[N],
        source: &[N],
        target: &mut [N],
        mut output: Option<&mut Output<'_, N>>,
    ) {
        let packs = self.places / L::COUNT;
        let whole = packs / TILE[1] * TILE[1];
        let (source, target) = (L::packs(source), L::packs_mut(target));
        let tall = layer.rows / TILE[0] * TILE[0];
        for p in (0..whole).step_by(TILE[1]) {
            for row in (0..tall).step_by(TILE[0]) {
                let at = [row, p, packs];
                self.tile::<L, 4, 4>(l, layer, w, source, target, output.as_deref_mut(), at);
            }
            for row in tall..layer.rows {
                let at = [row, p, packs];
                self.tile::<L, 1, 4>(l, layer, w, source, target, output.as_deref_mut(), at);
            }
        }
        for p in whole..packs {
            for row in (0..tall).step_by(TILE[0]) {
                let at = [row, p, packs];
                self.tile::<L, 4, 1>(l, layer, w, source, target, output.as_deref_mut(), at);
            }
            for row in tall..layer.rows {
                let at = [row, p, packs];
                self.tile::<L, 1, 1>(l, layer, w, source, target, output.as_deref_mut(), at);
            }
        }
    }

    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "a tile is a corner of a matrix product")]
    fn tile<L: Lanes<Number = N>, const M: usize, const P: usize>(
        &self,
        l: L,
        layer: &Layer,
        w: &[N],
        source: &[L::Pack],
        target: &mut [L::Pack],
        output: Option<&mut Output<'_, N>>,
        [row, p, packs]: [usize; 3],
    ) {
        let (matrix, biases) = w.split_at(layer.rows * layer.columns);
        let mut sums = [[l.number(0.0); P]; M];
        for i in 0..M {
            sums[i] = [l.splat(biases[row + i]); P];
        }
        let rows = &matrix[row * layer.columns..(row + M) * layer.columns];
        for column in 0..layer.columns {
            let values = &source[column * packs + p..column * packs + p + P];
            for i in 0..M {
                let w = l.splat(rows[i * layer.columns + column]);
                for k in 0..P {
                    sums[i][k] = l.mul_add(w, values[k], sums[i][k]);
                }
            }
        }
        // What follows is too long to be unrolled: from here on the sums are in memory, but not before.
        let mut values = [[l.number(0.0); P]; M];
        for i in 0..M {
            for k in 0..P {
                values[i][k] = sums[i][k];
            }
        }
        let first = row * packs + p;
        let rows = &mut target[first..];
        match (output, self.weights.is_tame) {
            (Some(output), true) => self.add_up::<L, M, P, true>(l, &values, output, [row, p]),
            (Some(output), false) => self.add_up::<L, M, P, false>(l, &values, output, [row, p]),
            (None, true) => self.write::<L, M, P, true>(l, &values, rows, packs),
            (None, false) => self.write::<L, M, P, false>(l, &values, rows, packs),
        }
    }

    /// Adds the values of these sums to the prediction.
    #[inline(always)]
    fn add_up<L: Lanes<Number = N>, const M: usize, const P: usize, const TAME: bool>(
        &self,
        l: L,
        sums: &[[L::Pack; P]; M],
        output: &mut Output<'_, N>,
        [row, p]: [usize; 2],
    ) {
        let z = &mut L::packs_mut(output.z)[p..p + P];
        let mut own = [l.number(0.0); P];
        own.copy_from_slice(z);
        for i in 0..M {
            let w = l.splat(output.weights[row + i]);
            for k in 0..P {
                own[k] = l.mul_add(w, self.value::<L, TAME>(l, sums[i][k]), own[k]);
            }
        }
        z.copy_from_slice(&own);
    }

    /// Writes the values of these sums.
    #[inline(always)]
    fn write<L: Lanes<Number = N>, const M: usize, const P: usize, const TAME: bool>(
        &self,
        l: L,
        sums: &[[L::Pack; P]; M],
        rows: &mut [L::Pack],
        packs: usize,
    ) {
        for i in 0..M {
            for k in 0..P {
                rows[i * packs + k] = self.value::<L, TAME>(l, sums[i][k]);
            }
        }
    }

    /// The value of a sum; `TAME` promises that it is not too large.
    #[inline(always)]
    fn value<L: Lanes<Number = N>, const TAME: bool>(&self, l: L, u: L::Pack) -> L::Pack {
        if self.kind == Activation::Tanh {
            let v = if TAME { u } else { l.within_flat(u) };
            let (above, below) = l.power_of_two(v);
            l.div(below, l.add(above, below))
        } else {
            activation::all(l, self.kind, u)[0]
        }
    }
}

/// Where the values of the last hidden layer go.
struct Output<'a, N> {
    weights: &'a [N],
    z: &'a mut [N],
}
