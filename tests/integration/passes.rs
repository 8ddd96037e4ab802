//! What the passes of one step have in common: the batch, the units that are dropped, the statistics that are kept.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use ndarray::{Array1, Array2, ArrayView1};
use samscope::catalog::Choice;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::Streams;
use samscope::optim::ascent;
use samscope::optim::run::{Run, Seeds, Setup};
use samscope::optim::running::NEW;
use samscope::problem::batches::{BatchSize, Order};
use samscope::problem::noise::{Dropout, Noise};
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Objective, datasets, losses, models};

fn network(settings: &[(&str, f64)]) -> (Risk, Array1<f64>) {
    let data = datasets::ALL.choose("moons").unwrap().with("points", 40.0).unwrap().build();
    let sample = data.sample(&mut Streams::new(1).dataset());
    let model = models::ALL.choose("network").unwrap().with("units", 4.0).unwrap();
    let model = settings.iter().fold(model, |model, &(key, value)| model.with(key, value).unwrap());
    let model = model.build();
    let start = model.start(2, &mut Streams::new(1).weights());
    (Risk::new(sample, model, losses::ALL.choose("cross_entropy").unwrap().build()), start)
}

/// What a training pass was asked for.
#[derive(Clone, PartialEq)]
struct Asked {
    members: Vec<usize>,
    noise: Noise,
}

/// A risk that remembers what it was asked for.
struct Witness {
    risk: Risk,
    asked: Mutex<Vec<Asked>>,
}

impl Objective for Witness {
    fn dimension(&self) -> usize {
        self.risk.dimension()
    }

    fn weight_names(&self) -> Vec<String> {
        self.risk.weight_names()
    }

    fn examples(&self) -> usize {
        self.risk.examples()
    }

    fn loss(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> f64 {
        self.risk.loss(w, batch)
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> (f64, Array1<f64>) {
        self.risk.loss_and_gradient(w, batch)
    }

    fn dropout(&self) -> Option<Dropout> {
        self.risk.dropout()
    }

    fn training_pass(
        &self,
        w: ArrayView1<'_, f64>,
        batch: Batch<'_>,
        noise: &Noise,
    ) -> (f64, Array1<f64>) {
        let members = match batch {
            Batch::Members(members) => members.to_vec(),
            Batch::Whole => (0..self.examples()).collect(),
        };
        self.asked.lock().unwrap().push(Asked { members, noise: noise.clone() });
        self.risk.training_pass(w, batch, noise)
    }

    fn statistics(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>, noise: &Noise) -> Vec<f64> {
        self.risk.statistics(w, batch, noise)
    }

    fn hessian(&self, w: ArrayView1<'_, f64>) -> Array2<f64> {
        self.risk.hessian(w)
    }
}

const STEPS: usize = 6;

fn setup(objective: Arc<dyn Objective>, start: Array1<f64>) -> Setup {
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
    Setup {
        batch: BatchSize::Of(NonZeroUsize::new(16).unwrap()),
        order: Order::Shuffled,
        seeds: Seeds::all(3),
        ..Setup::new(objective, start, 0.1, ball, STEPS)
    }
}

/// What every step of a run asked for, pass by pass; the first pass of a step is on its whole batch.
fn witnessed(ascent: &str) -> Vec<Vec<Asked>> {
    let (risk, start) = network(&[("dropout", 0.3), ("normalization", 1.0)]);
    let witness = Arc::new(Witness { risk, asked: Mutex::default() });
    let setup = setup(Arc::clone(&witness) as Arc<dyn Objective>, start);
    let path = Run::to_end(Setup { ascent: ascent::ALL.choose(ascent).unwrap(), ..setup });
    assert_eq!(path.rows(), STEPS + 1);
    let asked = witness.asked.lock().unwrap().clone();
    asked.chunk_by(|a, b| a.noise == b.noise).map(<[Asked]>::to_vec).collect()
}

#[test]
fn every_gradient_of_a_step_sees_its_batch_and_drops_the_same_units() {
    for entry in ascent::ALL.entries {
        let steps = witnessed(entry.id);
        // One throw of the dice a step, the one that leaves the last row included.
        assert_eq!(steps.len(), STEPS + 1, "{}", entry.id);
        for passes in &steps {
            assert!(!passes[0].noise.is_none());
            let whole = &passes[0].members;
            for pass in &passes[1..] {
                let inside = pass.members.iter().all(|k| whole.contains(k));
                assert!(inside, "{}: another batch", entry.id);
                assert!(entry.id == "m_sam" || pass.members == *whole, "{}", entry.id);
            }
        }
        assert!(entry.id == "none" || steps.iter().any(|passes| passes.len() > 1));
    }
}

#[test]
fn both_runs_of_a_comparison_drop_the_same_units() {
    let first = |ascent| {
        let steps = witnessed(ascent).into_iter();
        steps.map(|mut passes| passes.swap_remove(0)).collect::<Vec<_>>()
    };
    assert!(first("none") == first("sam"));
}

#[test]
fn running_statistics_move_once_a_step_to_those_of_the_first_pass() {
    let (risk, start) = network(&[("normalization", 1.0)]);
    let risk: Arc<dyn Objective> = Arc::new(risk);
    for entry in ascent::ALL.entries {
        let setup = Setup { batch: BatchSize::Full, ..setup(Arc::clone(&risk), start.clone()) };
        let path = Run::to_end(Setup { ascent: Choice::new(entry), ..setup });
        let mut expected = [vec![0.0; 8], vec![1.0; 8]].concat();
        for row in path.iter() {
            assert_eq!(row.statistics.to_vec(), expected, "{}", entry.id);
            let batch = risk.statistics(row.w, Batch::Whole, &Noise::none());
            for (running, new) in expected.iter_mut().zip(batch) {
                *running = (1.0 - NEW) * *running + NEW * new;
            }
        }
        assert_eq!(path.rows(), STEPS + 1);
    }
}

#[test]
fn what_is_recorded_of_the_loss_drops_nothing() {
    let (risk, start) = network(&[("dropout", 0.5)]);
    let risk: Arc<dyn Objective> = Arc::new(risk);
    let path = Run::to_end(Setup { batch: BatchSize::Full, ..setup(Arc::clone(&risk), start) });
    for row in path.iter() {
        assert_eq!(row.numbers.loss.to_bits(), risk.loss(row.w, Batch::Whole).to_bits());
        assert_ne!(row.numbers.loss.to_bits(), row.numbers.batch_loss.to_bits());
    }
}

#[test]
fn a_network_that_drops_nothing_and_normalises_nothing_is_the_plain_one() {
    let run = |settings: &[(&str, f64)]| {
        let (risk, start) = network(settings);
        Run::to_end(setup(Arc::new(risk), start))
    };
    let plain = run(&[]);
    assert_eq!(run(&[("dropout", 0.0), ("normalization", 0.0)]), plain);
    assert_ne!(run(&[("dropout", 0.1)]), plain);
    assert!(plain.row(0).unwrap().statistics.is_empty());
}
