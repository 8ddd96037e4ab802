//! The loss of a network with normalised units at every pixel of a plane.
//!
//! All examples meet in every unit's mean and variance, so a pixel is worked on by itself, forward only and in place.
//! Normalization magnifies roundings where a unit hardly varies: by how much is known once a pixel is computed, and where
//! it was too much for `f32` the pixel is computed again in `f64`, and where it was too much for that, the plain way.

use ndarray::ArrayView2;
use pulp::{Arch, Simd, WithSimd};

use super::super::activation::{self, Activation};
use super::super::shape::Shape;
use super::{Batchwise, EPSILON, Without};
use crate::math::aligned::Aligned;
use crate::math::fast::{Double, Lanes, Number as _, Single};
use crate::problem::grid::{Plane, Precision, Tile};
use crate::problem::losses::Loss;

/// A network's loss on a plane.
pub(in super::super) struct BatchwiseField<'a> {
    /// The layers.
    pub(in super::super) shape: &'a Shape,
    /// The kind of hidden units.
    pub(in super::super) activation: Activation,
    /// The examples' inputs.
    pub(in super::super) inputs: ArrayView2<'a, f64>,
    /// What should be predicted.
    pub(in super::super) targets: &'a [f64],
    /// What a prediction costs.
    pub(in super::super) loss: &'a dyn Loss,
    /// The plane.
    pub(in super::super) plane: &'a Plane,
}

impl BatchwiseField<'_> {
    /// Fills a tile.
    pub(in super::super) fn fill(&self, tile: &mut Tile<'_>) {
        Arch::new().dispatch(Job { field: self, tile });
    }

    /// The loss as everything but a field computes it.
    fn plain(&self, w: &[f64]) -> f64 {
        let mut z = vec![0.0; self.targets.len()];
        let all = Without { dropped: &[], rate: 0.0 };
        Batchwise::record(self.shape, self.activation, w, self.inputs, all, &mut z);
        self.loss.sum(&z, self.targets) / self.targets.len() as f64
    }
}

struct Job<'a, 'f, 't, 'v> {
    field: &'a BatchwiseField<'f>,
    tile: &'t mut Tile<'v>,
}

impl WithSimd for Job<'_, '_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { field, tile } = self;
        let exact: Double<S> = Double(simd);
        let mut exact = Forward::new(exact, field);
        let is_rough = tile.precision == Precision::Fast;
        let mut rough = is_rough.then(|| Forward::new(Single(simd), field));
        // Of few examples the roundings do not cancel.
        let cancelling = (field.targets.len() as f64 / MANY).min(1.0).sqrt();
        let Plane { origin, along, across } = field.plane;
        let mut w = vec![0.0; origin.len()];
        let grid = tile.grid;
        for (k, pixels) in tile.values.chunks_exact_mut(grid.columns).enumerate() {
            let b = grid.y(tile.first_row + k);
            for (column, pixel) in pixels.iter_mut().enumerate() {
                let a = grid.x(column);
                for (w, ((o, u), v)) in w.iter_mut().zip(origin.iter().zip(along).zip(across)) {
                    *w = o + a * u + b * v;
                }
                if let Some(rough) = &mut rough {
                    *pixel = rough.loss(&w);
                    if rough.spread <= ROUGH * cancelling {
                        continue;
                    }
                }
                *pixel = exact.loss(&w);
                let is_met = exact.spread <= HOPELESS * cancelling;
                if !is_met {
                    *pixel = field.plain(&w);
                }
            }
        }
    }
}

/// How much a rounding may be magnified on its way to the prediction before `f32` is not good enough.
const ROUGH: f64 = 300.0;
/// The same for `f64` and a millionth of a millionth; beyond, only the plain loss itself agrees with the plain loss.
const HOPELESS: f64 = 1e5;
/// Examples from which on roundings cancel as well as that takes for granted.
const MANY: f64 = 100.0;

/// A forward pass, and room for it. Rows are units; a row holds the examples and zeros behind.
struct Forward<'a, 'f, L: Lanes> {
    l: L,
    field: &'a BatchwiseField<'f>,
    stride: usize,
    inputs: Aligned<L::Number>,
    /// The largest of them.
    reach: f64,
    targets: Vec<L::Number>,
    room: [Aligned<L::Number>; 2],
    /// By how much the rounding of a one was magnified in the last pass.
    spread: f64,
}

impl<'a, 'f, L: Lanes> Forward<'a, 'f, L> {
    #[inline(always)]
    fn new(l: L, field: &'a BatchwiseField<'f>) -> Self {
        let stride = field.targets.len().next_multiple_of(L::COUNT).max(L::COUNT);
        let mut inputs = Aligned::zeros(field.inputs.ncols() * stride);
        for (row, feature) in inputs.chunks_exact_mut(stride).zip(field.inputs.columns()) {
            row.iter_mut().zip(feature).for_each(|(to, from)| *to = L::Number::rounded(*from));
        }
        let reach = field.inputs.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let targets = field.targets.iter().map(|t| L::Number::rounded(*t)).collect();
        let room = || Aligned::zeros(field.shape.widest() * stride);
        Self { l, field, stride, inputs, reach, targets, room: [room(), room()], spread: 0.0 }
    }

