//! Promises that every member of a family keeps, tested over the catalogues: a newcomer is tested by being listed.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test may panic, and where it compares floats for equality it means the same bits"
)]

use std::collections::{HashMap, HashSet};
use std::f64::consts::{E, PI, TAU};
use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView1, arr1};
use num_dual::{DualNum, HyperDual64};
use rand::RngExt as _;
use samscope::analysis::slices;
use samscope::catalog::{Catalog, Choice, Entry, Kind, Scale, Value};
use samscope::math::norm::{Ball, Norm, Radius};
use samscope::math::random::{Stream, Streams};
use samscope::optim::ending::Ending;
use samscope::optim::run::{Run, Setup};
use samscope::optim::trajectory::Trajectory;
use samscope::optim::{ascent, base, schedule};
use samscope::problem::datasets::{self, Dataset, Sample, Task};
use samscope::problem::grid::{Grid, Plane, Precision, Tile, Window};
use samscope::problem::landscapes::{self, Landscape, View};
use samscope::problem::losses;
use samscope::problem::models;
use samscope::problem::risk::Risk;
use samscope::problem::{Batch, Formula, Objective};
use samscope::scene::keys;

/// Whether scene files and the command line keep `key` for themselves; a schedule's settings carry such a prefix.
fn is_taken(key: &str) -> bool {
    let own = ["scene", "format"].into_iter().chain(keys::KEYS.iter().map(|(own, _)| *own));
    own.into_iter().any(|own| own == key) || key.starts_with("eta_") || key.starts_with("rho_")
}

/// A default choice, and one with each setting at either end of its range.
fn variants<T: ?Sized>(entry: &'static Entry<T>) -> Vec<Choice<T>> {
    let ends = entry.settings.iter().flat_map(|setting| {
        setting.ends().map(|end| Choice::new(entry).with(setting.key, end).unwrap())
    });
    std::iter::once(Choice::new(entry)).chain(ends).collect()
}

#[track_caller]
fn describes_itself_well<T: ?Sized>(
    catalog: &Catalog<T>,
    taken: &mut HashMap<&'static str, &'static str>,
) {
    let family = catalog.family;
    assert!(!catalog.entries.is_empty(), "there is a {family}");
    let mut ids = HashSet::new();
    let mut keys = HashSet::new();
    for &entry in catalog.entries {
        let id = entry.id;
        assert!(ids.insert(id), "{family} \"{id}\" is listed twice");
        assert!(is_word(id), "{family} \"{id}\" can be typed");
        for text in [entry.name, entry.formula, entry.source, entry.about] {
            assert!(
                !text.trim().is_empty(),
                "{id} tells its name, formula, source and what it is good for"
            );
        }
        assert!(entry.about.ends_with('.'), "{id}: \"{}\" is a sentence", entry.about);
        let mut own = HashSet::new();
        for setting in entry.settings {
            let key = setting.key;
            assert!(own.insert(key), "{id} has one {key}");
            assert!(is_word(key) && !is_taken(key), "{id}: the key {key} is free");
            let default = setting.default();
            assert_eq!(
                setting.check(default.clone()),
                Ok(default),
                "{id}: the default {key} is allowed"
            );
            match setting.kind {
                Kind::Number { range: (low, high), scale, .. } => {
                    assert!(
                        low.is_finite() && high.is_finite() && low < high,
                        "{id}: {key} has a range"
                    );
                    assert!(scale != Scale::Log || low >= 0.0, "{id}: {key} has no logarithm");
                    assert!(
                        scale != Scale::Whole || low.fract() + high.fract() == 0.0,
                        "{id}: {key} is whole"
                    );
                }
                Kind::Choice { names } => {
                    assert!(!names.is_empty(), "{id}: {key} has its names");
                    for (place, &name) in names.iter().enumerate() {
                        assert!(is_word(name), "{id}: {name} can be typed");
                        let chosen = Ok(Value::Choice(name));
                        assert_eq!(setting.read(name), chosen, "{id}: {key} = {name}");
                        assert_eq!(
                            setting.read(&place.to_string()),
                            chosen,
                            "{id}: {key} = {place}"
                        );
                    }
                }
                Kind::Text { .. } | Kind::Path => {}
            }
            assert!(
                !setting.label.is_empty() && !setting.about.is_empty(),
                "{id}: {key} is explained"
            );
        }
        keys.extend(own);
        for choice in variants(entry) {
            let _ = choice.build();
        }
    }
    for key in keys {
        let other = taken.insert(key, family);
        assert_eq!(other, None, "{key} belongs to a {family} and to another family");
    }
}

fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[test]
fn every_member_describes_itself_and_can_be_built() {
    let mut taken = HashMap::new();
    describes_itself_well(&landscapes::ALL, &mut taken);
    describes_itself_well(&datasets::ALL, &mut taken);
    describes_itself_well(&models::ALL, &mut taken);
    describes_itself_well(&losses::ALL, &mut taken);
    describes_itself_well(&base::ALL, &mut taken);
    describes_itself_well(&ascent::ALL, &mut taken);
    describes_itself_well(&slices::ALL, &mut taken);
    // Scenes tell the settings of schedules from all others by a prefix.
    describes_itself_well(&schedule::ALL, &mut HashMap::new());
}

/// The width of a central difference. Wider, and the third derivative shows; narrower, and rounding does.
const WIDTH: f64 = 2e-4;

/// Central differences of widths h and h/2, extrapolated to h = 0 (L. Richardson, 1911): the error is of order h⁴.
fn slope(f: impl Fn(f64) -> f64) -> f64 {
    let central = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    (4.0 * central(WIDTH / 2.0) - central(WIDTH)) / 3.0
}

/// The gradient by differences of the loss.
fn differences(w: &Array1<f64>, loss: impl Fn(ArrayView1<'_, f64>) -> f64) -> Array1<f64> {
    Array1::from_shape_fn(w.len(), |k| {
        slope(|h| {
            let mut nudged = w.clone();
            nudged[k] += h;
            loss(nudged.view())
        })
    })
}

/// Compares to `tolerance`, relative to the larger of 1 and `size`.
#[track_caller]
fn agree(found: f64, expected: f64, size: f64, tolerance: f64, what: &str) {
    let apart = (found - expected).abs();
    assert!(apart <= tolerance * size.max(1.0), "{what}: {found} against {expected}");
}

/// Points spread evenly over a rectangle half as large again as the landscape's window, and its start.
fn scatter(landscape: &dyn Landscape, count: usize) -> Vec<[f64; 2]> {
    let view = landscape.view();
    let ([cx, cy], [width, height]) = (view.window.centre(), view.window.span());
    // The plastic number's lattice fills a square evenly and hits no point with a name.
    let place = |k: usize, step: f64| 1.5 * ((k as f64 * step).fract() - 0.5);
    let mut points: Vec<[f64; 2]> = (1..=count)
        .map(|k| [cx + width * place(k, 0.754_877_666_2), cy + height * place(k, 0.569_840_290_9)])
        .collect();
    points.push(view.start);
    points
}

/// The landscapes once more, written down from the literature as plain formulas; dual numbers differentiate them.
///
/// A newcomer that is missing here is compared with differences only.
fn formula(
    id: &str,
    setting: &dyn Fn(&str) -> f64,
    x: HyperDual64,
    y: HyperDual64,
) -> Option<HyperDual64> {
    let value = match id {
        "sharp_and_wide" => {
            let (sharp, wide) = (setting("sharp_curvature"), setting("wide_curvature"));
            let a = ((x + 1.0).powi(2) * 0.1 + y.powi(2)) * (0.5 * sharp) - setting("depth");
            let b = ((x - 1.5).powi(2) + y.powi(2)) * (0.5 * wide);
            // exp(b − a) from whichever is lower, since dual numbers overflow too.
            if a.re < b.re {
                a - (((a - b) * 10.0).exp() + 1.0).ln() * 0.1
            } else {
                b - (((b - a) * 10.0).exp() + 1.0).ln() * 0.1
            }
        }
        "factorization" => (x * y - 1.0).powi(2) * 0.5,
        "quadratic" => {
            let (sin, cos) = setting("angle").to_radians().sin_cos();
            let (u, v) = (x * cos + y * sin, y * cos - x * sin);
            u.powi(2) * (0.5 * setting("curvature1")) + v.powi(2) * (0.5 * setting("curvature2"))
        }
        "rosenbrock" => (-x + 1.0).powi(2) + (y - x.powi(2)).powi(2) * setting("steepness"),
        "himmelblau" => (x.powi(2) + y - 11.0).powi(2) + (x + y.powi(2) - 7.0).powi(2),
        "beale" => {
            (x * y - x + 1.5).powi(2)
                + (x * y.powi(2) - x + 2.25).powi(2)
                + (x * y.powi(3) - x + 2.625).powi(2)
        }
        "ravine" => x.powi(2) * (y.powi(2) + 1.0) * 0.5,
        "two_wells" => {
            -(-(x - 2.0).powi(2) - y.powi(2)).exp() - (-x.powi(2) - y.powi(2) * 100.0).exp()
        }
        "saddle" => (x.powi(2) - y.powi(2)) * 0.5,
        "quartic_product" => ((x * y).powi(2) - 1.0).powi(2) * 0.25,
        "product_root" => ((x * y).powi(2) + 1.0).sqrt() - 1.0,
        "rim" => (x.powi(2) + y.powi(2) - 1.0).powi(2),
        "diagonal_net" => ((-x.powi(2) - y.powi(2) * 2.0).exp() + 1.0).ln(),
        "monkey_saddle" => x.powi(3) - x * y.powi(2) * 3.0,
        "six_hump_camel" => {
            x.powi(2) * 4.0 - x.powi(4) * 2.1 + x.powi(6) / 3.0 + x * y - y.powi(2) * 4.0
                + y.powi(4) * 4.0
        }
        "styblinski_tang" => {
            let half = |x: HyperDual64| (x.powi(4) - x.powi(2) * 16.0 + x * 5.0) * 0.5;
            half(x) + half(y)
        }
        "goldstein_price" => {
            // As it is printed everywhere, in x and y.
            let first = -x * 14.0 + x.powi(2) * 3.0 - y * 14.0 + x * y * 6.0 + y.powi(2) * 3.0;
            let second = -x * 32.0 + x.powi(2) * 12.0 + y * 48.0 - x * y * 36.0 + y.powi(2) * 27.0;
            ((x + y + 1.0).powi(2) * (first + 19.0) + 1.0)
                * ((x * 2.0 - y * 3.0).powi(2) * (second + 18.0) + 30.0)
        }
        "levy" => {
            let [v, w] = [x, y].map(|x| (x - 1.0) / 4.0 + 1.0);
            (v * PI).sin().powi(2)
                + (v - 1.0).powi(2) * ((v * PI + 1.0).sin().powi(2) * 10.0 + 1.0)
                + (w - 1.0).powi(2) * ((w * TAU).sin().powi(2) + 1.0)
        }
        "rastrigin" => {
            let a = setting("ripple");
            x.powi(2) + y.powi(2) - ((x * TAU).cos() + (y * TAU).cos()) * a + 2.0 * a
        }
        "ackley" => {
            let funnel = (((x.powi(2) + y.powi(2)) * 0.5).sqrt() * -0.2).exp() * -20.0;
            funnel - (((x * TAU).cos() + (y * TAU).cos()) * 0.5).exp() + 20.0 + E
        }
        _ => return None,
    };
    Some(value)
}

#[test]
fn a_landscape_is_the_formula_it_claims_to_be() {
    /// Both sides round, in another order.
    const ROUNDING: f64 = 1e-11;
    for &entry in landscapes::ALL.entries {
        for choice in variants(entry) {
            let landscape = choice.build();
            let setting = |key: &str| choice.get(key).unwrap();
            let dual = |x: HyperDual64, y: HyperDual64| formula(entry.id, &setting, x, y);
            for [x, y] in scatter(&*landscape, 60) {
                let (fixed, at) = (HyperDual64::from_re(y), HyperDual64::from_re(x));
                let Some(xx) = dual(at.derivative1().derivative2(), fixed) else { break };
                let xy = dual(at.derivative1(), fixed.derivative2()).unwrap();
                let yy = dual(at, fixed.derivative1().derivative2()).unwrap();
                let what = |part: &str| format!("{choice:?}, {part} at ({x}, {y})");
                let size = xy.re.abs();
                agree(landscape.value(x, y), xy.re, size, ROUNDING, &what("value"));
                let size = size + xy.eps1.abs() + xy.eps2.abs();
                let [gx, gy] = landscape.gradient(x, y);
                agree(gx, xy.eps1, size, ROUNDING, &what("∂x"));
                agree(gy, xy.eps2, size, ROUNDING, &what("∂y"));
                let size = size + xx.eps1eps2.abs() + xy.eps1eps2.abs() + yy.eps1eps2.abs();
                let [[hxx, hxy], [hyx, hyy]] = landscape.hessian(x, y);
                agree(hxx, xx.eps1eps2, size, ROUNDING, &what("∂xx"));
                agree(hxy, xy.eps1eps2, size, ROUNDING, &what("∂xy"));
                agree(hyx, xy.eps1eps2, size, ROUNDING, &what("∂yx"));
                agree(hyy, yy.eps1eps2, size, ROUNDING, &what("∂yy"));
            }
        }
    }
}

#[test]
fn a_landscapes_value_and_gradient_are_the_two_to_the_bit() {
    let own =
        ["x^2 + y^3 - x*y", "sin(3x) cos(2y) + 0.1(x^2 + y^2)", "sqrt(1 + (x y)^2) - 1", "ln(x)"];
    let own =
        own.map(|typed| Choice::new(&landscapes::OWN).with(landscapes::FORMULA, typed).unwrap());
    let listed = landscapes::ALL.entries.iter().flat_map(|&entry| variants(entry));
    for choice in listed.chain(own) {
        let landscape = choice.build();
        for [x, y] in
            scatter(&*landscape, 60).into_iter().chain([[0.0, 0.0], [1e-310, 0.0], [1e6, -3.0]])
        {
            let (value, gradient) = landscape.value_and_gradient(x, y);
            let both = [value, gradient[0], gradient[1]].map(f64::to_bits);
            let [gx, gy] = landscape.gradient(x, y);
            let apart = [landscape.value(x, y), gx, gy].map(f64::to_bits);
            assert_eq!(both, apart, "{choice:?} at ({x}, {y})");
        }
    }
}

#[test]
fn a_landscapes_derivatives_agree_with_differences() {
    const TOLERANCE: f64 = 1e-6;
    for &entry in landscapes::ALL.entries {
        for choice in variants(entry) {
            let landscape = choice.build();
            for [x, y] in scatter(&*landscape, 40) {
                let what = |part: &str| format!("{choice:?}, {part} at ({x}, {y})");
                let [gx, gy] = landscape.gradient(x, y);
                let size = gx.abs() + gy.abs() + landscape.value(x, y).abs();
                agree(gx, slope(|h| landscape.value(x + h, y)), size, TOLERANCE, &what("∂x"));
                agree(gy, slope(|h| landscape.value(x, y + h)), size, TOLERANCE, &what("∂y"));
                let hessian = landscape.hessian(x, y);
                let size = size + hessian.iter().flatten().map(|h| h.abs()).sum::<f64>();
                for (i, row) in hessian.iter().enumerate() {
                    let along_x = slope(|h| landscape.gradient(x + h, y)[i]);
                    let along_y = slope(|h| landscape.gradient(x, y + h)[i]);
                    agree(row[0], along_x, size, TOLERANCE, &what("∂x of the gradient"));
                    agree(row[1], along_y, size, TOLERANCE, &what("∂y of the gradient"));
                }
            }
        }
    }
}

#[test]
fn known_minima_are_flat_and_hold_water() {
    for &entry in landscapes::ALL.entries {
        for choice in variants(entry) {
            let landscape = choice.build();
            for [x, y] in landscape.minima() {
                let what = format!("{choice:?} at ({x}, {y})");
                let [[a, b], [_, d]] = landscape.hessian(x, y);
                let largest = a.abs().max(b.abs()).max(d.abs()).max(1.0);
                let [gx, gy] = landscape.gradient(x, y);
                assert!(gx.abs().max(gy.abs()) <= 1e-10 * largest, "{what}: ∇L = ({gx}, {gy})");
                let ([_, lowest], _) = samscope::math::eigen::symmetric_2x2(a, b, d);
                assert!(lowest >= -1e-9 * largest, "{what}: λ_min = {lowest}");
            }
        }
    }
}

#[test]
fn the_lowest_known_minimum_is_the_lowest_point_around() {
    for &entry in landscapes::ALL.entries {
        let landscape = Choice::new(entry).build();
        let heights = landscape.minima().into_iter().map(|[x, y]| landscape.value(x, y));
        let Some(lowest) = heights.reduce(f64::min) else { continue };
        for [x, y] in scatter(&*landscape, 500) {
            let value = landscape.value(x, y);
            assert!(
                value >= lowest - 1e-12,
                "{}: {value} at ({x}, {y}) lies below {lowest}",
                entry.id
            );
        }
    }
}

#[test]
fn landscapes_stay_finite_beyond_their_window() {
    for &entry in landscapes::ALL.entries {
        for choice in variants(entry) {
            let landscape = choice.build();
            for far in [0.0, 1.0, -30.0, 1e3, -1e6, 1e9] {
                for [x, y] in [[far, 0.0], [0.0, far], [far, far], [far, -far], [far, 0.3]] {
                    let hessian = landscape.hessian(x, y);
                    let gradient = landscape.gradient(x, y);
                    let numbers = gradient.iter().chain(hessian.iter().flatten());
                    assert!(landscape.value(x, y).is_finite(), "{choice:?} at ({x}, {y})");
                    assert!(numbers.into_iter().all(|n| n.is_finite()), "{choice:?} at ({x}, {y})");
                }
            }
        }
    }
}

#[test]
fn a_landscapes_view_shows_its_start_and_works() {
    for &entry in landscapes::ALL.entries {
        let landscape = Choice::new(entry).build();
        let view = landscape.view();
        assert!(view.window.contains(view.start), "{}: the start is seen", entry.id);
        assert!(view.eta > 0.0 && view.rho > 0.0, "{}: there is something to see", entry.id);
        assert_ne!(
            landscape.axes()[0],
            landscape.axes()[1],
            "{}: the axes are told apart",
            entry.id
        );
        let formula = Formula(landscape);
        assert_eq!(formula.weight_names().len(), formula.dimension());
        assert_eq!(formula.examples(), 0);
    }
}

fn drawn(choice: &Choice<dyn Dataset>, seed: u64) -> Sample {
    choice.build().sample(&mut Streams::new(seed).dataset())
}

#[test]
fn a_seed_gives_one_sample_and_another_seed_another() {
    for &entry in datasets::ALL.entries {
        let choice = Choice::new(entry);
        assert_eq!(drawn(&choice, 7), drawn(&choice, 7), "{}", entry.id);
        assert_ne!(drawn(&choice, 7), drawn(&choice, 8), "{}", entry.id);
    }
}

#[test]
fn samples_are_what_their_dataset_says() {
    for &entry in datasets::ALL.entries {
        for choice in variants(entry) {
            let dataset = choice.build();
            let sample = drawn(&choice, 1);
            assert!(!sample.is_empty(), "{choice:?}");
            assert_eq!(sample.inputs.dim(), (sample.len(), dataset.features()), "{choice:?}");
            assert_eq!(sample.groups.len(), sample.len(), "{choice:?}");
            let groups = dataset.group_names().len();
            assert!(
                sample.groups.iter().all(|&group| group < groups),
                "{choice:?}: groups have names"
            );
            assert!(
                sample.inputs.iter().chain(&sample.targets).all(|x| x.is_finite()),
                "{choice:?}"
            );
            if dataset.task() == Task::Classification {
                let ones = sample.targets.iter().filter(|&&t| t == 1.0).count();
                let zeros = sample.targets.iter().filter(|&&t| t == 0.0).count();
                assert_eq!(ones + zeros, sample.len(), "{choice:?}: classes are 0 and 1");
                assert!(ones > 0 && zeros > 0, "{choice:?}: both classes are there");
            }
        }
    }
}

#[test]
fn a_loss_agrees_with_its_derivatives_and_with_its_batch_form() {
    const TOLERANCE: f64 = 1e-7;
    const ROUNDING: f64 = 1e-13;
    for &entry in losses::ALL.entries {
        for choice in variants(entry) {
            let loss = choice.build();
            let targets: &[f64] = match loss.task() {
                Task::Regression => &[-1.5, 0.0, 0.7],
                Task::Classification => &[0.0, 1.0],
            };
            for &t in targets {
                for k in -30..30 {
                    let z = 0.217 * f64::from(k) + 0.013; // meets no kink
                    let what = |part: &str| format!("{choice:?}, {part} at z = {z}, t = {t}");
                    let (value, first) = loss.value_and_slope(z, t);
                    let second = loss.curvature(z, t);
                    let size = value.abs() + first.abs() + second.abs();
                    let by_value = slope(|h| loss.value_and_slope(z + h, t).0);
                    let by_slope = slope(|h| loss.value_and_slope(z + h, t).1);
                    agree(first, by_value, size, TOLERANCE, &what("slope"));
                    agree(second, by_slope, size, TOLERANCE, &what("curvature"));
                    assert!(value >= 0.0, "{}", what("a loss below zero"));
                }
                for z in [-1e9, -700.0, 700.0, 1e9] {
                    let (value, first) = loss.value_and_slope(z, t);
                    let numbers = [value, first, loss.curvature(z, t)];
                    assert!(numbers.iter().all(|n| n.is_finite()), "{choice:?} at z = {z}");
                }
            }
            let z: Vec<f64> = (0..17).map(|k| 0.3 * f64::from(k) - 2.0).collect();
            let t: Vec<f64> = (0..17).map(|k| f64::from(k % 2)).collect();
            // A batch may take its exponentials together and round otherwise than example by example; but a loss
            // asked for alone and one asked for with its slopes are the same bits.
            let mut slopes = z.clone();
            let sum = loss.sum_and_slopes(&mut slopes, &t);
            assert_eq!(loss.sum(&z, &t), sum, "{choice:?}: one sum, asked for in two ways");
            let one_by_one = z.iter().zip(&t).map(|(&z, &t)| loss.value_and_slope(z, t));
            let (values, expected): (Vec<f64>, Vec<f64>) = one_by_one.unzip();
            agree(sum, values.iter().sum(), 1.0, ROUNDING, &format!("{choice:?} in a batch"));
            for (found, expected) in slopes.iter().zip(&expected) {
                let size = expected.abs();
                agree(
                    *found,
                    *expected,
                    size,
                    ROUNDING,
                    &format!("{choice:?}, a slope in a batch"),
                );
            }
        }
    }
}

/// Every dataset with every model and loss that fit it, each with its default settings.
fn risks(mut check: impl FnMut(&str, Risk)) {
    for &dataset in datasets::ALL.entries {
        let data = Choice::new(dataset).build();
        for model in models::fitting(&*data) {
            for loss in losses::fitting(data.task()) {
                let what = format!("{} × {} × {}", dataset.id, model.id, loss.id);
                let mut few = Choice::new(dataset);
                // Enough for every shape; a dataset that counts its points otherwise keeps its default.
                few.set("points", 60.0).unwrap();
                let sample = drawn(&few, 5);
                let mut small = Choice::new(model);
                small.set("units", 3.0).unwrap();
                check(&what, Risk::new(sample, small.build(), Choice::new(loss).build()));
            }
        }
    }
}

fn first_weights(risk: &Risk) -> Array1<f64> {
    risk.model.start(risk.sample.inputs.ncols(), &mut Streams::new(5).weights())
}

/// The start, and weights around it.
fn some_weights(risk: &Risk) -> Vec<Array1<f64>> {
    let start = first_weights(risk);
    let mut stream: Stream = Streams::new(11).directions();
    let mut around = || start.mapv(|w| w + stream.random_range(-1.5..1.5));
    let mut weights: Vec<_> = (0..4).map(|_| around()).collect();
    weights.push(start);
    weights
}

#[test]
fn every_dataset_has_a_model_and_a_loss() {
    for &entry in datasets::ALL.entries {
        let data = Choice::new(entry).build();
        assert!(models::fitting(&*data).next().is_some(), "{} can be learnt", entry.id);
        assert!(losses::fitting(data.task()).next().is_some(), "{} can be judged", entry.id);
    }
    for &entry in models::ALL.entries {
        let fits = |data: &&Entry<dyn Dataset>| {
            models::fitting(&*Choice::new(data_entry(data.id)).build())
                .any(|model| model.id == entry.id)
        };
        assert!(datasets::ALL.entries.iter().any(fits), "{} has something to learn", entry.id);
    }
}

fn data_entry(id: &str) -> &'static Entry<dyn Dataset> {
    datasets::ALL.find(id).unwrap()
}

