//! What a scene is made with beside its names, in words: all that somebody needs who makes it again.
//!
//! ```text
//! of the problem   what is not as samscope has it: "condition 50", "L2 penalty λ 0.01", "seed 7"
//! of a run         where it begins, ρ, p, η, the settings of its base and of its ascent, schedules, batches, clipping
//! ```
//!
//! Mistakes and changes of a run are a part of its name.

use crate::catalog::{Setting, Value};
use crate::optim::ascent::table;
use crate::problem::batches::{BatchSize, Order};
use crate::scene::keys::{self, Parameter};
use crate::scene::run::Aspect;
use crate::scene::{Scene, Subject, file, names};
use crate::typed::spelled;

/// Of the problem.
pub(super) fn of_problem(scene: &Scene) -> Vec<String> {
    let usual = file::ground();
    let is_own = |it: &Parameter| it.value != it.setting.default();
    let mut said: Vec<String> = keys::of_subject(&scene.subject)
        .into_iter()
        .filter(is_own)
        .filter_map(|it| told(it.setting, &it.value))
        .collect();
    if scene.l2 != usual.l2 {
        said.push(format!("L2 penalty λ = {}", exactly(scene.l2.get())));
    }
    if !scene.test.is_none() {
        said.push(format!("{} % set aside for testing", exactly(100.0 * scene.test.get())));
    }
    let is_made = matches!(scene.subject, Subject::Fit(_));
    match scene.seed_data {
        Some(seed) if is_made => said.push(format!("seed of the data {seed}")),
        Some(_) | None => {}
    }
    if scene.seed != usual.seed {
        said.push(format!("seed {}", scene.seed));
    }
    said
}

/// Of a run.
pub(super) fn of_run(scene: &Scene, run: usize) -> Vec<String> {
    let spec = scene.spec(run);
    let mut said = Vec::new();
    if let Some(&[x, y]) = scene.first_weights_of(run).as_slice() {
        said.push(format!("from ({}, {})", exactly(x), exactly(y)));
    }
    if spec.has_ascent() {
        let looking = spec.looking();
        said.push(format!("ρ = {}", exactly(looking.ball.rho.get())));
        if looking.ascent.build().has_neighbourhood() {
            said.push(format!("p = {}", exponent(looking.ball.norm.p())));
        }
    }
    let changes = spec.stretches().any(|(_, then)| then.eta != spec.eta);
    let first = if changes { " at first" } else { "" };
    said.push(format!("η = {}{first}", exactly(spec.eta.get())));
    said.extend(spec.base.values().filter_map(|(setting, value)| told(setting, value)));
    let plays_a_part = |(setting, _): &(&Setting, &Value)| !table::is_idle(&spec.ascent, setting);
    // What an ascent is composed of is its name.
    let is_a_number = |(_, value): &(&Setting, &Value)| matches!(value, Value::Number(_));
    let ascent = spec.ascent.values().filter(plays_a_part).filter(is_a_number);
    said.extend(ascent.filter_map(|(setting, value)| told(setting, value)));
    let usual = file::ground().shared;
    let aspects = [
        (Aspect::EtaSchedule, true),
        (Aspect::RhoSchedule, spec.has_ascent()),
        (Aspect::Batch, spec.batch != BatchSize::Full),
        (Aspect::Order, spec.batch != BatchSize::Full && spec.order == Order::Sequential),
        (Aspect::SeedBatches, spec.batch != BatchSize::Full),
        (Aspect::SeedAscent, spec.has_ascent()),
        (Aspect::Clip, true),
    ];
    for (aspect, _) in aspects.into_iter().filter(|(_, counts)| *counts) {
        if spec.differs(&usual, aspect) {
            let seed = |of: &str, seed: Option<u64>| seed.map(|k| format!("seed of {of} {k}"));
            said.push(match aspect {
                Aspect::SeedBatches => seed("the batches", spec.seed_batches).unwrap_or_default(),
                Aspect::SeedAscent => seed("the ascent", spec.seed_ascent).unwrap_or_default(),
                _ => names::of_aspect(&spec, aspect),
            });
        }
        let schedule = match aspect {
            Aspect::EtaSchedule => &spec.eta_schedule,
            Aspect::RhoSchedule => &spec.rho_schedule,
            _ => continue,
        };
        said.extend(schedule.values().filter_map(|(setting, value)| told(setting, value)));
    }
    said.retain(|words| !words.is_empty());
    said
}

/// Whether the name of a run, or the heading of its map, says that already: "SAM ρ 0.05" says ρ.
pub(super) fn is_in(name: &str, words: &str) -> bool {
    let first = words.split([' ', '(']).next().unwrap_or(words);
    let is_told_first = ["from", "η", "ρ", "p"].contains(&first);
    let begins = if first == "from" { "from (".to_owned() } else { format!("{first} ") };
    let is_there = |what: &str| name.contains(&format!(" {what}"));
    is_there(&words.replace(" =", "")) || is_told_first && is_there(&begins)
}

/// A number with all its digits, so that whoever types it has the same one.
fn exactly(x: f64) -> String {
    spelled(x).replace('-', "−")
}

fn exponent(p: f64) -> String {
    if p.is_infinite() { "∞".to_owned() } else { exactly(p) }
}

/// A setting with its value; nothing of one that is zero, and so absent, or that is a text.
fn told(setting: &Setting, value: &Value) -> Option<String> {
    let label = setting.label;
    match value {
        Value::Number(number) if *number == 0.0 && setting.default() == Value::Number(0.0) => None,
        Value::Number(number) => {
            let unit = if setting.about.contains("degrees") { "°" } else { "" };
            Some(counted(label, &format!("{}{unit}", exactly(*number))))
        }
        Value::Choice(name) => Some(format!("{label} {name}")),
        Value::Text(_) | Value::Path(_) => None,
    }
}

/// "momentum β = 0.9", "points 80", "outliers 5 %", "every 30 steps".
fn counted(label: &str, number: &str) -> String {
    if let Some(what) = label.strip_suffix(" %") {
        return format!("{what} {number} %");
    }
    let is_a_symbol = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let words: Vec<&str> = label.split(' ').collect();
    match words.iter().position(|word| is_a_symbol(word)) {
        Some(last) if last + 1 == words.len() => format!("{label} = {number}"),
        Some(within) => {
            let said = |(k, word)| if k == within { number } else { word };
            words.into_iter().enumerate().map(said).collect::<Vec<_>>().join(" ")
        }
        None => format!("{label} {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn a_number_stands_where_its_symbol_does() {
        for (label, said) in [
            ("momentum β", "momentum β = 4"),
            ("λ₁", "λ₁ = 4"),
            ("points", "points 4"),
            ("outliers %", "outliers 4 %"),
            ("every n steps", "every 4 steps"),
        ] {
            assert_eq!(counted(label, "4"), said);
        }
    }
}
