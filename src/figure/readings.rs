//! The numbers at the step shown, run by run, each with the formula it was put into.

use ndarray::ArrayView1;

use super::numerals::{self, NONE, short, significant};
use super::picture::Picture;
use super::quantity::Quantity;
use super::words::exponent;
use crate::analysis::hessian::beyond_rounding;
use crate::analysis::measures::Measured;
use crate::analysis::worst_case::Certainty;
use crate::math::norm::Norm;
use crate::optim::moment::Moment;
use crate::optim::stability::{Curvature, Edge};
use crate::optim::trajectory::Row;

/// A number at the step shown, for every run, with the formula it was put into.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its name or symbol.
    pub name: String,
    /// Its formula; the tooltip.
    pub formula: String,
    /// Its value in each run that is shown, in order.
    pub values: Vec<String>,
}

impl Reading {
    /// What it is a number of, where that is drawn in the lens of a map.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        match &*self.name {
            "w" | "‖w‖₂" | "L(w)" | "λₘₐₓ(w)" => Some(Quantity::Weights),
            "‖g‖₂" | "‖g_B‖₂" => Some(Quantity::Gradient),
            "ε" => Some(Quantity::Epsilon),
            "L(w + ε)" | "SAM gap" | "L_B(w + ε)" | "gap of L_B" => Some(Quantity::Perturbed),
            "proxy ρ‖g‖" | "worst case" | "worst case ≥" | "average" => Some(Quantity::Ball),
            name if name.starts_with("‖ε‖") => Some(Quantity::Epsilon),
            _ => None,
        }
    }
}

/// Significant digits of a reading.
const DIGITS: usize = 4;

