//! The loss of a network at every pixel of a plane, by slice algebra.
//!
//! ```text
//! u¹(a, b) = centre + a along + b across          linear in the plane, one triple for every unit and example
//! e^{2u¹}(a + Δ, b) = e^{2u¹}(a, b) · e^{2Δ along}    so the next column costs one product, not one exponential
//! tanh u, tanh v = 1 − 2(f + 1)/p, 1 − 2(e + 1)/p,     e = e^{2u}, f = e^{2v}, p = (e + 1)(f + 1)
//! ```
//!
//! Examples are worked on in chunks that stay in the nearest cache while a whole row of pixels is gone through. Running
//! products are started afresh every few columns, before their roundings show; where neighbouring columns are so far
//! apart that a product could leave the range on the way, at every column. Two units share a division.

use ndarray::ArrayView2;
use pulp::{Arch, Simd, WithSimd};

use super::activation::{self, Activation};
use super::shape::{Layer, Shape};
use crate::math::fast::{Double, Lanes, Number, Single};
use crate::problem::grid::{Plane, Precision, Tile};
use crate::problem::losses::Loss;

/// A network's loss on a plane.
pub(super) struct NetworkField<'a> {
    /// The layers.
    pub(super) shape: &'a Shape,
    /// The kind of hidden units.
    pub(super) activation: Activation,
    /// The examples' inputs.
    pub(super) inputs: ArrayView2<'a, f64>,
    /// What should be predicted.
    pub(super) targets: &'a [f64],
    /// What a prediction costs.
    pub(super) loss: &'a dyn Loss,
    /// The plane.
    pub(super) plane: &'a Plane,
}

/// Examples in a chunk: 32 units of them fit into the nearest cache.
const CHUNK: usize = 128;
/// Columns after which a running product is started afresh: its roundings add up to less than one in a million.
const COLUMNS: usize = 16;
/// What the logarithm of a running product may change by between two starts.
const CHANGE: f64 = 40.0;

impl NetworkField<'_> {
    /// Fills a tile.
    pub(super) fn fill(&self, tile: &mut Tile<'_>) {
        tile.values.fill(0.0);
        Arch::new().dispatch(Job { field: self, tile });
        let count = self.targets.len() as f64;
        tile.values.iter_mut().for_each(|sum| *sum /= count);
    }
}

struct Job<'a, 'f, 't, 'v> {
    field: &'a NetworkField<'f>,
    tile: &'t mut Tile<'v>,
}

impl WithSimd for Job<'_, '_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { field, tile } = self;
        match tile.precision {
            Precision::Fast => Kernel::<Single<S>>::new(Single(simd), field, tile).run(tile),
            Precision::Exact => {
                Kernel::<Double<S>>::new(Double(simd), field, tile).run(tile);
            }
        }
    }
}

/// What a tile prepares once.
struct Kernel<'a, 'f, L: Lanes> {
    l: L,
    field: &'a NetworkField<'f>,
    middle: [f64; 2],
    centre: Vec<f64>,
    columns: Vec<f64>,
    chunks: Vec<Chunk<L::Number>>,
    /// Columns between two starts of the running products.
    restart: usize,
}

/// The first layer's sums for some examples, unit after unit.
struct Chunk<N> {
    targets: Vec<N>,
    /// Places for examples in a row: a whole number of packs.
    places: usize,
    /// The sums at the middle of the window, doubled under tanh.
    centre: Vec<N>,
    along: Vec<N>,
    across: Vec<N>,
    /// `e^{2Δ along}`.
    ratio: Vec<N>,
}

