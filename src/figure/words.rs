//! What is said about the runs, in plain words, computed from how they ended.

use ndarray::ArrayView1;

use super::basins::Basins;
use super::numerals::{self, NONE, point, short, significant};
use super::picture::{Lane, Picture};
use super::silent;
use crate::analysis::measures::Measured;
use crate::analysis::minima::Minimum;
use crate::analysis::section::Section;
use crate::analysis::worst_case::Certainty;
use crate::engine::products::Terrain;
use crate::math::eigen::symmetric_2x2;
use crate::math::norm::Norm;
use crate::optim::edge;
use crate::optim::ending::{self, Ending};
use crate::optim::trajectory::{Row, Trajectory};

/// What the map is a part of, in words; empty for two weights, where it is everything there is.
#[must_use]
pub fn plane(picture: &Picture<'_>) -> String {
    picture.section.map_or_else(String::new, plane_of)
}

/// What `section` is, in words; empty for two weights, where it is everything there is.
#[must_use]
pub fn plane_of(section: &Section) -> String {
    if section.is_whole() {
        return String::new();
    }
    let share = numerals::decimals(100.0 * section.variance, 0);
    let mut text = format!("Map: the plane {}, with {share} % of the movement", section.about);
    if !section.note.is_empty() {
        text += &format!(" ({})", section.note);
    }
    text
}

/// Weights in words: a few of them one by one, of many their number and length.
#[must_use]
pub fn weights(w: ArrayView1<'_, f64>) -> String {
    if w.len() > MOST_SAID {
        return format!("{} weights of length {}", w.len(), short(Norm::L2.length(w), 4));
    }
    let said: Vec<String> = w.iter().map(|&x| short(x, 4)).collect();
    format!("weights {}", said.join(", "))
}

/// Of more weights than this only the length is told: nobody listens to a hundred numbers.
const MOST_SAID: usize = 6;

/// One plain sentence about how a run went; empty while it is not known.
#[must_use]
pub fn sentence(picture: &Picture<'_>, lane: Lane) -> String {
    let Some(run) = picture.run(lane) else { return String::new() };
    if run.rows() == 0 {
        return "The loss is not a finite number at the start; choose another start".to_owned();
    }
    let story = match silent::silent(picture, lane) {
        Some(why) => format!("{}; {why}", story(picture, lane, run)),
        None => story(picture, lane, run),
    };
    if lane == Lane::Sam && picture.scene.ball.rho.is_zero() && picture.scene.ascent.id() != "none"
    {
        let base = picture.name(Lane::Base);
        let sam = picture.name(Lane::Sam);
        return format!("With ρ = 0 {sam} is {base}: {}", lowered(&story));
    }
    story
}

fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn raised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn story(picture: &Picture<'_>, lane: Lane, run: &Trajectory) -> String {
    let Some((centre, reach)) = haunt(run) else { return steps_only(run) };
    let travel = picture.terrain.map(|terrain| Travel::of(run, terrain, centre));
    let travel = travel.unwrap_or_default();
    let left = travel.left.as_ref().map(|(start, step)| format!("Left {start} at step {step}, "));
    let moved = left.is_some();
    let left = left.unwrap_or_default();
    match run.ending {
        Ending::Converged { at_step } => {
            let place = match travel.home {
                Some(home) if moved => format!("settled in {home} at {}", point(centre)),
                Some(home) => format!("came to rest in {home} at {}", point(centre)),
                None => format!("came to rest at {}", point(centre)),
            };
            let when = if moved { String::new() } else { format!(" after step {at_step}") };
            raised(&format!("{left}{place}{when}"))
        }
        Ending::Cycle { period, amplitude } => {
            let place = match travel.home {
                Some(home) => format!("rattles in {home}"),
                None => format!("rattles around {}", point(centre)),
            };
            let how = format!("period {period}, amplitude {}", short(amplitude, 2));
            raised(&format!("{left}{place}: {how}"))
        }
        Ending::Diverged { at_step } => match left_picture(picture, lane) {
            Some(left) if left < at_step => format!(
                "Diverged: out of the picture at step {left}, beyond all bounds after step {at_step}"
            ),
            _ => format!("Diverged: beyond all bounds after step {at_step}"),
        },
        Ending::Moving => {
            let steps = run.last_step();
            let place = match travel.home {
                Some(home) => format!("still moving in {home} after {steps} steps"),
                None => format!("still moving after {steps} steps"),
            };
            let near = format!(", within {} of {}", short(reach, 2), point(centre));
            raised(&format!("{left}{place}{}", if moved { "" } else { &near }))
        }
    }
}

/// From where to where a run went, in words.
#[derive(Default)]
struct Travel {
    /// The basin it left, and the first step from which on it was in its last one.
    left: Option<(String, usize)>,
    /// The basin it ended in, where basins can be told apart.
    home: Option<String>,
}

