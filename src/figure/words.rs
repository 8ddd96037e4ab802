//! What is said about the runs, in plain words, computed from how they ended.

use ndarray::ArrayView1;

use super::basins::Basins;
use super::numerals::{self, NONE, point, short, significant};
use super::picture::{Lane, Picture};
use crate::analysis::minima::Minimum;
use crate::math::eigen::symmetric_2x2;
use crate::optim::ending::{self, Ending};
use crate::optim::trajectory::{Row, Trajectory};

/// One plain sentence about how a run went; empty while it is not known.
#[must_use]
pub fn sentence(picture: &Picture<'_>, lane: Lane) -> String {
    let Some(run) = picture.run(lane) else { return String::new() };
    if run.rows() == 0 {
        return "The loss is not a finite number at the start; choose another start".to_owned();
    }
    let story = story(picture, run);
    if lane == Lane::Sam && picture.scene.ball.rho.is_zero() && picture.scene.ascent.id() != "none"
    {
        let base = picture.name(Lane::Base);
        return format!("With ρ = 0 this is {base}: {}", lowered(&story));
    }
    story
}

fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn story(picture: &Picture<'_>, run: &Trajectory) -> String {
    let Some((centre, reach)) = haunt(run) else {
        return steps_only(run);
    };
    let travel = picture.terrain.map(|terrain| {
        let mut basins = Basins::of(terrain);
        let home = Some(centre).and_then(|at| basins.at(at));
        let (start, left) = departure(run, &mut basins, home);
        Travel {
            start: start.map(|k| basin_name(&terrain.minima, k)),
            end: home.map(|k| basin_name(&terrain.minima, k)),
            left,
        }
    });
    let travel = travel.unwrap_or_default();
    match run.ending {
        Ending::Converged { at_step } => match (&travel.start, &travel.end, travel.left) {
            (Some(start), Some(end), Some(left)) => {
                format!(
                    "Left {start} at step {left}, settled in {} at {}",
                    again(start, end),
                    point(centre)
                )
            }
            (_, Some(end), _) => {
                format!("Came to rest in {end} at {} after step {at_step}", point(centre))
            }
            _ => format!("Came to rest at {} after step {at_step}", point(centre)),
        },
        Ending::Cycle { period, amplitude } => {
            let how = format!("period {period}, amplitude {}", short(amplitude, 2));
            match (&travel.start, &travel.end, travel.left) {
                (Some(start), Some(end), Some(left)) => {
                    format!("Left {start} at step {left}, rattles in {}: {how}", again(start, end))
                }
                (_, Some(end), _) => format!("Rattles in {end}: {how}"),
                _ => format!("Rattles around {}: {how}", point(centre)),
            }
        }
        Ending::Diverged { at_step } => match left_picture(picture, run) {
            Some(left) if left < at_step => {
                format!(
                    "Diverged: out of the picture at step {left}, beyond all bounds after step {at_step}"
                )
            }
            _ => format!("Diverged: beyond all bounds after step {at_step}"),
        },
        Ending::Moving => {
            let steps = run.last_step();
            let place = format!("within {} of {}", short(reach, 2), point(centre));
            match (&travel.start, &travel.end, travel.left) {
                (Some(start), Some(end), Some(left)) => format!(
                    "Left {start} at step {left}, still moving in {} after {steps} steps",
                    again(start, end)
                ),
                (_, Some(end), _) => {
                    format!("Still moving in {end} after {steps} steps, {place}")
                }
                _ => format!("Still moving after {steps} steps, {place}"),
            }
        }
    }
}

/// From where to where a run went, in words, and when it changed for good.
#[derive(Default)]
struct Travel {
    start: Option<String>,
    end: Option<String>,
    left: Option<usize>,
}

/// What is said of a run over more weights than a map has.
fn steps_only(run: &Trajectory) -> String {
    match run.ending {
        Ending::Converged { at_step } => format!("Came to rest after step {at_step}"),
        Ending::Cycle { period, amplitude } => {
            format!("Rattles: period {period}, amplitude {}", short(amplitude, 2))
        }
        Ending::Diverged { at_step } => format!("Diverged: beyond all bounds after step {at_step}"),
        Ending::Moving => format!("Still moving after {} steps", run.last_step()),
    }
}

/// Where a run of two weights spent its last quarter, and how far it strayed there.
fn haunt(run: &Trajectory) -> Option<([f64; 2], f64)> {
    let (centre, reach) = ending::haunt(run)?;
    (centre.len() == 2).then(|| ([centre[0], centre[1]], reach))
}

