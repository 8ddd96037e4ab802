//! The network trains as one written in optax 0.2.8 on jax 0.10 (x64) does.
//!
//! The files under `data/reference/optax` were made outside of this project: a 2-8-8-1 tanh network, mean cross-entropy
//! on `moons.csv`, plain SGD with η = 0.2 from `mlp_init.csv`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]
#![expect(
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "files hold whole numbers as they hold all others"
)]

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
    objective_of("layers", 2.0)
}

/// The network with one of its settings.
fn objective_of(setting: &str, value: f64) -> Arc<dyn Objective> {
    let points: Vec<Vec<f64>> = rows("moons.csv")[1..].iter().map(|row| numbers(row)).collect();
    let sample = Sample {
        inputs: Array2::from_shape_fn((points.len(), 2), |(row, k)| points[row][k]),
        targets: points.iter().map(|point| point[2]).collect(),
        groups: points.iter().map(|point| usize::from(point[2] > 0.5)).collect(),
    };
    let network = models::ALL.choose("network").unwrap().with(setting, value).unwrap().build();
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

mod normalised {
    use super::*;
    use samscope::math::eigen;

    fn file(name: &str) -> Vec<Vec<f64>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/jax/");
        let text = std::fs::read_to_string(format!("{folder}{name}")).unwrap();
        let rows = text.lines().filter(|line| !line.starts_with("sam"));
        rows.map(|line| line.split(',').map(|x| x.parse().unwrap()).collect()).collect()
    }

    const WEIGHTS: usize = 121;

    #[test]
    fn descent_and_sam_pass_through_the_checkpoints_of_jax() {
        let objective = objective_of("normalization", 1.0);
        let checkpoints = file("batch_norm.csv");
        for (sam, ascent) in [(0.0, ascent::none()), (1.0, ascent::sam())] {
            let mine: Vec<_> = checkpoints.iter().filter(|row| row[0] == sam).collect();
            let start = Array1::from(mine[0][3..3 + WEIGHTS].to_vec());
            let ball = Ball { norm: Norm::L2, rho: Radius::new(0.05).unwrap() };
            let setup = Setup::new(Arc::clone(&objective), start, 0.2, ball, 30);
            let path = Run::to_end(Setup { ascent, ..setup });
            assert_eq!(mine.len(), 6);
            for checkpoint in mine {
                let here = path.iter().nth(checkpoint[1] as usize).unwrap();
                let found =
                    std::iter::once(&here.numbers.loss).chain(here.w).chain(here.statistics);
                for (found, expected) in found.zip(&checkpoint[2..]) {
                    let off = (found - expected).abs();
                    assert!(off < AGREE, "SAM {sam} at step {}: {off:e}", checkpoint[1]);
                }
            }
        }
    }

    #[test]
    fn the_spectrum_of_the_hessian_is_that_of_jax() {
        let objective = objective_of("normalization", 1.0);
        let start = Array1::from(file("batch_norm.csv")[0][3..3 + WEIGHTS].to_vec());
        let values = eigen::symmetric_values(objective.hessian(start.view()).view());
        let expected = &file("batch_norm_spectrum.csv")[0];
        assert_eq!(values.len(), expected.len());
        for (found, expected) in values.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-10, "{found} {expected}");
        }
    }
}
