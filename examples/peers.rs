//! The work that this program is timed on against other tools, one case a run.
//!
//! ```text
//! cargo run --release --no-default-features --example peers -- --case contour --threads 1 --reps 5 --data FOLDER
//! ```
//!
//! The folder holds the points and levels that the other tools are given. The last line says how long each
//! repetition took, in seconds, and a number by which the results can be compared:
//! `{"times": [wall], "cpu": [of the process], "check": number}`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring by hand")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use ndarray::{Array1, Array2, ArrayView1, array};

use samscope::analysis::basin::{BasinWork, Rule};
use samscope::analysis::contour::contours;
use samscope::analysis::field::Field;
use samscope::math::eigen;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::optim::ascent;
use samscope::optim::run::{Run, Setup};
use samscope::problem::datasets::Sample;
use samscope::problem::grid::{Grid, Plane, Precision, Window};
use samscope::problem::risk::Risk;
use samscope::problem::{Formula, Objective, landscapes, losses, models};

/// What is timed: it returns the number to compare.
type Work = Box<dyn Fn() -> f64>;

fn main() {
    let [case, threads, reps, data] = ["--case", "--threads", "--reps", "--data"].map(argument);
    rayon::ThreadPoolBuilder::new().num_threads(threads.parse().unwrap()).build_global().unwrap();
    let work = work(&case, &PathBuf::from(data));
    let mut check = work();
    let (mut times, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..reps.parse().unwrap() {
        let (wall, busy) = (Instant::now(), processor_time());
        check = work();
        times.push(wall.elapsed().as_secs_f64());
        cpu.push(processor_time() - busy);
    }
    println!(r#"{{"times": {times:?}, "cpu": {cpu:?}, "check": {check}}}"#);
}

fn argument(name: &str) -> String {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).unwrap_or_else(|| panic!("{name} is missing"))
}

/// Seconds that all threads of the process have been at work.
#[cfg(unix)]
fn processor_time() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    now.tv_sec as f64 + 1e-9 * now.tv_nsec as f64
}

/// Not known here.
#[cfg(not(unix))]
fn processor_time() -> f64 {
    f64::NAN
}

fn work(case: &str, data: &Path) -> Work {
    let square = |reach: f64| Grid {
        window: Window::new([-reach, reach], [-reach, reach]),
        columns: 256,
        rows: 256,
    };
    match case {
        "field_logreg" => {
            let risk = logistic(data);
            Box::new(move || {
                let grid = square(8.0);
                mean(&Field::compute(&risk, &Plane::of_weights(), grid, Precision::Fast).values)
            })
        }
        "field_mlp" => field_of_network(data, square(1.0), Precision::Fast),
        "field_mlp_exact" => field_of_network(data, square(1.0), Precision::Exact),
        "opt_logreg_sgd" => descent(logistic(data), array![-2.0, 3.0], "none"),
        "opt_logreg_sam" => descent(logistic(data), array![-2.0, 3.0], "sam"),
        "opt_mlp_sgd" => descent(network(data), first_weights(data), "none"),
        "opt_mlp_sam" => descent(network(data), first_weights(data), "sam"),
        "hess" => {
            let risk = network(data);
            let path = numbers(&data.join("hess_traj.csv"), 0);
            Box::new(move || {
                let sharpest = |w: &Vec<f64>| {
                    let hessian = risk.hessian(ArrayView1::from(w));
                    eigen::symmetric_values(hessian.view())[0]
                };
                path.iter().map(sharpest).sum()
            })
        }
        "contour" => {
            let bytes = std::fs::read(data.join("field256.f64")).unwrap();
            let values = bytes.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes));
            let field = Field { grid: square(1.0), values: values.collect() };
            let levels = numbers(&data.join("levels.csv"), 0).concat();
            Box::new(move || {
                contours(&field, &levels).iter().map(|line| line.points.len() as f64).sum()
            })
        }
        "basin" => {
            let himmelblau = landscapes::ALL.choose("himmelblau").unwrap().build();
            let objective: Arc<dyn Objective> = Arc::new(Formula(himmelblau));
            Box::new(move || {
                let ends = [0.0, 0.1].map(|rho| {
                    let rule = Rule { eta: 0.003, rho, steps: 500 };
                    let mut work =
                        BasinWork::new(Arc::clone(&objective), rule, square(5.0), Precision::Fast);
                    while work.advance(500) {}
                    mean(work.finish().ends.as_flattened())
                });
                mean(&ends)
            })
        }
        _ => panic!("there is no case {case}"),
    }
}

fn field_of_network(data: &Path, grid: Grid, precision: Precision) -> Work {
    let risk = network(data);
    let [origin, along, across] =
        [0, 1, 2].map(|row| Array1::from(numbers(&data.join("mlp_plane.csv"), 0)[row].clone()));
    let plane = Plane { origin, along, across };
    Box::new(move || mean(&Field::compute(&risk, &plane, grid, precision).values))
}

fn first_weights(data: &Path) -> Array1<f64> {
    Array1::from(numbers(&data.join("mlp_start.csv"), 0).concat())
}

fn logistic(data: &Path) -> Risk {
    risk(&data.join("blobs.csv"), "logistic")
}

fn network(data: &Path) -> Risk {
    risk(&data.join("moons.csv"), "network")
}

fn risk(points: &Path, model: &str) -> Risk {
    let points = numbers(points, 1);
    let sample = Sample {
        inputs: Array2::from_shape_fn((points.len(), 2), |(row, k)| points[row][k]),
        targets: points.iter().map(|point| point[2]).collect::<Array1<f64>>(),
        groups: vec![0; points.len()],
    };
    let model = models::ALL.choose(model).unwrap().build();
    let loss = losses::ALL.choose("cross_entropy").unwrap().build();
    Risk::new(sample, model, loss)
}

fn descent(risk: Risk, start: Array1<f64>, ascent: &str) -> Work {
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.05).unwrap() };
    let setup = Setup {
        ascent: ascent::ALL.choose(ascent).unwrap(),
        ..Setup::new(Arc::new(risk), start, 0.2, ball, 1000)
    };
    Box::new(move || Run::to_end(setup.clone()).end().unwrap().sum())
}

/// The numbers of a file without quotes, a row a line, after `skip` lines.
fn numbers(path: &Path, skip: usize) -> Vec<Vec<f64>> {
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().skip(skip);
    rows.map(|row| row.split(',').map(|x| x.trim().parse().unwrap()).collect()).collect()
}

/// In eight parts: a sum in a row would take longer than some of what is timed.
fn mean(values: &[f64]) -> f64 {
    let (eights, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        sums.iter_mut().zip(eight).for_each(|(sum, value)| *sum += value);
    }
    sums.iter().chain(rest).sum::<f64>() / values.len() as f64
}
