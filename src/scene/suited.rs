//! How points of one's own are looked at: from a start where they pull, on a map that has their best line, at a rate that
//! goes with their curvature.
//!
//! A model's own view suits data of the usual size, around the origin and some units wide. Points of one's own may lie
//! anywhere, and a loss that forgives outliers is level ground wherever no point is near the line: a run would stand
//! still there. So, with two weights,
//!
//! ```text
//! window   the model's own where it has the least-squares fit; else around that fit, as wide as moves a prediction by
//!          the spread of the targets
//! start    the model's own where ‖∇L‖ is a part of the largest on a grid; else the place of the grid nearest to it where
//!          it is
//! η        the model's own where it is below 4/λ, λ being a large curvature on the grid (9 of 10 places have less); else
//!          half of 1/λ to one digit
//! ρ        the model's own, as large a part of the window as it is of the model's own window
//! ```
//!
//! The same points give the same view. At most [`MOST`] of them are looked at, evenly picked.

use std::sync::{Mutex, PoisonError};

use ndarray::{Array1, arr1};

use super::Fit;
use super::rates::rounded;
use crate::math::eigen::symmetric_2x2;
use crate::math::random::Streams;
use crate::problem::datasets::{OWN_ID, Sample, Task};
use crate::problem::grid::{Grid, Window};
use crate::problem::landscapes::View;
use crate::problem::risk::Risk;
use crate::problem::{Batch, Objective};

/// Points that are looked at, at the most: the view is asked for while a panel is drawn.
const MOST: usize = 120;
/// Places of the grid to each side.
const SIDE: usize = 15;
/// A slope that is less than this part of the largest is a plateau's.
const LEVEL: f64 = 0.05;
/// A rate times a curvature that no plain step stands: twice the edge, so that a bounce that somebody wants stays.
const WILD: f64 = 4.0;

/// So many views are kept: a scene asks for its own many times a frame.
const KEPT: usize = 8;

/// The views that were found last, the latest first.
static FOUND: Mutex<Vec<(Fit, Option<View>)>> = Mutex::new(Vec::new());

/// How a fit to points of one's own is looked at, with two weights; nothing for others, whose model knows.
pub(super) fn view(fit: &Fit) -> Option<View> {
    if fit.data.id() != OWN_ID {
        return None;
    }
    let mut kept = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, view)) = kept.iter().find(|(known, _)| known == fit) {
        return *view;
    }
    let view = found(fit);
    kept.insert(0, (fit.clone(), view));
    kept.truncate(KEPT);
    view
}

fn found(fit: &Fit) -> Option<View> {
    let (data, model) = (fit.data.build(), fit.model.build());
    if model.dimension(data.features()) != 2 {
        return None;
    }
    let own = model.view();
    let sample = thinned(&data.sample(&mut Streams::new(0).dataset()));
    let window = match (data.task(), model.is_linear()) {
        (Task::Regression, true) => window(&sample, own.window),
        (Task::Regression | Task::Classification, _) => own.window,
    };
    let risk = Risk::new(sample, model, fit.loss.build());
    let grid = Grid::new(window, SIDE, SIDE);
    let places: Vec<[f64; 2]> =
        (0..SIDE * SIDE).map(|k| [grid.x(k % SIDE), grid.y(k / SIDE)]).collect();
    let slope = |at: [f64; 2]| {
        let (_, gradient) = risk.loss_and_gradient(arr1(&at).view(), Batch::Whole);
        Some(libm::hypot(gradient[0], gradient[1])).filter(|length| length.is_finite())
    };
    let steep = places.iter().filter_map(|at| slope(*at)).fold(0.0, f64::max);
    let pulls = |at: [f64; 2]| slope(at).is_some_and(|length| length > LEVEL * steep);
    let [width, height] = window.span();
    // As it is seen: both sides of the map count alike.
    let apart = |at: &[f64; 2]| {
        libm::hypot((at[0] - own.start[0]) / width, (at[1] - own.start[1]) / height)
    };
    let start = if window == own.window && pulls(own.start) {
        own.start
    } else {
        let there = places.iter().copied().filter(|at| pulls(*at));
        there.min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or(own.start)
    };
    let rho = own.rho * (width / own.window.span()[0]).min(height / own.window.span()[1]);
    let rho = if window == own.window { own.rho } else { rounded(rho) };
    Some(View { window, start, eta: rate(&risk, &places, own.eta), rho })
}

/// Some of the examples, evenly picked, where there are many.
fn thinned(sample: &Sample) -> Sample {
    let stride = sample.len().div_ceil(MOST).max(1);
    sample.select(&(0..sample.len()).step_by(stride).collect::<Vec<_>>())
}