/// The numbers at the step shown.
#[must_use]
pub fn readings(picture: &Picture<'_>) -> Vec<Reading> {
    let runs = picture.runs();
    let one_norm =
        common(runs.iter().map(|&run| picture.spec_at(run, picture.step_of(run)).ball.norm));
    let norms = one_norm.map(|norm| (exponent(norm.p()), exponent(norm.dual_exponent())));
    let length =
        norms.as_ref().map_or("‖ε‖, own p".to_owned(), |(p, _)| format!("‖ε‖, p = {p}"));
    let [p, q] = norms.map_or(["its own".to_owned(), "its own".to_owned()], |(p, q)| [p, q]);
    let reading = |name: &str, formula: &str, value: &dyn Fn(usize, &Row<'_>) -> Option<String>| {
        let of = |run: &usize| {
            let said = picture.row(*run).and_then(|row| value(*run, &row));
            said.unwrap_or_else(|| NONE.to_owned())
        };
        Reading {
            name: name.to_owned(),
            formula: formula.to_owned(),
            values: runs.iter().map(of).collect(),
        }
    };
    let line = |name: &str, formula: &str, value: &dyn Fn(usize, &Row<'_>) -> Option<f64>| {
        reading(name, formula, &|run, row| value(run, row).map(|x| significant(x, DIGITS)))
    };
    let vector =
        |name: &str, formula: &str, value: &dyn Fn(usize, &Row<'_>) -> Option<[f64; 2]>| {
            reading(name, formula, &|run, row| value(run, row).map(place))
        };
    let perturbs = |run: usize| picture.perturbs_here(run);
    // What is of a batch is named so where a batch is not all data.
    let sees_part = runs.iter().any(|&run| picture.sees_a_part(run));
    let of_step = |whole: &'static str, batch: &'static str| if sees_part { batch } else { whole };
    let pair = |v: ArrayView1<'_, f64>| (v.len() == 2).then(|| [v[0], v[1]]);
    let mut readings = vec![
        line("L(w)", "the loss on all data at the weights", &|_, row| Some(row.numbers.loss)),
        line(
            of_step("‖g‖₂", "‖g_B‖₂"),
            "g = ∇L_B(w), the gradient of the step's batch",
            &|_, row| Some(row.numbers.gradient_norm),
        ),
    ];
    if picture.scene.subject.dimension() == 2 {
        readings.push(vector("w", "the weights", &|_, row| pair(row.w)));
        readings.push(vector(
            "ε",
            &format!(
                "ε̂ = argmax {{ gᵀε : ‖ε‖_p ≤ ρ }} with p = {p}; — for a run that does not look around"
            ),
            &|run, _| picture.epsilon(run).filter(|_| perturbs(run)).and_then(pair),
        ));
    } else {
        // Of more weights than two nobody reads the coordinates; the length of ε follows below.
        let about = "the length of the weights: how far they are from zero";
        readings.push(line("‖w‖₂", about, &|_, row| Some(Norm::L2.length(row.w))));
    }
    readings.extend([
        line(
            &length,
            &format!(
                "the length of ε in the norm of the ball, p = {p}; — for a run that does not look around"
            ),
            &|run, _| {
                let epsilon = picture.epsilon(run).filter(|_| perturbs(run));
                let norm = picture.spec_at(run, picture.step_of(run)).ball.norm;
                epsilon.map(|epsilon| norm.length(epsilon))
            },
        ),
        line(
            of_step("L(w + ε)", "L_B(w + ε)"),
            "the batch's loss at the perturbed weights; — for a run that does not look around",
            &|run, row| perturbs(run).then_some(row.numbers.adversarial_loss),
        ),
        line(
            of_step("SAM gap", "gap of L_B"),
            "L_B(w + ε) − L_B(w); — for a run that does not look around",
            &|run, row| perturbs(run).then(|| row.numbers.gap()),
        ),
        line(
            "λₘₐₓ(w)",
            "the largest eigenvalue of ∇²L(w) on all data; — while it is being measured",
            &|run, _| picture.measured(run).map(|found| found.lambda_max).filter(|x| x.is_finite()),
        ),
    ]);
    if matches!(picture.look.at, Moment::Gradients(_)) {
        let of = |run: usize, _: &Row<'_>| Some(picture.step_of(run).to_string());
        let about = "the step that the run has reached with so many gradients";
        readings.insert(0, reading("step", about, &of));
    }
    if picture.is_a_slice() {
        readings.push(line(
            "off the map",
            "how far the weights are from the plane of the map",
            &|_, row| Some(picture.off_plane(row.w)),
        ));
        readings.push(line(
            "L on the map",
            "the loss where the weights are drawn: at the nearest point of the plane",
            &|run, _| picture.loss_on_plane(run),
        ));
    }
    let measured = |value: fn(&Measured) -> f64| {
        move |run: usize, _: &Row<'_>| picture.measured(run).map(value).filter(|x| x.is_finite())
    };
    let bound = runs
        .iter()
        .filter_map(|run| picture.measured(*run))
        .any(|found| found.certainty == Certainty::LowerBound);
    if picture.has_neighbourhood() {
        readings.push(line(
            "proxy ρ‖g‖",
            &format!(
                "ρ‖∇L(w)‖_q over all data and the run's own neighbourhood, or that of the first run that has one, 1/p + 1/q = 1, q = {q}: the rise that it promises to first order"
            ),
            &measured(|found| found.proxy_all),
        ));
        readings.push(line(
            if bound { "worst case ≥" } else { "worst case" },
            "the true sharpness, max L(w + ε) − L(w) over the ball, about ½ρ²λ_max at a minimum for p = 2; above two weights a lower bound; — while it is being searched",
            &measured(|found| found.worst),
        ));
        readings.push(reading(
            "average",
            "mean L(w + ε) − L(w) over the sphere, by its cone measure, with its standard error where it is a mean of samples; — while it is being measured",
            &|run, _| {
                let found = picture.measured(run)?;
                found.average.is_finite().then(|| found.average_estimate().to_string())
            },
        ));
    }
    readings.push(line(
        "tr ∇²L",
        "sum of the eigenvalues of ∇²L(w); above 400 weights an estimate; — while it is being measured",
        &measured(|found| found.trace),
    ));
    readings.push(reading(
        "κ",
        "condition number: largest eigenvalue of ∇²L(w) over the smallest, by size; — where one is zero, or above 400 weights",
        &|run, _| {
            let condition = picture.measured(run)?.condition;
            let beyond = beyond_rounding(condition).map(str::to_owned);
            beyond.or_else(|| condition.is_finite().then(|| significant(condition, DIGITS)))
        },
    ));
    let edge_of = |run: usize, row: &Row<'_>| {
        let step = picture.step_of(run);
        // Adam's edge is one of P⁻¹H, and would be read against the curvature of H beside it.
        let edge = picture.edge(run, step, &row.numbers)?;
        (edge.lambda.is_finite() && edge.of == Curvature::Hessian).then_some(edge)
    };
    readings.push(line("edge", &edge_formula(picture, &runs, edge_of), &|run, row| {
        Some(edge_of(run, row)?.lambda)
    }));
    readings
}

/// What the edges of the runs are, each told once.
fn edge_formula(
    picture: &Picture<'_>,
    runs: &[usize],
    edge_of: impl Fn(usize, &Row<'_>) -> Option<Edge>,
) -> String {
    let mut told: Vec<String> = Vec::new();
    for &run in runs {
        let Some(edge) = picture.row(run).and_then(|row| edge_of(run, &row)) else { continue };
        let words = format!("{}: {}", edge.label, edge.formula);
        if !told.contains(&words) {
            told.push(words);
        }
    }
    if told.is_empty() {
        return "the curvature above which a step overshoots; — where none is derived".to_owned();
    }
    format!("{}; {}; — where none is derived", told.join("; "), Edge::SCOPE)
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

/// What all of `values` are, if they are one.
fn common<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
