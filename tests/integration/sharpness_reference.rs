//! Curvature and sharpness agree with those of an independent script in numpy, on logistic regression.
//!
//! `sharpness.csv` was made outside of this project, at weights that `trajectories.csv` holds.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::path::PathBuf;

use ndarray::{Array1, Array2, array};
use samscope::analysis::hessian::Spectrum;
use samscope::analysis::worst_case::worst_case;
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::problem::datasets::Sample;
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Objective, losses, models};

fn records(file: &str) -> Vec<csv::StringRecord> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference/optax");
    csv::Reader::from_path(folder.join(file)).unwrap().records().map(|r| r.unwrap()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

fn risk() -> Risk {
    let points = records("blobs.csv");
    let sample = Sample {
        inputs: Array2::from_shape_fn((points.len(), 2), |(row, k)| number(&points[row][k])),
        targets: points.iter().map(|point| number(&point[2])).collect(),
        groups: vec![0; points.len()],
    };
    let model = models::ALL.choose("logistic").unwrap().build();
    let loss = losses::ALL.choose("cross_entropy").unwrap().build();
    Risk::new(sample, model, loss)
}

/// The weights of a run of `trajectories.csv` at a step.
fn weights(variant: &str, step: &str) -> Array1<f64> {
    let sam = if variant == "sgd_plain" { "0" } else { "1" };
    let row = records("trajectories.csv")
        .into_iter()
        .find(|r| &r[0] == "logreg2" && &r[1] == "sgd" && &r[2] == sam && &r[5] == step)
        .unwrap();
    array![number(&row[6]), number(&row[7])]
}

#[test]
fn curvature_and_true_sharpness_are_those_of_the_script() {
    let risk = risk();
    let rows = records("sharpness.csv");
    for row in &rows {
        let place = format!("{} at step {}", &row[1], &row[2]);
        let w = weights(&row[1], &row[2]);
        let near = |what: &str, found: f64, column: usize, tolerance: f64| {
            let expected = number(&row[column]);
            assert!(
                (found - expected).abs() <= tolerance * expected.abs(),
                "{place}: {what} is {found}, not {expected}"
            );
        };
        let (loss, gradient) = risk.loss_and_gradient(w.view(), Batch::Whole);
        near("loss", loss, 3, 1e-12);
        near("gradient norm", Norm::L2.length(gradient.view()), 4, 1e-10);
        let spectrum = Spectrum::at(&risk, w.view()).unwrap();
        near("λ_max", spectrum.largest(), 5, 1e-9);
        near("λ_min", spectrum.smallest(), 6, 1e-9);
        near("trace", spectrum.trace(), 7, 1e-9);
        for (p, gap, worst) in [(2.0, 9, 10), (f64::INFINITY, 11, 12), (1.0, 13, 14)] {
            let ball =
                Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(number(&row[8])).unwrap() };
            let there = &w + &ball.steepest_ascent(gradient.view());
            near("SAM gap", risk.loss(there.view(), Batch::Whole) - loss, gap, 1e-9);
            near("true sharpness", worst_case(&risk, w.view(), ball).rise, worst, 1e-6);
        }
    }
    assert_eq!(rows.len(), 16);
}
