//! Risks agree with numbers from outside: two small C++ programs (`seed`) and an independent numpy script (`optax`).
//!
//! Their data come from files, since a risk takes any sample. Single steps are compared from the weights that were
//! recorded, and whole runs from the start.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView1};
use samscope::catalog::Choice;
use samscope::math::eigen::symmetric_2x2;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::Streams;
use samscope::optim::base::{self, Base};
use samscope::optim::replay::Replay;
use samscope::optim::run::{Run, Setup};
use samscope::problem::batches::{BatchSize, Batches, Order};
use samscope::problem::datasets::Sample;
use samscope::problem::losses;
use samscope::problem::models;
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Objective};

/// How far two correct programs are apart over a whole run, relative to the larger of 1 and the number.
const AGREEMENT: f64 = 1e-12;

/// A recorded run and what it takes to repeat it.
struct Recorded {
    file: &'static str,
    objective: Arc<dyn Objective>,
    base: Choice<dyn Base>,
    /// β of the momentum, 0 without.
    beta: f64,
    eta: f64,
    ball: Ball,
    batch: BatchSize,
}

fn recorded() -> [Recorded; 4] {
    let batches = BatchSize::Of(NonZeroUsize::new(64).unwrap());
    let ball = |norm, rho| Ball { norm, rho: Radius::new(rho).unwrap() };
    let linear = risk("seed/linear_data.csv", "linear", "squared");
    let logistic = risk("seed/logistic_data.csv", "logistic_bias", "cross_entropy");
    let sgd = base::ALL.choose("sgd").unwrap();
    let momentum = base::ALL.choose("momentum").unwrap().with("momentum", 0.9).unwrap();
    [
        Recorded {
            file: "seed/linear_traj_full_sam.csv",
            objective: Arc::clone(&linear),
            base: sgd.clone(),
            beta: 0.0,
            eta: 0.05,
            ball: ball(Norm::L2, 0.05),
            batch: BatchSize::Full,
        },
        Recorded {
            file: "seed/linear_traj_seq_sgd.csv",
            objective: linear,
            base: sgd,
            beta: 0.0,
            eta: 0.05,
            ball: ball(Norm::L2, 0.0),
            batch: batches,
        },
        Recorded {
            file: "seed/logistic_traj_full_linf_momentum.csv",
            objective: Arc::clone(&logistic),
            base: momentum.clone(),
            beta: 0.9,
            eta: 0.1,
            ball: ball(Norm::LInf, 0.05),
            batch: BatchSize::Full,
        },
        Recorded {
            file: "seed/logistic_traj_seq_nosam_momentum.csv",
            objective: logistic,
            base: momentum,
            beta: 0.9,
            eta: 0.1,
            ball: ball(Norm::LInf, 0.0),
            batch: batches,
        },
    ]
}

#[test]
fn whole_runs_are_those_of_the_c_programs() {
    // The run with L∞-SAM begins with a tie that only the record can break; it is followed step by step below.
    for run in
        recorded().into_iter().filter(|run| run.ball.norm == Norm::L2 || run.ball.rho.is_zero())
    {
        let table = Table::read(run.file);
        let dimension = run.objective.dimension();
        let path: Vec<_> = Replay::new(&Setup {
            base: run.base.clone(),
            batch: run.batch,
            order: Order::Sequential,
            ..Setup::new(
                Arc::clone(&run.objective),
                Array1::zeros(dimension),
                run.eta,
                run.ball,
                table.rows.len(),
            )
        })
        .collect();
        for (k, row) in table.rows.iter().enumerate() {
            let what = format!("{} at step {}", run.file, k + 1);
            let (before, after) = (&path[k], &path[k + 1]);
            for (found, expected) in after.w.iter().zip(&row[1..=dimension]) {
                agree(*found, *expected, &what);
            }
            agree(before.numbers.batch_loss, table.get(row, "batch_loss"), &what);
            agree(after.numbers.loss, table.get(row, "full_loss_after"), &what);
            for (k, found) in before.epsilon.iter().enumerate() {
                if let Some(expected) = table.find(row, &format!("eps{k}")) {
                    agree(*found, expected, &what);
                }
            }
        }
        assert!(table.rows.len() >= 100, "{} has steps to compare", run.file);
    }
}

#[test]
fn single_steps_are_those_of_the_c_programs() {
    for run in recorded() {
        follow(&run, Onward::FromTheRecord);
    }
}

#[test]
fn steps_in_a_row_are_those_of_the_c_programs() {
    for run in recorded() {
        follow(&run, Onward::FromOurs);
    }
}

/// Which weights the next step starts from.
#[derive(Clone, Copy, PartialEq)]
enum Onward {
    FromTheRecord,
    FromOurs,
}

/// A component of a gradient this small is zero but for rounding, and its sign means nothing. The bias of balanced
/// classes at the start is one: we find exactly 0 there, the C program a negative crumb, and under `p = ∞` its sign
/// moves the bias by all of ρ.
const CRUMB: f64 = 1e-15;

