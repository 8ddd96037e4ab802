//! What is minimised, as data, a model and a loss that go together.

use super::values::refused;
use super::{BadEdit, Edit, table};
use crate::catalog::{self, Choice, Setting};
use crate::problem::datasets::{self, Dataset, POINTS};
use crate::problem::expression::Expression;
use crate::problem::landscapes::{self, FORMULA, FREE, Landscape, OWN};
use crate::problem::{losses, models};
use crate::scene::{Fit, Subject};

/// The subject that the edits ask for, when they ask for one.
pub(super) fn subject<'a>(
    now: &Subject,
    edits: &[Edit],
    said: impl Fn(&str) -> Option<&'a str>,
) -> Result<Option<Subject>, BadEdit> {
    if let Some(mut data) = table::asked(&said)? {
        tune(&mut data, edits)?;
        let old = match now {
            Subject::Fit(fit) => Some(fit),
            Subject::Formula(_) => None,
        };
        return fit_for(data, said("model"), said("loss"), old).map(|fit| Some(Subject::Fit(fit)));
    }
    let fit_key = ["data", "model", "loss"].into_iter().find(|key| said(key).is_some());
    if let Some(formula) = said(FORMULA) {
        let other = fit_key.or_else(|| said("landscape").map(|_| "landscape"));
        return match other {
            Some(other) => Err(BadEdit::FormulaAnd { other: other.to_owned() }),
            None => {
                let mut own = own(formula)?;
                // The learning rate that suits a formula depends on its parameters.
                for edit in edits.iter().filter(|edit| edit.key.trim() != FORMULA) {
                    let mut settings = OWN.settings.iter();
                    let is_said = |it: &&Setting| it.key == edit.key.trim() && it.key != FREE;
                    if let Some(setting) = settings.find(is_said) {
                        own.set(setting.key, setting.read(edit.value.trim())?)?;
                    }
                    let free = landscapes::free(&own).into_iter();
                    let found =
                        free.map(|(setting, _)| setting).find(|it| it.key == edit.key.trim());
                    if let Some(setting) = found
                        && let Some(value) = setting.read(edit.value.trim())?.number()
                    {
                        landscapes::set_free(&mut own, setting.key, value)?;
                    }
                }
                Ok(Some(Subject::Formula(own)))
            }
        };
    }
    match (said("landscape"), fit_key) {
        (Some(_), Some(other)) => Err(BadEdit::TwoSubjects { other: other.to_owned() }),
        (Some(FORMULA), None) => {
            let words =
                "there is no landscape \"formula\"; say formula = \"x^2 + 3y^2\" in its place";
            Err(BadEdit::Refused(words.to_owned()))
        }
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
            tune(&mut data, edits)?;
            fit_for(data, said("model"), said("loss"), old).map(|fit| Some(Subject::Fit(fit)))
        }
    }
}

/// Sets the parameters of the data that are said: which models fit may depend on them.
fn tune(data: &mut Choice<dyn Dataset>, edits: &[Edit]) -> Result<(), BadEdit> {
    for edit in edits.iter().filter(|edit| edit.key.trim() != POINTS) {
        let mut settings = data.entry().settings.iter();
        if let Some(setting) = settings.find(|setting| setting.key == edit.key.trim()) {
            data.set(setting.key, setting.read(edit.value.trim())?)?;
        }
    }
    Ok(())
}

/// The landscape of a formula as it was typed.
///
/// # Errors
/// Says where the text is no formula, and what was probably meant.
pub fn own(formula: &str) -> Result<Choice<dyn Landscape>, BadEdit> {
    // What is too long is the formula's to refuse: it says how much too long.
    Expression::read(formula).map_err(refused)?;
    Ok(Choice::new(&OWN).with(FORMULA, formula)?)
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
pub(super) fn kept_or<T: ?Sized>(old: &Choice<T>, new: Choice<T>) -> Choice<T> {
    if old.id() == new.id() { old.clone() } else { new }
}
