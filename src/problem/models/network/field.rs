//! The loss of a network at every pixel of a plane, by slice algebra.
//!
//! ```text
//! u¹(a, b) = centre + a along + b across          linear in the plane, one triple for every unit and example
//! e^{2u¹}(a + Δ, b) = e^{2u¹}(a, b) · e^{2Δ along}    so the next column costs one product, not one exponential
//! ```
//!
//! A few columns of pixels are worked on together, and the examples in chunks that stay in the nearest cache. Running
//! products are started afresh for the next few columns, before their roundings show; where neighbouring columns are so
//! far apart that a product could leave the range on the way, at every column. What follows the first layer's sums is in
//! [`super::field_layers`].

use ndarray::{ArrayView1, ArrayView2};
use pulp::{Arch, Simd, WithSimd};

use super::activation::Activation;
use super::field_layers::{Source, Turned, logistics, values};
use super::shape::Shape;
use crate::math::aligned::Aligned;
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

/// How much a rounding may be magnified on its way to the prediction before `f32` is not good enough. Roundings differ
/// in sign and few units are where magnification is largest: a millionth is what becomes of this in practice.
const ROUGH: f64 = 1e4;
/// Examples from which on roundings cancel as well as that takes for granted.
const MANY: f64 = 100.0;
/// The same for `f64` and a millionth of a millionth; beyond, only the plain loss itself agrees with the plain loss.
const HOPELESS: f64 = 5e7;
/// Packs of examples in a chunk, times the units of a layer: three layers of that fit into the nearest cache.
const CHUNK: usize = 104;
/// The fewest packs of a chunk: so many are worked on together.
const FEWEST: usize = 4;
/// Columns that are worked on together, after which running products are started afresh: roundings add up to less than
/// one in a million.
const COLUMNS: usize = 16;
/// Up to here the product of two exponentials is in the range of `f32`.
const TAME: f64 = 40.0;
/// What the logarithm of a running product may change by between two starts.
const CHANGE: f64 = 40.0;

