//! A formula of one's own: what was typed, with derivatives by [`Expression`].
//!
//! It is no member of the list of landscapes: it is chosen by saying `formula = "…"`, and what it promises depends on what
//! was typed. Its map shows −3 to 3 both ways; start, η and ρ follow from the formula alone:
//!
//! ```text
//! start   (1.5, 1), or the point nearest to it on a grid where L and ∇L are finite and ∇L is not zero
//! η       half of 1/λ to one digit, where λ is a large curvature on that grid: 9 of 10 points have less
//! ```

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::{Flaws, Landscape, View};
use crate::catalog::{
    BadValue, Build, CannotBuild, Choice, Entry, Kind, Scale, Setting, Settings, Value,
};
use crate::math::eigen::symmetric_2x2;
use crate::problem::expression::{Expression, Jet, LONGEST, PARAMETERS};
use crate::problem::flock::Herd;
use crate::problem::grid::{Grid, Window};
use crate::typed::echo;

/// The key of the formula, and the id of its landscape.
pub const FORMULA: &str = "formula";

/// What is there before anything is typed: Himmelblau's function.
const FIRST: &str = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";

/// A formula of one's own.
pub static OWN: Entry<dyn Landscape> = Entry {
    id: FORMULA,
    name: "Own formula",
    formula: "L(x, y) as typed",
    source: "—",
    about: "Whatever is typed, as (x^2 + y - 11)^2 + (x + y^2 - 7)^2.",
    settings: &[
        Setting {
            key: FORMULA,
            label: "L(x, y)",
            about: "a formula in x and y, for instance x^2 + 3y^2, with pi, e, sin, cos, exp, ln, sqrt, |x|, min, max, parameters of any name and more",
            kind: Kind::Text { default: FIRST, longest: LONGEST },
        },
        parameter("formula_a", "a", "the parameter a of the formula"),
        parameter("formula_b", "b", "the parameter b of the formula"),
        parameter("formula_c", "c", "the parameter c of the formula"),
        parameter("formula_d", "d", "the parameter d of the formula"),
        parameter("formula_k", "k", "the parameter k of the formula"),
        Setting {
            key: FREE,
            label: "parameters",
            about: "parameters of other names, for instance tilt=2, depth=0.5; formula_tilt is one by itself",
            kind: Kind::Text { default: "", longest: LONGEST },
        },
    ],
    build: Build::Fallible { build, stand_in },
};

/// The setting of a parameter that stands in the formula by the letter `label`.
const fn parameter(key: &'static str, label: &'static str, about: &'static str) -> Setting {
    let kind = Kind::Number { default: 1.0, range: (-10.0, 10.0), scale: Scale::Linear };
    Setting { key, label, about, kind }
}

/// The key of the values of parameters of free names.
pub const FREE: &str = "formula_parameters";

/// The name of the parameter that `key` sets: tilt, of `formula_tilt`.
#[must_use]
pub fn named(key: &str) -> Option<&str> {
    key.strip_prefix(FORMULA)?.strip_prefix('_').filter(|_| key != FREE)
}

/// The parameters of free names that stand in the formula, each with its setting and its value.
#[must_use]
pub fn free(landscape: &Choice<dyn Landscape>) -> Vec<(&'static Setting, f64)> {
    let text = |key: &str| landscape.value(key).and_then(Value::text);
    let Some(read) = text(FORMULA).and_then(|typed| Expression::read(typed).ok()) else {
        return Vec::new();
    };
    let said = values(text(FREE).unwrap_or_default());
    let value = |name: &str| said.iter().find(|(known, _)| known == name).map_or(1.0, |it| it.1);
    let all = read.free().iter();
    all.filter_map(|name| Some((setting(name)?, value(name)))).collect()
}

/// Sets the parameter of a free name; those that do not stand in the formula are forgotten.
///
/// # Errors
/// When it cannot be so large or so small.
pub fn set_free(
    landscape: &mut Choice<dyn Landscape>,
    key: &str,
    value: f64,
) -> Result<bool, BadValue> {
    let mut all = free(landscape);
    let Some(place) = all.iter().position(|(setting, _)| setting.key == key) else {
        return Ok(false);
    };
    all[place].0.check(value)?;
    all[place].1 = value;
    landscape.set(FREE, said(&all).as_str())
}

