use std::num::NonZeroUsize;

use super::*;
use crate::math::norm::Norm;
use crate::math::norm::Radius;
use crate::math::random::Streams;
use crate::optim::replay::Replay;
use crate::problem::risk::Risk;
use crate::problem::{Formula, datasets, landscapes, losses, models};
use ndarray::{Array1, array};
use proptest::prelude::*;

fn quadratic(curvatures: [f64; 2], angle: f64) -> Arc<dyn Objective> {
    let choice = landscapes::ALL.choose("quadratic").unwrap();
    let choice = choice.with("curvature1", curvatures[0]).unwrap();
    let choice = choice.with("curvature2", curvatures[1]).unwrap();
    Arc::new(Formula(choice.with("angle", angle).unwrap().build()))
}

/// The line fit of the opening scene, with few points.
fn fit() -> Arc<dyn Objective> {
    let data = datasets::ALL.choose("clique_and_crowd").unwrap();
    let data = data.with("crowd", 12.0).unwrap().with("clique", 7.0).unwrap();
    let sample = data.build().sample(&mut Streams::new(1).dataset());
    let model = models::ALL.choose("line").unwrap().build();
    Arc::new(Risk::new(sample, model, losses::ALL.choose("welsch").unwrap().build()))
}

fn ball(p: f64, rho: f64) -> Ball {
    Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() }
}

fn alone(setup: Setup) -> Setup {
    Setup { ascent: ascent::none(), ..setup }
}

fn batches_of(size: usize, setup: Setup) -> Setup {
    let batch = BatchSize::Of(NonZeroUsize::new(size).unwrap());
    Setup { batch, order: Order::Shuffled, ..setup }
}

/// Every ascent over every base.
fn pairs(setup: &Setup) -> Vec<(String, Setup)> {
    let mut pairs = Vec::new();
    for ascent in ascent::ALL.entries {
        for base in base::ALL.entries {
            let name = format!("{} over {}", ascent.id, base.id);
            let (ascent, base) = (Choice::new(ascent), Choice::new(base));
            pairs.push((name, Setup { ascent, base, ..setup.clone() }));
        }
    }
    pairs
}

