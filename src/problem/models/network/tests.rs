use super::*;
use crate::catalog::Choice;
use crate::math::random::Streams;
use crate::problem::grid::Precision;
use crate::problem::risk::Risk;
use crate::problem::{Batch, Objective, datasets, losses};
use proptest::prelude::*;

pub(super) fn network(layers: usize, units: usize, activation: &str) -> Choice<dyn Model> {
    let place = Activation::NAMES.iter().position(|name| *name == activation).unwrap();
    Choice::new(&classes::ENTRY)
        .with("layers", layers as f64)
        .unwrap()
        .with("units", units as f64)
        .unwrap()
        .with("activation", place as f64)
        .unwrap()
}

pub(super) fn risk(model: &Choice<dyn Model>, points: f64) -> Risk {
    let data = datasets::ALL.choose("moons").unwrap().with("points", points).unwrap().build();
    let sample = data.sample(&mut Streams::new(1).dataset());
    Risk::new(sample, model.build(), losses::ALL.choose("cross_entropy").unwrap().build())
}

pub(super) fn start(risk: &Risk, seed: u64) -> Array1<f64> {
    let mut stream = Streams::new(seed).weights();
    let mut start = risk.model.start(2, &mut stream);
    // Biases of zero would hide mistakes about them.
    start.mapv_inplace(|w| w + stream.random_range(-0.3..0.3));
    start
}

/// Two-sided differences of the gradient along `v`, extrapolated to width zero.
fn along(risk: &Risk, w: &Array1<f64>, v: &Array1<f64>) -> Array1<f64> {
    let gradient = |t: f64| risk.loss_and_gradient((w + &(v * t)).view(), Batch::Whole).1;
    let central = |h: f64| (gradient(h) - gradient(-h)) / (2.0 * h);
    (central(5e-5) * 4.0 - central(1e-4)) / 3.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn gradient_and_curvature_agree_with_differences(
        layers in 1usize..4, units in 1usize..6, smooth in 0usize..2, points in 4.0f64..150.0,
        seed in 0u64..99,
    ) {
        let model = network(layers, units, ["tanh", "gelu"][smooth]);
        let risk = risk(&model, points.round());
        let w = start(&risk, seed);
        let (loss, gradient) = risk.loss_and_gradient(w.view(), Batch::Whole);
        prop_assert_eq!(loss.to_bits(), risk.loss(w.view(), Batch::Whole).to_bits());
        let hessian = risk.hessian(w.view());
        for k in 0..w.len() {
            let mut v = Array1::zeros(w.len());
            v[k] = 1.0;
            let loss_at = |t: f64| risk.loss((&w + &(&v * t)).view(), Batch::Whole);
            let central = |h: f64| (loss_at(h) - loss_at(-h)) / (2.0 * h);
            let slope = (4.0 * central(5e-4) - central(1e-3)) / 3.0;
            prop_assert!((slope - gradient[k]).abs() < 1e-9, "∂{}: {} {}", k, slope, gradient[k]);
            let column = along(&risk, &w, &v);
            for (found, expected) in hessian.column(k).iter().zip(&column) {
                prop_assert!((found - expected).abs() < 1e-7, "{} {}", found, expected);
            }
        }
        let v: Array1<f64> = (0..w.len()).map(|k| (k as f64 * 0.7).cos()).collect();
        let times = risk.hessian_times(w.view(), v.view());
        let expected = hessian.dot(&v);
        for (found, expected) in times.iter().zip(&expected) {
            prop_assert!((found - expected).abs() < 1e-12, "{} {}", found, expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_field_is_the_loss_at_every_pixel(
        layers in 1usize..4, units in 1usize..8, kind in 0usize..3, points in 4.0f64..200.0,
        reach in prop_oneof![Just(0.01), Just(1.0), Just(30.0)], normal in 0u8..2, seed in 0u64..99,
    ) {
        let model = network(layers, units, Activation::NAMES[kind]);
        let model = model.with("normalization", f64::from(normal)).unwrap();
        let risk = risk(&model, points.round());
        let mut plane = Plane {
            origin: start(&risk, seed),
            along: start(&risk, seed + 1),
            across: start(&risk, seed + 2),
        };
        plane.across.mapv_inplace(|x| 0.5 * x);
        let window = Window::new([-reach, 1.3 * reach], [-0.4 * reach, reach]);
        let grid = crate::problem::grid::Grid { window, columns: 37, rows: 5 };
        for (precision, tolerance) in [(Precision::Exact, 1e-12), (Precision::Fast, 1e-6)] {
            let mut values = vec![f64::NAN; 37 * 3];
            let mut tile = Tile { grid, first_row: 2, values: &mut values, precision };
            risk.fill(&plane, &mut tile);
            let mut largest = 0.0f64;
            let mut apart = 0.0f64;
            for (k, value) in values.iter().enumerate() {
                let w = plane.at(grid.x(k % 37), grid.y(2 + k / 37));
                let exact = risk.loss(w.view(), Batch::Whole);
                apart = apart.max((value - exact).abs() / (1.0 + exact));
                largest = largest.max(exact);
            }
            prop_assert!(apart <= tolerance, "{:?}: {:e} of {}", precision, apart, largest);
        }
    }
}

#[test]
fn weights_lie_layer_by_layer_the_matrix_before_its_biases() {
    let shape = Shape::new(2, 2, 8);
    assert_eq!(shape.dimension(), 105);
    let names = shape.names();
    let at = |name: &str| names.iter().position(|known| known == name).unwrap();
    assert_eq!([at("W1[1,2]"), at("W1[2,1]"), at("b1[1]"), at("W2[1,1]")], [1, 2, 16, 24]);
    assert_eq!([at("b2[1]"), at("W3[1,1]"), at("b3[1]")], [88, 96, 104]);
}

#[test]
fn a_seed_gives_one_start_and_another_seed_another() {
    let model = network(2, 8, "relu").build();
    let start = |seed| model.start(2, &mut Streams::new(seed).weights());
    assert_eq!(start(3), start(3));
    assert_ne!(start(3), start(4));
    let biases = Shape::new(2, 2, 8).layers[0].biases();
    assert!(start(3).as_slice().unwrap()[biases].iter().all(|&b| b == 0.0));
}

#[test]
fn dead_units_have_no_gradient_and_break_nothing() {
    let risk = risk(&network(1, 4, "relu"), 30.0);
    let mut w = risk.model.start(2, &mut Streams::new(1).weights());
    // Biases so low that no unit ever wakes.
    for k in Shape::new(2, 1, 4).layers[0].biases() {
        w[k] = -100.0;
    }
    let (loss, gradient) = risk.loss_and_gradient(w.view(), Batch::Whole);
    assert!(loss.is_finite());
    assert!(gradient.iter().take(12).all(|&g| g == 0.0));
    assert!(risk.hessian(w.view()).iter().all(|h| h.is_finite()));
}