/// The basin of the start, and the first step from which on the run was in `home`, when that is another one.
fn departure(
    run: &Trajectory,
    basins: &mut Basins<'_>,
    home: Option<usize>,
) -> (Option<usize>, Option<usize>) {
    let mut of = |w: ArrayView1<'_, f64>| basins.at([w[0], w[1]]);
    let start = run.row(0).and_then(|row| of(row.w));
    if home.is_none() || start.is_none() || start == home {
        return (start, None);
    }
    let away = run.points().rev().take_while(|w| of(*w) == home).count();
    let left = run.rows() - away;
    (start, (left < run.rows()).then_some(left))
}

/// Curvatures closer than this ratio are not called narrow and wide.
const TOLD_APART: f64 = 1.3;

/// What a minimum's basin is called: by its shape where shapes differ, by its place otherwise.
fn basin_name(minima: &[Minimum], k: usize) -> String {
    let this = minima[k];
    let place = || format!("the minimum near {}", point(this.at));
    let sharper = minima.iter().filter(|other| other.lambda_max > this.lambda_max).count();
    let flatter = minima.iter().filter(|other| other.lambda_max < this.lambda_max).count();
    let differ = minima.iter().any(|other| {
        other.lambda_max > TOLD_APART * this.lambda_max
            || this.lambda_max > TOLD_APART * other.lambda_max
    });
    match (minima.len(), sharper, flatter) {
        _ if !differ => place(),
        (2, 0, 1) => "the narrow basin".to_owned(),
        (2, 1, 0) => "the wide basin".to_owned(),
        (count, 0, flatter) if flatter + 1 == count => format!("the narrowest of {count} basins"),
        (count, sharper, 0) if sharper + 1 == count => format!("the widest of {count} basins"),
        _ => place(),
    }
}

/// A second basin after a first: "the wide one".
fn again(first: &str, second: &str) -> String {
    match second.strip_suffix(" basin") {
        Some(kind) if first.ends_with(" basin") => format!("{kind} one"),
        _ => second.to_owned(),
    }
}

/// The first step from which on a run of two weights is outside what is shown, when it starts inside.
#[must_use]
pub fn left_picture(picture: &Picture<'_>, run: &Trajectory) -> Option<usize> {
    if run.dimension != 2 {
        return None;
    }
    let window = picture.look.window;
    let outside = run.points().rev().take_while(|w| !window.contains([w[0], w[1]])).count();
    let left = run.rows() - outside;
    (0 < left && left < run.rows()).then_some(left)
}

/// A number at the step shown, for both runs, with the formula it was put into.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its name or symbol.
    pub name: String,
    /// Its formula; the tooltip.
    pub formula: String,
    /// Its value in the base run.
    pub base: String,
    /// Its value in the other.
    pub sam: String,
}

/// Significant digits of a reading.
const DIGITS: usize = 4;