#[test]
fn a_risks_gradient_agrees_with_differences_on_all_data_and_on_a_batch() {
    const TOLERANCE: f64 = 1e-6;
    let members = [3, 1, 0, 2, 3];
    risks(|what, risk| {
        for w in some_weights(&risk) {
            for batch in [Batch::Whole, Batch::Members(&members)] {
                let (loss, gradient) = risk.loss_and_gradient(w.view(), batch);
                assert_eq!(
                    loss,
                    risk.loss(w.view(), batch),
                    "{what}: one loss, asked for in two ways"
                );
                let expected = differences(&w, |w| risk.loss(w, batch));
                let size = loss.abs() + gradient.iter().map(|g| g.abs()).sum::<f64>();
                for (found, expected) in gradient.iter().zip(&expected) {
                    agree(*found, *expected, size, TOLERANCE, &format!("{what} at {w}"));
                }
            }
        }
    });
}

#[test]
fn a_risks_hessian_agrees_with_differences_of_its_gradient() {
    const TOLERANCE: f64 = 1e-6;
    risks(|what, risk| {
        let mut compared = 0;
        for w in some_weights(&risk) {
            let hessian = risk.hessian(w.view());
            assert!(is_symmetric(&hessian), "{what}: {hessian}");
            if meets_a_kink(&risk, &w) {
                continue;
            }
            compared += 1;
            let size = hessian.iter().map(|h| h.abs()).sum::<f64>();
            for k in 0..w.len() {
                let gradient = |h: f64| {
                    let mut nudged = w.clone();
                    nudged[k] += h;
                    risk.loss_and_gradient(nudged.view(), Batch::Whole).1
                };
                let central = |h: f64| (gradient(h) - gradient(-h)) / (2.0 * h);
                let expected = (central(WIDTH / 2.0) * 4.0 - central(WIDTH)) / 3.0;
                for (found, expected) in hessian.column(k).iter().zip(&expected) {
                    agree(*found, *expected, size, TOLERANCE, &format!("{what} at {w}"));
                }
            }
        }
        assert!(compared > 0, "{what}: some weights lie away from all kinks");
    });
}

