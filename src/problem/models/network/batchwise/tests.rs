use super::super::tests::{network, risk, start};
use super::*;
use crate::catalog::Choice;
use crate::math::random::Streams;
use crate::problem::models::Model;
use crate::problem::noise::Noise;
use crate::problem::risk::Risk;
use crate::problem::{Batch, Objective};
use ndarray::{Array1, Axis};
use proptest::prelude::*;

fn normalised(layers: usize, units: usize, activation: &str) -> Choice<dyn Model> {
    network(layers, units, activation).with("normalization", 1.0).unwrap()
}

fn thrown(risk: &Risk, seed: u64) -> Noise {
    let mut noise = Noise::none();
    if let Some(dropout) = risk.dropout() {
        let mut stream = Streams::new(seed).dropout();
        noise.throw(dropout, risk.examples(), Batch::Whole, &mut stream);
    }
    noise
}

/// The derivative at 0, from two-sided differences extrapolated to width zero.
fn slope(f: impl Fn(f64) -> f64) -> f64 {
    let central = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    (4.0 * central(5e-5) - central(1e-4)) / 3.0
}

fn along(w: &Array1<f64>, k: usize, t: f64) -> Array1<f64> {
    let mut moved = w.clone();
    moved[k] += t;
    moved
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_training_pass_is_the_gradient_of_what_it_sees(
        layers in 1usize..4, units in 2usize..6, smooth in 0usize..2, points in 20.0f64..150.0,
        normal in 0usize..2, rate in prop_oneof![Just(0.0), 0.1f64..0.6], seed in 0u64..99,
    ) {
        let model = network(layers, units, ["tanh", "gelu"][smooth]);
        let model = model.with("normalization", normal as f64).unwrap().with("dropout", rate);
        let risk = risk(&model.unwrap(), points.round());
        let (w, noise) = (start(&risk, seed), thrown(&risk, seed));
        let pass = |w: &Array1<f64>| risk.training_pass(w.view(), Batch::Whole, &noise);
        let (_, gradient) = pass(&w);
        for k in 0..w.len() {
            let expected = slope(|t| pass(&along(&w, k, t)).0);
            let found = gradient[k];
            prop_assert!((found - expected).abs() < 1e-6 * (1.0 + expected.abs()), "{} {}", found, expected);
        }
    }

    #[test]
    fn curvature_through_normalization_agrees_with_differences(
        layers in 1usize..4, units in 2usize..5, smooth in 0usize..2, points in 20.0f64..90.0,
        seed in 0u64..99,
    ) {
        let risk = risk(&normalised(layers, units, ["tanh", "gelu"][smooth]), points.round());
        let w = start(&risk, seed);
        let hessian = risk.hessian(w.view());
        let gradient = |w: &Array1<f64>| risk.loss_and_gradient(w.view(), Batch::Whole).1;
        for k in 0..w.len() {
            for j in 0..w.len() {
                let expected = slope(|t| gradient(&along(&w, k, t))[j]);
                let found = hessian[[k, j]];
                prop_assert!((found - expected).abs() < 1e-5 * (1.0 + expected.abs()), "{} {}", found, expected);
            }
        }
        let v: Array1<f64> = (0..w.len()).map(|k| (k as f64 * 0.7).cos()).collect();
        let image = hessian.dot(&v);
        for (found, expected) in risk.hessian_times(w.view(), v.view()).iter().zip(&image) {
            prop_assert!((found - expected).abs() < 1e-10 * (1.0 + expected.abs()));
        }
    }

    #[test]
    fn with_nothing_to_do_it_is_the_plain_network(
        layers in 1usize..4, units in 1usize..9, kind in 0usize..3, points in 4.0f64..200.0,
        seed in 0u64..99,
    ) {
        let risk = risk(&network(layers, units, Activation::NAMES[kind]), points.round());
        let w = start(&risk, seed);
        let (loss, gradient) = risk.loss_and_gradient(w.view(), Batch::Whole);
        let mut found = Array1::zeros(w.len());
        let mut judge = |z: &mut [f64]| {
            risk.loss.sum_and_slopes(z, risk.sample.targets.as_slice().unwrap())
        };
        let inputs = risk.sample.inputs.view();
        let sum = risk.model.learn_dropping(w.view(), inputs, &[], &mut judge, found.view_mut());
        let count = risk.sample.len() as f64;
        prop_assert!((sum / count - loss).abs() < 1e-13 * (1.0 + loss));
        for (found, expected) in found.iter().zip(&gradient) {
            prop_assert!((found / count - expected).abs() < 1e-13 * (1.0 + expected.abs()));
        }
    }

    #[test]
    fn after_training_it_predicts_by_what_it_remembers(
        layers in 1usize..4, units in 1usize..9, kind in 0usize..3, points in 4.0f64..200.0,
        seed in 0u64..99,
    ) {
        let risk = risk(&normalised(layers, units, Activation::NAMES[kind]), points.round());
        let w = start(&risk, seed);
        // Remembering just this batch, whose own variance is smaller than that of what it was drawn from.
        let mut statistics = risk.statistics(w.view(), Batch::Whole, &Noise::none());
        let count = risk.sample.len() as f64;
        let middle = statistics.len() / 2;
        statistics[middle..].iter_mut().for_each(|v| *v *= (count - 1.0) / count);
        let loss = risk.loss(w.view(), Batch::Whole);
        let deployed = risk.deployed_loss(w.view(), &statistics);
        prop_assert!((deployed - loss).abs() < 1e-10 * (1.0 + loss), "{} {}", deployed, loss);
        let inputs = &risk.sample.inputs;
        let one = risk.predict(w.view(), &statistics, inputs.select(Axis(0), &[0]).view());
        let all = risk.predict(w.view(), &statistics, inputs.view());
        prop_assert_eq!(one[0].to_bits(), all[0].to_bits());
    }
}

#[test]
fn the_scale_and_place_of_a_units_sum_make_no_difference() {
    let risk = risk(&normalised(2, 5, "relu"), 120.0);
    let w = start(&risk, 3);
    let shape = Shape::normalised(2, 2, 5);
    let mut stretched = w.clone();
    for k in shape.layers[0].row(2) {
        stretched[k] *= 7.0;
    }
    let [before, after] = [&w, &stretched].map(|w| risk.loss(w.view(), Batch::Whole));
    // Up to the small number that every variance is given.
    assert!((before - after).abs() < 1e-4, "{before} {after}");
}

#[test]
fn a_unit_that_never_varies_breaks_nothing() {
    let risk = risk(&normalised(2, 4, "relu"), 50.0);
    let mut w = start(&risk, 3);
    w.iter_mut().take(8).for_each(|w| *w = 0.0);
    let (loss, gradient) = risk.loss_and_gradient(w.view(), Batch::Whole);
    assert!(loss.is_finite() && gradient.iter().all(|g| g.is_finite()));
    assert!(risk.hessian(w.view()).iter().all(|h| h.is_finite()));
    let alone = risk.training_pass(w.view(), Batch::Members(&[0]), &Noise::none());
    assert!(alone.0.is_finite() && alone.1.iter().all(|g| g.is_finite()));
}
