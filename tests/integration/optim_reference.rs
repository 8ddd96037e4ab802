//! Runs agree with those of optax 0.2.8 on jax 0.10 (x64), and variants with an independent script in numpy.
//!
//! The files under `data/reference/optax` were made outside of this project. Single steps are compared everywhere,
//! from the weights that were recorded; free runs as far as two correct programs can agree at all.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView1, array};
use samscope::catalog::Choice;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::Streams;
use samscope::optim::ascent::{self, Ascent, Here, Oracle, Sight};
use samscope::optim::base;
use samscope::optim::replay::Replay;
use samscope::optim::run::{Run, Setup};
use samscope::problem::noise::Noise;
use samscope::problem::{Batch, Objective};

/// How far a single step may be off: a few hundred roundings of weights of size 1.
const ONE_STEP: f64 = 1e-12;
/// How far a run may be off up to its horizon.
const FREE_RUN: f64 = 1e-10;

#[test]
fn every_single_step_is_that_of_optax() {
    let mut compared = 0;
    for run in recorded_runs() {
        let mut base = base::ALL.choose(&run.base).unwrap().build();
        for (before, after) in run.consecutive() {
            let sight = look(&mut *run.ascent().build(), &run, before);
            let mut w = before.w.clone();
            base.step(w.view_mut(), sight.gradient.view(), run.eta);
            let off = largest_difference(&w, &after.w);
            assert!(off <= ONE_STEP, "{} at step {}: {off:e}", run.name(), before.step);
            let loss = run.objective.loss(before.w.view(), Batch::Whole);
            assert!((loss - before.loss).abs() <= ONE_STEP * (1.0 + loss), "{}", run.name());
            compared += 1;
        }
    }
    assert_eq!(compared, 3 * 6 * 2 * 20);
}

#[test]
fn free_runs_follow_optax_up_to_their_horizon() {
    let horizons = horizons();
    for run in recorded_runs() {
        let horizon = horizons.iter().find(|(name, _)| *name == run.name()).unwrap().1;
        let path = Run::to_end(Setup {
            base: base::ALL.choose(&run.base).unwrap(),
            ascent: run.ascent(),
            ..Setup::new(
                Arc::clone(&run.objective),
                run.rows[0].w.clone(),
                run.eta,
                run.ball(),
                200,
            )
        });
        let mut last = 0;
        for row in run.rows.iter().filter(|row| row.step <= horizon) {
            let off = largest_difference(&path.row(row.step).unwrap().w.to_owned(), &row.w);
            assert!(off <= FREE_RUN, "{} at step {}: {off:e}", run.name(), row.step);
            last = row.step;
        }
        assert!(last >= 100, "{} was compared up to step {last} only", run.name());
    }
}

#[test]
fn variants_follow_the_independent_script() {
    let objective: Arc<dyn Objective> = Arc::new(Logistic::read());
    let mut names = Vec::new();
    for record in records("variants.csv") {
        let (name, step): (&str, usize) = (&record[1], record[2].parse().unwrap());
        let [p0, p1, loss, eps0, eps1] = [3, 4, 5, 6, 7].map(|k| number(&record[k]));
        let (p, ascent) = variant(name);
        let rho = Radius::new(0.1).unwrap();
        let setup = Setup {
            ascent,
            ..Setup::new(
                Arc::clone(&objective),
                array![-2.0, 3.0],
                0.5,
                Ball { norm: Norm::new(p).unwrap(), rho },
                step,
            )
        };
        let row = Replay::new(&setup).nth(step).unwrap();
        let off = [
            row.w[0] - p0,
            row.w[1] - p1,
            row.numbers.loss - loss,
            row.epsilon[0] - eps0,
            row.epsilon[1] - eps1,
        ];
        let off = off.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        assert!(off <= FREE_RUN, "{name} at step {step}: {off:e}");
        names.push(name.to_owned());
    }
    names.dedup();
    assert_eq!(names.len(), 6);
}

fn variant(name: &str) -> (f64, Choice<dyn Ascent>) {
    let with = |id, key, value| ascent::ALL.choose(id).unwrap().with(key, value).unwrap();
    match name {
        "sgd_linf" => (f64::INFINITY, ascent::sam()),
        "sgd_l1" => (1.0, ascent::sam()),
        "sgd_l1.5" => (1.5, ascent::sam()),
        "sgd_asam2" => (2.0, with("asam", "asam_c", 0.01)),
        "sgd_gsam0.2" => (2.0, with("gsam", "alpha", 0.2)),
        "sgd_2step" => (2.0, with("n_step", "n", 2.0)),
        other => panic!("variants.csv has a variant \"{other}\" that nobody compares"),
    }
}

/// One trajectory of the file.
struct Recorded {
    problem: String,
    base: String,
    sam: bool,
    eta: f64,
    rho: f64,
    objective: Arc<dyn Objective>,
    rows: Vec<Row>,
}

#[derive(Clone)]
struct Row {
    step: usize,
    w: Array1<f64>,
    loss: f64,
}

impl Recorded {
    fn name(&self) -> String {
        format!("{},{},{}", self.problem, self.base, u8::from(self.sam))
    }

    fn ascent(&self) -> Choice<dyn Ascent> {
        if self.sam { ascent::sam() } else { ascent::none() }
    }

    fn ball(&self) -> Ball {
        Ball { norm: Norm::L2, rho: Radius::new(self.rho).unwrap() }
    }

