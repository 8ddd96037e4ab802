//! A loss of two weights with nothing around it.

use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView1, arr1, arr2};

use crate::problem::{Batch, Objective};

/// A formula with the derivatives that its law was derived from.
pub(super) struct Bare {
    pub(super) value: fn(f64, f64) -> f64,
    pub(super) gradient: fn(f64, f64) -> [f64; 2],
    pub(super) hessian: fn(f64, f64) -> [[f64; 2]; 2],
}

impl Bare {
    pub(super) fn shared(self) -> Arc<dyn Objective> {
        Arc::new(self)
    }
}

impl Objective for Bare {
    fn dimension(&self) -> usize {
        2
    }

    fn weight_names(&self) -> Vec<String> {
        ["x", "y"].map(str::to_owned).to_vec()
    }

    fn examples(&self) -> usize {
        0
    }

    fn loss(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> f64 {
        (self.value)(w[0], w[1])
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> (f64, Array1<f64>) {
        ((self.value)(w[0], w[1]), arr1(&(self.gradient)(w[0], w[1])))
    }

    fn hessian(&self, w: ArrayView1<'_, f64>) -> Array2<f64> {
        arr2(&(self.hessian)(w[0], w[1]))
    }
}
