//! Curves of an atlas that are known in closed form: at which η and ρ a step of the run overshoots at a minimum.
//!
//! ```text
//! plain descent        η λ = 2                       λ = λ_max at the minimum
//! unnormalised SAM     η λ (1 + ρ λ) = 2
//! SAM, p = 2           η λ = 2                       its bounce ηρλ/(2 − ηλ) about the minimum has no bound there
//! other bases          as each states its edge
//! ```
//!
//! They say where the minimum holds no run, however long; a run of some hundred steps may begin beside it and not be gone
//! yet, or leap over it. They are drawn where they are derived: on all data, for constant η and ρ and steps without a
//! mistake, over two weights whose minima are known.

use super::settings::Settings;
use crate::analysis::outcome::Name;
use crate::flight::Surveyed;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::edge;
use crate::optim::stability::{At, Curvature};
use crate::scene::Scene;
use crate::scene::run::RunSpec;

/// A curve in values of the two settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What it is: "ηλ = 2, narrow minimum".
    pub label: String,
    /// Its points, in data coordinates.
    pub points: Vec<[f64; 2]>,
}

/// Points of a curve.
const POINTS: usize = 129;
/// Minima whose curves are drawn at most, the sharpest ones.
const MOST: usize = 3;
/// The edge is looked for by halves of η.
const HALVES: usize = 60;

/// The curves of the run that `settings` ask about; none where none is derived for it.
#[must_use]
pub fn of(settings: &Settings, ground: &Surveyed) -> Vec<Curve> {
    let scene = &*settings.scene;
    let spec = scene.spec(settings.run);
    let Some(axes) = axes(settings).filter(|_| is_derived(scene, &spec, ground)) else {
        return Vec::new();
    };
    let Some(basins) = &ground.basins else { return Vec::new() };
    let mut minima: Vec<_> = basins
        .minima()
        .iter()
        .filter(|minimum| ground.own.contains(minimum.at))
        .filter_map(|minimum| Some((minimum.at, minimum.lambda_max?)))
        .collect();
    minima.sort_by(|a, b| b.1.total_cmp(&a.1));
    minima.dedup_by(|a, b| (a.1 - b.1).abs() <= 1e-9 * b.1.abs());
    let name = |place: usize| match (minima.len(), place) {
        (1, _) => Name::Only,
        (2, 0) => Name::Narrow,
        (2, _) => Name::Wide,
        _ => Name::Place,
    };
    minima
        .iter()
        .enumerate()
        .take(MOST)
        .filter_map(|(place, (_, lambda))| curve(settings, &spec, axes, *lambda, name(place)))
        .collect()
}

/// Which side η is along, and ρ if it is along one.
#[derive(Clone, Copy)]
struct Axes {
    eta: usize,
    rho: Option<usize>,
}

fn axes(settings: &Settings) -> Option<Axes> {
    let along = |key: &str| settings.sides.iter().position(|side| side.key == key);
    let (eta, rho) = (along("eta")?, along("rho"));
    // Another setting than ρ may change the minima, unless it only says how long one runs.
    let other = &settings.sides[1 - eta].key;
    (rho.is_some() || other == "steps").then_some(Axes { eta, rho })
}

fn is_derived(scene: &Scene, spec: &RunSpec, ground: &Surveyed) -> bool {
    let constant = |choice: &crate::catalog::Choice<dyn crate::optim::schedule::Schedule>| {
        choice.id() == crate::optim::schedule::constant().id()
    };
    scene.subject.dimension() == 2
        && !spec.is_mistaken()
        && spec.batch.is_all_of(ground.problem.objective.examples())
        && constant(&spec.eta_schedule)
        && constant(&spec.rho_schedule)
        && spec.clip.is_none()
        && spec.then.is_empty()
}

/// The largest curvature that a step with this η and ρ does not overshoot, near a minimum.
fn edge(spec: &RunSpec, eta: f64, rho: f64) -> Option<f64> {
    let rho = Radius::new(rho).ok()?;
    let ball = Ball { rho, ..spec.ball };
    let (base, ascent) = (spec.base.build(), spec.ascent.build());
    // SAM's own edge moves with the gradient; about a minimum it bounces as long as the base would rest there.
    let ascents_entry = crate::optim::ascent::table::entry(&spec.ascent);
    let is_sam = ascents_entry.id == crate::optim::ascent::sam().id();
    let late = usize::MAX >> 1;
    let at = At { eta, ball, gradient_norm: 1.0, step: late };
    let edge = if is_sam && !rho.is_zero() {
        if spec.ball.norm != Norm::L2 || !base.is_plain_descent() {
            return None;
        }
        base.edge(&at)?
    } else {
        // One that moves with the gradient is no curve over two settings.
        let longer = edge::of(&*base, &*ascent, &At { gradient_norm: 2.0, ..at })?;
        edge::of(&*base, &*ascent, &at).filter(|edge| *edge == longer)?
    };
    (edge.of == Curvature::Hessian).then_some(edge.lambda)
}

fn curve(
    settings: &Settings,
    spec: &RunSpec,
    axes: Axes,
    lambda: f64,
    name: Name,
) -> Option<Curve> {
    let side = &settings.sides[axes.eta];
    let other = &settings.sides[1 - axes.eta];
    let mut points = Vec::new();
    for k in 0..POINTS {
        let along = other.at(k as f64 / (POINTS - 1) as f64);
        let rho = if axes.rho.is_some() { along } else { spec.ball.rho.get() };
        let Some(eta) = critical_eta(spec, rho, lambda) else { continue };
        let [low, high] = side.range.ends();
        if (low.min(high)..=low.max(high)).contains(&eta) {
            let mut at = [along; 2];
            at[axes.eta] = eta;
            points.push(at);
        }
    }
    let of = match name {
        Name::Narrow => ", narrow minimum",
        Name::Wide => ", wide minimum",
        Name::Only | Name::Floor => "",
        Name::Place => ", a minimum",
    };
    let formula = match (spec.base.id(), spec.ascent.id()) {
        ("sgd", "unnormalised") => "ηλ(1 + ρλ) = 2",
        ("sgd", _) => "ηλ = 2",
        _ => "edge of stability",
    };
    (points.len() > 1).then(|| Curve { label: format!("{formula}{of}"), points })
}

/// The η from which on a minimum of curvature `lambda` is overshot: where the edge is `lambda`.
#[must_use]
pub fn critical_eta(spec: &RunSpec, rho: f64, lambda: f64) -> Option<f64> {
    if lambda <= 0.0 {
        return None;
    }
    // The edge falls as η grows.
    let (mut low, mut high) = (1e-9_f64, 1e9_f64);
    let holds = |eta: f64| edge(spec, eta, rho).map(|edge| edge >= lambda);
    if !holds(low)? || holds(high)? {
        return None;
    }
    for _ in 0..HALVES {
        let middle = (low * high).sqrt();
        if holds(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some((low * high).sqrt())
}
