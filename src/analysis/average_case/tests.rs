use super::*;
use crate::catalog::Choice;
use crate::math::cone;
use crate::math::norm::{Ball, Norm, Radius};
use crate::math::random::Streams;
use crate::problem::risk::Risk;
use crate::problem::{Formula, datasets, landscapes, losses, models};
use ndarray::array;

fn ball(p: f64, rho: f64) -> Ball {
    Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() }
}

fn formula(id: &str) -> Formula {
    Formula(landscapes::ALL.choose(id).unwrap().build())
}

/// The mean over many draws of the sampler, with its standard error.
fn drawn(
    objective: &dyn Objective,
    w: &Array1<f64>,
    around: &Neighbourhood,
    pairs: usize,
) -> Estimate {
    let mut dice = Streams::new(77).ascent();
    let here = objective.loss(w.view(), Batch::Whole);
    let rises: Vec<f64> = (0..pairs)
        .map(|_| {
            let epsilon = around.stretch(cone::on_the_sphere(around.unit(), w.len(), &mut dice));
            let [a, b] = [w + &epsilon, w - &epsilon]
                .map(|there| objective.loss(there.view(), Batch::Whole) - here);
            f64::midpoint(a, b)
        })
        .collect();
    Estimate::mean_of(&rises)
}

#[test]
fn on_a_quadratic_it_is_half_rho_squared_times_the_second_moment_times_the_trace() {
    let bowl = landscapes::ALL.choose("quadratic").unwrap().with("angle", 20.0).unwrap();
    let bowl = Formula(bowl.build());
    for p in [1.0, 1.01, 1.5, 2.0, 3.0, 20.0, 1e6, f64::INFINITY] {
        let found = average_case(&bowl, array![0.4, -0.7].view(), ball(p, 0.3));
        let moment = cone::second_moment(Norm::new(p).unwrap(), 2);
        let expected = 0.5 * 0.09 * moment * (10.0 + 1.0);
        assert!(
            (found.value - expected).abs() < 1e-9 * expected,
            "p = {p}: {found:?} for {expected}"
        );
        assert_eq!(found.error, None, "p = {p}");
    }
}

#[test]
fn with_two_weights_it_agrees_with_the_sampler_on_every_landscape() {
    for entry in landscapes::ALL.entries {
        let objective = Formula(Choice::new(entry).build());
        let w = array![0.37, -0.41];
        for p in [1.0, 1.5, 2.0, 4.0, f64::INFINITY] {
            for around in [
                Neighbourhood::ball(ball(p, 0.4)),
                Neighbourhood::stretched(ball(p, 0.4), array![1.3, 0.6]),
            ] {
                let exact = average_case(&objective, w.view(), &around);
                let sampled = drawn(&objective, &w, &around, 2000);
                let off = (exact.value - sampled.value).abs();
                let error = sampled.error.unwrap() + 1e-12 * exact.value.abs();
                assert!(off < 5.0 * error, "{}, p = {p}: {exact:?} for {sampled:?}", entry.id);
                assert_eq!(exact.error, None, "{}, p = {p}", entry.id);
            }
        }
    }
}

#[test]
fn with_two_weights_all_digits_shown_are_right() {
    // The mean over the diamond by Simpson's rule with 400 000 nodes an edge: beale is a polynomial.
    let beale = formula("beale");
    let (w, rho) = (array![2.1, 0.31], 0.5584);
    let here = beale.loss(w.view(), Batch::Whole);
    let corners = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]];
    let mut sum = 0.0;
    const NODES: usize = 2_000;
    for k in 0..4 {
        let [a, b] = [corners[k], corners[(k + 1) % 4]];
        for node in 0..=NODES {
            let t = node as f64 / NODES as f64;
            let weight = match node {
                0 | NODES => 1.0,
                node if node % 2 == 1 => 4.0,
                _ => 2.0,
            };
            let at = [0, 1].map(|i| w[i] + rho * (a[i] + t * (b[i] - a[i])));
            let rise = beale.loss(ArrayView1::from(&at), Batch::Whole) - here;
            sum += weight * rise / (3 * NODES) as f64 / 4.0;
        }
    }
    let found = average_case(&beale, w.view(), ball(1.0, rho));
    assert!((found.value - sum).abs() < 1e-9 * sum, "{} for {sum}", found.value);
}

fn network() -> (Risk, Array1<f64>) {
    let data = datasets::ALL.choose("moons").unwrap().with("points", 40.0).unwrap().build();
    let sample = data.sample(&mut Streams::new(1).dataset());
    let model = models::ALL.choose("network").unwrap().with("units", 4.0).unwrap().build();
    let start = model.start(2, &mut Streams::new(1).weights());
    (Risk::new(sample, model, losses::ALL.choose("cross_entropy").unwrap().build()), start)
}

#[test]
fn of_a_network_the_standard_error_is_honest_and_the_hessian_makes_it_small() {
    let (risk, w) = network();
    let scale = w.mapv(|w| w.abs() + 0.01);
    for p in [1.0, 2.0, f64::INFINITY] {
        let rho = if p == f64::INFINITY { 0.02 } else { 0.2 };
        for around in [
            Neighbourhood::ball(ball(p, rho)),
            Neighbourhood::stretched(ball(p, rho), scale.clone()),
        ] {
            let found = average_case(&risk, w.view(), &around);
            let sampled = drawn(&risk, &w, &around, 4000);
            let [error, coarse] = [found, sampled].map(|found| found.error.unwrap());
            let off = (found.value - sampled.value).abs();
            assert!(
                off < 5.0 * (error * error + coarse * coarse).sqrt(),
                "{around}: {found:?} {sampled:?}"
            );
            // 64 pairs with the Hessian know more than 4000 without.
            assert!(error < coarse, "{around}: {found:?} {sampled:?}");
        }
    }
}

#[test]
fn without_the_hessian_it_is_the_mean_of_the_samples() {
    let (risk, w) = network();
    let around = Neighbourhood::ball(ball(2.0, 0.2));
    let mut work = AverageCaseWork::at(w.view(), &around, Bend::Unknown);
    let found = loop {
        if let Some(found) = work.advance(&risk) {
            break found;
        }
    };
    let exact = average_case(&risk, w.view(), &around);
    assert!((found.value - exact.value).abs() < 5.0 * found.error.unwrap());
}

#[test]
fn a_neighbourhood_that_is_a_point_does_not_rise() {
    let found = average_case(&formula("rosenbrock"), array![0.3, 0.4].view(), ball(2.0, 0.0));
    assert_eq!(found, Estimate::known(0.0));
}