    /// Rows whose successor was recorded too; from the start on, so that a base's memory can be rebuilt.
    fn consecutive(&self) -> impl Iterator<Item = (&Row, &Row)> {
        self.rows
            .windows(2)
            .map(|pair| (&pair[0], &pair[1]))
            .take_while(|(a, b)| a.step + 1 == b.step)
    }
}

fn look(ascent: &mut dyn Ascent, run: &Recorded, row: &Row) -> Sight {
    let (noise, mut stream) = (Noise::none(), Streams::new(0).ascent());
    let mut oracle = Oracle::new(&*run.objective, Batch::Whole, &noise, &mut stream);
    let (loss, gradient) = oracle.gradient(row.w.view());
    let here =
        Here { step: row.step, w: row.w.view(), loss, gradient: gradient.view(), ball: run.ball() };
    ascent.look(&here, &mut oracle)
}

fn recorded_runs() -> Vec<Recorded> {
    let logistic: Arc<dyn Objective> = Arc::new(Logistic::read());
    let mut runs: Vec<Recorded> = Vec::new();
    for record in records("trajectories.csv") {
        let row = Row {
            step: record[5].parse().unwrap(),
            w: array![number(&record[6]), number(&record[7])],
            loss: number(&record[8]),
        };
        if row.step == 0 {
            runs.push(Recorded {
                problem: record[0].to_owned(),
                base: record[1].to_owned(),
                sam: &record[2] == "1",
                eta: number(&record[3]),
                rho: number(&record[4]),
                objective: match &record[0] {
                    "logreg2" => Arc::clone(&logistic),
                    "factor" => Arc::new(Formula(factor)),
                    "rosenbrock" => Arc::new(Formula(rosenbrock)),
                    other => panic!("trajectories.csv has a problem \"{other}\" that nobody knows"),
                },
                rows: Vec::new(),
            });
        }
        runs.last_mut().unwrap().rows.push(row);
    }
    runs
}

/// The last step up to which a run can be compared, by the run's name.
fn horizons() -> Vec<(String, usize)> {
    records("horizons.csv")
        .iter()
        .map(|record| {
            let name = format!("{},{},{}", &record[0], &record[1], &record[2]);
            (name, record[7].parse().unwrap())
        })
        .collect()
}

fn records(file: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(data(file)).unwrap().records().map(Result::unwrap).collect()
}

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference/optax").join(file)
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn largest_difference(a: &Array1<f64>, b: &Array1<f64>) -> f64 {
    (a - b).iter().fold(0.0, |most: f64, x| most.max(x.abs()))
}

/// A value and its gradient in the plane.
struct Formula(fn(f64, f64) -> (f64, [f64; 2]));

fn factor(u: f64, v: f64) -> (f64, [f64; 2]) {
    let r = u * v - 1.0;
    (0.5 * r * r, [r * v, r * u])
}

fn rosenbrock(x: f64, y: f64) -> (f64, [f64; 2]) {
    let (a, b) = (1.0 - x, y - x * x);
    (a * a + 100.0 * b * b, [-2.0 * a - 400.0 * x * b, 200.0 * b])
}

impl Objective for Formula {
    fn dimension(&self) -> usize {
        2
    }

    fn weight_names(&self) -> Vec<String> {
        vec!["x".to_owned(), "y".to_owned()]
    }

    fn examples(&self) -> usize {
        0
    }

    fn loss(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> f64 {
        (self.0)(w[0], w[1]).0
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, _: Batch<'_>) -> (f64, Array1<f64>) {
        let (value, gradient) = (self.0)(w[0], w[1]);
        (value, Array1::from(gradient.to_vec()))
    }

    fn hessian(&self, _: ArrayView1<'_, f64>) -> Array2<f64> {
        unreachable!("no run asks for second derivatives")
    }
}

/// Mean cross-entropy of `z = w·x` on blobs.csv.
struct Logistic {
    examples: Vec<([f64; 2], f64)>,
}

impl Logistic {
    fn read() -> Self {
        let examples = records("blobs.csv")
            .iter()
            .map(|record| ([number(&record[0]), number(&record[1])], number(&record[2])))
            .collect();
        Self { examples }
    }
}

impl Objective for Logistic {
    fn dimension(&self) -> usize {
        2
    }

    fn weight_names(&self) -> Vec<String> {
        vec!["w1".to_owned(), "w2".to_owned()]
    }

    fn examples(&self) -> usize {
        self.examples.len()
    }

    fn loss(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> f64 {
        self.loss_and_gradient(w, batch).0
    }

    fn loss_and_gradient(&self, w: ArrayView1<'_, f64>, batch: Batch<'_>) -> (f64, Array1<f64>) {
        assert_eq!(batch, Batch::Whole, "the recorded runs have full batches");
        let (mut loss, mut gradient) = (0.0, Array1::zeros(2));
        for ([a, b], y) in &self.examples {
            let z = w[0] * a + w[1] * b;
            // ln(1 + e^z) − y z, written so that e^z cannot overflow.
            loss += z.max(0.0) - y * z + libm::log1p(libm::exp(-z.abs()));
            let slope = 1.0 / (1.0 + libm::exp(-z)) - y;
            gradient += &array![slope * a, slope * b];
        }
        let count = self.examples.len() as f64;
        (loss / count, gradient / count)
    }

    fn hessian(&self, _: ArrayView1<'_, f64>) -> Array2<f64> {
        unreachable!("no run asks for second derivatives")
    }
}
