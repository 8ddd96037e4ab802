//! The keys of a scene: how the command line and files say what is wanted.
//!
//! Edits of one source are applied together, in the order that makes sense rather than the order they were written:
//! first what is minimised (which brings its own start, η, ρ and window), then who minimises it, then numbers, then
//! the parameters of whatever is chosen by then.

use crate::analysis::slices;
use crate::catalog::{self, BadValue, Choice, UnknownId};
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::{ascent, base, schedule};
use crate::problem::batches::Order;
use crate::problem::datasets::{self, Dataset};
use crate::problem::grid::Window;
use crate::problem::{landscapes, losses, models};

use super::number::{LearningRate, Penalty, TestShare};
use super::{Fit, Scene, Subject};

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

/// Why a wish cannot be granted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadEdit {
    /// No part of the scene has this key.
    #[error("there is no key \"{key}\"; {hint}")]
    UnknownKey {
        /// As it was typed.
        key: String,
        /// What would be right.
        hint: String,
    },
    /// The key was said twice.
    #[error("\"{key}\" is said twice; say it once")]
    Twice {
        /// As it was typed.
        key: String,
    },
    /// A name that no member has.
    #[error(transparent)]
    UnknownId(#[from] UnknownId),
    /// A number outside its setting's range.
    #[error(transparent)]
    BadSetting(#[from] BadValue),
    /// A text that should have been a number, or the like.
    #[error("{key} = \"{given}\" is not {wanted}")]
    NotA {
        /// The key.
        key: String,
        /// What was typed.
        given: String,
        /// What would be right.
        wanted: String,
    },
    /// A checked number that was refused; the message is the number's own.
    #[error("{0}")]
    Refused(String),
    /// A landscape and parts of a fit together.
    #[error(
        "\"landscape\" and \"{other}\" exclude each other; say either a landscape, or data, model and loss"
    )]
    TwoSubjects {
        /// The other key.
        other: String,
    },
    /// A model or loss for another kind of data.
    #[error("{kind} \"{id}\" does not fit dataset \"{data}\"; choose one of {fitting}")]
    DoesNotFit {
        /// "model" or "loss".
        kind: &'static str,
        /// Its id.
        id: &'static str,
        /// The dataset's id.
        data: &'static str,
        /// What would fit.
        fitting: String,
    },
    /// A start with another number of weights than the problem.
    #[error("start = {given} has {found} weights, but {subject} has {wanted}")]
    WrongStart {
        /// As typed.
        given: String,
        /// How many numbers.
        found: usize,
        /// What is minimised.
        subject: String,
        /// How many weights it has.
        wanted: usize,
    },
}

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

/// The subject that the edits ask for, when they ask for one.
fn subject<'a>(
    now: &Subject,
    edits: &[Edit],
    said: impl Fn(&str) -> Option<&'a str>,
) -> Result<Option<Subject>, BadEdit> {
    let fit_key = ["data", "model", "loss"].into_iter().find(|key| said(key).is_some());
    match (said("landscape"), fit_key) {
        (Some(_), Some(other)) => Err(BadEdit::TwoSubjects { other: other.to_owned() }),
        (Some(id), None) => Ok(Some(Subject::Formula(landscapes::ALL.choose(id)?))),
        (None, None) => Ok(None),
        (None, Some(_)) => {
            let old = match now {
                Subject::Fit(fit) => Some(fit),
                Subject::Formula(_) => None,
            };
            let mut data = match (said("data"), old) {
                (Some(id), _) => datasets::ALL.choose(id)?,
                (None, Some(fit)) => fit.data.clone(),
                (None, None) => default_data(said("model"), said("loss"))?,
            };
            // Which models fit may depend on the data's parameters.
            for edit in edits {
                let mut settings = data.entry().settings.iter();
                if let Some(setting) = settings.find(|setting| setting.key == edit.key.trim()) {
                    data.set(setting.key, setting.read(edit.value.trim())?)?;
                }
            }
            fit_for(data, said("model"), said("loss"), old).map(|fit| Some(Subject::Fit(fit)))
        }
    }
}