/// Whether an example's second derivative jumps within the reach of a difference, so that there is none to compare with.
fn meets_a_kink(risk: &Risk, w: &Array1<f64>) -> bool {
    let reach = 5.0 * WIDTH;
    let predicted = risk.predict(w.view(), &[], risk.sample.inputs.view());
    let curvatures: Vec<[f64; 2]> = predicted
        .iter()
        .zip(&risk.sample.targets)
        .map(|(&z, &t)| [-reach, reach].map(|h| risk.loss.curvature(z + h, t)))
        .collect();
    let largest = curvatures.iter().flatten().fold(0.0, |most: f64, c| most.max(c.abs()));
    curvatures.iter().any(|[below, above]| (below - above).abs() > 0.5 * largest)
}

fn is_symmetric(matrix: &Array2<f64>) -> bool {
    let size = matrix.iter().map(|h| h.abs()).fold(1.0, f64::max);
    matrix.iter().zip(matrix.t().iter()).all(|(a, b)| (a - b).abs() <= 1e-12 * size)
}

/// A few pixels of a window, filled as the maps are.
fn field(objective: &dyn Objective, plane: &Plane, window: Window) -> (Grid, Vec<f64>) {
    let grid = Grid { window, columns: 9, rows: 7 };
    let mut values = vec![f64::NAN; grid.columns * grid.rows];
    for (k, values) in values.chunks_mut(3 * grid.columns).enumerate() {
        let precision = Precision::Exact;
        objective.fill(plane, &mut Tile { grid, first_row: 3 * k, values, precision });
    }
    (grid, values)
}