/// Sets parameters of free names as a text says them: "tilt=2, depth=0.5".
///
/// # Errors
/// When it says something else, or a name that does not stand in the formula.
pub fn say_free(landscape: &mut Choice<dyn Landscape>, text: &str) -> Result<(), CannotBuild> {
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let none = || {
            let part = echo(part.trim());
            CannotBuild(format!("{FREE}: \"{part}\" sets none; write tilt=2, depth=0.5"))
        };
        let (name, value) = values(part).pop().ok_or_else(none)?;
        let set = set_free(landscape, &format!("{FORMULA}_{name}"), value);
        if !set.map_err(|why| CannotBuild(why.to_string()))? {
            let name = echo(&name);
            return Err(CannotBuild(format!("{FREE}: the formula has no parameter \"{name}\"")));
        }
    }
    Ok(())
}

/// Keeps the values of `old` of parameters that both formulas have.
///
/// # Errors
/// None where `old` has values that it may have.
pub fn keep_free(
    landscape: &mut Choice<dyn Landscape>,
    old: &Choice<dyn Landscape>,
) -> Result<(), BadValue> {
    for (setting, value) in free(old) {
        set_free(landscape, setting.key, value)?;
    }
    Ok(())
}

/// Parameters as a text, in the order of their names; nothing of those that are 1.
fn said(all: &[(&'static Setting, f64)]) -> String {
    let other = all.iter().filter(|(_, value)| value.total_cmp(&1.0).is_ne());
    let mut parts: Vec<String> =
        other.map(|(setting, value)| format!("{}={value}", setting.label)).collect();
    parts.sort();
    parts.join(", ")
}

/// The values that such a text says; what is none is left out.
fn values(text: &str) -> Vec<(String, f64)> {
    let value = |part: &str| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().parse().ok().filter(|value: &f64| value.is_finite())?;
        Some((name.trim().to_owned(), value))
    };
    text.split(',').filter_map(value).collect()
}

/// So many names have a setting; a person types some tens.
const MOST_NAMES: usize = 4096;

/// The settings of parameters of free names: as those of other members they live as long as the program.
static NAMES: Mutex<Vec<&'static Setting>> = Mutex::new(Vec::new());

/// The setting of the parameter called `name`.
fn setting(name: &str) -> Option<&'static Setting> {
    let mut known = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(setting) = known.iter().find(|setting| setting.label == name) {
        return Some(setting);
    }
    if known.len() == MOST_NAMES {
        return None;
    }
    let kept = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let made = parameter(
        kept(format!("{FORMULA}_{name}")),
        kept(name.to_owned()),
        kept(format!("the parameter {name} of the formula")),
    );
    let made: &'static Setting = Box::leak(Box::new(made));
    known.push(made);
    Some(made)
}

/// Whether `landscape` makes use of `setting`: a formula of one's own has the parameters that stand in it.
#[must_use]
pub fn has(landscape: &Choice<dyn Landscape>, setting: &Setting) -> bool {
    let typed = landscape.value(FORMULA).and_then(Value::text);
    let Some(typed) = typed.filter(|_| setting.key != FORMULA) else { return true };
    if setting.key == FREE {
        // Each of them is said by itself.
        return false;
    }
    Expression::read(typed).is_ok_and(|read| read.parameters().any(|name| name == setting.label))
}

/// What a landscape is called: a formula of one's own by what was typed, in one short line.
#[must_use]
pub fn name(landscape: &Choice<dyn Landscape>) -> String {
    match landscape.value(FORMULA).and_then(Value::text) {
        Some(typed) => echo(&typed.split_whitespace().collect::<Vec<_>>().join(" ")),
        None => landscape.entry().name.to_owned(),
    }
}

/// How far the map reaches to each side.
const REACH: f64 = 3.0;
/// Where a run starts, if the formula goes down from there.
const START: [f64; 2] = [1.5, 1.0];
/// Points of the grid to each side.
const SIDE: usize = 25;
const RHO: f64 = 0.2;

/// So many formulas are kept ready: a scene is asked for its view many times a frame.
const KEPT: usize = 8;

/// The formulas that were read last, the latest first.
static READ: Mutex<Vec<(Settings, Arc<Own>)>> = Mutex::new(Vec::new());

fn build(settings: &Settings) -> Result<Box<dyn Landscape>, CannotBuild> {
    let mut kept = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, own)) = kept.iter().find(|(known, _)| known == settings) {
        return Ok(Box::new(Arc::clone(own)));
    }
    let own = Arc::new(read(settings)?);
    kept.insert(0, (settings.clone(), Arc::clone(&own)));
    kept.truncate(KEPT);
    Ok(Box::new(own))
}

