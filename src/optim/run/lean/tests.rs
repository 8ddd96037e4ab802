use super::*;
use crate::math::norm::Radius;
use crate::math::random::Streams;
use crate::optim::base;
use crate::optim::clip::{Clip, Place};
use crate::optim::run::{Run, Stretch};
use crate::problem::risk::Risk;
use crate::problem::{Formula, datasets, landscapes, losses, models};
use ndarray::array;
use proptest::prelude::*;

fn objective(place: usize) -> Arc<dyn Objective> {
    let ids = ["himmelblau", "rosenbrock", "six_hump_camel", "saddle", "ackley", "quadratic"];
    if let Some(id) = ids.get(place) {
        return Arc::new(Formula(landscapes::ALL.choose(id).unwrap().build()));
    }
    let data = datasets::ALL.choose("clique_and_crowd").unwrap().build();
    let sample = data.sample(&mut Streams::new(22).dataset());
    let model = models::ALL.choose("line").unwrap().build();
    Arc::new(Risk::new(sample, model, losses::ALL.choose("welsch").unwrap().build()))
}

/// All that was recorded, bit for bit.
fn bits(path: &Trajectory) -> Vec<u64> {
    let one = |row: Row<'_>| {
        let Numbers { eta, rho, gradients, loss, test_loss, batch_loss, .. } = row.numbers;
        let Numbers { adversarial_loss, gradient_norm, .. } = row.numbers;
        let Numbers { adversarial_gradient_norm, proxy, .. } = row.numbers;
        assert!(test_loss.is_none() && row.statistics.is_empty());
        let losses = [loss, batch_loss, adversarial_loss, proxy];
        let lengths = [gradient_norm, adversarial_gradient_norm, eta, rho];
        let all = row.w.iter().copied().chain(losses).chain(lengths);
        all.map(f64::to_bits).chain([gradients as u64]).collect::<Vec<_>>()
    };
    path.iter().flat_map(one).collect()
}

fn norms() -> impl Strategy<Value = Norm> {
    prop_oneof![Just(2.0), Just(1.0), Just(f64::INFINITY), 1.0f64..6.0]
        .prop_map(|p| Norm::new(p).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_lean_run_is_the_run_bit_for_bit(
        place in 0usize..7,
        (x, y) in (-3.0f64..3.0, -3.0f64..3.0),
        rho in prop_oneof![Just(0.0), 0.01f64..1.0],
        eta in prop_oneof![1e-4f64..0.5, 0.5f64..4.0, Just(0.0)],
        norm in norms(),
        base in prop_oneof![2 => Just(0), 1 => 0..base::ALL.entries.len()],
        ascent in prop_oneof![2 => 0usize..2, 1 => 0..ascent::ALL.entries.len()],
        decay in prop_oneof![3 => Just(0.0), 1 => 0.0f64..0.5],
        steps in prop_oneof![Just(60), Just(600)],
    ) {
        // 270 points are dear.
        let steps = if place == 6 { 60 } else { steps };
        let ball = Ball { norm, rho: Radius::new(rho).unwrap() };
        let setup = Setup {
            base: Choice::new(base::ALL.entries[base]).with("weight_decay", decay).unwrap(),
            ascent: Choice::new(ascent::ALL.entries[ascent]),
            ..Setup::new(objective(place), array![x, y], eta, ball, steps)
        };
        let mut lean = Lean::of(&setup).unwrap();
        while lean.advance() {}
        let (lean, whole) = (lean.finish(), Run::to_end(setup));
        prop_assert_eq!(bits(&lean), bits(&whole));
        prop_assert_eq!(&lean.ending, &whole.ending);
        prop_assert_eq!(&lean.unfollowed, &whole.unfollowed);
    }
}

#[test]
fn rows_that_repeat_are_not_made_again() {
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    let setup = Setup::new(objective(0), array![1.0, -3.0], 0.01, ball, 900);
    let repeats = |setup: &Setup| {
        let mut lean = Lean::of(setup).unwrap();
        while lean.advance() {}
        lean.period.is_some()
    };
    for id in ["sam", "none", "asam", "n_step"] {
        let ascent = ascent::ALL.choose(id).unwrap();
        let told = "a run of 900 steps settles to the bit";
        assert!(repeats(&Setup { ascent, ..setup.clone() }), "{id}: {told}");
    }
    for id in ["looksam", "random_ball"] {
        let ascent = ascent::ALL.choose(id).unwrap();
        assert!(!repeats(&Setup { ascent, ..setup.clone() }), "{id} remembers, or throws dice");
    }
    let base = base::ALL.choose("momentum").unwrap();
    assert!(!repeats(&Setup { base, ..setup }), "momentum remembers");
}

#[test]
fn only_plain_descent_and_round_sam_have_a_rule_for_flocks() {
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    let plain = Setup::new(objective(0), array![1.0, 2.0], 0.01, ball, 5);
    let rho = |setup: &Setup| Lean::rule(setup).map(|rule| rule.rho);
    assert_eq!(rho(&plain), Some(0.1));
    assert_eq!(rho(&Setup { ascent: ascent::none(), ..plain.clone() }), Some(0.0));
    let other = Ball { norm: Norm::L1, ..ball };
    assert_eq!(rho(&Setup { ball: other, ..plain.clone() }), None);
    let adam = base::ALL.choose("adam").unwrap();
    assert_eq!(rho(&Setup { base: adam, ..plain.clone() }), None);
    let decayed = base::sgd().with("weight_decay", 0.1).unwrap();
    assert_eq!(rho(&Setup { base: decayed, ..plain.clone() }), None);
    let asam = ascent::ALL.choose("asam").unwrap();
    assert_eq!(rho(&Setup { ascent: asam, ..plain }), None);
}

#[test]
fn what_changes_on_the_way_is_left_to_a_whole_run() {
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    let plain = Setup::new(objective(0), array![1.0, 2.0], 0.01, ball, 5);
    assert!(Lean::of(&plain).is_some());
    let clip = Clip::new(1.0, Place::After).unwrap();
    assert!(Lean::of(&Setup { clip, ..plain.clone() }).is_none());
    let Setup { base, ascent, eta, .. } = plain.clone();
    let then = vec![Stretch { at: 3, base, ascent, eta, ball }];
    assert!(Lean::of(&Setup { then, ..plain.clone() }).is_none());
    let wrong = mistake::ALL.entries.iter().find(|it| it.id != mistake::none().id()).unwrap();
    let wrong = Choice::new(wrong);
    assert!(Lean::of(&Setup { mistake: wrong, ..plain }).is_none());
}
