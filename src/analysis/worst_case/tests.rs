use super::*;
use crate::math::norm::{Norm, Radius};
use crate::problem::Formula;
use crate::problem::landscapes::{self, Landscape};
use ndarray::{Array2, array};
use proptest::prelude::*;

fn ball(p: f64, rho: f64) -> Ball {
    Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() }
}

fn formula(id: &str) -> Formula {
    Formula(landscapes::ALL.choose(id).unwrap().build())
}

/// `½ Σ λ_i x_i²`, in any number of dimensions.
struct Bowl(Vec<f64>);

impl Objective for Bowl {
    fn dimension(&self) -> usize {
        self.0.len()
    }

    fn weight_names(&self) -> Vec<String> {
        self.0.iter().map(|lambda| lambda.to_string()).collect()
    }

    fn examples(&self) -> usize {
        0
    }

    fn loss(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> f64 {
        w.iter().zip(&self.0).map(|(x, lambda)| 0.5 * lambda * x * x).sum()
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> (f64, Array1<f64>) {
        let gradient = w.iter().zip(&self.0).map(|(x, lambda)| lambda * x).collect();
        (self.loss(w, Batch::Whole), gradient)
    }

    fn hessian(&self, _: ArrayView1<'_, f64>) -> Array2<f64> {
        Array2::from_diag(&Array1::from(self.0.clone()))
    }
}

proptest! {
    #[test]
    fn at_the_minimum_of_a_quadratic_it_is_known(
        l1 in 0.1f64..50.0, l2 in 0.1f64..50.0, angle in 0.0f64..180.0, rho in 0.001f64..2.0,
    ) {
        let bowl = landscapes::ALL.choose("quadratic").unwrap()
            .with("curvature1", l1).unwrap().with("curvature2", l2).unwrap();
        let turned = Formula(bowl.clone().with("angle", angle).unwrap().build());
        let straight = Formula(bowl.build());
        let at = |objective: &Formula, p: f64| {
            worst_case(objective, array![0.0, 0.0].view(), ball(p, rho)).rise
        };
        let half = 0.5 * rho * rho;
        for (found, expected) in [
            (at(&turned, 2.0), half * l1.max(l2)),
            (at(&straight, 1.0), half * l1.max(l2)),
            (at(&straight, f64::INFINITY), half * (l1 + l2)),
        ] {
            prop_assert!((found - expected).abs() <= 1e-9 * expected, "{found} for {expected}");
        }
    }

    #[test]
    fn no_point_of_the_ball_is_worse_and_the_point_found_lies_in_it(
        p in prop_oneof![Just(1.0), Just(1.05), Just(1.5), Just(2.0), Just(7.0), Just(f64::INFINITY)],
        id in prop_oneof![Just("rosenbrock"), Just("himmelblau"), Just("beale"), Just("factorization")],
        w in (-1.5f64..1.5, -1.5f64..1.5),
        rho in 0.01f64..0.6,
        others in proptest::collection::vec((0.0f64..1.0, 0.0f64..7.0), 40),
    ) {
        let objective = formula(id);
        let (w, ball) = (array![w.0, w.1], ball(p, rho));
        let found = worst_case(&objective, w.view(), ball);
        prop_assert!(ball.norm.length(found.epsilon.view()) <= rho * (1.0 + 1e-12));
        let loss = |w: &Array1<f64>| objective.loss(w.view(), Batch::Whole);
        let rise = loss(&(&w + &found.epsilon)) - loss(&w);
        prop_assert!((rise - found.rise).abs() < 1e-12 * (1.0 + loss(&w)));
        for (part, angle) in others {
            let direction = array![libm::cos(angle), libm::sin(angle)];
            let epsilon = &direction * (part * rho / ball.norm.length(direction.view()));
            let other = loss(&(&w + &epsilon)) - loss(&w);
            prop_assert!(other <= found.rise * (1.0 + 1e-6) + 1e-12 * (1.0 + loss(&w)));
        }
    }

    #[test]
    fn it_is_never_below_the_gap_that_sam_sees(
        p in prop_oneof![Just(1.0), Just(1.5), Just(2.0), Just(f64::INFINITY)],
        lambdas in proptest::collection::vec(-3.0f64..9.0, 1..6),
        w in proptest::collection::vec(-2.0f64..2.0, 6),
        rho in 0.0f64..1.0,
    ) {
        let w = Array1::from(w[..lambdas.len()].to_vec());
        let (bowl, ball) = (Bowl(lambdas), ball(p, rho));
        let (here, gradient) = bowl.loss_and_gradient(w.view(), Batch::Whole);
        let there = &w + &ball.steepest_ascent(gradient.view());
        let gap = bowl.loss(there.view(), Batch::Whole) - here;
        let found = worst_case(&bowl, w.view(), ball);
        prop_assert!(found.rise >= gap && found.rise >= 0.0);
        prop_assert!(ball.norm.length(found.epsilon.view()) <= rho * (1.0 + 1e-12));
    }
}

#[test]
fn many_weights_climb_to_the_sharpest_axis() {
    let bowl = Bowl(vec![1.0, 7.0, 3.0, 0.5, 2.0]);
    let found = worst_case(&bowl, Array1::zeros(5).view(), ball(2.0, 0.1));
    assert_eq!(found.certainty, Certainty::LowerBound);
    assert!((found.rise - 0.5 * 0.01 * 7.0).abs() < 1e-6 * found.rise, "{}", found.rise);
}

#[test]
fn a_peak_inside_the_ball_is_found() {
    struct Hill;
    impl Landscape for Hill {
        fn value(&self, x: f64, y: f64) -> f64 {
            libm::exp(-40.0 * ((x - 0.2) * (x - 0.2) + (y - 0.1) * (y - 0.1)))
        }

        fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
            let slope = -80.0 * self.value(x, y);
            [slope * (x - 0.2), slope * (y - 0.1)]
        }

        fn hessian(&self, _: f64, _: f64) -> [[f64; 2]; 2] {
            [[0.0; 2]; 2]
        }

        fn minima(&self) -> Vec<[f64; 2]> {
            Vec::new()
        }

        fn view(&self) -> landscapes::View {
            formula("quadratic").0.view()
        }
    }
    let hill = Formula(Box::new(Hill));
    for p in [1.0, 2.0, f64::INFINITY] {
        let found = worst_case(&hill, array![0.0, 0.0].view(), ball(p, 0.9));
        assert!((found.rise - (1.0 - Hill.value(0.0, 0.0))).abs() < 1e-9);
        assert!((found.epsilon[0] - 0.2).abs() < 1e-6);
    }
}

#[test]
fn a_top_between_the_last_ring_and_the_rim_is_found() {
    let himmelblau = formula("himmelblau");
    let w = array![-0.722_485_105_957_799, -1.146_266_259_679_277_6];
    let found = worst_case(&himmelblau, w.view(), ball(7.0, 0.488_871_642_460_276_6));
    // The hill between its four valleys.
    let hill = himmelblau.loss(array![-0.270_845, -0.923_039].view(), Batch::Whole);
    let there = &w + &found.epsilon;
    assert!((himmelblau.loss(there.view(), Batch::Whole) - hill).abs() < 1e-6, "{there}");
}

#[test]
fn a_ball_that_is_a_point_does_not_rise() {
    let found = worst_case(&formula("rosenbrock"), array![0.3, 0.4].view(), ball(2.0, 0.0));
    assert_eq!((found.epsilon, found.rise), (array![0.0, 0.0], 0.0));
}
