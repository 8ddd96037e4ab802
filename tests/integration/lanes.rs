//! Gradients in lanes: what a landscape, a formula or a linear model says to many starts at once is what it says to one.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::sync::Arc;

use ndarray::ArrayView1;
use rand::RngExt as _;
use samscope::analysis::basin::{BasinWork, Rule};
use samscope::catalog::{Choice, Entry, Kind, Scale};
use samscope::math::random::{Stream, Streams};
use samscope::problem::grid::{Grid, Precision, Window};
use samscope::problem::risk::Risk;
use samscope::problem::{Formula, Objective, datasets, landscapes, losses, models};
use samscope::scene::file;

/// A choice with every number somewhere in its range.
fn somewhere<T: ?Sized>(entry: &'static Entry<T>, dice: &mut Stream) -> Choice<T> {
    let mut choice = Choice::new(entry);
    for setting in entry.settings {
        let Kind::Number { range: (low, high), scale, .. } = setting.kind else { continue };
        let number = match scale {
            Scale::Log if low > 0.0 => dice.random_range(low.ln()..high.ln()).exp(),
            Scale::Whole => dice.random_range(low..=high).round(),
            Scale::Log | Scale::Linear => dice.random_range(low..high),
        };
        choice.set(setting.key, number).unwrap();
    }
    choice
}

/// What people type: every function and operation that a formula may have.
const FORMULAS: [&str; 16] = [
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "ax^2 + by^2 - cxy + d x^3/k",
    "exp(-x^2 - y^2) + exp(-(x - 2)^2 - 5y^2)",
    "sin(3x) cos(2y) + 0.1(x^2 + y^2)",
    "tan(x/4) + tanh(3y) + tanh(x y)",
    "ln(1 + x^2) + log10(2 + y^2) + log2(3 + x^2 y^2)",
    "sqrt(1 + x^2 + y^2) + log1p(x^2) - log(4 + y)",
    "|x| + |y - 1| + x sign(y)",
    "min(x^2, 4 - y) + max(x, x y)",
    "(2 + sin(x))^(1 + y^2) + (x^2 + 1)^1.5",
    "asin(x/4) + acos(y/4) + atan(x y)",
    "sinh(x/2) + cosh(y/2) + x^(-2)",
    "1/(1 + x^2) + y/(2 + x) - x/(4 + y^2)",
    "(x - y)^7/1000 + (x + y)^4 - 3",
    "-x + 2",
    "x",
];

/// Problems of two weights that are written for lanes, with their names: all landscapes, formulas and linear models.
fn problems(dice: &mut Stream) -> Vec<(String, Arc<dyn Objective>, Window)> {
    let mut all: Vec<(String, Arc<dyn Objective>, Window)> = Vec::new();
    for entry in landscapes::ALL.entries {
        for choice in [Choice::new(*entry), somewhere(entry, dice)] {
            let landscape = choice.build();
            let window = landscape.view().window;
            let said: Vec<String> =
                choice.values().map(|(s, v)| format!("{} = {v:?}", s.key)).collect();
            all.push((format!("{} {said:?}", entry.id), Arc::new(Formula(landscape)), window));
        }
    }
    for text in FORMULAS {
        let choice = Choice::new(&landscapes::OWN).with(landscapes::FORMULA, text).unwrap();
        let landscape = choice.try_build().unwrap();
        let window = landscape.view().window;
        all.push((text.to_owned(), Arc::new(Formula(landscape)), window));
    }
    for dataset in datasets::ALL.entries {
        let sample = Choice::new(*dataset).build().sample(&mut Streams::new(5).dataset());
        for model in models::fitting(&*Choice::new(*dataset).build()) {
            let built = Choice::new(model).build();
            if !built.is_linear() || built.dimension(sample.inputs.ncols()) != 2 {
                continue;
            }
            for loss in losses::fitting(built.task()) {
                let (model, loss) = (Choice::new(model), somewhere(loss, dice));
                let name = format!("{} {} {}", dataset.id, model.id(), loss.id());
                let window = model.build().view().window;
                let risk = Risk::new(sample.clone(), model.build(), loss.build());
                all.push((name, Arc::new(risk), window));
            }
        }
    }
    all
}