fn norms() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), Just(1.5), Just(2.0), Just(f64::INFINITY)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn with_a_ball_of_radius_zero_every_ascent_is_its_base(
        p in norms(), x in -1.0f64..1.0, y in -1.0f64..1.0, seed in 0u64..99, size in 1usize..25,
    ) {
        let setup = Setup::new(fit(), array![x, y], 0.3, ball(p, 0.0), 12);
        let setup = Setup { seeds: Seeds::all(seed), ..batches_of(size, setup) };
        for (name, setup) in pairs(&setup) {
            prop_assert_eq!(Run::to_end(setup.clone()), Run::to_end(alone(setup)), "{}", name);
        }
    }

    #[test]
    fn the_same_setup_gives_the_same_run_bit_for_bit(p in norms(), seed in 0u64..99) {
        let setup = Setup::new(fit(), array![0.6, -0.3], 0.3, ball(p, 0.1), 12);
        for (name, setup) in pairs(&Setup { seeds: Seeds::all(seed), ..batches_of(5, setup) }) {
            prop_assert_eq!(Run::to_end(setup.clone()), Run::to_end(setup), "{}", name);
        }
    }

    #[test]
    fn extreme_numbers_end_a_run_but_break_nothing(
        p in norms(),
        rho in prop_oneof![Just(1e-300), Just(1e-12), Just(100.0), Just(1e200)],
        eta in prop_oneof![Just(0.0), Just(1e-12), Just(0.1), Just(1e6), Just(1e300)],
        start in prop_oneof![Just(0.0), Just(1e-200), Just(1e-8), Just(1.0), Just(1e60), Just(1e200)],
    ) {
        for objective in [quadratic([10.0, 1.0], 30.0), fit()] {
            let setup = Setup::new(objective, array![start, -start], eta, ball(p, rho), 30);
            for (name, setup) in pairs(&setup) {
                let path = Run::to_end(setup);
                prop_assert!(path.iter().all(|row| row.w.iter().all(|x| x.is_finite())), "{}", name);
                if path.rows() < 31 {
                    let at_step = path.last_step();
                    prop_assert_eq!(path.ending, Ending::Diverged { at_step }, "{}", name);
                }
            }
        }
    }

    #[test]
    fn every_perturbation_lies_on_the_sphere_of_its_norm(
        p in norms(), x in 0.1f64..1.0, y in 0.1f64..1.0,
    ) {
        let setup = Setup::new(fit(), array![x, y], 0.1, ball(p, 0.2), 8);
        for (name, setup) in pairs(&setup) {
            let ascent = setup.ascent.build();
            for step in Replay::new(&setup) {
                let Some(around) = ascent.neighbourhood(step.w.view(), ball(p, 0.2)) else { break };
                let length = around.length(step.epsilon.view());
                prop_assert!(length <= 0.2 + 1e-12, "{}: {}", name, length);
            }
        }
    }

    #[test]
    fn the_proxy_is_the_rise_that_the_perturbation_promises(
        p in norms(), x in -1.0f64..1.0, y in 0.1f64..1.0,
    ) {
        let setup = Setup::new(fit(), array![x, y], 0.1, ball(p, 0.2), 8);
        for id in ["sam", "asam", "gsam", "stable", "wsam"] {
            let ascent = ascent::ALL.choose(id).unwrap();
            for step in Replay::new(&Setup { ascent, ..setup.clone() }) {
                let promised = step.gradient.dot(&step.epsilon);
                let proxy = step.numbers.proxy;
                prop_assert!((promised - proxy).abs() <= 1e-12 * proxy, "{}", id);
            }
        }
    }

    #[test]
    fn sam_bounces_across_a_quadratic_with_the_amplitude_on_paper(
        lambda in 0.5f64..20.0, stretch in 0.2f64..1.7, ratio in 0.2f64..0.8, rho in 0.001f64..0.5,
        angle in 0.0f64..90.0,
    ) {
        let eta = stretch / lambda;
        let setup = |p, angle| {
            let objective = quadratic([lambda, ratio * lambda], angle);
            Run::to_end(Setup::new(objective, array![0.31, 0.47], eta, ball(p, rho), 1500)).ending
        };
        let c = |lambda: f64| eta * rho * lambda / (2.0 - eta * lambda);
        let both = c(lambda).hypot(c(ratio * lambda));
        for (ending, expected) in [(setup(2.0, angle), c(lambda)), (setup(f64::INFINITY, 0.0), both)] {
            let Ending::Cycle { period: 2, amplitude } = ending else {
                return Err(TestCaseError::fail(format!("{ending:?}")));
            };
            prop_assert!((amplitude - expected).abs() < 2e-3 * expected, "{} {}", amplitude, expected);
        }
    }

    #[test]
    fn plain_descent_on_a_quadratic_converges_or_diverges_as_eta_lambda_says(
        lambda in 0.5f64..20.0, stretch in 0.3f64..3.0,
    ) {
        prop_assume!((stretch - 2.0).abs() > 0.1);
        let objective = quadratic([lambda, 0.5 * lambda], 20.0);
        let setup = Setup::new(objective, array![0.4, 0.3], stretch / lambda, ball(2.0, 0.1), 400);
        let ending = Run::to_end(alone(setup)).ending;
        if stretch < 2.0 {
            prop_assert!(matches!(ending, Ending::Converged { at_step } if at_step < 300), "{:?}", ending);
        } else {
            prop_assert!(matches!(ending, Ending::Diverged { .. }), "{:?}", ending);
        }
    }
}

#[test]
fn divergence_is_found_at_the_step_on_paper() {
    // The first weight grows by |1 − 0.4·10| = 3 a step from 0.3: it passes 1e100 at the 211th.
    let setup = Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.4, ball(2.0, 0.1), 500);
    let path = Run::to_end(alone(setup));
    assert_eq!(path.ending, Ending::Diverged { at_step: 210 });
    assert_eq!(path.rows(), 211);
}

#[test]
fn slow_divergence_is_found_at_the_end() {
    let setup =
        Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.21, ball(2.0, 0.0), 200);
    assert_eq!(Run::to_end(setup).ending, Ending::Diverged { at_step: 200 });
}

#[test]
fn a_run_that_still_descends_is_moving() {
    let setup =
        Setup::new(quadratic([10.0, 0.01], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.0), 200);
    assert_eq!(Run::to_end(setup).ending, Ending::Moving);
}

#[test]
fn noise_that_never_settles_is_moving() {
    let setup = batches_of(3, Setup::new(fit(), array![1.1, -0.8], 0.3, ball(2.0, 0.1), 400));
    assert_eq!(Run::to_end(setup).ending, Ending::Moving);
}

#[test]
fn a_start_where_the_loss_is_not_finite_leaves_no_row() {
    for start in [[f64::NAN, 0.0], [1e200, 0.0], [f64::INFINITY, 0.0]] {
        let setup = Setup::new(
            quadratic([10.0, 1.0], 0.0),
            Array1::from(start.to_vec()),
            0.05,
            ball(2.0, 0.1),
            9,
        );
        let path = Run::to_end(setup);
        assert_eq!((path.rows(), path.last_step()), (0, 0));
        assert_eq!(path.ending, Ending::Diverged { at_step: 0 });
        assert_eq!((path.end(), path.row_at_most(5)), (None, None));
        assert_eq!(ending::haunt(&path), None);
    }
}

