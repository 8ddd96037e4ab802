//! Remarks: what a scene asks for that makes no difference to its runs.

use super::Scene;
use super::run::RunSpec;

/// What the changes at steps of run `place` do not do; empty where each does something.
///
/// ```text
/// at ≥ steps       the run is over before
/// as it was        base, ascent, η, ρ and p are those in force already
/// ```
#[must_use]
pub fn of_run(scene: &Scene, place: usize) -> Vec<String> {
    let spec = scene.spec(place);
    let steps = scene.steps.get();
    let mut found = Vec::new();
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
}
