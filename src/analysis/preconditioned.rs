//! The largest eigenvalue of the preconditioned Hessian: what the edges of `RMSprop` and Adam are compared with.
//!
//! ```text
//! λ_max(P⁻¹H) = λ_max(P^(−1/2) H P^(−1/2)),     P diagonal and positive
//! ```
//!
//! The two matrices are similar, and the second is symmetric. P is what the base divided by in its last step
//! ([`Base::preconditioner`](crate::optim::base::Base::preconditioner)), H the Hessian of the loss on all data. J. Cohen
//! et al. (2022), "Adaptive gradient methods at the edge of stability", arXiv:2207.14484: training drifts to where it
//! meets the [edge](crate::optim::edge) of the base.

use ndarray::{Array1, ArrayView1};

use super::lanczos::LanczosWork;
use super::spectrum::AT_ONCE;
use crate::math::eigen;
use crate::problem::Objective;

/// Products with vectors at most.
const PRODUCTS: usize = 100;

/// `λ_max(P⁻¹∇²L(w))` for the diagonal `preconditioner`; NaN where the Hessian is not finite, or P not positive.
#[must_use]
pub fn lambda_max(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
    preconditioner: ArrayView1<'_, f64>,
) -> f64 {
    let mut work = PreconditionedWork::at(w, preconditioner);
    loop {
        if let Some(found) = work.advance(objective) {
            return found;
        }
    }
}

/// A largest eigenvalue being found, in pieces short enough that it can be dropped for another at any moment.
pub struct PreconditionedWork {
    w: Array1<f64>,
    /// The diagonal of `P^(−1/2)`.
    root: Array1<f64>,
    lanczos: Option<LanczosWork>,
}

impl PreconditionedWork {
    /// The search at `w`, which has not begun.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>, preconditioner: ArrayView1<'_, f64>) -> Self {
        let root = preconditioner.mapv(|p| 1.0 / p.sqrt());
        let large = w.len() > AT_ONCE;
        let lanczos = large.then(|| LanczosWork::largest(w.len(), 1, PRODUCTS));
        Self { w: w.to_owned(), root, lanczos }
    }

    /// One more piece, of the same objective every time; the eigenvalue when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<f64> {
        let Self { w, root, lanczos } = self;
        if w.is_empty() || root.len() != w.len() || !root.iter().all(|r| r.is_finite()) {
            return Some(f64::NAN);
        }
        let Some(lanczos) = lanczos else {
            let hessian = objective.hessian(w.view());
            if !objective.is_smooth_at(w.view()) || !hessian.iter().all(|h| h.is_finite()) {
                return Some(f64::NAN);
            }
            let rows = root.view().insert_axis(ndarray::Axis(1));
            let symmetric = hessian * &*root * rows;
            return eigen::symmetric_values(symmetric.view()).first().copied();
        };
        let mut apply = |v: ArrayView1<'_, f64>| {
            objective.hessian_times(w.view(), (&v * &*root).view()) * &*root
        };
        if lanczos.advance(&mut apply) {
            return None;
        }
        Some(lanczos.finish().values.first().copied().unwrap_or(f64::NAN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Streams;
    use crate::problem::risk::Risk;
    use crate::problem::{Batch, Formula, datasets, landscapes, losses, models};
    use ndarray::{Array2, array};

    #[test]
    fn it_is_the_eigenvalue_of_the_product_though_that_is_not_symmetric() {
        let bowl = landscapes::ALL.choose("quadratic").unwrap().with("angle", 30.0).unwrap();
        let bowl = Formula(bowl.build());
        let (w, p) = (array![0.3, 0.4], array![0.5, 2.0]);
        let lambda = lambda_max(&bowl, w.view(), p.view());
        // λ of P⁻¹H: λ² − tr λ + det = 0.
        let h = bowl.hessian(w.view());
        let (a, d) = (h[[0, 0]] / p[0], h[[1, 1]] / p[1]);
        let det = (h[[0, 0]] * h[[1, 1]] - h[[0, 1]] * h[[1, 0]]) / (p[0] * p[1]);
        let expected = f64::midpoint(a + d, ((a + d) * (a + d) - 4.0 * det).sqrt());
        assert!((lambda - expected).abs() < 1e-12 * expected, "{lambda} for {expected}");
    }

    #[test]
    fn of_a_large_network_it_is_found_without_the_matrix() {
        let data = datasets::ALL.choose("moons").unwrap().with("points", 40.0).unwrap().build();
        let sample = data.sample(&mut Streams::new(1).dataset());
        let model = models::ALL.choose("network").unwrap().with("units", 12.0).unwrap().build();
        let w = model.start(2, &mut Streams::new(1).weights());
        let risk = Risk::new(sample, model, losses::ALL.choose("cross_entropy").unwrap().build());
        assert!(w.len() > AT_ONCE);
        let (_, g) = risk.loss_and_gradient(w.view(), Batch::Whole);
        let p = g.mapv(|g| g.abs() + 1e-3);
        let found = lambda_max(&risk, w.view(), p.view());
        let h = risk.hessian(w.view());
        let symmetric = Array2::from_shape_fn(h.dim(), |(i, j)| h[[i, j]] / (p[i] * p[j]).sqrt());
        let expected = eigen::symmetric_values(symmetric.view())[0];
        assert!((found - expected).abs() < 1e-8 * expected, "{found} for {expected}");
    }

    #[test]
    fn what_cannot_be_divided_by_has_no_eigenvalue() {
        let bowl = Formula(landscapes::ALL.choose("quadratic").unwrap().build());
        let w = array![0.3, 0.4];
        for p in [array![0.0, 1.0], array![-1.0, 1.0], array![1.0]] {
            assert!(lambda_max(&bowl, w.view(), p.view()).is_nan());
        }
    }
}
