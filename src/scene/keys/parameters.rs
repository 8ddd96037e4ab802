//! The parameters of whatever is chosen.

use super::spec::{ETA, RHO};
use super::{BadEdit, KEYS};
use crate::analysis::slices;
use crate::catalog::{self, BadValue, Choice, Value};
use crate::optim::{ascent, base, schedule};
use crate::problem::{datasets, landscapes, losses, models};
use crate::scene::run::RunSpec;
use crate::scene::{Fit, Scene, Subject};
use crate::typed::echo;

/// What something chosen can be tuned by.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its key in the scene: the setting's own, or with a prefix where one family is used twice.
    pub key: String,
    /// What it says of itself.
    pub setting: &'static catalog::Setting,
    /// Its value.
    pub value: Value,
}

/// Every parameter of what the scene has chosen for all runs.
#[must_use]
pub fn parameters(scene: &Scene) -> Vec<Parameter> {
    [of_subject(&scene.subject), of_run(&scene.shared), of("", &scene.slice)].concat()
}

/// Every parameter of what a run has chosen.
#[must_use]
pub fn of_run(spec: &RunSpec) -> Vec<Parameter> {
    [
        of("", &spec.base),
        of("", &spec.ascent),
        of(ETA, &spec.eta_schedule),
        of(RHO, &spec.rho_schedule),
    ]
    .concat()
}

/// Every parameter of what is minimised.
#[must_use]
pub fn of_subject(subject: &Subject) -> Vec<Parameter> {
    match subject {
        Subject::Formula(landscape) => {
            let has = |it: &Parameter| landscapes::has(landscape, it.setting);
            let free = landscapes::free(landscape).into_iter().map(|(setting, value)| Parameter {
                key: setting.key.to_owned(),
                setting,
                value: Value::Number(value),
            });
            of("", landscape).into_iter().filter(has).chain(free).collect()
        }
        Subject::Fit(Fit { data, model, loss }) => {
            [of("", data), of("", model), of("", loss)].concat()
        }
    }
}

/// The parameters of a choice, their keys after `prefix`.
pub(in crate::scene) fn of<T: ?Sized>(prefix: &str, choice: &Choice<T>) -> Vec<Parameter> {
    let parameter = |(setting, value): (&'static catalog::Setting, &Value)| Parameter {
        key: format!("{prefix}{}", setting.key),
        setting,
        value: value.clone(),
    };
    choice.values().map(parameter).collect()
}

/// Sets a parameter of the problem or the plane; nothing happens when neither has it.
pub(super) fn set_parameter(scene: &mut Scene, key: &str, value: &Value) -> Result<(), BadValue> {
    match &mut scene.subject {
        Subject::Formula(landscape) => {
            if let (false, Value::Number(number)) = (landscape.set(key, value.clone())?, value) {
                landscapes::set_free(landscape, key, *number)?;
            }
        }
        Subject::Fit(Fit { data, model, loss }) => {
            data.set(key, value.clone())?;
            model.set(key, value.clone())?;
            loss.set(key, value.clone())?;
        }
    }
    scene.slice.set(key, value.clone())?;
    Ok(())
}

/// Why a run cannot have `key` of its own.
pub(super) fn no_key_of_a_run(scene: &Scene, spec: &RunSpec, key: &str) -> BadEdit {
    let of_all = [of_subject(&scene.subject), of("", &scene.slice)].concat();
    let is_the_scenes = KEYS.iter().any(|(known, _)| *known == key)
        || of_all.iter().any(|parameter| parameter.key == key);
    if is_the_scenes {
        return BadEdit::OfTheScene { key: echo(key) };
    }
    let mut with = scene.clone();
    with.shared = spec.clone();
    BadEdit::UnknownKey { key: echo(key), hint: hint(&with, key) }
}

/// What to say of a key that no part of the scene has.
pub(super) fn hint(scene: &Scene, key: &str) -> String {
    if let Some(owner) = owner(key) {
        return format!("it belongs to {owner}, which this scene has not chosen");
    }
    if datasets::OWN.settings.iter().any(|setting| setting.key == key) {
        return "it belongs to points of your own; say data_file or data_points too".to_owned();
    }
    if landscapes::named(key).is_some() {
        return "it is the parameter of a formula that has this name, which this scene has not"
            .to_owned();
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
