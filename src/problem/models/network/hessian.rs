//! The whole curvature at once, from the curvature in the sums of the units.
//!
//! ```text
//! e_α: what is added to the sum of unit α            S_αβ = ∂²ℓ/∂e_α ∂e_β = ∂δ_β/∂e_α
//! ∂²ℓ/∂w_αj ∂w_βn = S_αβ a_j a_n + a_j δ_β ∂a_n/∂e_α     β in the layer of α or in one above, a = 1 at a bias
//! ```
//!
//! A weight into unit `α` acts only through its sum, so there is one derivative of the backward pass to take for every
//! unit (B. Pearlmutter, 1994), not for every weight. What remains are sums over examples of products of two rows:
//! `S_αβ` with `a_j a_n`, and `a_j` with `δ_β ∂a_n/∂e_α`; within a layer `a_j a_n` serves two entries. The sums are kept
//! in eight parts, so that every processor gives the same bits, and folded group by group of examples, so that they
//! need no room.

use ndarray::Array2;
use pulp::{Arch, Simd, WithSimd};

use super::backward::{PARTS, folded};
use super::products::{Selected, Weights, add_products, multiply};
use super::shape::{Layer, Shape};
use super::tape::{BLOCK, Tape, last};
use crate::math::aligned::Scratch;
use crate::math::fast::{Double, Lanes, Strict};

/// Blocks of examples that are summed in one go.
const GROUP: usize = 8;

/// Pairs of values that are multiplied in advance.
const PAIRS: usize = 48;

/// `Σ_i c_i ∇z_i ∇z_iᵀ + s_i ∇²z_i`; the tape must hold bends.
pub(super) fn curvature(
    shape: &Shape,
    tape: &Tape,
    w: &[f64],
    slopes: &[f64],
    curvatures: &[f64],
) -> Array2<f64> {
    let size = w.len();
    let mut hessian = Array2::zeros((size, size));
    for first in (0..slopes.len()).step_by(GROUP * BLOCK) {
        let end = (first + GROUP * BLOCK).min(slopes.len());
        let group = Group::of(shape, tape, first / BLOCK, end - first);
        let entries = hessian.as_slice_mut().expect("it was made just now");
        let (slopes, curvatures) = (&slopes[first..end], &curvatures[first..end]);
        Arch::new().dispatch(Assembly { shape, w, slopes, curvatures, group, entries });
    }
    for i in 0..size {
        for j in 0..i {
            hessian[[j, i]] = hessian[[i, j]];
        }
    }
    hessian
}

/// Rows of numbers, one for each example of a group.
struct Rows {
    places: usize,
    numbers: Scratch,
}

impl Rows {
    fn new(rows: usize, places: usize) -> Self {
        Self { places, numbers: Scratch::of(rows * places) }
    }

    #[inline(always)]
    fn row(&self, row: usize) -> &[f64] {
        self.several(row, 1)
    }

    #[inline(always)]
    fn several(&self, first: usize, rows: usize) -> &[f64] {
        &self.numbers[first * self.places..(first + rows) * self.places]
    }

