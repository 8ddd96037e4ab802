//! What all models that are linear in their weights share: `z = Φ w`, with the features Φ prepared once.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1};

use super::{Model, first_weights};
use crate::math::random::Stream;
use crate::problem::datasets::Task;
use crate::problem::landscapes::View;

/// A model `z = wᵀφ(x)`: all that is its own. The rest of [`Model`] follows.
pub(super) trait LinearModel: Send + Sync {
    /// What it can learn.
    fn task(&self) -> Task;

    /// Whether it knows what to do with inputs of so many raw features.
    fn takes(&self, features: usize) -> bool {
        super::usual(self.task(), features)
    }

    /// `Φ`, examples × weights.
    fn features(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64>;

    /// What each weight is called, for inputs with so many raw features.
    fn weight_names(&self, features: usize) -> Vec<String>;

    /// What to look at first.
    fn view(&self) -> View;

    /// The start.
    fn start(&self, features: usize) -> Array1<f64> {
        first_weights(self.view(), self.weight_names(features).len())
    }
}

impl<M: LinearModel> Model for M {
    fn task(&self) -> Task {
        LinearModel::task(self)
    }

    fn takes(&self, features: usize) -> bool {
        LinearModel::takes(self, features)
    }

    fn prepare(&self, inputs: ArrayView2<'_, f64>) -> Array2<f64> {
        self.features(inputs)
    }

    fn dimension(&self, features: usize) -> usize {
        LinearModel::weight_names(self, features).len()
    }

    fn weight_names(&self, features: usize) -> Vec<String> {
        LinearModel::weight_names(self, features)
    }

    fn predict(&self, w: ArrayView1<'_, f64>, prepared: ArrayView2<'_, f64>, z: &mut [f64]) {
        predict(w, prepared, z);
    }

    fn pull_back(
        &self,
        _: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        slopes: &[f64],
        gradient: ArrayViewMut1<'_, f64>,
    ) {
        pull_back(prepared, slopes, gradient);
    }

    fn curvature(
        &self,
        _: ArrayView1<'_, f64>,
        prepared: ArrayView2<'_, f64>,
        _: &[f64],
        curvatures: &[f64],
    ) -> Array2<f64> {
        curvature(prepared, curvatures)
    }

    fn is_linear(&self) -> bool {
        true
    }

    fn view(&self) -> View {
        LinearModel::view(self)
    }

    fn start(&self, features: usize, _: &mut Stream) -> Array1<f64> {
        LinearModel::start(self, features)
    }
}

/// `z = Φ w`.
pub(super) fn predict(w: ArrayView1<'_, f64>, features: ArrayView2<'_, f64>, z: &mut [f64]) {
    if let Some(pairs) = pairs(&features) {
        let (u, v) = (w[0], w[1]);
        for ([x, y], z) in pairs.iter().zip(z) {
            *z = x * u + y * v;
        }
        return;
    }
    for (row, z) in features.rows().into_iter().zip(z) {
        *z = row.iter().zip(w).map(|(x, w)| x * w).sum();
    }
}

/// `gradient += Φᵀ s`.
pub(super) fn pull_back(
    features: ArrayView2<'_, f64>,
    slopes: &[f64],
    mut gradient: ArrayViewMut1<'_, f64>,
) {
    if let Some(pairs) = pairs(&features) {
        // Several sums side by side: one would wait for itself at every example.
        let mut sums = [[0.0; 2]; SUMS];
        let (fours, last) = pairs.as_chunks::<SUMS>();
        let (slopes, last_slopes) = slopes.as_chunks::<SUMS>();
        for (pairs, slopes) in fours.iter().zip(slopes) {
            for (sum, ([x, y], slope)) in sums.iter_mut().zip(pairs.iter().zip(slopes)) {
                *sum = [sum[0] + slope * x, sum[1] + slope * y];
            }
        }
        for (sum, ([x, y], slope)) in sums.iter_mut().zip(last.iter().zip(last_slopes)) {
            *sum = [sum[0] + slope * x, sum[1] + slope * y];
        }
        for k in 0..2 {
            gradient[k] += sums.iter().map(|sum| sum[k]).sum::<f64>();
        }
        return;
    }
    for (row, slope) in features.rows().into_iter().zip(slopes) {
        for (g, x) in gradient.iter_mut().zip(row) {
            *g += slope * x;
        }
    }
}

/// Sums that are kept side by side.
const SUMS: usize = 4;

/// The features as pairs, where there are two: the weight space of most maps, and much faster than rows.
fn pairs<'a>(features: &'a ArrayView2<'_, f64>) -> Option<&'a [[f64; 2]]> {
    if features.ncols() == 2 { Some(features.as_slice()?.as_chunks().0) } else { None }
}

/// `Φᵀ diag(c) Φ`; the model's own second derivative is zero.
pub(super) fn curvature(features: ArrayView2<'_, f64>, curvatures: &[f64]) -> Array2<f64> {
    if let Some(pairs) = pairs(&features) {
        // The same sums in the same order, without looking up where each is.
        let mut sums = [0.0; 4];
        for ([x, y], c) in pairs.iter().zip(curvatures) {
            for (sum, part) in sums.iter_mut().zip([c * x * x, c * x * y, c * y * x, c * y * y]) {
                *sum += part;
            }
        }
        let [xx, xy, yx, yy] = sums;
        return ndarray::arr2(&[[xx, xy], [yx, yy]]);
    }
    let weights = features.ncols();
    let mut hessian = Array2::zeros((weights, weights));
    for (row, c) in features.rows().into_iter().zip(curvatures) {
        for (i, a) in row.iter().enumerate() {
            for (j, b) in row.iter().enumerate() {
                hessian[[i, j]] += c * a * b;
            }
        }
    }
    hessian
}

/// The inputs with a column of ones behind them, for a bias that is the last weight.
pub(super) fn with_ones(inputs: ArrayView2<'_, f64>) -> Array2<f64> {
    let features = inputs.ncols();
    Array2::from_shape_fn((inputs.nrows(), features + 1), |(row, k)| {
        if k < features { inputs[[row, k]] } else { 1.0 }
    })
}

/// `w₁, w₂, …`, one for each feature.
pub(super) fn names(features: usize) -> Vec<String> {
    (1..=features).map(|k| indexed("w", k)).collect()
}

/// `w₁, w₂, …, b`.
pub(super) fn names_and_bias(features: usize) -> Vec<String> {
    names(features).into_iter().chain(std::iter::once("b".to_owned())).collect()
}

/// A letter with a number below it.
pub(super) fn indexed(letter: &str, k: usize) -> String {
    const DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let number = k.to_string();
    let below = number.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]);
    letter.chars().chain(below).collect()
}
