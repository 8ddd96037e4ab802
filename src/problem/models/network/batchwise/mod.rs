//! Passes over a whole batch, layer by layer: for networks whose examples meet in batch normalization, or whose units
//! are dropped.
//!
//! ```text
//! x = W a,     h = (x − m) / √(v + 1e-5),     y = γ h + b,     a ← φ(y) ⊙ kept / (1 − rate)
//! m = 1/n Σ x,     v = 1/n Σ (x − m)²         over the examples of the batch, unit by unit
//!
//! q = γ δʸ,     δˣ = (q − mean q − h mean(q h)) / √(v + 1e-5),     ∂/∂γ = Σ δʸ h,     ∂/∂b = Σ δʸ
//! ```
//!
//! S. Ioffe and C. Szegedy (2015), "Batch normalization: accelerating deep network training by reducing internal covariate
//! shift", ICML. The mean and variance are functions of the weights like all else: gradients go through them, and each
//! gradient of a SAM step normalises by the batch as it is at the weights where that gradient is taken. (Holding the
//! first pass's statistics for the second would not: for ρ → 0 it does not tend to the gradient at `w`.)
//!
//! Sums over examples are kept in eight parts and folded in one order, and nothing is fused, so that every processor
//! gives the same bits.

use ndarray::ArrayView2;
use pulp::{Arch, Simd, WithSimd};

mod rows;
mod backward;
mod tangent;
pub(super) mod field;

use super::activation::{self, Activation};
use super::shape::{Layer, Shape};
use crate::math::fast::{Double, Lanes, Strict};
use crate::problem::noise::Dropped;
use rows::{PARTS, dot, total, weigh};

/// Added to every variance, so that a unit that is the same for all examples can be normalised too.
pub(super) const EPSILON: f64 = 1e-5;

/// What a forward pass leaves behind. Rows are units, or features; a row holds the batch's examples and zeros behind.
pub(super) struct Batchwise<'a> {
    shape: &'a Shape,
    w: &'a [f64],
    count: usize,
    stride: usize,
    inputs: Vec<f64>,
    layers: Vec<Left>,
}

/// What it leaves behind of one hidden layer.
#[derive(Default)]
struct Left {
    /// `h`, a row a unit; empty where units are not normalised, as are the three after it.
    normal: Vec<f64>,
    /// `1/√(v + 1e-5)` of every unit.
    scales: Vec<f64>,
    /// `m` of every unit.
    means: Vec<f64>,
    /// `v` of every unit.
    variances: Vec<f64>,
    /// `a`, and the derivatives `φ′` and `φ″`, of which dropped units have none.
    values: Vec<f64>,
    slopes: Vec<f64>,
    bends: Vec<f64>,
}

/// The units that are dropped, example by example, and the part of all units that they are expected to be.
#[derive(Clone, Copy)]
pub(super) struct Without<'a> {
    pub(super) dropped: &'a [Dropped],
    pub(super) rate: f64,
}

impl<'a> Batchwise<'a> {
    /// Runs the examples forward and writes `z`.
    pub(super) fn record(
        shape: &'a Shape,
        activation: Activation,
        w: &'a [f64],
        inputs: ArrayView2<'_, f64>,
        without: Without<'_>,
        z: &mut [f64],
    ) -> Self {
        let count = inputs.nrows();
        let stride = count.next_multiple_of(PARTS);
        let mut rows = vec![0.0; inputs.ncols() * stride];
        for (row, feature) in rows.chunks_exact_mut(stride.max(1)).zip(inputs.columns()) {
            row.iter_mut().zip(feature).for_each(|(to, from)| *to = *from);
        }
        let (hidden, output) = shape.split();
        let mut pass = Self { shape, w, count, stride, inputs: rows, layers: Vec::new() };
        for layer in hidden {
            let mut y = vec![0.0; layer.rows * stride];
            let left = Arch::new().dispatch(|| pass.sums(layer, &mut y));
            let mut left = Left {
                values: y,
                slopes: vec![0.0; layer.rows * stride],
                bends: vec![0.0; layer.rows * stride],
                ..left
            };
            Arch::new().dispatch(Activate { activation, left: &mut left });
            // Behind the last example there is nothing: no sum over the batch may see it.
            for all in [&mut left.values, &mut left.slopes, &mut left.bends] {
                all.chunks_exact_mut(stride).for_each(|row| row[count..].fill(0.0));
            }
            pass.drop_units(layer, &mut left, without);
            pass.layers.push(left);
        }
        let mut sums = vec![0.0; stride];
        Arch::new().dispatch(|| {
            weigh(w, &output, pass.source(&output), stride, &mut sums);
            sums.iter_mut().for_each(|z| *z += w[output.biases().start]);
        });
        z.copy_from_slice(&sums[..count]);
        pass
    }

