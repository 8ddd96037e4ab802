use super::*;
use ndarray::array;
use proptest::prelude::*;

fn norms() -> impl Strategy<Value = Norm> {
    prop_oneof![
        Just(1.0),
        Just(1.001),
        Just(1.5),
        Just(2.0),
        Just(3.0),
        Just(1e6),
        Just(f64::INFINITY),
        1.0f64..20.0,
    ]
    .prop_map(|p| Norm::new(p).unwrap())
}

fn vectors() -> impl Strategy<Value = Array1<f64>> {
    let size = prop_oneof![Just(1.0), Just(1e-200), Just(1e200), Just(1e-12)];
    let entry = prop_oneof![4 => -1.0f64..1.0, 1 => Just(0.0), 1 => Just(1.0)];
    (size, proptest::collection::vec(entry, 1..6))
        .prop_map(|(size, entries)| Array1::from(entries) * size)
        .prop_filter("a direction", |v| v.iter().any(|x| x.abs() > 1e-210))
}

fn pairs() -> impl Strategy<Value = (Array1<f64>, Array1<f64>)> {
    vectors().prop_flat_map(|g| {
        let rival = proptest::collection::vec(-1.0f64..1.0, g.len())
            .prop_filter("a direction", |v| v.iter().any(|x| x.abs() > 1e-6))
            .prop_map(Array1::from);
        (Just(g), rival)
    })
}

proptest! {
    #[test]
    fn the_maximizer_lies_on_the_sphere(norm in norms(), g in vectors(), rho in 1e-6f64..1e3) {
        let ball = Ball { norm, rho: Radius::new(rho).unwrap() };
        let length = norm.length(ball.steepest_ascent(g.view()).view());
        prop_assert!((length - rho).abs() <= 1e-9 * rho, "‖ε‖ = {length}, ρ = {rho}");
    }

    #[test]
    fn the_maximizer_rises_by_rho_times_the_dual_norm(norm in norms(), g in vectors()) {
        let ball = Ball { norm, rho: Radius::new(0.7).unwrap() };
        let rise = g.dot(&ball.steepest_ascent(g.view()));
        let promised = ball.rise(g.view());
        prop_assert!((rise - promised).abs() <= 1e-9 * promised, "{rise} against {promised}");
    }

    #[test]
    fn no_other_point_of_the_ball_climbs_faster(norm in norms(), (g, other) in pairs()) {
        let ball = Ball { norm, rho: Radius::new(1.0).unwrap() };
        let best = g.dot(&ball.steepest_ascent(g.view()));
        let rival = g.dot(&(&other / norm.length(other.view())));
        prop_assert!(rival <= best + 1e-9 * best.abs());
    }

    #[test]
    fn the_outline_is_the_sphere(norm in norms()) {
        let ball = Ball { norm, rho: Radius::new(0.3).unwrap() };
        for corner in ball.outline(64) {
            let length = norm.length(ArrayView1::from(&corner));
            prop_assert!((length - 0.3).abs() < 1e-9);
        }
    }
}

#[test]
fn no_gradient_means_no_perturbation() {
    for p in [1.0, 1.5, 2.0, 3.0, f64::INFINITY] {
        let ball = Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(1.0).unwrap() };
        assert_eq!(ball.steepest_ascent(array![0.0, 0.0].view()), array![0.0, 0.0], "p = {p}");
    }
}

#[test]
fn known_maximizers_are_met() {
    let g = array![3.0, 4.0];
    let cases = [
        (1.0, [0.0, 1.0]),
        (1.5, [0.444_851_351_731, 0.790_846_847_521]),
        (2.0, [0.6, 0.8]),
        (3.0, [0.732_956_475_829, 0.846_345_237_248]),
        (f64::INFINITY, [1.0, 1.0]),
    ];
    for (p, expected) in cases {
        let ball = Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(1.0).unwrap() };
        let epsilon = ball.steepest_ascent(g.view());
        for (found, expected) in epsilon.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "p = {p}: {epsilon}");
        }
    }
}

#[test]
fn ties_under_p_1_go_to_the_lowest_index() {
    let ball = Ball { norm: Norm::L1, rho: Radius::new(1.0).unwrap() };
    assert_eq!(ball.steepest_ascent(array![-2.0, 2.0].view()), array![-1.0, 0.0]);
}

#[test]
fn bad_numbers_are_turned_away() {
    assert!(Norm::new(0.5).is_err());
    assert!(Norm::new(f64::NAN).is_err());
    assert!(Radius::new(-1.0).is_err());
    assert!(Radius::new(f64::INFINITY).is_err());
}