/// A window with the least-squares line: `own` where that has it.
fn window(sample: &Sample, own: Window) -> Window {
    let count = sample.len() as f64;
    let (x, y) = (sample.inputs.column(0), &sample.targets);
    let mean = |values: &Array1<f64>| values.sum() / count;
    let (mean_x, mean_y) = (mean(&x.to_owned()), mean(y));
    let (away_x, away_y) = (x.mapv(|x| x - mean_x), y.mapv(|y| y - mean_y));
    let [spread_x, spread_y] = [&away_x, &away_y].map(|away| (away.dot(away) / count).sqrt());
    if !(spread_x > 0.0 && spread_x.is_finite() && spread_y.is_finite()) {
        return own;
    }
    let slope = away_x.dot(&away_y) / (count * spread_x * spread_x);
    let best = [slope, mean_y - slope * mean_x];
    let inside = |x: f64, [low, high]: [f64; 2]| low < x && x < high;
    if inside(best[0], own.x) && inside(best[1], own.y) {
        return own;
    }
    // A slope that turns the line by the spread of the targets over that of the inputs, and an intercept that follows
    // where it crosses the axis.
    const REACH: f64 = 2.5;
    let spread_y = if spread_y > 0.0 { spread_y } else { 1.0 };
    let turn = spread_y / spread_x;
    let lift = spread_y * libm::hypot(1.0, mean_x / spread_x);
    let around = |at: f64, reach: f64| [at - REACH * reach, at + REACH * reach];
    Window::new(around(best[0], turn), around(best[1], lift))
}

/// The rate `own`, or one that goes with the curvature where that is far too large.
fn rate(risk: &Risk, places: &[[f64; 2]], own: f64) -> f64 {
    let mut curvatures: Vec<f64> = places
        .iter()
        .filter_map(|at| {
            let hessian = risk.hessian(arr1(at).view());
            let ([highest, lowest], _) =
                symmetric_2x2(hessian[[0, 0]], hessian[[0, 1]], hessian[[1, 1]]);
            Some(highest.abs().max(lowest.abs())).filter(|curvature| curvature.is_finite())
        })
        .collect();
    curvatures.sort_by(f64::total_cmp);
    let large = curvatures.get(curvatures.len() * 9 / 10).copied().unwrap_or(0.0);
    if own * large < WILD { own } else { rounded(0.5 / large) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::datasets::own;
    use crate::problem::points::Points;
    use crate::scene::{Scene, Subject, builtin, keys};

    fn on(places: Vec<[f64; 2]>) -> Scene {
        let points = Points { places, labels: None };
        let Subject::Fit(opening) = builtin::opening().subject else { panic!("a fit") };
        let fit = keys::fit_for(own(&points, "mine"), None, None, Some(&opening)).unwrap();
        assert_eq!((fit.model.id(), fit.loss.id()), ("line", "welsch"));
        builtin::opening().on(Subject::Fit(fit))
    }

    /// How steep the loss is where runs start, beside the steepest place of the map.
    fn pull(scene: &Scene) -> f64 {
        let objective = scene.source().build().objective;
        let slope = |w: ndarray::ArrayView1<'_, f64>| {
            let (_, gradient) = objective.loss_and_gradient(w, Batch::Whole);
            gradient.dot(&gradient).sqrt()
        };
        let grid = Grid::new(scene.shown_window(), 41, 41);
        let all = (0..41 * 41).map(|k| slope(arr1(&[grid.x(k % 41), grid.y(k / 41)]).view()));
        slope(scene.first_weights().view()) / all.fold(0.0, f64::max)
    }

    #[test]
    fn points_of_the_usual_size_keep_the_model_s_own_view() {
        let scene = on(builtin::opening().points().unwrap().places);
        let own = builtin::opening().on(builtin::opening().subject);
        assert_eq!(scene.first_weights(), own.first_weights());
        assert_eq!(scene.shown_window(), own.shown_window());
        assert_eq!(scene.shared.eta, own.shared.eta);
        assert_eq!(scene.shared.ball, own.shared.ball);
    }

    #[test]
    fn no_run_starts_on_a_plateau() {
        let line = |slope: f64, from: f64, noise: f64| {
            let x = |k: usize| k as f64 / 20.0 - 1.0;
            let wiggle = |k: usize| noise * libm::sin(7.3 * k as f64);
            (0..40).map(|k| [x(k), slope * x(k) + from + wiggle(k)]).collect::<Vec<_>>()
        };
        for (what, places) in [
            ("a line far from the start", line(-2.0, 2.0, 0.05)),
            ("a line high above", line(1.0, 40.0, 0.2)),
            ("a steep line", line(30.0, -5.0, 0.3)),
            ("two lines", [line(2.0, -2.0, 0.02), line(-2.0, 2.0, 0.02)].concat()),
        ] {
            let scene = on(places);
            assert!(pull(&scene) > 0.005, "{what}: {}", pull(&scene));
            let inside = scene.shown_window();
            let start = scene.first_weights();
            assert!(inside.x[0] <= start[0] && start[0] <= inside.x[1], "{what}: {start}");
        }
    }

    #[test]
    fn a_table_in_other_units_has_a_rate_that_does_not_diverge() {
        let places = (0..60).map(|k| [100.0 + f64::from(k), 2000.0 + 7.0 * f64::from(k)]);
        let mut scene = on(places.collect());
        keys::apply(
            &mut scene,
            &[keys::Edit { key: "loss".to_owned(), value: "squared".to_owned() }],
        )
        .unwrap();
        let problem = scene.source().build();
        let start = scene.first_weights();
        let (before, gradient) = problem.objective.loss_and_gradient(start.view(), Batch::Whole);
        let after = &start - &(&gradient * scene.shared.eta.get());
        let (after, _) = problem.objective.loss_and_gradient(after.view(), Batch::Whole);
        assert!(after < before, "a step goes down: {before} {after}");
    }
}