#[test]
fn gradients_in_lanes_are_gradients() {
    let mut dice = Streams::new(20_261_128).weights();
    for (name, objective, window) in problems(&mut dice) {
        let herd = objective.herd().unwrap_or_else(|| panic!("{name} is not in lanes"));
        let [x, y] = [window.x, window.y];
        // Their number fills no pack, so that the last ones are held to it too.
        let mut at = [x, y].map(|[low, high]| {
            #[expect(clippy::cast_possible_truncation, reason = "places of lanes")]
            let place = |_: usize| dice.random_range(low..high) as f32;
            (0..211).map(place).collect::<Vec<f32>>()
        });
        let places = at.clone();
        herd.slopes(&mut at);
        let slope = |k: usize| {
            let w = [f64::from(places[0][k]), f64::from(places[1][k])];
            (w, objective.loss_and_slope(w))
        };
        let size = |g: [f64; 2]| g[0].abs() + g[1].abs();
        // A sum over examples may be small where its terms are not.
        let terms = (0..places[0].len()).map(|k| size(slope(k).1.1)).fold(0.0, f64::max);
        let terms = if objective.examples() > 0 { terms } else { 0.0 };
        let mut held = 0;
        for (k, found) in std::iter::zip(&at[0], &at[1]).enumerate() {
            let (w, (loss, exact)) = slope(k);
            let found = [f64::from(*found.0), f64::from(*found.1)];
            if !exact.iter().chain([&loss]).all(|x| x.is_finite()) {
                assert!(found.iter().any(|x| !x.is_finite()), "{name} has no slope at {w:?}");
                continue;
            }
            held += 1;
            // Each operation rounds its operands, which is as if the place were another, some roundings away.
            let hessian = objective.hessian(ArrayView1::from(&w));
            let bend = hessian.iter().fold(0.0_f64, |most, h| most.max(h.abs()));
            let reach = 1.0 + w[0].abs() + w[1].abs() + window.span()[0].max(window.span()[1]);
            let near = 2e-6 * (size(exact) + bend * reach) + 3e-7 * terms;
            for i in 0..2 {
                let miss = (found[i] - exact[i]).abs();
                assert!(miss <= near, "{name} at {w:?}: {found:?} for {exact:?}, {miss} of {near}");
            }
        }
        assert!(held > 100, "{name}: only {held} places have a slope");
    }
}

/// Where starts are after a few hundred steps, with the nudge `by` before them.
fn ends(
    objective: &Arc<dyn Objective>,
    (rule, grid): (Rule, Grid),
    precision: Precision,
    by: f64,
) -> Vec<[f64; 2]> {
    let [width, height] = grid.window.span();
    let by = [by * width, by * height];
    let moved = |[low, high]: [f64; 2], by: f64| [low + by, high + by];
    let window = Window::new(moved(grid.window.x, by[0]), moved(grid.window.y, by[1]));
    let mut work = BasinWork::new(Arc::clone(objective), rule, Grid { window, ..grid }, precision);
    while work.advance(64) {}
    work.finish().ends
}

#[test]
fn starts_in_lanes_end_where_single_ones_do_but_beside_boundaries() {
    /// The roundings of all steps are as a nudge of the start by some of them.
    const NUDGE: f64 = 2e-6;
    let mut dice = Streams::new(7).weights();
    let mut tried = 0;
    for (name, objective, window) in problems(&mut dice) {
        // A start where its map opens, and the η of a stable run where it is widest.
        let grid = Grid::new(window, 17, 13);
        let [width, height] = window.span();
        let steepest = (0..17 * 13)
            .map(|k| [grid.x(k % 17), grid.y(k / 17)])
            .map(|w| {
                objective.hessian(ArrayView1::from(&w)).iter().fold(0.0, |a: f64, h| a + h.abs())
            })
            .filter(|bend| bend.is_finite())
            .fold(0.0, f64::max);
        let eta = if steepest > 0.0 { 0.7 / steepest } else { 0.1 };
        for rho in [0.0, 0.02 * width.min(height)] {
            let rule = Rule { eta, rho, steps: 200 };
            let [exact, below, above] =
                [0.0, -NUDGE, NUDGE].map(|by| ends(&objective, (rule, grid), Precision::Exact, by));
            let fast = ends(&objective, (rule, grid), Precision::Fast, 0.0);
            let apart = |a: [f64; 2], b: [f64; 2]| {
                let are = [a, b].map(|w| w.iter().all(|x| x.is_finite()));
                if are == [true; 2] {
                    (((a[0] - b[0]) / width).powi(2) + ((a[1] - b[1]) / height).powi(2)).sqrt()
                } else if are[0] == are[1] {
                    0.0
                } else {
                    f64::INFINITY
                }
            };
            let (mut sure, mut strays) = (0, 0);
            for k in 0..exact.len() {
                let nudged = apart(exact[k], below[k]).max(apart(exact[k], above[k]));
                if nudged > 1e-3 {
                    continue;
                }
                sure += 1;
                // A bounce at a minimum, whose side may be chance, is smaller than this.
                strays += usize::from(apart(exact[k], fast[k]) > 3e-2);
            }
            tried += sure;
            assert!(
                100 * strays <= sure.max(100),
                "{name}, ρ = {rho}: {strays} of {sure} sure ones end elsewhere"
            );
        }
    }
    assert!(tried > 15_000, "only {tried} starts are no chance");
}

#[test]
fn the_opening_scene_and_own_formulas_are_in_lanes_and_a_neuron_is_not() {
    let herd = |text: &str| file::read(text).unwrap().source().build().objective.herd().is_some();
    assert!(herd("data = \"clique_and_crowd\"\nmodel = \"line\"\nloss = \"welsch\""));
    assert!(herd("formula = \"x^2 + 3y^2\""));
    assert!(herd("data = \"blobs\"\nmodel = \"logistic\""));
    assert!(!herd("data = \"clique_and_crowd\"\nmodel = \"neuron\""));
}
