//! Curvature times a vector, exactly: the derivative of both passes along it.
//!
//! ```text
//! ẋ = Ẇ a + W ȧ,     ċ = ẋ − mean ẋ,     r = −s mean(h ċ),     ḣ = s ċ + h r,     ẏ = γ̇ h + γ ḣ + ḃ
//! q̇ = γ̇ δ + γ δ̇,     δ̇ˣ = r δˣ + s (q̇ − mean q̇ − ḣ mean(q h) − h mean(q̇ h + q ḣ)),     s = 1/√(v + 1e-5)
//! ```

use ndarray::{Array1, Array2};
use pulp::Arch;

use super::Batchwise;
use super::rows::{add_outer, dot, total, weigh, weigh_back};
use crate::problem::models::network::shape::Layer;

/// How one hidden layer moves as the weights move along a vector.
struct Moving {
    /// `ḣ`; empty where units are not normalised, as is the next.
    normal: Vec<f64>,
    /// `r`, the derivative of `ln s`, of every unit.
    shrinks: Vec<f64>,
    /// `ẏ`.
    sums: Vec<f64>,
    /// `ȧ`.
    values: Vec<f64>,
}

impl Batchwise<'_> {
    /// `Σ_i c_i ∇z_i ∇z_iᵀ + s_i ∇²z_i`, a column at a time.
    pub(in super::super) fn curvature(&self, slopes: &[f64], curvatures: &[f64]) -> Array2<f64> {
        let size = self.w.len();
        let mut hessian = Array2::zeros((size, size));
        let mut v = vec![0.0; size];
        for (k, mut row) in hessian.rows_mut().into_iter().enumerate() {
            v[k] = 1.0;
            row.assign(&Array1::from(self.curvature_times(slopes, curvatures, &v)));
            v[k] = 0.0;
        }
        // Both halves are the same up to rounding; their mean is symmetric exactly.
        (&hessian + &hessian.t()) / 2.0
    }

    /// `(Σ_i c_i ∇z_i ∇z_iᵀ + s_i ∇²z_i) v`, by the derivative of all of the above along `v`.
    pub(in super::super) fn curvature_times(
        &self,
        slopes: &[f64],
        curvatures: &[f64],
        v: &[f64],
    ) -> Vec<f64> {
        let mut found = vec![0.0; self.w.len()];
        Arch::new().dispatch(|| self.tangent(slopes, curvatures, v, &mut found));
        found
    }

    #[inline(always)]
    fn tangent(&self, slopes: &[f64], curvatures: &[f64], v: &[f64], found: &mut [f64]) {
        let (_, output) = self.shape.split();
        let moving = self.moving(v);
        let last = moving.last().map_or(&[][..], |moving| &moving.values);
        let z = self.moving_sums(&output, v, Some(last));
        let mut delta = self.row_of(slopes);
        let mut turning = self.row_of(curvatures);
        turning.iter_mut().zip(&z).for_each(|(turning, z)| *turning *= z);
        for (place, layer) in self.shape.layers.iter().enumerate().rev() {
            self.turn_sums(place, v, &moving, [&mut delta, &mut turning], found);
            let matrix = &mut found[layer.weights()];
            add_outer(&turning, self.source(layer), self.stride, matrix);
            if place == 0 {
                break;
            }
            add_outer(&delta, &moving[place - 1].values, self.stride, matrix);
            let zeros = || vec![0.0; layer.columns * self.stride];
            let (mut below, mut turning_below) = (zeros(), zeros());
            weigh_back(self.w, layer, &delta, self.stride, &mut below);
            weigh_back(self.w, layer, &turning, self.stride, &mut turning_below);
            weigh_back(v, layer, &delta, self.stride, &mut turning_below);
            let left = &self.layers[place - 1];
            let derivatives = left.slopes.iter().zip(&left.bends).zip(&moving[place - 1].sums);
            for ((below, turning), ((slope, bend), y)) in
                below.iter_mut().zip(&mut turning_below).zip(derivatives)
            {
                *turning = *turning * slope + *below * bend * y;
                *below *= slope;
            }
            (delta, turning) = (below, turning_below);
        }
    }

    /// How sums and values of all hidden units move as the weights move along `v`.
    #[inline(always)]
    fn moving(&self, v: &[f64]) -> Vec<Moving> {
        let Self { count, stride, .. } = *self;
        let mut all: Vec<Moving> = Vec::new();
        for (layer, left) in self.shape.layers.iter().zip(&self.layers) {
            let mut y = self.moving_sums(layer, v, all.last().map(|before| &before.values[..]));
            let (mut normal, mut shrinks) = (Vec::new(), Vec::new());
            if layer.normalised {
                for (row, y) in y.chunks_exact_mut(stride).enumerate() {
                    let h = &left.normal[row * stride..(row + 1) * stride];
                    let n = count as f64;
                    let mean = total(y) / n;
                    y[..count].iter_mut().for_each(|x| *x -= mean);
                    let scale = left.scales[row];
                    let shrink = -scale * dot(h, y) / n;
                    shrinks.push(shrink);
                    let from = normal.len();
                    normal.extend(y.iter().zip(h).map(|(c, h)| scale * c + h * shrink));
                    let gains = layer.gains().start + row;
                    let (gain, gain_moving) = (self.w[gains], v[gains]);
                    let shift = v[layer.biases().start + row];
                    for (y, (h, moving)) in y.iter_mut().zip(h.iter().zip(&normal[from..])) {
                        *y = gain_moving * h + gain * moving + shift;
                    }
                }
            }
            let values = left.slopes.iter().zip(&y).map(|(slope, y)| slope * y).collect();
            all.push(Moving { normal, shrinks, sums: y, values });
        }
        all
    }

    /// `Ẇ a + W ȧ`, and `ḃ` where no normalization comes between.
    #[inline(always)]
    fn moving_sums(&self, layer: &Layer, v: &[f64], before: Option<&[f64]>) -> Vec<f64> {
        let mut sums = vec![0.0; layer.rows * self.stride];
        weigh(v, layer, self.source(layer), self.stride, &mut sums);
        if let Some(before) = before {
            weigh(self.w, layer, before, self.stride, &mut sums);
        }
        if !layer.normalised {
            for (row, sums) in sums.chunks_exact_mut(self.stride).enumerate() {
                let shift = v[layer.biases().start + row];
                sums.iter_mut().for_each(|x| *x += shift);
            }
        }
        sums
    }

    /// Takes `δ` and its derivative from a layer's `y` to its `x`, and finds what moves with its biases and gains.
    #[inline(always)]
    fn turn_sums(
        &self,
        place: usize,
        v: &[f64],
        moving: &[Moving],
        [delta, turning]: [&mut [f64]; 2],
        found: &mut [f64],
    ) {
        let Self { w, count, stride, .. } = *self;
        let layer = &self.shape.layers[place];
        for (row, turning) in turning.chunks_exact_mut(stride).enumerate() {
            let shift = total(turning);
            found[layer.biases().start + row] = shift;
            if !layer.normalised {
                continue;
            }
            let at = row * stride..(row + 1) * stride;
            let (delta, left) = (&mut delta[at.clone()], &self.layers[place]);
            let (h, h_moving) = (&left.normal[at.clone()], &moving[place].normal[at]);
            let gains = layer.gains().start + row;
            let (n, gain, gain_moving) = (count as f64, w[gains], v[gains]);
            let (stretch, scale) = (dot(delta, h), left.scales[row]);
            let turned = dot(turning, h) + dot(delta, h_moving);
            found[gains] = turned;
            let [mean, along] = [gain * total(delta) / n, gain * stretch / n];
            let mean_turned = (gain_moving * total(delta) + gain * shift) / n;
            let along_turned = (gain_moving * stretch + gain * turned) / n;
            let shrink = moving[place].shrinks[row];
            for k in 0..count {
                let before = gain_moving * delta[k] + gain * turning[k];
                let straight = scale * (gain * delta[k] - mean - h[k] * along);
                turning[k] = shrink * straight
                    + scale * (before - mean_turned - h_moving[k] * along - h[k] * along_turned);
                delta[k] = straight;
            }
        }
    }
}