impl NetworkField<'_> {
    /// Fills a tile; false where roundings are magnified so much that it had better be done the plain way.
    pub(super) fn fill(&self, tile: &mut Tile<'_>) -> bool {
        if self.spread(tile) > HOPELESS {
            return false;
        }
        Arch::new().dispatch(Job { field: self, tile });
        let count = self.targets.len() as f64;
        tile.values.iter_mut().for_each(|sum| *sum /= count);
        true
    }

    /// By how much the rounding of a one is magnified, at the most, on its way through the layers in a window.
    fn spread(&self, tile: &Tile<'_>) -> f64 {
        let middle = tile.grid.window.centre();
        let [width, height] = tile.grid.window.span().map(|span| span / 2.0);
        let plane = self.plane;
        let directions = plane.along.iter().zip(&plane.across);
        let most: Vec<f64> = std::iter::zip(&plane.at(middle[0], middle[1]), directions)
            .map(|(w, (along, across))| w.abs() + width * along.abs() + height * across.abs())
            .collect();
        let largest =
            |column: ArrayView1<'_, f64>| column.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let mut values: Vec<f64> = self.inputs.columns().into_iter().map(largest).collect();
        let mut spread = 0.0f64;
        for layer in &self.shape.layers {
            let sizes: Vec<f64> = (0..layer.rows)
                .map(|row| {
                    let weights = &most[layer.row(row)];
                    let size: f64 = weights.iter().zip(&values).map(|(w, a)| w * a).sum();
                    size + most[layer.biases().start + row]
                })
                .collect();
            let own = sizes.iter().enumerate().map(|(row, size)| {
                let squares: f64 = most[layer.row(row)].iter().map(|w| w * w).sum();
                squares.sqrt() * spread + size
            });
            spread = own.fold(0.0, f64::max);
            values = match self.activation {
                Activation::Tanh => vec![1.0; layer.rows],
                Activation::Relu | Activation::Gelu => sizes,
            };
        }
        spread
    }

    /// What the first layer's sums are multiplied by.
    fn doubled(&self) -> f64 {
        if self.activation == Activation::Tanh { 2.0 } else { 1.0 }
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
        // Of few examples the roundings do not cancel.
        let cancelling = (field.targets.len() as f64 / MANY).min(1.0).sqrt();
        let is_rough =
            tile.precision == Precision::Fast && field.spread(tile) <= ROUGH * cancelling;
        match if is_rough { Precision::Fast } else { Precision::Exact } {
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
    targets: Vec<L::Number>,
    chunks: Vec<Chunk<L::Number>>,
    /// Whether running products must be started at every column.
    is_steep: bool,
    /// Whether every exponential in the window is small enough for the fast path, which does not guard against overflow.
    is_tame: bool,
}

/// The first layer's sums for some examples, unit after unit.
struct Chunk<N> {
    /// The first example.
    first: usize,
    /// Places for examples in a row: a whole number of packs.
    places: usize,
    /// The sums at the middle of the window, doubled under tanh.
    centre: Aligned<N>,
    along: Aligned<N>,
    across: Aligned<N>,
    /// `e^{2Δ along}`.
    ratio: Aligned<N>,
}

/// What is used again from pixel to pixel.
struct Room<N> {
    /// The running products, or the sums of the first layer.
    running: Aligned<N>,
    /// The values of a layer and of the next.
    values: [Aligned<N>; 2],
    /// The weights behind the first layer at each column.
    weights: Vec<Turned<N>>,
    /// The predictions at each column.
    predictions: Vec<Aligned<N>>,
}

impl<'a, 'f, L: Lanes> Kernel<'a, 'f, L> {
    #[inline(always)]
    fn new(l: L, field: &'a NetworkField<'f>, tile: &Tile<'_>) -> Self {
        let middle = tile.grid.window.centre();
        let columns: Vec<f64> =
            (0..tile.grid.columns).map(|column| tile.grid.x(column) - middle[0]).collect();
        let step = columns[1] - columns[0];
        let centre = field.plane.at(middle[0], middle[1]).to_vec();
        let (along, across) = (field.plane.along.to_vec(), field.plane.across.to_vec());
        let count = field.targets.len();
        let packs = count.div_ceil(L::COUNT);
        // Chunks of nearly the same size, so that none is left with next to nothing.
        let most = (CHUNK / field.shape.widest()).max(FEWEST);
        let size = packs.div_ceil(packs.div_ceil(most).max(1)).max(1) * L::COUNT;
        let (mut steepest, mut largest) = (0.0f64, 0.0f64);
        let [width, height] = tile.grid.window.span().map(|span| span / 2.0);
        let mut chunks = Vec::new();
        for first in (0..count).step_by(size) {
            let examples = first..(first + size).min(count);
            let places = examples.len().next_multiple_of(L::COUNT);
            let sums = |w: &[f64]| field.first_sums(w, examples.clone(), places);
            let along: Aligned<L::Number> = sums(&along);
            let mut ratio = Aligned::zeros(along.len());
            for (ratio, u) in ratio.iter_mut().zip(along.iter()) {
                let change = u.widened() * step;
                steepest = steepest.max(change.abs());
                *ratio = L::Number::rounded(change);
            }
            for pack in L::packs_mut(&mut ratio) {
                *pack = l.exp(*pack);
            }
            let (centre, across): (Aligned<L::Number>, Aligned<L::Number>) =
                (sums(&centre), sums(&across));
            for (centre, (along, across)) in centre.iter().zip(along.iter().zip(across.iter())) {
                let reach = width * along.widened().abs() + height * across.widened().abs();
                largest = largest.max(centre.widened().abs() + reach);
            }
            chunks.push(Chunk { first, places, centre, along, across, ratio });
        }
        let is_steep = steepest * (COLUMNS as f64) >= CHANGE;
        let is_tame = largest <= TAME;
        let targets = field.targets.iter().map(|t| L::Number::rounded(*t)).collect();
        Self { l, field, middle, centre, columns, targets, chunks, is_steep, is_tame }
    }

    #[inline(always)]
    fn run(&self, tile: &mut Tile<'_>) {
        let grid = tile.grid;
        let shape = self.field.shape;
        let places = self.chunks.iter().map(|chunk| chunk.places).max().unwrap_or(0);
        let all: usize = self.chunks.iter().map(|chunk| chunk.places).sum();
        let room = || Aligned::zeros(shape.widest() * places);
        let behind = shape.dimension() - shape.layers[0].biases().end;
        let mut room = Room {
            running: room(),
            values: [room(), room()],
            weights: (0..COLUMNS).map(|_| Turned::zeros(behind)).collect(),
            predictions: (0..COLUMNS).map(|_| Aligned::zeros(all)).collect(),
        };
        for (k, pixels) in tile.values.chunks_exact_mut(grid.columns).enumerate() {
            let b = grid.y(tile.first_row + k) - self.middle[1];
            let row: Vec<f64> =
                self.centre.iter().zip(&self.field.plane.across).map(|(w, v)| w + b * v).collect();
            let columns = self.columns.chunks(COLUMNS);
            for (pixels, columns) in pixels.chunks_mut(COLUMNS).zip(columns) {
                self.pixels(&mut room, &row, b, columns, pixels);
            }
        }
    }

    /// Writes the sums of the losses to a few pixels of a row.
    #[inline(always)]
    fn pixels(
        &self,
        room: &mut Room<L::Number>,
        row: &[f64],
        b: f64,
        columns: &[f64],
        pixels: &mut [f64],
    ) {
        let field = self.field;
        for (weights, a) in room.weights.iter_mut().zip(columns) {
            weights.turn(field.shape, field.activation, row, &field.plane.along, *a);
        }
        for chunk in &self.chunks {
            self.chunk(chunk, room, b, columns);
        }
        let targets = L::Number::several(&self.targets);
        for (z, pixel) in room.predictions.iter().zip(pixels) {
            let z = L::Number::several(&z[..self.targets.len()]);
            *pixel = field.loss.sum_at_pixel(z, targets);
        }
    }

    /// Predicts the examples of a chunk at a few pixels of a row.
    #[inline(always)]
    fn chunk(&self, chunk: &Chunk<L::Number>, room: &mut Room<L::Number>, b: f64, columns: &[f64]) {
        let Self { l, field, .. } = *self;
        let Room { running, values: room, weights, predictions } = room;
        let first = field.shape.layers[0];
        let places = chunk.places;
        let running = &mut running[..first.rows * places];
        let is_tanh = field.activation == Activation::Tanh;
        for (k, a) in columns.iter().enumerate() {
            let [own, next] = room;
            let own_values = &mut own[..first.rows * places];
            if is_tanh {
                let is_fresh = k == 0 || self.is_steep;
                if is_fresh {
                    self.sums(chunk, *a, b, running);
                    for pack in L::packs_mut(running) {
                        *pack = l.exp(*pack);
                    }
                }
                let ratio = &chunk.ratio;
                match (is_fresh, self.is_tame) {
                    (true, _) => {
                        logistics::<L, false, false>(l, running, ratio, own_values, places);
                    }
                    (false, true) => {
                        logistics::<L, true, true>(l, running, ratio, own_values, places);
                    }
                    (false, false) => {
                        logistics::<L, true, false>(l, running, ratio, own_values, places);
                    }
                }
            } else {
                self.sums(chunk, *a, b, own_values);
                values(l, field.activation, own_values);
            }
            let z = &mut predictions[k][chunk.first..chunk.first + places];
            let source = Source { kind: field.activation, places, weights: &weights[k] };
            source.predict(l, field.shape, [own, next], z);
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
    /// The first layer's sums of some examples, doubled under tanh.
    fn first_sums<N: Number>(
        &self,
        w: &[f64],
        examples: std::ops::Range<usize>,
        places: usize,
    ) -> Aligned<N> {
        let first = self.shape.layers[0];
        let inputs = self.inputs.as_slice().expect("prepared inputs are contiguous");
        let inputs = &inputs[examples.start * first.columns..examples.end * first.columns];
        let doubled = self.doubled();
        let mut sums = Aligned::zeros(first.rows * places);
        for (row, sums) in sums.chunks_exact_mut(places).enumerate() {
            let weights = &w[first.row(row)];
            let bias = w[first.biases().start + row];
            for (inputs, sum) in inputs.chunks_exact(first.columns).zip(sums) {
                let u: f64 = weights.iter().zip(inputs).map(|(w, x)| w * x).sum();
                *sum = N::rounded(doubled * (u + bias));
            }
        }
        sums
    }
}
