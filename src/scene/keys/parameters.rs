//! The parameters of whatever is chosen.

use super::KEYS;
use crate::analysis::slices;
use crate::catalog::{self, BadValue, Choice, Value};
use crate::optim::{ascent, base, schedule};
use crate::problem::{datasets, landscapes, losses, models};
use crate::scene::{Fit, Scene, Subject};

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
                value: value.clone(),
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
pub(super) fn set_parameter(scene: &mut Scene, key: &str, value: &Value) -> Result<(), BadValue> {
    match &mut scene.subject {
        Subject::Formula(landscape) => {
            landscape.set(key, value.clone())?;
        }
        Subject::Fit(Fit { data, model, loss }) => {
            data.set(key, value.clone())?;
            model.set(key, value.clone())?;
            loss.set(key, value.clone())?;
        }
    }
    scene.base.set(key, value.clone())?;
    scene.ascent.set(key, value.clone())?;
    scene.slice.set(key, value.clone())?;
    if let Some(key) = key.strip_prefix(ETA) {
        scene.eta_schedule.set(key, value.clone())?;
    }
    if let Some(key) = key.strip_prefix(RHO) {
        scene.rho_schedule.set(key, value.clone())?;
    }
    Ok(())
}

/// What to say of a key that no part of the scene has.
pub(super) fn hint(scene: &Scene, key: &str) -> String {
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
