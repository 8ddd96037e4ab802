//! From words to numbers.

use super::BadEdit;
use crate::analysis::charted::Charted;
use crate::analysis::gauge::Gauge;
use crate::analysis::grounds::{self, Ground};
use crate::analysis::spread::Spread;
use crate::problem::grid::Window;
use crate::scene::Scene;
use crate::scene::arrows::Arrows;
use crate::scene::layer::Layer;
use crate::scene::prospect::{BadBearing, Bearing, Prospect};
use crate::typed::echo;

pub(super) fn refused(error: impl std::fmt::Display) -> BadEdit {
    BadEdit::Refused(error.to_string())
}

pub(super) fn not_a(key: &str, given: &str, wanted: &str) -> BadEdit {
    BadEdit::NotA { key: key.to_owned(), given: echo(given), wanted: wanted.to_owned() }
}

pub(super) fn seed(key: &str, value: &str) -> Result<u64, BadEdit> {
    value.parse().map_err(|_| not_a(key, value, "a seed; use a whole number of zero or more"))
}

pub(super) fn number(key: &str, value: &str) -> Result<f64, BadEdit> {
    value.parse().map_err(|_| not_a(key, value, "a number"))
}

pub(super) fn bound(value: &str) -> Result<f64, BadEdit> {
    if value == "∞" { Ok(f64::INFINITY) } else { number("clip", value) }
}

pub(super) fn exponent(value: &str) -> Result<f64, BadEdit> {
    if value == "∞" {
        return Ok(f64::INFINITY);
    }
    value
        .parse()
        .map_err(|_| not_a("p", value, "the exponent of a norm; use a number of 1 or more, or inf"))
}

pub(super) fn numbers(key: &str, value: &str, wanted: &str) -> Result<Vec<f64>, BadEdit> {
    let bare = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value);
    let parsed: Result<Vec<f64>, _> =
        bare.split(',').map(|part| part.trim().parse::<f64>()).collect();
    parsed
        .ok()
        .filter(|numbers| numbers.iter().all(|x| x.is_finite()))
        .ok_or_else(|| not_a(key, value, wanted))
}

pub(super) fn window(key: &str, value: &str) -> Result<Window, BadEdit> {
    let wanted = "a window; use left,right,lower,upper, for instance -2,2,-1,3";
    match numbers(key, value, wanted)?[..] {
        [left, right, lower, upper] => {
            Window::checked([left, right], [lower, upper]).map_err(refused)
        }
        _ => Err(not_a(key, value, wanted)),
    }
}

pub(super) fn measure(key: &str, value: &str) -> Result<Gauge, BadEdit> {
    let known = Gauge::ALL.map(Gauge::id).join(", ");
    Gauge::find(value).ok_or_else(|| not_a(key, value, &format!("a measure; use one of {known}")))
}

pub(super) fn layer(key: &str, value: &str) -> Result<Layer, BadEdit> {
    let known = Layer::ALL.map(Layer::id).join(", ");
    Layer::find(value).ok_or_else(|| not_a(key, value, &format!("a layer; use one of {known}")))
}

pub(super) fn ground(key: &str, value: &str) -> Result<&'static Ground, BadEdit> {
    let known = grounds::ALL.iter().map(|ground| ground.id).collect::<Vec<_>>().join(", ");
    grounds::find(value).ok_or_else(|| not_a(key, value, &format!("a ground; use one of {known}")))
}

pub(super) fn arrows(key: &str, value: &str) -> Result<Arrows, BadEdit> {
    let known = Arrows::ALL.map(Arrows::id).join(", ");
    Arrows::find(value)
        .ok_or_else(|| not_a(key, value, &format!("a kind of arrows; use one of {known}")))
}

pub(super) fn view(key: &str, value: &str) -> Result<Prospect, BadEdit> {
    let known = Prospect::ALL.map(Prospect::id).join(", ");
    Prospect::find(value).ok_or_else(|| not_a(key, value, &format!("a view; use one of {known}")))
}

pub(super) fn turn(key: &str, value: &str) -> Result<Bearing, BadEdit> {
    let said = |why| not_a(key, value, &format!("a bearing; {why}"));
    value.parse().map_err(|why: BadBearing| said(why))
}

/// Spreads every chart of a list in this way.
pub(super) fn spread(
    scene: &mut Scene,
    key: &str,
    value: &str,
    spread: Spread,
) -> Result<(), BadEdit> {
    let bare = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value);
    for name in bare.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let Some(charted) = Charted::find(name) else {
            let known = Charted::all().map(Charted::id).collect::<Vec<_>>().join(", ");
            return Err(not_a(key, name, &format!("a chart over time; use some of {known}")));
        };
        scene.spreads.set(charted, spread);
    }
    Ok(())
}