    #[inline(always)]
    fn row_mut(&mut self, row: usize) -> &mut [f64] {
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
struct Group {
    /// The values that go into each layer, and a row of ones for its biases.
    sources: Vec<Rows>,
    /// `φ′` of all hidden units.
    slopes: Rows,
    /// `φ″`, and after the backward pass `φ″ Wᵀδ`.
    bends: Rows,
    /// `δ` of all units, the output's last.
    delta: Rows,
}

impl Group {
    fn of(shape: &Shape, tape: &Tape, first: usize, examples: usize) -> Self {
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
    fn back<L: Lanes<Number = f64>>(&mut self, l: L, shape: &Shape, w: &[f64], slopes: &[f64]) {
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

struct Assembly<'a> {
    shape: &'a Shape,
    w: &'a [f64],
    slopes: &'a [f64],
    curvatures: &'a [f64],
    group: Group,
    /// The lower triangle of the whole matrix, row by row.
    entries: &'a mut [f64],
}

/// The derivatives with respect to what is added to the sums of one layer.
struct Derivatives {
    /// How many units there are from this layer on.
    units: usize,
    /// `∂δ_β/∂e_α` for `β` from this layer on, `α` after `α`.
    second: Rows,
    /// `∂u/∂e_α` of the hidden units, and `∂z/∂e_α`, for one `α`.
    sums: Rows,
    /// `∂a/∂e_α`.
    values: Rows,
}

impl WithSimd for Assembly<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { shape, w, slopes, curvatures, mut group, entries } = self;
        let l: Strict<S> = Double(simd);
        group.back(l, shape, w, slopes);
        let places = group.delta.places;
        let mut curved = vec![0.0; places];
        curved[..curvatures.len()].copy_from_slice(curvatures);
        let all = shape.units() + 1;
        let widest = shape.layers.iter().map(|layer| layer.rows).max().unwrap_or(0);
        let mut products = Rows::new(widest.max(PAIRS), places);
        let mut derivatives = Derivatives {
            units: 0,
            second: Rows::new(widest * all, places),
            sums: Rows::new(all, places),
            values: Rows::new(all, places),
        };
        let most = shape.layers.iter().map(|layer| layer.columns + 1).max().unwrap_or(0);
        let starts = (0..most.max(widest).max(PAIRS)).map(|row| row * places).collect();
        let mut sum = Sum { size: w.len(), entries, starts, parts: Vec::new() };
        for index in 0..shape.layers.len() {
            derivatives.units = all - shape.layers[index].units_before;
            for unit in 0..shape.layers[index].rows {
                derivatives.take(l, shape, w, &group, &curved, index, unit);
                sum.follow(l, shape, &group, &derivatives.values, [index, unit], &mut products);
            }
            for above in index..shape.layers.len() {
                sum.bend(l, shape, &group, &derivatives, [index, above], &mut products);
            }
        }
    }
}

impl Derivatives {
    /// Takes the derivative with respect to what is added to the sum of a unit.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "all that a backward pass follows from")]
    fn take<L: Lanes<Number = f64>>(
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
struct Sum<'a> {
    size: usize,
    entries: &'a mut [f64],
    /// Where rows start that lie one after the other.
    starts: Vec<usize>,
    /// Sums in parts, on their way to the entries.
    parts: Vec<f64>,
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
    fn follow<L: Lanes<Number = f64>>(
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
    fn bend<L: Lanes<Number = f64>>(
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

#[cfg(test)]
mod tests {
    use super::super::activation::Activation;
    use super::super::tangent;
    use super::super::tape::Depth;
    use super::*;
    use crate::math::random::Streams;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_column_is_the_curvature_times_a_unit_vector(
            features in 1usize..7, hidden in 1usize..4, units in 1usize..10, kind in 0usize..3,
            examples in prop_oneof![1usize..80, 500usize..600], seed in 0u64..99,
        ) {
            let shape = Shape::new(features, hidden, units);
            let mut stream = Streams::new(seed).weights();
            let mut numbers =
                |count: usize| -> Vec<f64> { (0..count).map(|_| stream.random_range(-1.5..1.5)).collect() };
            let w = numbers(shape.dimension());
            let inputs = Array2::from_shape_vec((examples, features), numbers(examples * features));
            let (slopes, curvatures) = (numbers(examples), numbers(examples));
            let kind = Activation::numbered(kind);
            let mut z = vec![0.0; examples];
            let tape = Tape::record(&shape, kind, &w, inputs.unwrap().view(), Depth::Bends, &mut z);
            let all = curvature(&shape, &tape, &w, &slopes, &curvatures);
            prop_assert_eq!(&all, &all.t());
            let largest = all.iter().fold(0.0f64, |most, x| most.max(x.abs()));
            let mut v = vec![0.0; w.len()];
            for (k, row) in all.rows().into_iter().enumerate() {
                v[k] = 1.0;
                let expected = tangent::curvature_times(&shape, &tape, &w, &slopes, &curvatures, &v);
                for (found, expected) in row.iter().zip(&expected) {
                    let apart = (found - expected).abs();
                    prop_assert!(apart <= 1e-12 * largest, "{} {} {}", k, found, expected);
                }
                v[k] = 0.0;
            }
        }

        #[test]
        fn the_number_of_lanes_changes_no_bit(
            hidden in 1usize..4, units in 1usize..6, examples in 1usize..90, seed in 0u64..99,
        ) {
            let shape = Shape::new(2, hidden, units);
            let mut stream = Streams::new(seed).weights();
            let mut numbers =
                |count: usize| -> Vec<f64> { (0..count).map(|_| stream.random_range(-1.5..1.5)).collect() };
            let w = numbers(shape.dimension());
            let inputs = Array2::from_shape_vec((examples, 2), numbers(examples * 2)).unwrap();
            let (slopes, curvatures) = (numbers(examples), numbers(examples));
            let mut z = vec![0.0; examples];
            let tape =
                Tape::record(&shape, Activation::Tanh, &w, inputs.view(), Depth::Bends, &mut z);
            let (mut here, mut portable) = (vec![0.0; w.len() * w.len()], vec![0.0; w.len() * w.len()]);
            let group = || Group::of(&shape, &tape, 0, examples);
            let (slopes, curvatures, w) = (&slopes, &curvatures, &w);
            let shape = &shape;
            let entries = &mut here;
            Arch::new().dispatch(Assembly { shape, w, slopes, curvatures, group: group(), entries });
            let entries = &mut portable;
            Assembly { shape, w, slopes, curvatures, group: group(), entries }
                .with_simd(pulp::Scalar::new());
            prop_assert!(here.iter().zip(&portable).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }
}
