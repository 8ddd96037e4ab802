//! The sharpest directions: eigenvectors of the largest eigenvalues of `∇²L(w)`.

use ndarray::{Array1, ArrayView1};

use super::lanczos::LanczosWork;
use crate::math::eigen;
use crate::problem::Objective;

/// Up to so many weights the whole Hessian is decomposed.
const DENSE: usize = 128;
/// Products with the Hessian beyond that.
const PRODUCTS: usize = 80;

/// Eigenvalues, the largest first, and their unit eigenvectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharpest {
    /// The eigenvalues.
    pub values: Vec<f64>,
    /// The eigenvectors.
    pub vectors: Vec<Array1<f64>>,
}

/// The search for some of them; beyond 128 weights one product with the Hessian a piece.
pub struct SharpestWork {
    wanted: usize,
    lanczos: Option<LanczosWork>,
}

impl SharpestWork {
    /// The search for so many directions.
    #[must_use]
    pub fn of(wanted: usize) -> Self {
        Self { wanted, lanczos: None }
    }

    /// Does one piece of the work, at the same weights every time; the directions when it was the last.
    pub fn advance(
        &mut self,
        objective: &dyn Objective,
        w: ArrayView1<'_, f64>,
    ) -> Option<Sharpest> {
        if w.len() <= DENSE {
            let eigen = eigen::symmetric(objective.hessian(w).view());
            let vectors = eigen.vectors.rows().into_iter().take(self.wanted);
            return Some(Sharpest {
                values: eigen.values.iter().take(self.wanted).copied().collect(),
                vectors: vectors.map(|vector| vector.to_owned()).collect(),
            });
        }
        let wanted = self.wanted;
        let work =
            self.lanczos.get_or_insert_with(|| LanczosWork::largest(w.len(), wanted, PRODUCTS));
        if work.advance(&mut |v| objective.hessian_times(w, v)) {
            return None;
        }
        let found = work.finish();
        Some(Sharpest { values: found.values, vectors: found.vectors })
    }
}