/// The numbers at the step shown.
#[must_use]
pub fn readings(picture: &Picture<'_>) -> Vec<Reading> {
    let rows = Lane::BOTH.map(|lane| picture.row(lane));
    let sam_looks = picture.looks_around();
    let p = exponent(picture.scene.ball.norm.p());
    let q = exponent(picture.scene.ball.norm.dual_exponent());
    let rho = picture.scene.ball.rho.get();
    let eta = picture.scene.eta.get();
    let line = |name: &str, formula: &str, value: &dyn Fn(Lane, &Row<'_>) -> Option<f64>| {
        let of = |lane: Lane, row: &Option<Row<'_>>| {
            row.as_ref()
                .and_then(|row| value(lane, row))
                .map_or_else(|| NONE.to_owned(), |x| significant(x, DIGITS))
        };
        Reading {
            name: name.to_owned(),
            formula: formula.to_owned(),
            base: of(Lane::Base, &rows[0]),
            sam: of(Lane::Sam, &rows[1]),
        }
    };
    let sam = |lane: Lane| lane == Lane::Sam && sam_looks;
    let vector = |name: &str, formula: &str, value: &dyn Fn(Lane, &Row<'_>) -> Option<[f64; 2]>| {
        let of = |lane: Lane, row: &Option<Row<'_>>| {
            row.as_ref().and_then(|row| value(lane, row)).map_or_else(|| NONE.to_owned(), place)
        };
        Reading {
            name: name.to_owned(),
            formula: formula.to_owned(),
            base: of(Lane::Base, &rows[0]),
            sam: of(Lane::Sam, &rows[1]),
        }
    };
    let pair = |v: ArrayView1<'_, f64>| (v.len() == 2).then(|| [v[0], v[1]]);
    let lambda = |row: &Row<'_>| sharpest(picture, row);
    let mut readings = vec![
        line("L(w)", "the loss on all data at the weights", &|_, row| Some(row.numbers.loss)),
        line("‖g‖₂", "g = ∇L_B(w), the gradient of the step's batch", &|_, row| {
            Some(row.numbers.gradient_norm)
        }),
        vector("w", "the weights", &|_, row| pair(row.w)),
        vector(
            "ε",
            &format!(
                "ε̂ = argmax {{ gᵀε : ‖ε‖_p ≤ ρ }} with p = {p}; — for a run that does not look around"
            ),
            &|lane, row| if sam(lane) { pair(row.epsilon) } else { None },
        ),
        line(
            &format!("‖ε‖ in p = {p}"),
            &format!(
                "equal to ρ = {} unless the gradient vanishes; — for a run that does not look around",
                short(rho, DIGITS)
            ),
            &|lane, row| sam(lane).then(|| picture.scene.ball.norm.length(row.epsilon)),
        ),
        line(
            "L(w + ε)",
            "the batch's loss at the perturbed weights; — for a run that does not look around",
            &|lane, row| sam(lane).then_some(row.numbers.adversarial_loss),
        ),
        line(
            "SAM gap",
            "L_B(w + ε) − L_B(w); — for a run that does not look around",
            &|lane, row| sam(lane).then(|| row.numbers.gap()),
        ),
        line(
            "proxy ρ‖g‖",
            &format!(
                "ρ‖g‖_q with 1/p + 1/q = 1, q = {q}: the rise that the ball promises to first order"
            ),
            &|_, row| Some(row.numbers.proxy),
        ),
        line(
            "λ_max(w)",
            "the largest eigenvalue of ∇²L(w) on all data; — unless there are two weights",
            &|_, row| lambda(row),
        ),
        line(
            "2/η",
            "gradient descent on a quadratic is stable while λ_max < 2/η; — when η = 0",
            &|lane, _| (lane == Lane::Base || !sam_looks).then_some(2.0 / eta),
        ),
    ];
    readings.push(line(
        "SAM's edge",
        "λ_SAM = ‖g‖/(2ρ) · (√(1 + 8ρ/(η‖g‖)) − 1), below 2/η (Long & Bartlett 2023); — for a run that does not look around, or where the gradient vanishes",
        &|lane, row| if sam(lane) { edge(row.numbers.gradient_norm, rho, eta) } else { None },
    ));
    readings
}

/// `λ_SAM`, the curvature up to which SAM is stable along the top eigenvector.
#[must_use]
pub fn edge(gradient_norm: f64, rho: f64, eta: f64) -> Option<f64> {
    let ratio = 8.0 * rho / (eta * gradient_norm);
    // (√(1 + x) − 1) loses its digits for small x; x / (√(1 + x) + 1) does not.
    let edge = gradient_norm / (2.0 * rho) * (ratio / ((1.0 + ratio).sqrt() + 1.0));
    edge.is_finite().then_some(edge)
}

/// `λ_max` of the Hessian where a row stands, for two weights.
fn sharpest(picture: &Picture<'_>, row: &Row<'_>) -> Option<f64> {
    let objective = &picture.duel?.problem.objective;
    if row.w.len() != 2 {
        return None;
    }
    let h = objective.hessian(row.w);
    let ([lambda, _], _) = symmetric_2x2(h[[0, 0]], h[[0, 1]], h[[1, 1]]);
    lambda.is_finite().then_some(lambda)
}

/// An exponent of a norm: "2", "1.5", "∞".
#[must_use]
pub fn exponent(p: f64) -> String {
    if p == f64::INFINITY { "∞".to_owned() } else { short(p, 3) }
}

fn place([x, y]: [f64; 2]) -> String {
    let coordinate = |x: f64| {
        let small = x != 0.0 && x.abs() < 1e-3;
        if small || x.abs() >= 1e4 { short(x, 2) } else { numerals::decimals(x, 3) }
    };
    format!("({}, {})", coordinate(x), coordinate(y))
}
