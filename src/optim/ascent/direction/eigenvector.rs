//! The sharpest direction: the part of the gradient along the top eigenvector of the Hessian.
//!
//! ```text
//! v vᵀg,     ∇²L(w) v = λ_max v,  ‖v‖ = 1
//! ```
//!
//! An eigenvector has no sign; with `vᵀg` the one is chosen that the loss rises in, and where v is at right angles to g
//! neither does. So v is found by Lanczos steps (C. Lanczos, 1950) that begin at g itself: among the directions that g has
//! a part in it is the sharpest that so many products with the Hessian can tell, and with two weights it is exact after
//! two. Nothing is remembered from one step to the next. The Hessian is that of the loss on all data; each product is
//! counted as two gradients.

use ndarray::{Array1, ArrayView1};

use super::Direction;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::eigen;
use crate::math::norm::Norm;
use crate::optim::ascent::radius::Reach;
use crate::optim::ascent::{Here, Oracle, Sight, is_flat};

pub(in crate::optim::ascent) const SETTINGS: &[Setting] = &[Setting {
    key: "products",
    label: "products",
    about: "how many products with the Hessian look for its top eigenvector; each costs two gradients",
    kind: Kind::Number { default: 10.0, range: (1.0, 100.0), scale: Scale::Whole },
}];

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Direction> = Entry {
    id: "eigenvector",
    name: "eigenvector",
    formula: "v vᵀg, v the top eigenvector of ∇²L(w)",
    source: "after Luo et al. 2024",
    about: "The part of the gradient along the sharpest direction that it has a part in.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Eigenvector { products: settings.count("products") })),
};

/// What is left of a vector below this part of its length is rounding, and no direction of its own.
const NOTHING_NEW: f64 = 1e-10;

struct Eigenvector {
    products: usize,
}

impl Eigenvector {
    /// The unit vector of the largest Ritz value of `∇²L(w)` on the Krylov space of `g`.
    fn sharpest(
        &self,
        w: ArrayView1<'_, f64>,
        g: ArrayView1<'_, f64>,
        oracle: &mut Oracle<'_>,
    ) -> Array1<f64> {
        let most = self.products.min(g.len());
        let mut basis: Vec<Array1<f64>> = vec![&g / Norm::L2.length(g)];
        let (mut diagonal, mut beside) = (Vec::new(), Vec::new());
        while let Some(last) = basis.last() {
            let mut next = oracle.hessian_times(w, last.view());
            let size = Norm::L2.length(next.view());
            diagonal.push(last.dot(&next));
            if diagonal.len() == most {
                break;
            }
            // Twice: once leaves of what is already there as much as rounding put in.
            for _ in 0..2 {
                for known in &basis {
                    let part = known.dot(&next);
                    next.scaled_add(-part, known);
                }
            }
            let length = Norm::L2.length(next.view());
            // Lengths that are no numbers end it too.
            let is_new = length > NOTHING_NEW * size;
            if !is_new {
                break;
            }
            beside.push(length);
            basis.push(next / length);
        }
        if !diagonal.iter().chain(&beside).all(|x| x.is_finite()) {
            return Array1::from_elem(g.len(), f64::NAN);
        }
        let small = eigen::tridiagonal(&diagonal, &beside);
        let mut v = Array1::zeros(g.len());
        for (part, basis) in small.vectors.row(0).iter().zip(&basis) {
            v.scaled_add(*part, basis);
        }
        let length = Norm::L2.length(v.view());
        v / length
    }
}

impl Direction for Eigenvector {
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight {
        let g = here.gradient;
        if is_flat(g) {
            return here.plain();
        }
        let v = self.sharpest(here.w, g, oracle);
        let along = v.dot(&g);
        here.from(reach.along(here, (v * along).view(), oracle), oracle)
    }

    fn keeps_to_an_eigenvector(&self) -> bool {
        true
    }

    fn length_in_the_ball(&self) -> &'static str {
        "equal to ρ unless the gradient has next to no part along the sharpest direction"
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::array;
    use proptest::prelude::*;

    use crate::math::norm::{Ball, Norm, Radius};
    use crate::optim::ascent;
    use crate::optim::replay::Replay;
    use crate::optim::run::Setup;
    use crate::problem::{Formula, Objective, landscapes};

    proptest! {
        #[test]
        fn epsilon_is_the_sharpest_direction_and_points_up(
            x in -2.0f64..2.0, y in -2.0f64..2.0, id in prop::sample::select(vec!["himmelblau", "beale", "saddle", "quadratic"]),
        ) {
            let objective: Arc<dyn Objective> = Arc::new(Formula(landscapes::ALL.choose(id).unwrap().build()));
            let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
            let setup = Setup {
                ascent: ascent::ALL.choose("eigenvector").unwrap(),
                ..Setup::new(Arc::clone(&objective), array![x, y], 0.001, ball, 3)
            };
            for step in Replay::new(&setup) {
                let hessian = objective.hessian(step.w.view());
                let ([top, low], v) = crate::math::eigen::symmetric_2x2(hessian[[0, 0]], hessian[[0, 1]], hessian[[1, 1]]);
                let v = array![v[0], v[1]];
                // Where both curvatures are one, or g has next to no part along v, no direction is the sharpest.
                let part = v.dot(&step.gradient) / Norm::L2.length(step.gradient.view());
                if top - low < 1e-3 * top.abs() || part.abs() < 1e-3 {
                    continue;
                }
                let expected = &v * (0.1 * part.signum());
                prop_assert!(Norm::L2.length((&step.epsilon - &expected).view()) < 1e-9, "{} at {}", id, step.w);
                prop_assert!(step.gradient.dot(&step.epsilon) > 0.0);
            }
        }
    }
}