impl<'a, 'f, L: Lanes> Kernel<'a, 'f, L> {
    #[inline(always)]
    fn new(l: L, field: &'a NetworkField<'f>, tile: &Tile<'_>) -> Self {
        let middle = tile.grid.window.centre();
        let columns: Vec<f64> =
            (0..tile.grid.columns).map(|column| tile.grid.x(column) - middle[0]).collect();
        let step = columns[1] - columns[0];
        let centre = field.plane.at(middle[0], middle[1]).to_vec();
        let first = field.shape.layers[0];
        let mut steepest = 0.0f64;
        let mut chunks = Vec::new();
        for from in (0..field.targets.len()).step_by(CHUNK) {
            let to = (from + CHUNK).min(field.targets.len());
            let places = (to - from).next_multiple_of(L::COUNT);
            let sums = |w: &[f64]| {
                let mut sums = vec![L::Number::rounded(0.0); first.rows * places];
                for (row, sums) in sums.chunks_exact_mut(places).enumerate() {
                    let weights = &w[first.row(row)];
                    for (example, sum) in (from..to).zip(sums) {
                        let inputs = field.inputs.row(example);
                        let u: f64 = weights.iter().zip(inputs).map(|(w, x)| w * x).sum();
                        *sum = L::Number::rounded(
                            field.doubled() * (u + w[first.biases().start + row]),
                        );
                    }
                }
                sums
            };
            let along = sums(&field.plane.along.to_vec());
            let mut ratio: Vec<L::Number> =
                along.iter().map(|u| L::Number::rounded(u.widened() * step)).collect();
            steepest = ratio.iter().fold(steepest, |most, u| most.max(u.widened().abs()));
            for pack in L::packs_mut(&mut ratio) {
                *pack = l.exp(*pack);
            }
            chunks.push(Chunk {
                targets: field.targets[from..to].iter().map(|t| L::Number::rounded(*t)).collect(),
                places,
                centre: sums(&centre),
                along,
                across: sums(&field.plane.across.to_vec()),
                ratio,
            });
        }
        let restart = if steepest * (COLUMNS as f64) < CHANGE { COLUMNS } else { 1 };
        Self { l, field, middle, centre, columns, chunks, restart }
    }

    #[inline(always)]
    fn run(&self, tile: &mut Tile<'_>) {
        let grid = tile.grid;
        for (k, pixels) in tile.values.chunks_exact_mut(grid.columns).enumerate() {
            let b = grid.y(tile.first_row + k) - self.middle[1];
            let row: Vec<f64> =
                self.centre.iter().zip(&self.field.plane.across).map(|(w, v)| w + b * v).collect();
            for chunk in &self.chunks {
                self.row(chunk, &row, b, pixels);
            }
        }
    }

    /// Adds the losses of a chunk to a row of pixels.
    #[inline(always)]
    fn row(&self, chunk: &Chunk<L::Number>, row: &[f64], b: f64, pixels: &mut [f64]) {
        let Self { l, field, .. } = self;
        let l = *l;
        let zero = L::Number::rounded(0.0);
        let (hidden, output) = field.shape.split();
        let first = hidden[0];
        let places = chunk.places;
        let room = field.shape.widest() * places;
        let mut running = vec![zero; first.rows * places];
        let (mut values, mut next) = (vec![zero; room], vec![zero; room]);
        let mut w = vec![zero; row.len()];
        let mut z = vec![zero; places];
        let tail = first.biases().end..row.len();
        let deeper = row[tail.clone()].iter().zip(field.plane.along.iter().skip(tail.start));
        let deeper: Vec<(f64, f64)> = deeper.map(|(w, v)| (*w, *v)).collect();
        for (column, (a, pixel)) in self.columns.iter().zip(pixels).enumerate() {
            for (w, (here, along)) in w[tail.clone()].iter_mut().zip(&deeper) {
                *w = L::Number::rounded(here + a * along);
            }
            let own = &mut values[..first.rows * places];
            if field.activation == Activation::Tanh {
                if column % self.restart == 0 {
                    self.sums(chunk, *a, b, &mut running);
                    for pack in L::packs_mut(&mut running) {
                        *pack = l.exp(*pack);
                    }
                } else {
                    let packs = L::packs_mut(&mut running).iter_mut();
                    for (e, ratio) in packs.zip(L::packs(&chunk.ratio)) {
                        *e = l.mul(*e, *ratio);
                    }
                }
                two_by_two(l, &running, own, places);
            } else {
                self.sums(chunk, *a, b, own);
                for value in L::packs_mut(own) {
                    *value = activation::value(l, field.activation, *value);
                }
            }
            for layer in &hidden[1..] {
                deepen(l, field.activation, layer, &w, &values, &mut next, places);
                std::mem::swap(&mut values, &mut next);
            }
            predict(l, &output, &w, &values, &mut z, places);
            let z = L::Number::several(&z[..chunk.targets.len()]);
            *pixel += field.loss.sum_at_pixel(z, L::Number::several(&chunk.targets));
        }
    }