impl Travel {
    fn of(run: &Trajectory, terrain: &Terrain, centre: [f64; 2]) -> Self {
        let mut basins = Basins::of(terrain);
        let Some(home) = basins.at(centre) else { return Self::default() };
        let name = |basin: usize| basin_name(&terrain.minima, basin);
        let start = run.row(0).and_then(|row| basins.at([row.w[0], row.w[1]]));
        let Some(start) = start.filter(|&start| start != home) else {
            return Self { left: None, home: name(home) };
        };
        let around = |basin: usize| format!("the basin of {}", point(terrain.minima[basin].at));
        let mut at_home = |w: ArrayView1<'_, f64>| basins.at([w[0], w[1]]) == Some(home);
        let stayed = run.points().rev().take_while(|w| at_home(*w)).count();
        let step = run.rows() - stayed;
        if stayed == 0 {
            return Self { left: None, home: name(home) };
        }
        match (name(start), name(home)) {
            (Some(from), Some(to)) => {
                Self { left: Some((from, step)), home: Some(to.replace(" basin", " one")) }
            }
            _ => Self { left: Some((around(start), step)), home: Some(around(home)) },
        }
    }
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
    if run.dimension != 2 {
        return None;
    }
    let (centre, reach) = ending::haunt(run)?;
    Some(([centre[0], centre[1]], reach))
}

/// Curvatures closer than this ratio are not called narrow and wide.
const TOLD_APART: f64 = 1.3;

/// What a minimum's basin is called by its shape, where shapes differ.
fn basin_name(minima: &[Minimum], k: usize) -> Option<String> {
    let this = minima[k].lambda_max;
    let others =
        || minima.iter().enumerate().filter(|(other, _)| *other != k).map(|(_, m)| m.lambda_max);
    let narrowest = others().all(|other| this > TOLD_APART * other);
    let widest = others().all(|other| other > TOLD_APART * this);
    match (minima.len(), narrowest, widest) {
        (0 | 1, _, _) | (_, false, false) => None,
        (2, true, _) => Some("the narrow basin".to_owned()),
        (2, _, _) => Some("the wide basin".to_owned()),
        (count, true, _) => Some(format!("the narrowest of {count} basins")),
        (count, _, _) => Some(format!("the widest of {count} basins")),
    }
}

/// The first step from which on a run is outside of what is shown, when it was inside before.
#[must_use]
pub fn left_picture(picture: &Picture<'_>, lane: Lane) -> Option<usize> {
    let places = &picture.shadow(lane)?.places;
    let window = picture.look.window;
    let outside = places.iter().rev().take_while(|at| !window.contains(**at)).count();
    let left = places.len() - outside;
    (0 < left && left < places.len()).then_some(left)
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
            "λₘₐₓ(w)",
            "the largest eigenvalue of ∇²L(w) on all data; with more than two weights at the last measured step, — until there is one",
            &|lane, row| {
                lambda(row).or_else(|| picture.measured(lane).map(|found| found.lambda_max))
            },
        ),
        line(
            "2/η",
            "gradient descent on a quadratic is stable while λ_max < 2/η; — when η = 0",
            &|lane, row| {
                (lane == Lane::Base || !sam_looks).then(|| edge::of_descent(row.numbers.eta))
            },
        ),
    ];
    if picture.is_a_slice() {
        readings.push(line(
            "off the map",
            "how far the weights are from the plane of the map",
            &|_, row| Some(picture.off_plane(row.w)),
        ));
        readings.push(line(
            "L on the map",
            "the loss where the weights are drawn: at the nearest point of the plane",
            &|_, row| picture.loss_on_plane(row.w),
        ));
    }
    let measured = |value: fn(&Measured) -> f64| {
        move |lane: Lane, _: &Row<'_>| picture.measured(lane).map(value).filter(|x| x.is_finite())
    };
    let bound = Lane::BOTH
        .iter()
        .filter_map(|lane| picture.measured(*lane))
        .any(|found| found.certainty == Certainty::LowerBound);
    readings.push(line(
        if bound { "worst case ≥" } else { "worst case" },
        "the true sharpness, max L(w + ε) − L(w) over the ball, about ½ρ²λ_max at a minimum for p = 2; above two weights a lower bound; — while it is being searched",
        &measured(|found| found.worst),
    ));
    readings.push(line(
        "average",
        "mean L(w + ε) − L(w) over the sphere of radius ρ; — while it is being measured",
        &measured(|found| found.average),
    ));
    readings.push(line(
        "tr ∇²L",
        "sum of the eigenvalues of ∇²L(w); above 400 weights an estimate; — while it is being measured",
        &measured(|found| found.trace),
    ));
    readings.push(line(
        "κ",
        "condition number: largest eigenvalue of ∇²L(w) over the smallest, by size; — where one is zero, or above 400 weights",
        &measured(|found| found.condition),
    ));
    readings.push(line(
        "SAM's edge",
        "λ_SAM = ‖g‖/(2ρ) · (√(1 + 8ρ/(η‖g‖)) − 1), below 2/η (Long & Bartlett 2023); — for a run that does not look around, or where the gradient vanishes",
        &|lane, row| sam(lane).then(|| edge::of_sam(row.numbers.eta, row.numbers.rho, row.numbers.gradient_norm)),
    ));
    readings
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
        // Two numbers share a column: a power of ten leaves room for one digit.
        if small || x.abs() >= 1e4 {
            short(x, 1).replace(" × ", "·")
        } else {
            numerals::decimals(x, 3)
        }
    };
    format!("({}, {})", coordinate(x), coordinate(y))
}