    /// The means of all normalised units, then their variances as a sample's.
    pub(super) fn statistics(&self) -> Vec<f64> {
        let sample = self.count as f64 / (self.count.max(2) - 1) as f64;
        let means = self.layers.iter().flat_map(|left| left.means.iter().copied());
        let variances = self.layers.iter().flat_map(|left| &left.variances);
        means.chain(variances.map(|v| v * sample)).collect()
    }

    /// The values that go into `layer`, a row a column of its matrix.
    #[inline(always)]
    fn source(&self, layer: &Layer) -> &[f64] {
        let place = self.shape.layers.iter().position(|known| known.first == layer.first);
        match place {
            Some(place) if place > 0 => &self.layers[place - 1].values,
            Some(_) | None => &self.inputs,
        }
    }

    /// Writes `y`; what is left behind has no values yet.
    #[inline(always)]
    fn sums(&self, layer: &Layer, y: &mut [f64]) -> Left {
        let Self { w, count, stride, .. } = *self;
        weigh(w, layer, self.source(layer), stride, y);
        let mut left = Left::default();
        let n = count as f64;
        for (row, y) in y.chunks_exact_mut(stride).enumerate() {
            let bias = w[layer.biases().start + row];
            if !layer.normalised {
                y.iter_mut().for_each(|y| *y += bias);
                continue;
            }
            // The zeros behind the last example add nothing to the mean, but would to the variance.
            let mean = total(y) / n;
            y[..count].iter_mut().for_each(|x| *x -= mean);
            let variance = dot(y, y) / n;
            let scale = 1.0 / libm::sqrt(variance + EPSILON);
            let gain = w[layer.gains().start + row];
            left.normal.extend(y.iter().map(|c| c * scale));
            y.iter_mut().for_each(|y| *y = gain * (*y * scale) + bias);
            left.means.push(mean);
            left.variances.push(variance);
            left.scales.push(scale);
        }
        left
    }

    fn drop_units(&self, layer: &Layer, left: &mut Left, without: Without<'_>) {
        let kept = 1.0 / (1.0 - without.rate);
        for (example, dropped) in without.dropped.iter().enumerate() {
            for row in 0..layer.rows {
                let factor =
                    if (dropped >> (layer.units_before + row)) & 1 == 1 { 0.0 } else { kept };
                let place = row * self.stride + example;
                left.values[place] *= factor;
                left.slopes[place] *= factor;
                left.bends[place] *= factor;
            }
        }
    }

    /// One number an example as a row.
    #[inline(always)]
    fn row_of(&self, numbers: &[f64]) -> Vec<f64> {
        let mut row = numbers.to_vec();
        row.resize(self.stride, 0.0);
        row
    }
}

/// Applies the activation to `y`, in place, and finds its derivatives.
struct Activate<'a> {
    activation: Activation,
    left: &'a mut Left,
}

impl WithSimd for Activate<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { activation, left } = self;
        let l: Strict<S> = Double(simd);
        let [values, slopes, bends] = [&mut left.values, &mut left.slopes, &mut left.bends]
            .map(|all| Strict::<S>::packs_mut(all));
        for ((value, slope), bend) in values.iter_mut().zip(slopes).zip(bends) {
            [*value, *slope, *bend] = activation::all(l, activation, *value);
        }
    }
}

#[cfg(test)]
mod tests;