/// Makes every step of a recorded run with a risk, a ball and Polyak's formula, and compares.
#[track_caller]
fn follow(run: &Recorded, onward: Onward) {
    let table = Table::read(run.file);
    let dimension = run.objective.dimension();
    let (examples, dice) = (run.objective.examples(), Streams::new(0).batches());
    let mut batches = Batches::new(examples, run.batch, Order::Sequential, dice);
    let mut w: Array1<f64> = Array1::zeros(dimension);
    let mut velocity: Array1<f64> = Array1::zeros(dimension);
    for row in &table.rows {
        let what = format!("{} at step {}", run.file, row[0]);
        batches.deal();
        let batch = batches.current();
        let (loss, gradient) = run.objective.loss_and_gradient(w.view(), batch);
        agree(loss, table.get(row, "batch_loss"), &what);
        let mut epsilon = run.ball.steepest_ascent(gradient.view());
        for (k, found) in epsilon.iter_mut().enumerate() {
            if let Some(expected) = table.find(row, &format!("eps{k}")) {
                if gradient[k].abs() <= CRUMB {
                    *found = expected;
                }
                agree(*found, expected, &what);
            }
        }
        let (_, there) = run.objective.loss_and_gradient((&w + &epsilon).view(), batch);
        velocity = there + run.beta * velocity;
        w = &w - &(run.eta * &velocity);
        let expected = Array1::from(row[1..=dimension].to_vec());
        for (found, expected) in w.iter().zip(&expected) {
            agree(*found, *expected, &what);
        }
        let loss = run.objective.loss(w.view(), Batch::Whole);
        agree(loss, table.get(row, "full_loss_after"), &what);
        if onward == Onward::FromTheRecord {
            w = expected;
        }
    }
}

#[test]
fn curvatures_along_a_run_are_those_of_the_numpy_script() {
    let table = Table::read("optax/sharpness.csv");
    let objective = risk("optax/blobs.csv", "logistic", "cross_entropy");
    let mut compared = 0;
    for row in &table.rows {
        let variant = &table.words[compared][1];
        let rho = if variant == "sgd_plain" { 0.0 } else { table.get(row, "rho") };
        let ball = Ball { norm: Norm::L2, rho: Radius::new(rho).unwrap() };
        let steps: usize = table.words[compared][2].parse().unwrap();
        let start = Array1::from(vec![-2.0, 3.0]);
        let end = Run::to_end(Setup::new(Arc::clone(&objective), start, 0.5, ball, steps));
        let w = end.end().unwrap();

        let what = format!("{variant} at step {steps}");
        let (loss, gradient) = objective.loss_and_gradient(w.view(), Batch::Whole);
        agree(loss, table.get(row, "loss"), &what);
        agree(Norm::L2.length(gradient.view()), table.get(row, "grad_norm"), &what);
        let hessian = objective.hessian(w.view());
        let ([top, low], _) = symmetric_2x2(hessian[[0, 0]], hessian[[0, 1]], hessian[[1, 1]]);
        agree(top, table.get(row, "lambda_max"), &what);
        agree(low, table.get(row, "lambda_min"), &what);
        agree(hessian.diag().sum(), table.get(row, "trace"), &what);

        let gap = |norm| gap(&*objective, w.view(), gradient.view(), norm, table.get(row, "rho"));
        agree(gap(Norm::L2), table.get(row, "sam_l2"), &what);
        agree(gap(Norm::LInf), table.get(row, "sam_linf"), &what);
        agree(gap(Norm::L1), table.get(row, "sam_l1"), &what);
        compared += 1;
    }
    assert_eq!(compared, 16);
}

/// `L(w + ε̂) − L(w)` in a ball.
fn gap(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
    gradient: ArrayView1<'_, f64>,
    norm: Norm,
    rho: f64,
) -> f64 {
    let ball = Ball { norm, rho: Radius::new(rho).unwrap() };
    let there = &w + &ball.steepest_ascent(gradient);
    objective.loss(there.view(), Batch::Whole) - objective.loss(w, Batch::Whole)
}

#[track_caller]
fn agree(found: f64, expected: f64, what: &str) {
    let apart = (found - expected).abs();
    let allowed = AGREEMENT * expected.abs().max(1.0);
    assert!(apart <= allowed, "{what}: {found} against {expected}, {apart:e} apart");
}

/// The risk of a model and a loss on a file of inputs with the target in the last column.
fn risk(file: &str, model: &str, loss: &str) -> Arc<dyn Objective> {
    let rows = Table::read(file).rows;
    let features = rows[0].len() - 1;
    let sample = Sample {
        inputs: Array2::from_shape_fn((rows.len(), features), |(row, k)| rows[row][k]),
        targets: rows.iter().map(|row| row[features]).collect(),
        groups: vec![0; rows.len()],
    };
    let model = models::ALL.choose(model).unwrap().build();
    Arc::new(Risk::new(sample, model, losses::ALL.choose(loss).unwrap().build()))
}

/// A file of numbers with names above them; a word is not a number.
struct Table {
    names: Vec<String>,
    words: Vec<csv::StringRecord>,
    rows: Vec<Vec<f64>>,
}

impl Table {
    fn read(file: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference").join(file);
        let mut reader = csv::Reader::from_path(path).unwrap();
        let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let words: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let number = |word: &str| word.parse().unwrap_or(f64::NAN);
        let rows = words.iter().map(|record| record.iter().map(number).collect()).collect();
        Self { names, words, rows }
    }

    fn find(&self, row: &[f64], name: &str) -> Option<f64> {
        self.names.iter().position(|other| other == name).map(|place| row[place])
    }

    fn get(&self, row: &[f64], name: &str) -> f64 {
        self.find(row, name).unwrap()
    }
}
