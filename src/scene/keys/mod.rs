//! The keys of a scene: how the command line and files say what is wanted.
//!
//! Edits of one source are applied together, in the order that makes sense rather than the order they were written:
//! first what is minimised (which brings its own start, η, ρ and window), then who minimises it, then numbers, then
//! the parameters of whatever is chosen by then.

use std::collections::BTreeSet;

use crate::analysis::slices;
use crate::analysis::spread::Spread;
use crate::problem::datasets::POINTS;
use crate::problem::landscapes::{self, FORMULA, FREE};

use super::number::{Penalty, TestShare};
use super::{Scene, Subject};
use crate::typed::echo;

mod values;
mod error;
mod table;
mod fit;
mod spec;
mod parameters;
mod runs;
pub mod whole;

pub use error::BadEdit;
pub use fit::{fit_for, own};
pub(super) use parameters::of;
pub use parameters::{Parameter, of_run, of_subject, parameters};
pub use runs::{AT, Asked, run};
pub(super) use spec::{ETA, RHO};
pub use table::{FILE, HOW};

use fit::{kept_or, subject};
use parameters::{hint, set_parameter};
use values::{arrows, ground, layer, measure, number, refused, seed, spread, turn, view, window};

/// One wish: a key and what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The key as it was typed.
    pub key: String,
    /// The value as it was typed.
    pub value: String,
}

/// The keys that every scene has, with what they take; parameters of what is chosen come on top.
pub const KEYS: &[(&str, &str)] = &[
    ("landscape", "a formula to minimise, by id"),
    (
        "formula",
        "a formula of your own to minimise, for instance x^2 + 3y^2; docs/scenes.md has its grammar",
    ),
    ("data", "a dataset to fit, by id"),
    (
        "data_file",
        "a CSV file of points of your own, x,y or x,y,class; they are then in the scene, see docs/scenes.md",
    ),
    ("data_points", "the same points themselves, a line a point"),
    ("data_task", "what is learnt from them, classification or regression"),
    ("data_name", "what they are called"),
    ("data_x", "the column of x in data_file, by name or number; found when not said"),
    ("data_y", "the column of y in it"),
    ("data_label", "the column of the two classes in it, or none"),
    ("data_separator", "what parts its columns: comma, semicolon, tab or space"),
    ("data_decimal", "what stands before its decimals: point or comma"),
    ("data_header", "whether its first line has names: yes or no"),
    (
        "data_digest",
        "what its bytes add up to, FNV-1a with 64 bits in hexadecimal, as --set data_digest=0 tells it; another file is then refused",
    ),
    ("model", "a model that can learn its task, by id"),
    ("loss", "a loss that judges such predictions, by id"),
    ("base", "the base optimizer, by id"),
    ("ascent", "the ascent, by id: where the gradient is taken"),
    ("mistake", "a classic mistake in the steps, by id, marked in red; none when not said"),
    ("eta", "the learning rate η, a number of zero or more"),
    ("rho", "the radius ρ, a number of zero or more"),
    (
        "p",
        "the norm's exponent, from 1 to inf; it shapes the proxy even where the ascent knows no ball",
    ),
    ("steps", "how many steps, from 1 to 1000000"),
    ("seed", "a whole number; the same seed gives the same picture"),
    ("seed_data", "the seed of the data alone; seed when not said"),
    ("seed_batches", "the seed of the order of the examples alone; seed when not said"),
    ("seed_ascent", "the seed of random perturbations alone; seed when not said"),
    ("l2", "the strength λ of a penalty ½λ‖w‖² that is part of the loss, from 0 to 100"),
    ("test", "the part of the data that is set aside for testing, from 0 to 0.9"),
    ("batch", "full, or the number of examples a step sees"),
    ("order", "shuffled, or sequential"),
    ("eta_schedule", "how η changes over the run, by id; its parameters are eta_every, …"),
    ("rho_schedule", "how ρ changes over the run, by id; its parameters are rho_every, …"),
    ("clip", "the length that gradients are clipped to, a number above zero; inf for none"),
    ("clip_where", "before or after the ascent: at the weights, or what the base is handed"),
    ("start", "the first weights, for instance 0.6,-0.3"),
    ("window", "the edges of the map, left,right,lower,upper"),
    ("slice", "the plane of the map where there are more than two weights, by id"),
    ("measure", "the measure of sharpness that the scene is about, as for --sharpness"),
    ("log", "the charts spread by ratios, for instance loss,proxy"),
    ("linear", "the charts spread evenly, for instance proxy"),
    (
        "layer",
        "what the ground of maps is coloured by: loss; ends, where each start ends; differ, where runs end otherwise",
    ),
    (
        "ground",
        "what the map of each run shows the height of: loss, penalised, surrogate, worst or angle; docs/grounds.md tells them apart",
    ),
    (
        "arrows",
        "what arrows on the maps show: none; descent, -∇L(w); sam, -∇L(w + ε); both; surrogate, down L(w + ε(w)); descent_lines or sam_lines, streamlines",
    ),
    ("view", "how the maps are seen: map, from straight above; relief, as a surface"),
    (
        "turn",
        "from where a relief is seen, azimuth,elevation in degrees: which way one looks, 0 up and 90 to the right of the map, and from how high, 10 to 90",
    ),
    ("title", "what the figure is called"),
    ("about", "what to look for in the scene and what to try, in a paragraph"),
];