#[test]
fn the_longest_run_is_kept_whole() {
    let setup =
        Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.1), 20_000);
    let path = Run::to_end(setup);
    assert_eq!(path.rows(), 20_001);
    assert_eq!(path.row(20_000).unwrap().numbers.gradients, 40_000);
}

#[test]
fn a_run_of_no_steps_has_its_start() {
    let setup = Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.1), 0);
    let path = Run::to_end(setup);
    assert_eq!(path.rows(), 1);
    assert_eq!(path.end(), Some(array![0.3, 0.4]));
}

#[test]
fn without_a_gradient_sam_is_its_base() {
    let setup =
        Setup::new(quadratic([10.0, 1.0], 0.0), array![1e-14, 0.0], 0.05, ball(2.0, 0.1), 5);
    let sam = Run::to_end(setup.clone());
    assert_eq!(sam.weights(), Run::to_end(alone(setup.clone())).weights());
    assert!(Replay::new(&setup).all(|step| step.epsilon.iter().all(|&x| x == 0.0)));
}

#[test]
fn every_ascent_is_billed_for_the_gradients_it_needs() {
    let setup = Setup::new(fit(), array![0.6, -0.3], 0.1, ball(2.0, 0.1), 10);
    let bills = [
        ("none", 10),
        ("sam", 20),
        ("asam", 20),
        ("unnormalised", 20),
        ("n_step", 30),
        ("gsam", 20),
        ("looksam", 12),
        ("friendly", 20),
        ("m_sam", 20),
        ("random_ball", 10),
        ("stable", 20),
        ("wsam", 20),
        ("monge", 20),
        ("vasso", 20),
        // Before the first step there is no momentum: that one is made with the gradient at the weights.
        ("momentum_sam", 10),
        // Over two weights two products with the Hessian are all there are.
        ("eigenvector", 60),
        ("composed", 20),
    ];
    assert_eq!(bills.len(), ascent::ALL.entries.len());
    for (id, bill) in bills {
        let ascent = ascent::ALL.choose(id).unwrap();
        let path = Run::to_end(Setup { ascent, ..setup.clone() });
        assert_eq!(path.row(10).unwrap().numbers.gradients, bill, "{id}");
    }
}

#[test]
fn settings_that_leave_nothing_of_a_variant_leave_sam() {
    let plain = Setup::new(fit(), array![0.6, -0.3], 0.1, ball(2.0, 0.1), 30);
    let plain = batches_of(6, plain);
    let sam = Run::to_end(plain.clone()).weights();
    let cases = [
        ("n_step", "n", 1.0),
        ("gsam", "alpha", 0.0),
        ("looksam", "k", 1.0),
        ("friendly", "sigma", 0.0),
        ("m_sam", "m", 6.0),
        ("wsam", "mix", 1.0),
        ("vasso", "theta", 1.0),
    ];
    for (id, key, value) in cases {
        let ascent = ascent::ALL.choose(id).unwrap().with(key, value).unwrap();
        let path = Run::to_end(Setup { ascent, ..plain.clone() });
        assert_eq!(path.weights(), sam, "{id}");
    }
}

#[test]
fn schedules_reach_the_step_and_its_record() {
    let cosine = || schedule::ALL.choose("cosine").unwrap();
    let setup =
        Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.1), 300);
    let setup = Setup { eta_schedule: cosine(), rho_schedule: cosine(), ..setup };
    let path = Run::to_end(setup.clone());
    let [first, middle] = [0, 150].map(|step| path.row(step).unwrap());
    assert_eq!(array![first.numbers.eta, first.numbers.rho], array![0.05, 0.1]);
    assert!((middle.numbers.eta - 0.025).abs() < 1e-12);
    let middle = Replay::new(&setup).nth(150).unwrap();
    assert!((Norm::L2.length(middle.epsilon.view()) - 0.05).abs() < 1e-12);
    // A bounce whose ball shrinks to nothing comes to rest at the bottom.
    assert!(Norm::L2.length(path.end().unwrap().view()) < 1e-2);
}

#[test]
fn full_batches_of_members_are_the_whole() {
    let setup = Setup::new(fit(), array![0.6, -0.3], 0.1, ball(2.0, 0.1), 30);
    assert_eq!(Run::to_end(batches_of(19, setup.clone())), Run::to_end(setup));
}

#[test]
fn both_runs_of_a_scene_see_the_same_batches() {
    let setup = batches_of(4, Setup::new(fit(), array![0.6, -0.3], 0.0, ball(2.0, 0.1), 40));
    let losses = |setup| -> Vec<f64> {
        Run::to_end(setup).iter().map(|row| row.numbers.batch_loss).collect()
    };
    let random = ascent::ALL.choose("random_ball").unwrap();
    let random = Setup { ascent: random, ..setup.clone() };
    assert_eq!(losses(setup.clone()), losses(alone(setup.clone())));
    assert_eq!(losses(setup), losses(random));
}
