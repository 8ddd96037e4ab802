//! The network trains as one written in optax 0.2.8 on jax 0.10 (x64) does.
//!
//! The files under `data/reference/optax` were made outside of this project: a 2-8-8-1 tanh network, mean cross-entropy
//! on `moons.csv`, plain SGD with η = 0.2 from `mlp_init.csv`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::sync::Arc;

use ndarray::{Array1, Array2};
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::optim::ascent;
use samscope::optim::run::{Run, Setup};
use samscope::problem::datasets::Sample;
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Objective, losses, models};

/// Over a hundred steps, roundings in another order grow to a few parts in 10¹³.
const AGREE: f64 = 1e-11;

fn rows(name: &str) -> Vec<Vec<String>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/reference/optax/");
    let text = std::fs::read_to_string(format!("{folder}{name}")).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn numbers(row: &[String]) -> Vec<f64> {
    row.iter().map(|text| text.parse().unwrap()).collect()
}

fn objective() -> Arc<dyn Objective> {
    let points: Vec<Vec<f64>> = rows("moons.csv")[1..].iter().map(|row| numbers(row)).collect();
    let sample = Sample {
        inputs: Array2::from_shape_fn((points.len(), 2), |(row, k)| points[row][k]),
        targets: points.iter().map(|point| point[2]).collect(),
        groups: points.iter().map(|point| usize::from(point[2] > 0.5)).collect(),
    };
    let network = models::ALL.choose("network").unwrap().build();
    Arc::new(Risk::new(sample, network, losses::ALL.choose("cross_entropy").unwrap().build()))
}

#[test]
fn plain_descent_passes_through_the_checkpoints_of_optax() {
    let objective = objective();
    let start = Array1::from(numbers(&rows("mlp_init.csv")[0]));
    let ball = Ball { norm: Norm::L2, rho: Radius::ZERO };
    let setup = Setup::new(Arc::clone(&objective), start, 0.2, ball, 100);
    let path = Run::to_end(Setup { ascent: ascent::none(), ..setup });
    let checkpoints = rows("mlp_checkpoints.csv");
    for row in &checkpoints[1..] {
        let step: usize = row[2].parse().unwrap();
        let (loss, weights) = (row[3].parse::<f64>().unwrap(), numbers(&row[4..]));
        let here = path.row(step).unwrap();
        assert!((here.numbers.loss - loss).abs() < AGREE, "loss at step {step}");
        let off = here.w.iter().zip(&weights).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(off < AGREE, "step {step}: {off:e}");
    }
    assert_eq!(checkpoints.len(), 9);
}

#[test]
fn a_sam_step_is_two_plain_gradients() {
    let objective = objective();
    let start = Array1::from(numbers(&rows("mlp_init.csv")[0]));
    let ball = Ball { norm: Norm::L2, rho: Radius::new(0.05).unwrap() };
    let path = Run::to_end(Setup::new(Arc::clone(&objective), start.clone(), 0.2, ball, 1));
    let (_, g) = objective.loss_and_gradient(start.view(), Batch::Whole);
    let up = &start + &(&g * (0.05 / g.dot(&g).sqrt()));
    let (_, there) = objective.loss_and_gradient(up.view(), Batch::Whole);
    let next = &start - &(&there * 0.2);
    let off = (&path.end().unwrap() - &next).iter().fold(0.0f64, |most, x| most.max(x.abs()));
    assert!(off < 1e-15, "{off:e}");
}
