//! Base optimizers: what is done with a gradient.

use ndarray::{Array1, ArrayView1};

use crate::catalog::Catalog;

mod sgd;
mod momentum;
mod adam;

/// An optimizer with its memory, for one run from its first step to its last.
pub trait Base: Send {
    /// Moves the weights by one step against `direction`, the gradient it is handed.
    fn step(&mut self, w: &mut Array1<f64>, direction: ArrayView1<'_, f64>, eta: f64);
}

/// Every base optimizer, in the order of the menu.
pub static ALL: Catalog<dyn Base> =
    Catalog { family: "base optimizer", entries: &[&sgd::ENTRY, &momentum::ENTRY, &adam::ENTRY] };