/// The landscape of a formula.
fn read(settings: &Settings) -> Result<Own, CannotBuild> {
    let parameters = PARAMETERS.map(|name| settings.get(&format!("{FORMULA}_{name}")));
    let free = values(settings.text(FREE));
    let expression = Expression::with(settings.text(FORMULA), parameters, &free)
        .map_err(|error| CannotBuild(error.to_string()))?;
    let own = Own::new(expression);
    let is_somewhere = points(window()).any(|[x, y]| own.expression.value(x, y).is_finite());
    if is_somewhere {
        return Ok(own);
    }
    let words = format!(
        "formula: it has no finite value anywhere from -{REACH} to {REACH}, where the map is; move it there"
    );
    Err(CannotBuild(words))
}

fn stand_in(_: &Settings) -> Box<dyn Landscape> {
    let flat = Expression::read("0").expect("a number is a formula");
    Box::new(Arc::new(Own::new(flat)))
}

struct Own {
    expression: Expression,
    view: LazyLock<View, Box<dyn FnOnce() -> View + Send + Sync>>,
}

impl Own {
    fn new(expression: Expression) -> Self {
        let looked_at = expression.clone();
        Self { expression, view: LazyLock::new(Box::new(move || view(&looked_at))) }
    }
}

fn window() -> Window {
    Window::new([-REACH, REACH], [-REACH, REACH])
}

/// The points of the grid on a window.
fn points(window: Window) -> impl Iterator<Item = [f64; 2]> {
    let grid = Grid::new(window, SIDE, SIDE);
    (0..SIDE * SIDE).map(move |k| [grid.x(k % SIDE), grid.y(k / SIDE)])
}

/// Where and how a formula is looked at.
fn view(expression: &Expression) -> View {
    let goes_down = |[x, y]: [f64; 2]| {
        let [gx, gy] = expression.gradient(x, y);
        let length = libm::hypot(gx, gy);
        expression.value(x, y).is_finite() && length.is_finite() && length > 0.0
    };
    let distance = |[x, y]: [f64; 2]| libm::hypot(x - START[0], y - START[1]);
    let start = if goes_down(START) {
        START
    } else {
        let there = points(window()).filter(|&at| goes_down(at));
        there.min_by(|a, b| distance(*a).total_cmp(&distance(*b))).unwrap_or(START)
    };
    View { window: window(), start, eta: rate(expression), rho: RHO }
}

/// A learning rate that is stable on most of the map.
fn rate(expression: &Expression) -> f64 {
    /// Where nothing bends, and beyond which nothing is gained.
    const FASTEST: f64 = 0.5;
    const SLOWEST: f64 = 1e-9;
    let mut curvatures: Vec<f64> = points(window())
        .filter_map(|[x, y]| {
            let Jet { hessian: [[a, b], [_, d]], .. } = expression.jet(x, y);
            let ([highest, lowest], _) = symmetric_2x2(a, b, d);
            Some(highest.abs().max(lowest.abs())).filter(|curvature| curvature.is_finite())
        })
        .collect();
    curvatures.sort_by(f64::total_cmp);
    let large = curvatures.get(curvatures.len() * 9 / 10).copied().unwrap_or(0.0);
    let eta = (0.5 / large).clamp(SLOWEST, FASTEST);
    format!("{eta:.0e}").parse().unwrap_or(FASTEST)
}

impl Landscape for Arc<Own> {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.expression.value(x, y)
    }

    fn gradient(&self, x: f64, y: f64) -> [f64; 2] {
        self.expression.gradient(x, y)
    }

    fn value_and_gradient(&self, x: f64, y: f64) -> (f64, [f64; 2]) {
        self.expression.value_and_gradient(x, y)
    }

    fn row(&self, x: &[f64], y: f64, values: &mut [f64]) {
        self.expression.row(x, y, values);
    }

    fn herd(&self) -> Option<&dyn Herd> {
        Some(&self.expression)
    }

    fn hessian(&self, x: f64, y: f64) -> [[f64; 2]; 2] {
        self.expression.jet(x, y).hessian
    }

    fn is_smooth_at(&self, x: f64, y: f64) -> bool {
        self.expression.is_smooth_at(x, y)
    }

    fn flaws(&self, window: Window) -> Flaws {
        self.expression.flaws(points(window))
    }

    fn minima(&self) -> Vec<[f64; 2]> {
        // None is known: the survey looks for them.
        Vec::new()
    }

    fn view(&self) -> View {
        *self.view
    }
}
