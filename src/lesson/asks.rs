//! What goals and claims ask, as front matter says it.

use toml::Value;

use super::error::BadLesson;
use super::fields::{Fields, hint};
use super::predicate::{Condition, Predicate};
use super::quantity::{self, Quantity};
use crate::analysis::outcome::Name;
use crate::scene::Scene;
use crate::typed::echo;

/// Keys that are no quantities.
const OWN: [&str; 9] =
    ["run", "ending", "basin", "left", "near", "within", "flatter_than", "lower_than", "predict"];
/// The endings, as in the column `ending` of a summary.
const ENDINGS: [&str; 8] =
    ["diverged", "stopped", "saddle", "stalled", "cycle", "rest", "drifting", "moving"];
const BASINS: [(&str, Name); 4] =
    [("narrow", Name::Narrow), ("wide", Name::Wide), ("only", Name::Only), ("floor", Name::Floor)];
/// Keys of a range.
const OF_A_RANGE: [&str; 4] = ["at_least", "at_most", "about", "within"];

/// Every key of what is asked.
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    OWN.into_iter().chain(quantity::ALL.iter().map(|quantity| quantity.id))
}

/// What is asked of a run of `scene`.
///
/// # Errors
/// When nothing is asked, or something that no run can be.
pub(crate) fn predicate(fields: &Fields<'_>, scene: &Scene) -> Result<Predicate, BadLesson> {
    let names: Vec<&str> = scene.runs.iter().map(|run| run.name.as_str()).collect();
    let run = |key: &str| -> Result<Option<String>, BadLesson> {
        match fields.text(key)? {
            Some(name) if !names.contains(&name) => Err(fields.bad(
                key,
                format!("this scene has no run \"{}\"; {}", echo(name), hint(name, &names)),
            )),
            name => Ok(name.map(str::to_owned)),
        }
    };
    let mut conditions = Vec::new();
    let endings = fields.texts("ending", "\"cycle\" or [\"rest\", \"cycle\"]")?;
    if let Some(other) = endings.iter().find(|ending| !ENDINGS.contains(ending)) {
        let what = format!("there is no ending \"{}\"; {}", echo(other), hint(other, &ENDINGS));
        return Err(fields.bad("ending", what));
    }
    if !endings.is_empty() {
        conditions.push(Condition::Ending(endings.into_iter().map(str::to_owned).collect()));
    }
    if let Some(name) = fields.text("basin")? {
        let known = BASINS.map(|(known, _)| known);
        let found = BASINS.iter().find(|(known, _)| *known == name).map(|(_, name)| *name);
        let unknown = || format!("there is no basin \"{}\"; {}", echo(name), hint(name, &known));
        conditions.push(Condition::Basin(found.ok_or_else(|| fields.bad("basin", unknown()))?));
    }
    conditions.extend(fields.flag("left")?.map(Condition::Left));
    if let Some(within) = fields.number("within")?.filter(|within| *within <= 0.0) {
        let what = format!("within is {within}; use a number above zero");
        return Err(fields.bad("within", what));
    }
    match (fields.point("near")?, fields.number("within")?) {
        (Some(at), Some(within)) if within > 0.0 => conditions.push(Condition::Near(at, within)),
        (None, None) => {}
        _ => {
            return Err(fields.bad("near", "near is a place and within how far from it; say both"));
        }
    }
    let last = names.last().copied().unwrap_or_default();
    let asked = run("run")?.unwrap_or_else(|| last.to_owned());
    let other = |key: &str| match run(key)? {
        Some(other) if other == asked => {
            let what =
                format!("{key} names the run it is about, \"{}\"; name another", echo(&other));
            Err(fields.bad(key, what))
        }
        other => Ok(other),
    };
    conditions.extend(other("flatter_than")?.map(Condition::Flatter));
    conditions.extend(other("lower_than")?.map(Condition::Lower));
    if let Some(within) = fields.number("predict")? {
        if within.is_nan() || within <= 0.0 {
            return Err(fields
                .bad("predict", "predict is how near a click must be; use a number above zero"));
        }
        conditions.push(Condition::Predicted(within));
    }
    for quantity in quantity::ALL {
        conditions.extend(of(fields, *quantity)?);
    }
    if conditions.is_empty() {
        let some = "it asks nothing; say for instance ending = \"diverged\", left = true or loss = { at_most = 0.1 }";
        return Err(fields.bad("run", some));
    }
    Ok(Predicate { run: asked, conditions })
}

/// What is asked of a quantity.
fn of(fields: &Fields<'_>, quantity: Quantity) -> Result<Option<Condition>, BadLesson> {
    Ok(range_of(fields, quantity.id)?.map(|range| match range {
        Range::Said(number) => Condition::Is(quantity, number),
        Range::Between(ends) => Condition::Within(quantity, ends),
    }))
}

/// What a number is said to be.
pub(crate) enum Range {
    /// This one, to the digits that are said.
    Said(f64),
    /// In this range.
    Between([f64; 2]),
}

/// What the number of `key` is said to be, if anything.
pub(crate) fn range_of(fields: &Fields<'_>, key: &str) -> Result<Option<Range>, BadLesson> {
    match fields.value(key) {
        None => Ok(None),
        Some(Value::Table(_)) => {
            let ranges = fields.tables(key, &OF_A_RANGE)?;
            let between =
                ranges.first().map(|range| self::range(range, fields, key)).transpose()?;
            Ok(between.map(Range::Between))
        }
        Some(_) => Ok(fields.number(key)?.map(Range::Said)),
    }
}

fn range(range: &Fields<'_>, of: &Fields<'_>, key: &str) -> Result<[f64; 2], BadLesson> {
    let [least, most, about, within] = [
        range.number("at_least")?,
        range.number("at_most")?,
        range.number("about")?,
        range.number("within")?,
    ];
    let [low, high] = match (least, most, about, within) {
        (None, None, Some(about), Some(within)) => [about - within, about + within],
        (None, None, _, _) | (_, _, Some(_), _) | (_, _, _, Some(_)) => {
            return Err(of.bad(key, "a range has at_least, at_most or both; or about and within"));
        }
        (least, most, None, None) => {
            [least.unwrap_or(f64::NEG_INFINITY), most.unwrap_or(f64::INFINITY)]
        }
    };
    if low > high {
        return Err(of.bad(key, "nothing is in this range; at_least is above at_most"));
    }
    Ok([low, high])
}
