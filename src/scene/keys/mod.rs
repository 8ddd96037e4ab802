//! The keys of a scene: how the command line and files say what is wanted.
//!
//! Edits of one source are applied together, in the order that makes sense rather than the order they were written:
//! first what is minimised (which brings its own start, η, ρ and window), then who minimises it, then numbers, then
//! the parameters of whatever is chosen by then.

use crate::analysis::slices;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::{ascent, base, schedule};
use crate::problem::batches::Order;

use super::number::{LearningRate, Penalty, TestShare};
use super::{Scene, Subject};

mod values;
mod error;
mod fit;
mod parameters;

pub use error::BadEdit;
pub use fit::fit_for;
pub use parameters::{Parameter, parameters};

use fit::{kept_or, subject};
use parameters::{hint, set_parameter};
use values::{exponent, not_a, number, numbers, refused, window};

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
    ("data", "a dataset to fit, by id"),
    ("model", "a model that can learn its task, by id"),
    ("loss", "a loss that judges such predictions, by id"),
    ("base", "the base optimizer of both runs, by id"),
    ("ascent", "the ascent of the second run, by id"),
    ("eta", "the learning rate η, a number of zero or more"),
    ("rho", "the radius ρ, a number of zero or more"),
    (
        "p",
        "the norm's exponent, from 1 to inf; it shapes the proxy even where the ascent knows no ball",
    ),
    ("steps", "how many steps, from 1 to 20000"),
    ("seed", "a whole number; the same seed gives the same picture"),
    ("l2", "the strength λ of a penalty ½λ‖w‖² that is part of the loss, from 0 to 100"),
    ("test", "the part of the data that is set aside for testing, from 0 to 0.9"),
    ("batch", "full, or the number of examples a step sees"),
    ("order", "shuffled, or sequential"),
    ("eta_schedule", "how η changes over the run, by id; its parameters are eta_every, …"),
    ("rho_schedule", "how ρ changes over the run, by id; its parameters are rho_every, …"),
    ("start", "the first weights, for instance 0.6,-0.3"),
    ("window", "the edges of the map, left,right,lower,upper"),
    ("slice", "the plane of the map where there are more than two weights, by id"),
    ("title", "what the figure is called"),
];

/// Grants all wishes, or none.
///
/// # Errors
/// The first wish that cannot be granted, and why; `scene` is then unchanged.
pub fn apply(scene: &mut Scene, edits: &[Edit]) -> Result<(), BadEdit> {
    if let Some(twice) = edits
        .iter()
        .enumerate()
        .find(|(k, edit)| edits[..*k].iter().any(|other| other.key == edit.key))
    {
        return Err(BadEdit::Twice { key: twice.1.key.clone() });
    }
    let mut next = scene.clone();
    let said = |key: &str| edits.iter().find(|edit| edit.key == key).map(|edit| edit.value.trim());
    if let Some(subject) = subject(&next.subject, edits, said)? {
        next = next.on(subject);
    }
    if let Some(id) = said("base") {
        next.base = kept_or(&next.base, base::ALL.choose(id)?);
    }
    if let Some(id) = said("ascent") {
        next.ascent = kept_or(&next.ascent, ascent::ALL.choose(id)?);
    }
    if let Some(id) = said("eta_schedule") {
        next.eta_schedule = kept_or(&next.eta_schedule, schedule::ALL.choose(id)?);
    }
    if let Some(id) = said("rho_schedule") {
        next.rho_schedule = kept_or(&next.rho_schedule, schedule::ALL.choose(id)?);
    }
    if let Some(id) = said("slice") {
        next.slice = kept_or(&next.slice, slices::ALL.choose(id)?);
    }
    for edit in edits {
        apply_one(&mut next, edit.key.trim(), edit.value.trim())?;
    }
    let asked = next.start.clone();
    settle(&mut next);
    if let (Some(given), Some(asked), None) = (said("start"), asked, &next.start) {
        return Err(BadEdit::WrongStart {
            given: given.to_owned(),
            found: asked.len(),
            subject: next.subject.name(),
            wanted: next.subject.dimension(),
        });
    }
    *scene = next;
    Ok(())
}

/// Makes a scene whole whose parts were changed one by one.
///
/// Data that have become such that the model chosen cannot take them (ten dimensions, and a line) get the first model
/// that can; a start that was that of another number of weights is forgotten.
pub fn settle(scene: &mut Scene) {
    if let Subject::Fit(fit) = &mut scene.subject
        && let Ok(fitting) = fit_for(fit.data.clone(), None, None, Some(fit))
    {
        *fit = fitting;
    }
    let wanted = scene.subject.dimension();
    scene.start = scene.start.take().filter(|start| start.len() == wanted);
}

fn apply_one(scene: &mut Scene, key: &str, value: &str) -> Result<(), BadEdit> {
    match key {
        "landscape" | "data" | "model" | "loss" | "base" | "ascent" | "eta_schedule"
        | "rho_schedule" | "slice" => {}
        "title" => value.clone_into(&mut scene.title),
        "eta" => scene.eta = LearningRate::new(number(key, value)?).map_err(refused)?,
        "rho" => {
            let rho = Radius::new(number(key, value)?).map_err(refused)?;
            scene.ball = Ball { rho, ..scene.ball };
        }
        "p" => {
            let norm = Norm::new(exponent(value)?).map_err(refused)?;
            scene.ball = Ball { norm, ..scene.ball };
        }
        "steps" => scene.steps = value.parse().map_err(refused)?,
        "seed" => {
            scene.seed = value
                .parse()
                .map_err(|_| not_a(key, value, "a seed; use a whole number of zero or more"))?;
        }
        "l2" => scene.l2 = Penalty::new(number(key, value)?).map_err(refused)?,
        "test" => scene.test = TestShare::new(number(key, value)?).map_err(refused)?,
        "batch" => scene.batch = value.parse().map_err(refused)?,
        "order" => {
            scene.order = match value {
                "shuffled" => Order::Shuffled,
                "sequential" => Order::Sequential,
                _ => return Err(not_a(key, value, "an order; use shuffled or sequential")),
            };
        }
        "start" => {
            scene.start = Some(numbers(key, value, "a list of weights, for instance 0.6,-0.3")?);
        }
        "window" => scene.window = Some(window(key, value)?),
        _ => {
            let parameters = parameters(scene);
            let Some(parameter) = parameters.iter().find(|parameter| parameter.key == key) else {
                return Err(BadEdit::UnknownKey { key: key.to_owned(), hint: hint(scene, key) });
            };
            set_parameter(scene, key, &parameter.setting.read(value)?)?;
        }
    }
    Ok(())
}