/// The first dataset that the model and the loss that were asked for fit; the very first when there is none.
fn default_data(model: Option<&str>, loss: Option<&str>) -> Result<Choice<dyn Dataset>, BadEdit> {
    let model = model.map(|id| models::ALL.find(id)).transpose()?;
    let loss = loss.map(|id| losses::ALL.find(id)).transpose()?;
    let fits = |data: &Choice<dyn Dataset>| {
        let data = data.build();
        let model_fits =
            model.is_none_or(|it| models::fitting(&*data).any(|entry| entry.id == it.id));
        let loss_fits =
            loss.is_none_or(|it| losses::fitting(data.task()).any(|entry| entry.id == it.id));
        model_fits && loss_fits
    };
    let first = datasets::ALL.entries.iter().map(|entry| Choice::new(entry)).find(fits);
    Ok(first.unwrap_or_else(|| Choice::new(datasets::ALL.entries[0])))
}

/// `data` with the model and loss that were asked for, or those it had if they still fit, or the first that do.
///
/// # Errors
/// When a model or loss was asked for that does not fit the data.
pub fn fit_for(
    data: Choice<dyn Dataset>,
    model: Option<&str>,
    loss: Option<&str>,
    old: Option<&Fit>,
) -> Result<Fit, BadEdit> {
    let built = data.build();
    let model = choose("model", model, old.map(|fit| &fit.model), &models::ALL, &data, || {
        models::fitting(&*built).collect()
    })?;
    let loss = choose("loss", loss, old.map(|fit| &fit.loss), &losses::ALL, &data, || {
        losses::fitting(built.task()).collect()
    })?;
    Ok(Fit { data, model, loss })
}

/// The member that was asked for, or the old one, or the first, as long as it is among those that fit `data`.
fn choose<T: ?Sized>(
    kind: &'static str,
    asked: Option<&str>,
    old: Option<&Choice<T>>,
    catalog: &catalog::Catalog<T>,
    data: &Choice<dyn Dataset>,
    fitting: impl Fn() -> Vec<&'static catalog::Entry<T>>,
) -> Result<Choice<T>, BadEdit> {
    let fitting = fitting();
    let fits = |id: &str| fitting.iter().any(|entry| entry.id == id);
    let kept = old.filter(|choice| fits(choice.id()));
    let Some(id) = asked else {
        // Contract tests hold that every dataset has a model and a loss that fit.
        return Ok(kept.cloned().unwrap_or_else(|| Choice::new(fitting[0])));
    };
    let choice = catalog.choose(id)?;
    if fits(id) {
        return Ok(kept.map_or_else(|| choice.clone(), |old| kept_or(old, choice.clone())));
    }
    let ids: Vec<_> = fitting.iter().map(|entry| entry.id).collect();
    Err(BadEdit::DoesNotFit { kind, id: choice.id(), data: data.id(), fitting: ids.join(", ") })
}

/// Choosing what is chosen already keeps its parameters.
fn kept_or<T: ?Sized>(old: &Choice<T>, new: Choice<T>) -> Choice<T> {
    if old.id() == new.id() { old.clone() } else { new }
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
            set_parameter(scene, key, parameter.setting.read(value)?)?;
        }
    }
    Ok(())
}

/// A number that something chosen can be tuned by.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its key in the scene: the setting's own, or with a prefix where one family is used twice.
    pub key: String,
    /// What it says of itself.
    pub setting: &'static catalog::Setting,
    /// Its value.
    pub value: f64,
}

/// What sets the parameters of η's schedule apart from those of ρ's.
const ETA: &str = "eta_";
/// What sets the parameters of ρ's schedule apart from those of η's.
const RHO: &str = "rho_";

/// Every parameter of what is chosen.
#[must_use]
pub fn parameters(scene: &Scene) -> Vec<Parameter> {
    fn of<T: ?Sized>(prefix: &str, choice: &Choice<T>) -> Vec<Parameter> {
        choice
            .values()
            .map(|(setting, value)| Parameter {
                key: format!("{prefix}{}", setting.key),
                setting,
                value,
            })
            .collect()
    }
    let subject = match &scene.subject {
        Subject::Formula(landscape) => of("", landscape),
        Subject::Fit(Fit { data, model, loss }) => {
            [of("", data), of("", model), of("", loss)].concat()
        }
    };
    [
        subject,
        of("", &scene.base),
        of("", &scene.ascent),
        of(ETA, &scene.eta_schedule),
        of(RHO, &scene.rho_schedule),
        of("", &scene.slice),
    ]
    .concat()
}