#[track_caller]
fn maps_show_the_loss(what: &str, objective: &dyn Objective, plane: &Plane, window: Window) {
    let (grid, values) = field(objective, plane, window);
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            let at = plane.at(grid.x(column), grid.y(row));
            let expected = objective.loss(at.view(), Batch::Whole);
            let found = values[row * grid.columns + column];
            agree(found, expected, expected.abs(), 1e-9, &format!("{what} at {at}"));
        }
    }
}

#[test]
fn a_map_shows_the_loss_at_each_of_its_pixels() {
    for &entry in landscapes::ALL.entries {
        let landscape = Choice::new(entry).build();
        let window = landscape.view().window;
        let objective = Formula(landscape);
        maps_show_the_loss(entry.id, &objective, &Plane::of_weights(), window);
        let slanted = Plane {
            origin: arr1(&[0.1, -0.2]),
            along: arr1(&[0.8, 0.6]),
            across: arr1(&[0.3, 1.1]),
        };
        maps_show_the_loss(entry.id, &objective, &slanted, window);
    }
    risks(|what, risk| {
        let mut stream = Streams::new(3).directions();
        let mut some =
            || Array1::from_shape_simple_fn(risk.dimension(), || stream.random_range(-1.0..1.0));
        let plane = Plane { origin: some(), along: some(), across: some() };
        maps_show_the_loss(what, &risk, &plane, risk.model.view().window);
    });
}