    /// The mean loss at `w`.
    #[inline(always)]
    fn loss(&mut self, w: &[f64]) -> f64 {
        let Self { l, field, stride, inputs, targets, room: [own, next], .. } = self;
        let (l, stride, count) = (*l, *stride, targets.len());
        let (hidden, output) = field.shape.split();
        let (mut reach, mut spread) = (self.reach, 0.0);
        for (index, layer) in hidden.iter().enumerate() {
            let from = if index == 0 { &*inputs } else { &*own };
            let (mut widest, mut furthest) = (0.0f64, 0.0f64);
            for (row, sums) in next.chunks_exact_mut(stride).take(layer.rows).enumerate() {
                let weights = &w[layer.row(row)];
                weigh(l, weights, from, sums);
                let bias = w[layer.biases().start + row];
                let gain = layer.normalised.then(|| w[layer.gains().start + row]);
                let factor = bring(l, sums, count, gain, bias);
                for u in L::packs_mut(sums) {
                    [*u, ..] = activation::all(l, field.activation, *u);
                }
                // No sum over the batch may see what is behind the last example.
                sums[count..].fill(L::Number::rounded(0.0));
                widest = widest.max(factor * magnified(weights, reach, spread) + bias.abs());
                furthest =
                    furthest.max(gain.map_or(factor * reach, |g| FAR * g.abs()) + bias.abs());
            }
            spread = widest;
            reach = if field.activation == Activation::Tanh { 1.0 } else { furthest };
            std::mem::swap(own, next);
        }
        let (weights, bias) = (&w[output.row(0)], w[output.biases().start]);
        self.spread = magnified(weights, reach, spread) + bias.abs();
        let z = &mut next[..stride];
        weigh(l, weights, own, z);
        let bias = l.number(bias);
        L::packs_mut(z).iter_mut().for_each(|z| *z = l.add(*z, bias));
        let (z, targets) = (L::Number::several(&z[..count]), L::Number::several(targets));
        field.loss.sum_at_pixel(z, targets) / count as f64
    }
}

/// Normalised values are hardly ever larger.
const FAR: f64 = 4.0;

/// What becomes of roundings in a weighted sum of numbers up to `reach`, if the rounding of a one was magnified `spread`
/// times in them.
#[inline(always)]
fn magnified(weights: &[f64], reach: f64, spread: f64) -> f64 {
    let (sizes, squares) =
        weights.iter().fold((0.0, 0.0), |(sizes, squares), w| (sizes + w.abs(), squares + w * w));
    sizes * reach + f64::sqrt(squares) * spread
}

/// `sums = wᵀ a`, a row of `a` a weight.
#[inline(always)]
fn weigh<L: Lanes>(l: L, w: &[f64], a: &[L::Number], sums: &mut [L::Number]) {
    let (a, sums) = (L::packs(a), L::packs_mut(sums));
    let (several, rest) = sums.as_chunks_mut::<TOGETHER>();
    let packs = several.len() * TOGETHER + rest.len();
    for (k, sums) in several.iter_mut().enumerate() {
        let mut own = [l.number(0.0); TOGETHER];
        for (w, a) in w.iter().zip(a.chunks_exact(packs)) {
            let (w, a) = (l.number(*w), &a[k * TOGETHER..(k + 1) * TOGETHER]);
            for (own, a) in own.iter_mut().zip(a) {
                *own = l.mul_add(w, *a, *own);
            }
        }
        *sums = own;
    }
    let done = several.len() * TOGETHER;
    for (k, sum) in rest.iter_mut().enumerate() {
        *sum = l.number(0.0);
        for (w, a) in w.iter().zip(a.chunks_exact(packs)) {
            *sum = l.mul_add(l.number(*w), a[done + k], *sum);
        }
    }
}

/// Packs whose sums are in registers at the same time.
const TOGETHER: usize = 5;

/// Normalises a unit's sums where it has a gain, scales and shifts them; returns what they were multiplied by.
#[inline(always)]
fn bring<L: Lanes>(
    l: L,
    sums: &mut [L::Number],
    count: usize,
    gain: Option<f64>,
    bias: f64,
) -> f64 {
    let mut factor = 1.0;
    if let Some(gain) = gain {
        let mean = l.number(total::<L, false>(l, sums) / count as f64);
        L::packs_mut(sums).iter_mut().for_each(|x| *x = l.sub(*x, mean));
        sums[count..].fill(L::Number::rounded(0.0));
        let variance = total::<L, true>(l, sums) / count as f64;
        factor = gain / libm::sqrt(variance + EPSILON);
    }
    let (scale, bias) = (l.number(factor), l.number(bias));
    L::packs_mut(sums).iter_mut().for_each(|x| *x = l.mul_add(scale, *x, bias));
    factor.abs()
}

/// `Σ x`, or `Σ x²`.
#[inline(always)]
fn total<L: Lanes, const SQUARED: bool>(l: L, x: &[L::Number]) -> f64 {
    let mut sum = l.number(0.0);
    for x in L::packs(x) {
        sum = if SQUARED { l.mul_add(*x, *x, sum) } else { l.add(sum, *x) };
    }
    let mut parts = [L::Number::rounded(0.0); WIDEST];
    L::packs_mut(&mut parts)[0] = sum;
    parts.iter().map(|part| part.widened()).sum()
}

/// The most numbers of a pack.
const WIDEST: usize = 16;
