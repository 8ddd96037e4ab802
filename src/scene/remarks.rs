//! Remarks: what a scene asks for that makes no difference to its runs.

use super::Scene;
use super::run::{Aspect, RunSpec};
use crate::optim::ascent::table;

/// What run `place` is given that makes no difference to it; empty where everything does.
///
/// ```text
/// at ≥ steps       the run is over before its change
/// as it was        base, ascent, η, ρ and p are those in force already
/// ρ, p of its own  it never looks around, or its ε knows no norm
/// a part           of a composed ascent that has chosen another
/// ```
#[must_use]
pub fn of_run(scene: &Scene, place: usize) -> Vec<String> {
    let spec = scene.spec(place);
    let steps = scene.steps.get();
    let mut found = unused(scene, place);
    let stretches: Vec<(usize, RunSpec)> = spec.stretches().collect();
    for pair in stretches.windows(2) {
        let [(_, before), (at, spec)] = pair else { continue };
        if *at >= steps {
            found.push(format!("its change at step {at} is never reached: it makes {steps} steps"));
        } else if spec == before {
            found.push(format!("nothing changes at step {at}: it was so before"));
        }
    }
    found
}

/// Settings that a run has of its own, or its ascent was given, and that play no part in its steps.
fn unused(scene: &Scene, place: usize) -> Vec<String> {
    let spec = scene.spec(place).within(scene.steps.get());
    let own = |aspect| scene.runs.get(place).is_some_and(|run| run.own.has(aspect));
    let mut found = Vec::new();
    let why = |knows: bool| if knows { "its ε knows no norm" } else { "it does not look around" };
    let looks = spec.has_ascent();
    let has_norm = looks && spec.looking().ascent.build().has_neighbourhood();
    if own(Aspect::Rho) && !looks {
        found.push(format!("its rho makes no difference: {}", why(looks)));
    }
    if own(Aspect::Norm) && !has_norm {
        found.push(format!("its p makes no difference: {}", why(looks)));
    }
    for (setting, value) in spec.ascent.values() {
        if table::is_idle(&spec.ascent, setting) && *value != setting.default() {
            let key = setting.key;
            found.push(format!("{key} makes no difference: its ascent is not composed of that"));
        }
    }
    found
}

/// The same of all runs, each with its name before it.
#[must_use]
pub fn of(scene: &Scene) -> Vec<String> {
    let named = |(place, run): (usize, &super::run::Run)| {
        let name = run.name.as_str().to_owned();
        of_run(scene, place).into_iter().map(move |remark| format!("{name}: {remark}"))
    };
    scene.runs.iter().enumerate().flat_map(named).collect()
}

impl RunSpec {
    /// The same without the changes that a run of so many steps does not reach.
    #[must_use]
    pub fn within(&self, steps: usize) -> Self {
        let mut spec = self.clone();
        for then in self.then.iter().filter(|then| then.at.get() >= steps) {
            spec.then = spec.then.without(then.at);
        }
        spec
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::file;

    #[test]
    fn a_change_that_does_nothing_is_told() {
        let told = |then: &str| {
            let text = format!("steps = 50\n[[run]]\nname = \"a\"\n[[run.then]]\n{then}");
            of(&file::read(&text).unwrap())
        };
        assert_eq!(
            told("at = 50\nrho = 0.3"),
            ["a: its change at step 50 is never reached: it makes 50 steps"]
        );
        assert!(told("at = 49\nrho = 0.3").is_empty());
        let twice = told("at = 10\nrho = 0.3\n[[run.then]]\nat = 20\nrho = 0.3");
        assert_eq!(twice, ["a: nothing changes at step 20: it was so before"]);
    }

    #[test]
    fn a_setting_that_plays_no_part_is_told() {
        let told = |run: &str| of(&file::read(&format!("[[run]]\nname = \"a\"\n{run}")).unwrap());
        let never = "a: its rho makes no difference: it does not look around";
        assert_eq!(told("ascent = \"none\"\nrho = 0.3"), [never]);
        let no_norm = "a: its p makes no difference: its ε knows no norm";
        assert_eq!(told("ascent = \"unnormalised\"\np = 1"), [no_norm]);
        let later = "ascent = \"none\"\nrho = 0.3\n[[run.then]]\nat = 5\nascent = \"sam\"";
        assert!(told(later).is_empty(), "{:?}", told(later));
        assert!(told("rho = 0.3\np = 1").is_empty());
        let text = "ascent = \"composed\"\ndirection = \"gradient\"\nmu = 0.5";
        let part = "mu makes no difference: its ascent is not composed of that";
        let all = of(&file::read(text).unwrap());
        assert!(all.iter().any(|told| told.ends_with(part)), "{all:?}");
        let used = "ascent = \"composed\"\ndirection = \"momentum\"\nmu = 0.5";
        assert!(of(&file::read(used).unwrap()).is_empty());
    }
}