#[test]
fn a_batch_of_everything_is_the_whole() {
    risks(|what, risk| {
        let everyone: Vec<usize> = (0..risk.examples()).collect();
        for w in some_weights(&risk) {
            let whole = risk.loss_and_gradient(w.view(), Batch::Whole);
            assert_eq!(
                risk.loss_and_gradient(w.view(), Batch::Members(&everyone)),
                whole,
                "{what}"
            );
        }
    });
}

#[test]
fn models_name_their_weights_and_say_where_to_look() {
    risks(|what, risk| {
        let model = &risk.model;
        let names = risk.weight_names();
        assert_eq!(names.len(), risk.dimension(), "{what}");
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{what}: names differ");
        assert_eq!(first_weights(&risk).len(), risk.dimension(), "{what}");
        let view = model.view();
        assert!(view.window.contains(view.start), "{what}: the start is seen");
        assert!(view.eta > 0.0 && view.rho > 0.0, "{what}");
    });
}

#[test]
fn a_model_that_calls_itself_linear_is() {
    risks(|what, risk| {
        if !risk.model.is_linear() {
            return;
        }
        let weights = some_weights(&risk);
        let predict =
            |w: &Array1<f64>| arr1(&risk.predict(w.view(), &[], risk.sample.inputs.view()));
        let sum = predict(&(&weights[0] * 2.0 + &weights[1]));
        let parts = predict(&weights[0]) * 2.0 + predict(&weights[1]);
        for (sum, parts) in sum.iter().zip(&parts) {
            agree(*sum, *parts, parts.abs(), 1e-12, what);
        }
    });
}