/// Grants all wishes about what runs share, or none.
///
/// # Errors
/// The first wish that cannot be granted, and why; `scene` is then unchanged.
pub fn apply(scene: &mut Scene, edits: &[Edit]) -> Result<(), BadEdit> {
    grant_once(edits)?;
    let mut next = scene.clone();
    if let Some(subject) = subject(&next.subject, edits, |key| said(edits, key))? {
        next = next.on(subject);
    }
    spec::choose(&mut next.shared, edits)?;
    if let Some(id) = said(edits, "slice") {
        next.slice = kept_or(&next.slice, slices::ALL.choose(id)?);
    }
    for edit in edits {
        apply_one(&mut next, edit.key.trim(), edit.value.trim())?;
    }
    let asked = next.shared.start.clone();
    settle(&mut next);
    if let (Some(given), Some(asked), None) = (said(edits, "start"), asked, &next.shared.start) {
        return Err(BadEdit::wrong_start(given, asked.len(), &next));
    }
    match &next.subject {
        Subject::Formula(landscape) => drop(landscape.try_build().map_err(refused)?),
        Subject::Fit(fit) => drop(fit.data.try_build().map_err(refused)?),
    }
    next.check_size().map_err(refused)?;
    *scene = next;
    Ok(())
}

/// Whether the value of `key` is a list.
#[must_use]
pub(super) fn takes_list(key: &str) -> bool {
    ["start", "window", "turn", "log", "linear"].contains(&key.trim())
}

/// The value that `edits` give `key`, as it was typed, if they do.
fn said<'a>(edits: &'a [Edit], key: &str) -> Option<&'a str> {
    edits.iter().find(|edit| edit.key.trim() == key).map(|edit| edit.value.trim())
}

/// Refuses edits that say a key twice.
fn grant_once(edits: &[Edit]) -> Result<(), BadEdit> {
    let mut seen = BTreeSet::new();
    match edits.iter().find(|edit| !seen.insert(edit.key.trim())) {
        Some(twice) => Err(BadEdit::Twice { key: echo(twice.key.trim()) }),
        None => Ok(()),
    }
}

/// Makes a scene valid after its parts were changed one by one.
///
/// Data that have become such that the model chosen cannot take them (ten dimensions, and a line) get the first model
/// that can; starts that were those of another number of weights are forgotten.
pub fn settle(scene: &mut Scene) {
    if let Subject::Fit(fit) = &mut scene.subject
        && let Ok(fitting) = fit_for(fit.data.clone(), None, None, Some(fit))
    {
        *fit = fitting;
    }
    let wanted = scene.subject.dimension();
    let shared = &mut scene.shared.start;
    for start in std::iter::once(shared).chain(scene.runs.owns_mut().map(|own| &mut own.start)) {
        *start = start.take().filter(|start| start.len() == wanted);
    }
}

fn apply_one(scene: &mut Scene, key: &str, value: &str) -> Result<(), BadEdit> {
    match key {
        "landscape" | FORMULA | "data" | "model" | "loss" | "slice" | FILE | POINTS => {}
        _ if table::HOW.contains(&key) => {}
        FREE => match &mut scene.subject {
            Subject::Formula(own) if own.id() == FORMULA => {
                landscapes::say_free(own, value).map_err(refused)?;
            }
            Subject::Formula(_) | Subject::Fit(_) => {
                return Err(BadEdit::UnknownKey { key: echo(key), hint: hint(scene, key) });
            }
        },
        "title" => value.clone_into(&mut scene.title),
        "about" => value.clone_into(&mut scene.about),
        "steps" => scene.steps = value.parse().map_err(refused)?,
        "seed" => scene.seed = seed(key, value)?,
        "seed_data" => scene.seed_data = Some(seed(key, value)?),
        "l2" => scene.l2 = Penalty::new(number(key, value)?).map_err(refused)?,
        "test" => scene.test = TestShare::new(number(key, value)?).map_err(refused)?,
        "window" => scene.window = Some(window(key, value)?),
        "log" => spread(scene, key, value, Spread::Log)?,
        "linear" => spread(scene, key, value, Spread::Linear)?,
        "layer" => scene.layer = layer(key, value)?,
        "ground" => scene.ground = ground(key, value)?,
        "arrows" => scene.arrows = arrows(key, value)?,
        "view" => scene.view = view(key, value)?,
        "turn" => scene.turn = turn(key, value)?,
        "measure" => scene.measure = Some(measure(key, value)?),
        _ if spec::set(&mut scene.shared, key, value)?.is_some() => {}
        _ => {
            let parameters = parameters(scene);
            let Some(parameter) = parameters.iter().find(|parameter| parameter.key == key) else {
                return Err(BadEdit::UnknownKey { key: echo(key), hint: hint(scene, key) });
            };
            set_parameter(scene, key, &parameter.setting.read(value)?)?;
        }
    }
    Ok(())
}
