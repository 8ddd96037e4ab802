//! The edge of stability of a base with an ascent: the largest curvature that their step does not overshoot.
//!
//! What an edge is, and where it holds, is said by [`stability`](super::stability); each base and each ascent states its
//! own in its file. A combination for which none was derived has none.

use super::ascent::Ascent;
use super::base::Base;
pub use super::stability::{At, Curvature, Edge, of_descent, of_sam};

/// The edge of `base` with `ascent` at a step; none where none is derived.
///
/// It is that of a step without a [mistake](super::mistake).
#[must_use]
pub fn of(base: &dyn Base, ascent: &dyn Ascent, at: &At) -> Option<Edge> {
    // With ρ = 0 nothing is perturbed, and the run is that of its base.
    if at.ball.rho.is_zero() { base.edge(at) } else { ascent.edge(base, at) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Choice;
    use crate::math::norm::{Ball, Norm, Radius};
    use crate::optim::{ascent, base};

    fn at(p: f64, rho: f64, step: usize) -> At {
        let ball = Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() };
        At { eta: 0.1, ball, gradient_norm: 0.7, step }
    }

    fn found(base: &str, ascent: &str, at: &At) -> Option<Edge> {
        let base = base::ALL.choose(base).unwrap().build();
        let ascent = ascent::ALL.choose(ascent).unwrap().build();
        of(&*base, &*ascent, at)
    }

    #[test]
    fn every_base_alone_has_its_own_edge() {
        // η = 0.1, β = β₁ = 0.9; after many steps Adam's correction is over.
        let cases = [
            ("sgd", 20.0, Curvature::Hessian),
            ("momentum", 38.0, Curvature::Hessian),
            ("nesterov", 3.8 / 0.28, Curvature::Hessian),
            ("rmsprop", 20.0, Curvature::Preconditioned),
            ("adam", 380.0, Curvature::Preconditioned),
            ("adamw", (20.0 - 0.01) * 19.0, Curvature::Preconditioned),
        ];
        for (id, lambda, of) in cases {
            let edge = found(id, "none", &at(2.0, 0.1, 1_000)).unwrap();
            assert!((edge.lambda - lambda).abs() < 1e-9, "{id}: {}", edge.lambda);
            assert_eq!(edge.of, of, "{id}");
        }
        assert_eq!(cases.len(), base::ALL.entries.len());
    }

    #[test]
    fn adams_edge_is_lower_in_its_first_steps() {
        let edge = |step| found("adam", "none", &at(2.0, 0.1, step)).unwrap().lambda;
        assert!((edge(0) - 38.0).abs() < 1e-9);
        assert!((edge(1) - 380.0 * 0.19).abs() < 1e-9);
    }

    #[test]
    fn ascents_have_one_where_it_is_derived_and_only_over_plain_descent_unless_g_is_handed_on() {
        for base in base::ALL.entries {
            for ascent in ascent::ALL.entries {
                for p in [1.0, 2.0, 3.0, f64::INFINITY] {
                    let has = found(base.id, ascent.id, &at(p, 0.1, 3)).is_some();
                    let due = match ascent.id {
                        "none" => true,
                        "sam" | "gsam" | "wsam" | "monge" | "eigenvector" | "composed" => {
                            base.id == "sgd" && p == 2.0
                        }
                        "unnormalised" => base.id == "sgd",
                        "stable" => p == 2.0 && ["sgd", "momentum", "nesterov"].contains(&base.id),
                        _ => false,
                    };
                    assert_eq!(has, due, "{} with {}, p = {p}", base.id, ascent.id);
                }
            }
        }
        let decayed =
            Choice::new(base::ALL.find("sgd").unwrap()).with("weight_decay", 0.1).unwrap();
        let sam = ascent::sam().build();
        assert_eq!(of(&*decayed.build(), &*sam, &at(2.0, 0.1, 3)), None);
    }

    #[test]
    fn with_a_radius_of_zero_the_edge_is_that_of_the_base() {
        for ascent in ascent::ALL.entries {
            let edge = found("nesterov", ascent.id, &at(3.0, 0.0, 3));
            assert_eq!(edge, found("nesterov", "none", &at(3.0, 0.1, 3)), "{}", ascent.id);
        }
    }

    #[test]
    fn decay_takes_its_part_of_what_a_step_can_stand() {
        let decayed = base::sgd().with("weight_decay", 0.5).unwrap().build();
        let none = ascent::none().build();
        let edge = of(&*decayed, &*none, &at(2.0, 0.1, 0)).unwrap();
        assert!((edge.lambda - 19.5).abs() < 1e-12);
        assert_eq!(edge.label, "2/η − δ");
    }
}