/// Full-batch gradient descent from a view's start: SAM of radius `rho`, or plain when it is 0.
fn descend(objective: &Arc<dyn Objective>, view: View, start: Array1<f64>, rho: f64) -> Trajectory {
    descend_for(200, objective, view, start, rho)
}

fn descend_for(
    steps: usize,
    objective: &Arc<dyn Objective>,
    view: View,
    start: Array1<f64>,
    rho: f64,
) -> Trajectory {
    let ball = Ball { norm: Norm::L2, rho: Radius::new(rho).unwrap() };
    Run::to_end(Setup::new(Arc::clone(objective), start, view.eta, ball, steps))
}

/// Runs from a view without and with its radius, and checks that both come to something.
#[track_caller]
fn works_from(what: &str, objective: Arc<dyn Objective>, view: View, start: &Array1<f64>) {
    for rho in [0.0, view.rho] {
        let run = descend(&objective, view, start.clone(), rho);
        let diverged = matches!(run.ending, Ending::Diverged { .. });
        assert!(!diverged, "{what} with ρ = {rho}: {:?}", run.ending);
        if objective.examples() == 0 {
            let out = run.points().find(|w| !view.window.contains([w[0], w[1]]));
            assert_eq!(out, None, "{what} with ρ = {rho} stays in the picture");
        }
    }
}

