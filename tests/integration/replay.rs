//! What a run saw is found again bit for bit: every base, every ascent, every kind of batch and noise.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::num::NonZeroUsize;
use std::sync::Arc;

use ndarray::{Array1, array};
use samscope::catalog::Choice;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::Streams;
use samscope::optim::recall::Recall;
use samscope::optim::replay::{Replay, Step};
use samscope::optim::run::{Run, Seeds, Setup};
use samscope::optim::{ascent, base, schedule};
use samscope::problem::batches::{BatchSize, Order};
use samscope::problem::risk::Risk;
use samscope::problem::{Formula, Objective, datasets, landscapes, losses, models};

const STEPS: usize = 23;

fn fit(model: &str, settings: &[(&str, f64)]) -> (Arc<dyn Objective>, Array1<f64>) {
    let data = datasets::ALL.choose("moons").unwrap().with("points", 24.0).unwrap();
    let sample = data.build().sample(&mut Streams::new(3).dataset());
    let mut model = models::ALL.choose(model).unwrap();
    for (key, value) in settings {
        model = model.with(key, *value).unwrap();
    }
    let model = model.build();
    let start = model.start(2, &mut Streams::new(4).weights());
    let loss = losses::ALL.choose("cross_entropy").unwrap().build();
    (Arc::new(Risk::new(sample, model, loss)), start.mapv(|w| w + 0.1))
}

fn objectives() -> Vec<(Arc<dyn Objective>, Array1<f64>)> {
    let himmelblau = landscapes::ALL.choose("himmelblau").unwrap().build();
    vec![
        (Arc::new(Formula(himmelblau)), array![0.4, -0.3]),
        fit("logistic", &[]),
        fit("network", &[("units", 3.0), ("dropout", 0.3)]),
        fit("network", &[("units", 3.0), ("normalization", 1.0)]),
    ]
}

/// Every base with every ascent, on full batches and mini-batches, with schedules.
fn setups() -> Vec<(String, Setup)> {
    let mut setups = Vec::new();
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    for (place, (objective, start)) in objectives().into_iter().enumerate() {
        for base in base::ALL.entries {
            for ascent in ascent::ALL.entries {
                for size in [None, NonZeroUsize::new(7)] {
                    let setup =
                        Setup::new(Arc::clone(&objective), start.clone(), 0.01, ball, STEPS);
                    let name =
                        format!("{} with {}, {size:?}, objective {place}", base.id, ascent.id);
                    let setup = Setup {
                        base: Choice::new(base),
                        ascent: Choice::new(ascent),
                        batch: size.map_or(BatchSize::Full, BatchSize::Of),
                        order: Order::Shuffled,
                        rho_schedule: schedule::ALL.choose("cosine").unwrap(),
                        seeds: Seeds::all(5),
                        ..setup
                    };
                    setups.push((name, setup));
                }
            }
        }
    }
    setups
}

#[test]
fn a_replay_sees_what_the_run_saw_and_goes_where_it_went() {
    for (name, setup) in setups() {
        let path = Run::to_end(setup.clone());
        let steps: Vec<Step> = Replay::new(&setup).collect();
        assert_eq!(steps.len(), path.rows(), "{name}");
        for (step, row) in steps.iter().zip(path.iter()) {
            assert_eq!(step.w, row.w, "{name}");
            assert_eq!(step.numbers, row.numbers, "{name}");
            assert_eq!(step.statistics, row.statistics.to_vec(), "{name}");
            assert_eq!(
                Norm::L2.length(step.gradient.view()).to_bits(),
                row.numbers.gradient_norm.to_bits(),
                "{name}"
            );
        }
        // What the base is handed leads to the next weights.
        let mut base = setup.base.build();
        let mut w = setup.start.clone();
        for step in &steps {
            assert_eq!(step.w, w, "{name} at step {}", step.step);
            base.step(w.view_mut(), step.direction().view(), step.numbers.eta);
        }
    }
}

#[test]
fn any_step_is_recalled_in_any_order() {
    for (name, setup) in setups() {
        let path = Run::to_end(setup.clone());
        let steps: Vec<Step> = Replay::new(&setup).collect();
        let mut recall = Recall::new(&setup);
        for place in [3, 4, 4, 11, 2, STEPS, 0, 17, 18, 7] {
            assert_eq!(recall.step(&path, place), Some(&steps[place]), "{name} at step {place}");
        }
        assert_eq!(recall.step(&path, STEPS + 1), None);
        // A little at a time comes to the same.
        let mut recall = Recall::new(&setup);
        while !recall.advance(&path, 13, 1) {}
        assert_eq!(recall.last(), Some(&steps[13]), "{name}");
    }
}

#[test]
fn without_memory_a_step_costs_two_gradients_however_late_it_is() {
    let (objective, start) = objectives().remove(0);
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    let of = |id: &str| {
        let ascent = ascent::ALL.choose(id).unwrap();
        let setup = Setup::new(Arc::clone(&objective), start.clone(), 0.01, ball, 1_000);
        Recall::new(&Setup { ascent, ..setup }).gradients(777)
    };
    assert_eq!(["none", "sam", "asam", "gsam", "m_sam"].map(of), [2; 5]);
    assert_eq!([of("looksam"), of("friendly")], [2 * 3, 2 * 778]);
}