/// Sets a parameter of whatever has it; nothing happens when nothing does.
fn set_parameter(scene: &mut Scene, key: &str, value: f64) -> Result<(), BadValue> {
    match &mut scene.subject {
        Subject::Formula(landscape) => {
            landscape.set(key, value)?;
        }
        Subject::Fit(Fit { data, model, loss }) => {
            data.set(key, value)?;
            model.set(key, value)?;
            loss.set(key, value)?;
        }
    }
    scene.base.set(key, value)?;
    scene.ascent.set(key, value)?;
    scene.slice.set(key, value)?;
    if let Some(key) = key.strip_prefix(ETA) {
        scene.eta_schedule.set(key, value)?;
    }
    if let Some(key) = key.strip_prefix(RHO) {
        scene.rho_schedule.set(key, value)?;
    }
    Ok(())
}

fn hint(scene: &Scene, key: &str) -> String {
    if let Some(owner) = owner(key) {
        return format!("it belongs to {owner}, which this scene has not chosen");
    }
    let parameters = parameters(scene);
    let known: Vec<&str> = KEYS
        .iter()
        .map(|(key, _)| *key)
        .chain(parameters.iter().map(|parameter| parameter.key.as_str()))
        .collect();
    match catalog::nearest(key, known.iter().copied()) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("this scene has {}", known.join(", ")),
    }
}

/// Who has a parameter of this name, anywhere in the catalogues.
fn owner(key: &str) -> Option<String> {
    fn among<T: ?Sized>(choosing: &str, catalog: &catalog::Catalog<T>, key: &str) -> Vec<String> {
        let has =
            |entry: &&catalog::Entry<T>| entry.settings.iter().any(|setting| setting.key == key);
        let owners = catalog.entries.iter().copied().filter(has);
        owners.map(|entry| format!("{choosing}={}", entry.id)).collect()
    }
    let owners = [
        among("landscape", &landscapes::ALL, key),
        among("data", &datasets::ALL, key),
        among("model", &models::ALL, key),
        among("loss", &losses::ALL, key),
        among("base", &base::ALL, key),
        among("ascent", &ascent::ALL, key),
        among("slice", &slices::ALL, key),
        key.strip_prefix(ETA)
            .map_or_else(Vec::new, |key| among("eta_schedule", &schedule::ALL, key)),
        key.strip_prefix(RHO)
            .map_or_else(Vec::new, |key| among("rho_schedule", &schedule::ALL, key)),
    ]
    .concat();
    (!owners.is_empty()).then(|| owners.join(" or "))
}

fn refused(error: impl std::fmt::Display) -> BadEdit {
    BadEdit::Refused(error.to_string())
}

fn not_a(key: &str, given: &str, wanted: &str) -> BadEdit {
    BadEdit::NotA { key: key.to_owned(), given: given.to_owned(), wanted: wanted.to_owned() }
}

fn number(key: &str, value: &str) -> Result<f64, BadEdit> {
    value.parse().map_err(|_| not_a(key, value, "a number"))
}

fn exponent(value: &str) -> Result<f64, BadEdit> {
    if value == "∞" {
        return Ok(f64::INFINITY);
    }
    value
        .parse()
        .map_err(|_| not_a("p", value, "the exponent of a norm; use a number of 1 or more, or inf"))
}

fn numbers(key: &str, value: &str, wanted: &str) -> Result<Vec<f64>, BadEdit> {
    let parsed: Result<Vec<f64>, _> =
        value.split(',').map(|part| part.trim().parse::<f64>()).collect();
    parsed
        .ok()
        .filter(|numbers| numbers.iter().all(|x| x.is_finite()))
        .ok_or_else(|| not_a(key, value, wanted))
}

fn window(key: &str, value: &str) -> Result<Window, BadEdit> {
    let wanted = "a window; use left,right,lower,upper, for instance -2,2,-1,3";
    match numbers(key, value, wanted)?[..] {
        [left, right, lower, upper] if left < right && lower < upper => {
            Ok(Window::new([left, right], [lower, upper]))
        }
        _ => Err(not_a(key, value, wanted)),
    }
}