#[test]
fn neither_run_of_a_view_diverges() {
    for &entry in landscapes::ALL.entries {
        let landscape = Choice::new(entry).build();
        let view = landscape.view();
        works_from(entry.id, Arc::new(Formula(landscape)), view, &arr1(&view.start));
    }
    risks(|what, risk| {
        let (view, start) = (risk.model.view(), first_weights(&risk));
        works_from(what, Arc::new(risk), view, &start);
    });
}

/// Where 200 steps with radius `rho` from a landscape's own view end.
fn end_of(id: &str, rho: f64) -> [f64; 2] {
    let landscape = landscapes::ALL.choose(id).unwrap().build();
    let view = landscape.view();
    let objective: Arc<dyn Objective> = Arc::new(Formula(landscape));
    let end = descend(&objective, view, arr1(&view.start), rho).end().unwrap();
    [end[0], end[1]]
}

#[test]
fn descent_falls_into_the_sharp_well_and_sam_ends_in_the_wide_one() {
    let minima = landscapes::ALL.choose("sharp_and_wide").unwrap().build().minima();
    let [sharp, wide] = minima[..] else { panic!("there are two wells: {minima:?}") };
    let from = |[x, y]: [f64; 2], at: [f64; 2]| (x - at[0]).hypot(y - at[1]);
    assert!(from(end_of("sharp_and_wide", 0.0), sharp) < 1e-3);
    for rho in [0.2, 0.3, 0.4, 0.6] {
        assert!(from(end_of("sharp_and_wide", rho), wide) < 0.1, "with ρ = {rho}");
    }
}

#[test]
fn sam_drifts_along_the_curve_of_minima_toward_the_flattest() {
    let [u, v] = end_of("factorization", 0.0);
    let [su, sv] = end_of("factorization", 0.1);
    assert!((u * v - 1.0).abs() < 1e-6, "plain descent rests on uv = 1");
    assert!(su * su + sv * sv < 0.8 * (u * u + v * v), "SAM's end is flatter");
}

#[test]
fn a_saddle_catches_sam_and_lets_descent_go() {
    let [_, y] = end_of("saddle", 0.0);
    assert!(y > 1.0, "plain descent is on its way out");
    let [x, y] = end_of("saddle", 0.2);
    assert!(x.hypot(y) < 0.01, "SAM is caught");
}

#[test]
fn sam_drifts_down_the_ravine_where_descent_stands_still() {
    let ([_, plain], [_, sam]) = (end_of("ravine", 0.0), end_of("ravine", 0.2));
    assert!(plain > 1.5 && sam < 0.2, "{plain} against {sam}");
}

#[test]
fn in_two_wells_the_runs_end_where_optax_says() {
    let landscape = landscapes::ALL.choose("two_wells").unwrap().build();
    let view = View { eta: 0.01, ..landscape.view() };
    let objective: Arc<dyn Objective> = Arc::new(Formula(landscape));
    let run = |rho| descend_for(10_000, &objective, view, arr1(&[-0.4, -0.4]), rho);
    let plain = run(0.0).end().unwrap();
    assert!((plain[0] - 0.042_496).abs() < 1e-6 && plain[1].abs() < 1e-6, "{plain}");
    let sam = run(0.1).end().unwrap();
    assert!((sam[0] - 1.959_210).abs() < 1e-6, "{sam}");
    assert!((sam[1].abs() - 0.001_700).abs() < 1e-6, "{sam}");
}

#[test]
fn sam_goes_on_to_a_lower_minimum_in_these_views() {
    let reach = [
        ("six_hump_camel", 0.1, [0.089_8, -0.712_6], 0.2),
        ("goldstein_price", 0.05, [0.0, -1.0], 0.05),
        ("levy", 0.2, [1.0, 1.0], 0.2),
        ("ackley", 0.3, [0.0, 0.0], 0.5),
        ("two_wells", 0.2, [1.956_5, 0.0], 0.2),
    ];
    for (id, rho, [x, y], near) in reach {
        let from = |[ex, ey]: [f64; 2]| (ex - x).hypot(ey - y);
        let (plain, sam) = (from(end_of(id, 0.0)), from(end_of(id, rho)));
        assert!(sam < near && near < plain, "{id}: SAM ends {sam} away, plain descent {plain}");
    }
}
