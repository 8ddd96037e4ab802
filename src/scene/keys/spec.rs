//! The keys that a run may have of its own: who minimises, and with which numbers.

use super::values::{bound, exponent, not_a, number, numbers, refused, seed};
use super::{BadEdit, Edit, said};
use crate::catalog::{BadValue, Choice, Value};
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::clip::{Clip, Place};
use crate::optim::{ascent, base, mistake, schedule};
use crate::problem::batches::Order;
use crate::scene::number::LearningRate;
use crate::scene::run::{Aspect, RunSpec};

/// What sets the parameters of η's schedule apart from those of ρ's.
pub(in crate::scene) const ETA: &str = "eta_";
/// What sets the parameters of ρ's schedule apart from those of η's.
pub(in crate::scene) const RHO: &str = "rho_";

/// The families that a run chooses from, by key.
pub(super) const FAMILIES: [(&str, Aspect); 5] = [
    ("base", Aspect::Base),
    ("ascent", Aspect::Ascent),
    ("mistake", Aspect::Mistake),
    ("eta_schedule", Aspect::EtaSchedule),
    ("rho_schedule", Aspect::RhoSchedule),
];

/// Chooses what `edits` choose from the families of a run; what is chosen already keeps its parameters.
pub(super) fn choose(spec: &mut RunSpec, edits: &[Edit]) -> Result<(), BadEdit> {
    if let Some(id) = said(edits, "base") {
        spec.base = carried_to(&spec.base, base::ALL.choose(id)?);
    }
    if let Some(id) = said(edits, "ascent") {
        spec.ascent = carried_to(&spec.ascent, ascent::ALL.choose(id)?);
    }
    if let Some(id) = said(edits, "mistake") {
        spec.mistake = mistake::ALL.choose(id)?;
    }
    if let Some(id) = said(edits, "eta_schedule") {
        spec.eta_schedule = carried_to(&spec.eta_schedule, schedule::ALL.choose(id)?);
    }
    if let Some(id) = said(edits, "rho_schedule") {
        spec.rho_schedule = carried_to(&spec.rho_schedule, schedule::ALL.choose(id)?);
    }
    Ok(())
}

/// What is chosen already where it is chosen again; else the new one with every parameter of the same name that the old
/// one has been given: weight decay that all runs share is that of a run with a base of its own too.
fn carried_to<T: ?Sized>(old: &Choice<T>, mut new: Choice<T>) -> Choice<T> {
    if old.id() == new.id() {
        return old.clone();
    }
    let untouched = Choice::new(old.entry());
    for (setting, value) in old.values() {
        if untouched.value(setting.key) != Some(value) {
            // One that knows no such parameter, or not this value, keeps its own.
            let _ = new.set(setting.key, value.clone());
        }
    }
    new
}

/// Grants one wish about a run; says which of its aspects it is about, or none where it is about something else.
pub(super) fn set(spec: &mut RunSpec, key: &str, value: &str) -> Result<Option<Aspect>, BadEdit> {
    if let Some((_, aspect)) = FAMILIES.iter().find(|(family, _)| *family == key) {
        return Ok(Some(*aspect));
    }
    let aspect = match key {
        "eta" => {
            spec.eta = LearningRate::new(number(key, value)?).map_err(refused)?;
            Aspect::Eta
        }
        "rho" => {
            let rho = Radius::new(number(key, value)?).map_err(refused)?;
            spec.ball = Ball { rho, ..spec.ball };
            Aspect::Rho
        }
        "p" => {
            let norm = Norm::new(exponent(value)?).map_err(refused)?;
            spec.ball = Ball { norm, ..spec.ball };
            Aspect::Norm
        }
        "batch" => {
            spec.batch = value.parse().map_err(refused)?;
            Aspect::Batch
        }
        "order" => {
            spec.order = match value {
                "shuffled" => Order::Shuffled,
                "sequential" => Order::Sequential,
                _ => return Err(not_a(key, value, "an order; use shuffled or sequential")),
            };
            Aspect::Order
        }
        "start" => {
            let wanted = "a list of weights, for instance 0.6,-0.3";
            spec.start = Some(numbers(key, value, wanted)?);
            Aspect::Start
        }
        "seed_batches" => {
            spec.seed_batches = Some(seed(key, value)?);
            Aspect::SeedBatches
        }
        "seed_ascent" => {
            spec.seed_ascent = Some(seed(key, value)?);
            Aspect::SeedAscent
        }
        "clip" => {
            spec.clip = Clip::new(bound(value)?, spec.clip.place).map_err(refused)?;
            Aspect::Clip
        }
        "clip_where" => {
            spec.clip.place = match value {
                "before" => Place::Before,
                "after" => Place::After,
                _ => return Err(not_a(key, value, "a place to clip at; use before or after")),
            };
            Aspect::Clip
        }
        _ => return parameter(spec, key, value),
    };
    Ok(Some(aspect))
}

/// Sets a parameter of whatever the run has chosen.
fn parameter(spec: &mut RunSpec, key: &str, value: &str) -> Result<Option<Aspect>, BadEdit> {
    let found = super::parameters::of_run(spec).into_iter().find(|found| found.key == key);
    let Some(found) = found else { return Ok(None) };
    let value = found.setting.read(value)?;
    Ok(set_parameter(spec, key, &value)?)
}

fn set_parameter(spec: &mut RunSpec, key: &str, value: &Value) -> Result<Option<Aspect>, BadValue> {
    if spec.base.set(key, value.clone())? {
        return Ok(Some(Aspect::Base));
    }
    if spec.ascent.set(key, value.clone())? {
        return Ok(Some(Aspect::Ascent));
    }
    if let Some(key) = key.strip_prefix(ETA)
        && spec.eta_schedule.set(key, value.clone())?
    {
        return Ok(Some(Aspect::EtaSchedule));
    }
    if let Some(key) = key.strip_prefix(RHO)
        && spec.rho_schedule.set(key, value.clone())?
    {
        return Ok(Some(Aspect::RhoSchedule));
    }
    Ok(None)
}
