//! ρ on the loss's own surface: on steep ground a way of length ρ up the slope covers little of the map.
//!
//! ```text
//! loss ▲        ╱          (ε, gᵀε) is the way on the surface, to first order
//!      │   ρ  ╱
//!      │    ╱              ‖(ε, gᵀε)‖_p = ρ   ⟹   ε = ε̂(d)/‖(1, gᵀû)‖_p,   û = ε̂/‖ε̂‖_p
//!      │  ╱
//!      └─┴──┴───▸ w        for p = 2 and d = g:   ‖ε‖ = ρ/√(1 + ‖g‖²)
//!          ε
//! ```
//!
//! Near a minimum it is ρ, far up a slope it is `ρ/‖g‖`: between SAM and descent. It has no meaning that is free of units:
//! a loss that is multiplied by 10 is another surface.
//!
//! Along an eigenvector of a quadratic the edge is SAM's with that radius.

use ndarray::{Array1, ArrayView1};

use super::{Reach, Told, is_round};
use crate::catalog::{Build, Entry};
use crate::math::norm::{Ball, Norm};
use crate::optim::ascent::{Here, Oracle};

pub(in crate::optim::ascent) static ENTRY: Entry<dyn Reach> = Entry {
    id: "surface",
    name: "ρ on the surface",
    formula: "ε̂(d)/‖(1, gᵀû)‖_p",
    source: "Jacobsen & Arvanitidis 2025",
    about: "As long as the way up the loss's own surface is ρ: shorter, the steeper it is.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Surface)),
};

struct Surface;

impl Reach for Surface {
    fn along(&self, here: &Here<'_>, d: ArrayView1<'_, f64>, oracle: &Oracle<'_>) -> Array1<f64> {
        self.to(here, oracle.steepest(here.ball, d))
    }

    fn to(&self, here: &Here<'_>, epsilon: Array1<f64>) -> Array1<f64> {
        let norm = here.ball.norm;
        let length = norm.length(epsilon.view());
        if length == 0.0 {
            return epsilon;
        }
        let slope = here.gradient.dot(&epsilon) / length;
        epsilon / norm.length(ArrayView1::from(&[1.0, slope]))
    }

    fn uses_gradient(&self) -> bool {
        true
    }

    fn on_an_eigenvector(&self, ball: Ball, gradient_norm: f64) -> Option<(f64, f64)> {
        let longer = Norm::L2.length(ArrayView1::from(&[1.0, gradient_norm]));
        is_round(ball).then(|| (ball.rho.get() / longer, gradient_norm))
    }

    fn edge(&self) -> Option<Told> {
        Some(Told {
            label: "Monge SAM’s edge",
            formula: "stable iff ηλ(1 + ρλ/(‖g‖√(1 + ‖g‖²))) ≤ 2",
        })
    }

    fn edge_of_a_mix(&self) -> Option<Told> {
        Some(Told {
            label: "the mix’s edge",
            formula: "stable iff ηλ(1 + αρλ/(‖g‖√(1 + ‖g‖²))) ≤ 2",
        })
    }

    fn length_of_epsilon(&self) -> Option<&'static str> {
        Some(
            "at most ρ: with what the loss rises by it is ρ long, so that it is shorter the steeper it is",
        )
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use proptest::prelude::*;

    use super::*;
    use crate::math::norm::Radius;
    use crate::math::random::Streams;
    use crate::problem::noise::Noise;
    use crate::problem::{Batch, Formula, landscapes};

    proptest! {
        #[test]
        fn the_way_on_the_surface_is_rho_long_and_no_other_of_that_length_climbs_higher(
            g in (-9.0f64..9.0, -9.0f64..9.0), other in (-1.0f64..1.0, -1.0f64..1.0), rho in 0.01f64..2.0,
            p in prop_oneof![Just(1.0), Just(1.5), Just(2.0), Just(4.0), Just(f64::INFINITY)],
        ) {
            let (g, other) = (array![g.0, g.1], array![other.0, other.1]);
            prop_assume!(Norm::L2.length(g.view()) > 1e-3 && Norm::L2.length(other.view()) > 1e-3);
            let ball = Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() };
            let w = array![0.0, 0.0];
            let here = Here { step: 0, w: w.view(), loss: 0.0, gradient: g.view(), ball };
            let objective = Formula(landscapes::ALL.choose("quadratic").unwrap().build());
            let (noise, mut dice) = (Noise::none(), Streams::new(0).ascent());
            let oracle = Oracle::new(&objective, Batch::Whole, &noise, &mut dice);
            let epsilon = Surface.along(&here, g.view(), &oracle);
            let way = |epsilon: &Array1<f64>| {
                let rise = g.dot(epsilon);
                ball.norm.length(array![epsilon[0], epsilon[1], rise].view())
            };
            prop_assert!((way(&epsilon) - rho).abs() < 1e-9 * rho);
            let other = &other * (rho / way(&other));
            prop_assert!(g.dot(&other) <= g.dot(&epsilon) * (1.0 + 1e-9));
        }
    }
}
