//! The gradient, through normalization and past dropped units.

use ndarray::ArrayViewMut1;
use pulp::Arch;

use super::Batchwise;
use super::rows::{add_outer, dot, total, weigh_back};

impl Batchwise<'_> {
    /// Adds `Σ_i s_i ∂z_i/∂w` to `gradient`.
    pub(in super::super) fn add_gradient(
        &self,
        slopes: &[f64],
        mut gradient: ArrayViewMut1<'_, f64>,
    ) {
        let mut found = vec![0.0; self.w.len()];
        Arch::new().dispatch(|| self.backward(slopes, &mut found));
        gradient.iter_mut().zip(found).for_each(|(to, from)| *to += from);
    }

    #[inline(always)]
    fn backward(&self, slopes: &[f64], found: &mut [f64]) {
        let Self { w, count, stride, .. } = *self;
        let mut delta = self.row_of(slopes);
        for (place, layer) in self.shape.layers.iter().enumerate().rev() {
            if layer.normalised {
                let left = &self.layers[place];
                for (row, delta) in delta.chunks_exact_mut(stride).enumerate() {
                    let h = &left.normal[row * stride..(row + 1) * stride];
                    let [shift, stretch] = [total(delta), dot(delta, h)];
                    found[layer.biases().start + row] = shift;
                    found[layer.gains().start + row] = stretch;
                    let gain = w[layer.gains().start + row];
                    let means = [gain * shift / count as f64, gain * stretch / count as f64];
                    through(&mut delta[..count], gain, &h[..count], means, left.scales[row]);
                }
            } else {
                for (row, delta) in delta.chunks_exact(stride).enumerate() {
                    found[layer.biases().start + row] = total(delta);
                }
            }
            add_outer(&delta, self.source(layer), stride, &mut found[layer.weights()]);
            if place == 0 {
                break;
            }
            let mut below = vec![0.0; layer.columns * stride];
            weigh_back(w, layer, &delta, stride, &mut below);
            for (below, slope) in below.iter_mut().zip(&self.layers[place - 1].slopes) {
                *below *= slope;
            }
            delta = below;
        }
    }
}

/// `δ ← scale (q − mean q − h mean(q h))` with `q = γ δ`.
#[inline(always)]
fn through(delta: &mut [f64], gain: f64, h: &[f64], [mean, along]: [f64; 2], scale: f64) {
    for (delta, h) in delta.iter_mut().zip(h) {
        *delta = scale * (gain * *delta - mean - h * along);
    }
}
