//! Coupled L2: a penalty on the size of the weights that is part of the loss.
//!
//! ```text
//! L_λ(w) = L(w) + ½ λ ‖w‖₂²,     ∇L_λ = ∇L + λ w,     ∇²L_λ = ∇²L + λ I
//! ```
//!
//! Being part of the loss, it is felt by both gradients of a SAM step; decoupled decay, a setting of the base
//! optimizers, enters the final update only. For plain SGD without SAM the two are one (I. Loshchilov and F. Hutter,
//! 2019, "Decoupled weight decay regularization", ICLR).

use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView1};

use super::grid::{Plane, Tile};
use super::noise::Noise;
use super::{Batch, Objective};

/// A loss with a penalty of `½ λ ‖w‖²`.
pub struct Ridge {
    inner: Arc<dyn Objective>,
    lambda: f64,
}

impl Ridge {
    /// `inner` with the penalty, or `inner` itself when λ is zero.
    #[must_use]
    pub fn over(inner: Arc<dyn Objective>, lambda: f64) -> Arc<dyn Objective> {
        if lambda > 0.0 { Arc::new(Self { inner, lambda }) } else { inner }
    }

    fn added(&self, w: ArrayView1<'_, f64>) -> f64 {
        0.5 * self.lambda * w.iter().map(|x| x * x).sum::<f64>()
    }

    fn with_penalty(
        &self,
        w: ArrayView1<'_, f64>,
        (loss, mut gradient): (f64, Array1<f64>),
    ) -> (f64, Array1<f64>) {
        gradient.scaled_add(self.lambda, &w);
        (loss + self.added(w), gradient)
    }
}

impl Objective for Ridge {
    fn dimension(&self) -> usize {
        self.inner.dimension()
    }

    fn weight_names(&self) -> Vec<String> {
        self.inner.weight_names()
    }

    fn examples(&self) -> usize {
        self.inner.examples()
    }

    fn within(&self) -> Option<&dyn Objective> {
        Some(&*self.inner)
    }

    fn penalty(&self) -> f64 {
        self.lambda + self.inner.penalty()
    }

    fn loss(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> f64 {
        self.inner.loss(w, batch) + self.added(w)
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> (f64, Array1<f64>) {
        self.with_penalty(w, self.inner.loss_and_gradient(w, batch))
    }

    fn training_pass(
        &self,
        w: ArrayView1<'_, f64>,
        batch: Batch<'_>,
        noise: &Noise,
    ) -> (f64, Array1<f64>) {
        self.with_penalty(w, self.inner.training_pass(w, batch, noise))
    }

    fn deployed_loss(&self, w: ArrayView1<'_, f64>, statistics: &[f64]) -> f64 {
        self.inner.deployed_loss(w, statistics) + self.added(w)
    }

    fn hessian(&self, w: ArrayView1<'_, f64>) -> Array2<f64> {
        let mut hessian = self.inner.hessian(w);
        hessian.diag_mut().mapv_inplace(|h| h + self.lambda);
        hessian
    }

    fn hessian_times(&self, w: ArrayView1<'_, f64>, v: ArrayView1<'_, f64>) -> Array1<f64> {
        let mut image = self.inner.hessian_times(w, v);
        image.scaled_add(self.lambda, &v);
        image
    }

    fn fill(&self, plane: &Plane, tile: &mut Tile<'_>) {
        self.inner.fill(plane, tile);
        // ½ λ ‖o + a u + b v‖² is a quadratic in a and b.
        let Plane { origin, along, across } = plane;
        let half = 0.5 * self.lambda;
        let constant = half * origin.dot(origin);
        let [first, second] = [along, across].map(|axis| 2.0 * half * origin.dot(axis));
        let [aa, ab, bb] =
            [half * along.dot(along), 2.0 * half * along.dot(across), half * across.dot(across)];
        tile.each_with(|a, b, loss| {
            loss + constant + a * (first + a * aa + b * ab) + b * (second + b * bb)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::grid::{Grid, Precision, Window};
    use crate::problem::{Formula, landscapes};
    use ndarray::{Axis, array};

    fn penalised() -> Arc<dyn Objective> {
        let beale = landscapes::ALL.choose("beale").unwrap().build();
        Ridge::over(Arc::new(Formula(beale)), 0.7)
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let (loss, w, h) = (penalised(), array![0.4, -0.3], 1e-5);
        let (_, g) = loss.loss_and_gradient(w.view(), Batch::Whole);
        let hessian = loss.hessian(w.view());
        for k in 0..2 {
            let mut ahead = w.clone();
            ahead[k] += h;
            let mut behind = w.clone();
            behind[k] -= h;
            let rise =
                loss.loss(ahead.view(), Batch::Whole) - loss.loss(behind.view(), Batch::Whole);
            assert!((rise / (2.0 * h) - g[k]).abs() < 1e-7);
            let turn = loss.loss_and_gradient(ahead.view(), Batch::Whole).1
                - loss.loss_and_gradient(behind.view(), Batch::Whole).1;
            for (found, expected) in (turn / (2.0 * h)).iter().zip(hessian.index_axis(Axis(0), k)) {
                assert!((found - expected).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_field_is_the_loss_pixel_by_pixel() {
        let loss = penalised();
        let plane = Plane::of_weights();
        let grid = Grid { window: Window::new([-1.0, 2.0], [-2.0, 1.0]), columns: 5, rows: 4 };
        let mut values = vec![0.0; 20];
        let mut tile =
            Tile { grid, first_row: 0, values: &mut values, precision: Precision::Exact };
        loss.fill(&plane, &mut tile);
        for row in 0..4 {
            for column in 0..5 {
                let w = array![grid.x(column), grid.y(row)];
                let expected = loss.loss(w.view(), Batch::Whole);
                assert!((values[row * 5 + column] - expected).abs() < 1e-12 * (1.0 + expected));
            }
        }
    }

    #[test]
    fn no_penalty_is_the_loss_itself() {
        let bare: Arc<dyn Objective> =
            Arc::new(Formula(landscapes::ALL.choose("beale").unwrap().build()));
        assert!(Arc::ptr_eq(&Ridge::over(Arc::clone(&bare), 0.0), &bare));
    }
}