    /// The first layer's sums at a pixel, doubled under tanh.
    #[inline(always)]
    fn sums(&self, chunk: &Chunk<L::Number>, a: f64, b: f64, sums: &mut [L::Number]) {
        let l = self.l;
        let (a, b) = (l.number(a), l.number(b));
        let parts = L::packs(&chunk.centre).iter().zip(L::packs(&chunk.along));
        let parts = parts.zip(L::packs(&chunk.across));
        for (sum, ((centre, along), across)) in L::packs_mut(sums).iter_mut().zip(parts) {
            *sum = l.mul_add(a, *along, l.mul_add(b, *across, *centre));
        }
    }
}

impl NetworkField<'_> {
    /// What the first layer's sums are multiplied by.
    fn doubled(&self) -> f64 {
        if self.activation == Activation::Tanh { 2.0 } else { 1.0 }
    }
}

/// `tanh` from `e^{2u}`, two units at a time.
#[inline(always)]
fn two_by_two<L: Lanes>(l: L, exponentials: &[L::Number], values: &mut [L::Number], places: usize) {
    let mut sources = exponentials.chunks_exact(2 * places);
    let mut targets = values.chunks_exact_mut(2 * places);
    for (e, t) in sources.by_ref().zip(targets.by_ref()) {
        let (e, f) = e.split_at(places);
        let (t, s) = t.split_at_mut(places);
        let packs = L::packs(e).iter().zip(L::packs(f));
        for ((t, s), (e, f)) in L::packs_mut(t).iter_mut().zip(L::packs_mut(s)).zip(packs) {
            [*t, *s] = pair(l, *e, *f);
        }
    }
    let last = L::packs(sources.remainder()).iter();
    for (t, e) in L::packs_mut(targets.into_remainder()).iter_mut().zip(last) {
        [*t, _] = pair(l, *e, *e);
    }
}

/// Two `tanh` from `e^{2u}` and `e^{2v}` with one division.
#[inline(always)]
fn pair<L: Lanes>(l: L, e: L::Pack, f: L::Pack) -> [L::Pack; 2] {
    // Beyond this tanh is 1 to the last digit, and the product below stays in range.
    let most = l.number(MOST);
    let one = l.number(1.0);
    let (e, f) = (l.add(l.min(e, most), one), l.add(l.min(f, most), one));
    let twice = l.div(l.number(2.0), l.mul(e, f));
    [l.sub(one, l.mul(twice, f)), l.sub(one, l.mul(twice, e))]
}

/// An `e^{2u}` of which `tanh u` is 1 in `f64` too; its square is far inside the range of `f32`.
const MOST: f64 = 1e18;

/// `φ(W a + b)`, two units at a time.
#[inline(always)]
fn deepen<L: Lanes>(
    l: L,
    kind: Activation,
    layer: &Layer,
    w: &[L::Number],
    source: &[L::Number],
    target: &mut [L::Number],
    places: usize,
) {
    let packs = places / L::COUNT;
    let source = L::packs(source);
    let target = L::packs_mut(target);
    for row in (0..layer.rows).step_by(2) {
        let other = (row + 1).min(layer.rows - 1);
        let biases = [row, other].map(|row| l.splat(w[layer.biases().start + row]));
        let (first, second) = (&w[layer.row(row)], &w[layer.row(other)]);
        for p in 0..packs {
            let [mut u, mut v] = biases;
            let weights = first.iter().zip(second);
            for (a, (x, y)) in source[p..].iter().step_by(packs).zip(weights) {
                u = l.mul_add(l.splat(*x), *a, u);
                v = l.mul_add(l.splat(*y), *a, v);
            }
            let [t, s] = match kind {
                Activation::Tanh => pair(l, l.exp(l.add(u, u)), l.exp(l.add(v, v))),
                Activation::Relu | Activation::Gelu => {
                    [activation::value(l, kind, u), activation::value(l, kind, v)]
                }
            };
            target[row * packs + p] = t;
            target[other * packs + p] = if other == row { t } else { s };
        }
    }
}

/// `z = W a + b`.
#[inline(always)]
fn predict<L: Lanes>(
    l: L,
    layer: &Layer,
    w: &[L::Number],
    source: &[L::Number],
    z: &mut [L::Number],
    places: usize,
) {
    let packs = places / L::COUNT;
    let source = L::packs(source);
    let weights = &w[layer.row(0)];
    for (p, z) in L::packs_mut(z).iter_mut().enumerate() {
        let mut sum = l.splat(w[layer.biases().start]);
        for (a, weight) in source[p..].iter().step_by(packs).zip(weights) {
            sum = l.mul_add(l.splat(*weight), *a, sum);
        }
        *z = sum;
    }
}
