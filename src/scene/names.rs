//! What runs are called in words: by what they are, and where two are alike by what they differ in.
//!
//! ```text
//! base = sgd, ascent = none             SGD
//! base = sgd, ascent = sam              SAM
//! base = adam, ascent = sam             SAM (Adam)
//! mistake = reversed                    SAM, ε reversed
//! ascent = none, at 20: ascent = sam    SGD, then SAM from 20
//! two of SAM with ρ = 0.05 and 0.1      SAM ρ 0.05,  SAM ρ 0.1
//! name = "square"                       square
//! ```

use super::Scene;
use super::keys::of;
use super::run::{Aspect, RunSpec, Then};
use crate::catalog::Choice;
use crate::optim::ascent;
use crate::optim::clip::Place;
use crate::problem::batches::{BatchSize, Order};
use crate::typed::spelled;

/// What each run of `scene` is called, in order; no two are called the same.
#[must_use]
pub fn labels(scene: &Scene) -> Vec<String> {
    let specs = scene.specs();
    let plain: Vec<String> = specs.iter().map(whole).collect();
    let mut labels: Vec<String> = Vec::with_capacity(specs.len());
    for (place, run) in scene.runs.iter().enumerate() {
        let label = if run.name.is_chosen() {
            let name = run.name.as_str();
            let (wrong, mistake) = (specs[place].is_mistaken(), specs[place].mistake.entry());
            if wrong { format!("{name}, {}", mistake.name) } else { name.to_owned() }
        } else {
            let alike = |k: usize| plain[k] == plain[place];
            let rivals: Vec<&RunSpec> =
                (0..specs.len()).filter(|&k| alike(k)).map(|k| &specs[k]).collect();
            [plain[place].clone(), differences(&specs[place], &rivals)].join(" ")
        };
        let label = label.trim_end().to_owned();
        labels.push(label);
    }
    let told = labels.clone();
    let is_told_twice = |label: &String| told.iter().filter(|other| *other == label).count() > 1;
    for (label, run) in labels.iter_mut().zip(scene.runs.iter()) {
        if is_told_twice(label) {
            *label = format!("{label} ({})", run.name.as_str());
        }
    }
    labels
}

/// What an optimizer is called: its base, its ascent, or both.
#[must_use]
pub fn optimizer(spec: &RunSpec) -> String {
    let (base, ascent) = (spec.base.entry(), ascent::table::name(&spec.ascent));
    let right = if spec.ascent.id() == ascent::none().id() {
        base.name.to_owned()
    } else if base.id == "sgd" {
        ascent
    } else {
        format!("{ascent} ({})", base.name)
    };
    if spec.is_mistaken() { format!("{right}, {}", spec.mistake.entry().name) } else { right }
}

/// The same of a run that changes, with what it changes to: "SGD, then SAM from 20".
#[must_use]
pub fn whole(spec: &RunSpec) -> String {
    let mut text = optimizer(&spec.at(0));
    let stretches: Vec<(usize, RunSpec)> = spec.stretches().collect();
    for pair in stretches.windows(2) {
        let [(_, before), (at, after)] = pair else { continue };
        text += &format!(", then {} from {at}", changed(before, after));
    }
    text
}

/// What a run is made with that was made with `before`.
fn changed(before: &RunSpec, after: &RunSpec) -> String {
    let (is_other, own) = (optimizer(before) != optimizer(after), [before]);
    let numbers = Then::ASPECTS.into_iter().filter(|aspect| {
        let is_told = is_other && matches!(aspect, Aspect::Base | Aspect::Ascent);
        // A ball that nobody looks around in says nothing.
        let is_idle = matches!(aspect, Aspect::Rho | Aspect::Norm) && !after.has_ascent();
        after.differs(before, *aspect) && !is_told && !is_idle
    });
    let name = is_other.then(|| optimizer(after));
    let said = numbers.map(|aspect| said(after, &own, aspect)).filter(|words| !words.is_empty());
    let words: Vec<String> = name.into_iter().chain(said).collect();
    if words.is_empty() { "the same".to_owned() } else { words.join(" ") }
}

/// What tells `spec` from its rivals, in a few words.
fn differences(spec: &RunSpec, rivals: &[&RunSpec]) -> String {
    let differs = |aspect: &Aspect| rivals.iter().any(|rival| spec.differs(rival, *aspect));
    let said = Aspect::ALL.into_iter().filter(differs).map(|aspect| said(spec, rivals, aspect));
    said.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a run has of an aspect, in a few words; nothing where its name has it.
#[must_use]
pub fn of_aspect(spec: &RunSpec, aspect: Aspect) -> String {
    said(spec, &[spec], aspect)
}

fn said(spec: &RunSpec, rivals: &[&RunSpec], aspect: Aspect) -> String {
    match aspect {
        Aspect::Base => settings(&spec.base, rivals.iter().map(|rival| &rival.base)),
        Aspect::Ascent => settings(&spec.ascent, rivals.iter().map(|rival| &rival.ascent)),
        // They are a part of the name already.
        Aspect::Mistake | Aspect::Then => String::new(),
        Aspect::Clip if spec.clip.is_none() => "not clipped".to_owned(),
        Aspect::Clip => {
            let others = rivals.iter().map(|rival| rival.clip.most());
            let place = match spec.clip.place {
                Place::Before => " before the ascent",
                Place::After => "",
            };
            format!("clipped to {}{place}", brief(spec.clip.most(), others))
        }
        Aspect::Eta => {
            let others = rivals.iter().map(|rival| rival.eta.get());
            format!("η {}", brief(spec.eta.get(), others))
        }
        Aspect::Rho => {
            let others = rivals.iter().map(|rival| rival.ball.rho.get());
            format!("ρ {}", brief(spec.ball.rho.get(), others))
        }
        Aspect::Norm => format!("p {}", exponent(spec.ball.norm.p())),
        Aspect::EtaSchedule => format!("η {}", spec.eta_schedule.entry().name.to_lowercase()),
        Aspect::RhoSchedule => format!("ρ {}", spec.rho_schedule.entry().name.to_lowercase()),
        Aspect::Batch => match spec.batch {
            BatchSize::Full => "full batch".to_owned(),
            BatchSize::Of(size) => format!("batch {size}"),
        },
        Aspect::Order => match spec.order {
            Order::Shuffled => "shuffled".to_owned(),
            Order::Sequential => "in order".to_owned(),
        },
        Aspect::Start => match spec.start.as_deref() {
            Some([x, y]) => format!("from ({}, {})", spelled(*x), spelled(*y)),
            Some(_) | None => String::new(),
        },
        Aspect::SeedBatches => spec.seed_batches.map_or_else(String::new, |k| format!("seed {k}")),
        Aspect::SeedAscent => spec.seed_ascent.map_or_else(String::new, |k| format!("seed {k}")),
    }
}

/// A number with the digits that tell it from its rivals, four at least where it has them.
fn brief(x: f64, others: impl Iterator<Item = f64> + Clone) -> String {
    let rounded = |x: f64, digits: usize| format!("{x:.digits$e}").parse().unwrap_or(x);
    let is_told_apart = |digits: &usize| {
        let mine: f64 = rounded(x, *digits);
        let same = |a: f64, b: f64| a.total_cmp(&b).is_eq();
        same(mine, x) || others.clone().all(|it| same(it, x) || !same(rounded(it, *digits), mine))
    };
    let digits = (3..17).find(is_told_apart).unwrap_or(17);
    spelled(rounded(x, digits))
}

/// The settings of `choice` that are others among its rivals: "β 0.5".
fn settings<'a, T: ?Sized + 'static>(
    choice: &Choice<T>,
    rivals: impl Iterator<Item = &'a Choice<T>> + Clone,
) -> String {
    let differing = of("", choice).into_iter().filter(|mine| {
        let mut others = rivals.clone().flat_map(|rival| of("", rival));
        others.any(|other| other.key == mine.key && other != *mine)
    });
    let said =
        differing.map(|parameter| format!("{} {}", parameter.setting.label, parameter.value));
    said.collect::<Vec<_>>().join(" ")
}

/// An exponent of a norm: "2", "1.5", "∞".
fn exponent(p: f64) -> String {
    if p.is_infinite() { "∞".to_owned() } else { spelled(p) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::file;

    fn labels_of(text: &str) -> Vec<String> {
        labels(&file::read(text).unwrap())
    }

    #[test]
    fn two_runs_are_called_by_what_they_are() {
        assert_eq!(labels_of(""), ["SGD", "SAM"]);
        assert_eq!(labels_of("base = \"adam\""), ["Adam", "SAM (Adam)"]);
    }

    #[test]
    fn alike_runs_are_told_apart_by_what_differs() {
        let many = "[[run]]\nascent = \"none\"\n[[run]]\nrho = 0.05\n[[run]]\nrho = 0.1\np = inf";
        assert_eq!(labels_of(many), ["SGD", "SAM ρ 0.05 p 2", "SAM ρ 0.1 p ∞"]);
        let momenta = "base = \"momentum\"\nascent = \"none\"\n[[run]]\n[[run]]\nmomentum = 0.5";
        assert_eq!(labels_of(momenta), ["Momentum momentum β 0.9", "Momentum momentum β 0.5"]);
    }

    #[test]
    fn a_mistake_is_a_part_of_every_name() {
        let runs = "[[run]]\n[[run]]\nmistake = \"reversed\"\n[[run]]\nname = \"wrong\"\nmistake = \"sign\"";
        assert_eq!(labels_of(runs), ["SAM", "SAM, ε reversed", "wrong, sign(g)"]);
    }

    #[test]
    fn a_run_that_changes_says_to_what_and_from_where() {
        let one = |first: &str, then: &str| {
            let text = format!("[[run]]\n{first}\n[[run.then]]\nat = 20\n{then}");
            labels_of(&text).remove(0)
        };
        assert_eq!(one("ascent = \"none\"", "ascent = \"sam\""), "SGD, then SAM from 20");
        assert_eq!(one("", "rho = 0.3\np = inf"), "SAM, then ρ 0.3 p ∞ from 20");
        let both = one("ascent = \"none\"", "ascent = \"sam\"\nrho = 0.3");
        assert_eq!(both, "SGD, then SAM ρ 0.3 from 20");
        assert_eq!(one("", "ascent = \"none\"\nrho = 0.3"), "SAM, then SGD from 20");
        assert_eq!(one("", "base = \"adam\"\nbeta1 = 0.5"), "SAM, then SAM (Adam) from 20");
        assert_eq!(
            one("base = \"momentum\"", "momentum = 0.5"),
            "SAM (Momentum), then momentum β 0.5 from 20"
        );
        assert_eq!(one("", ""), "SAM, then the same from 20");
    }

    #[test]
    fn clipped_runs_are_told_apart_by_their_bound() {
        let runs = "[[run]]\n[[run]]\nclip = 1\n[[run]]\nclip = 0.5\nclip_where = \"before\"";
        let labels =
            ["SAM not clipped", "SAM clipped to 1", "SAM clipped to 0.5 before the ascent"];
        assert_eq!(labels_of(runs), labels);
    }

    #[test]
    fn a_chosen_name_is_the_label_and_the_same_run_twice_is_told_by_its_name() {
        assert_eq!(labels_of("[[run]]\nname = \"square\"\n[[run]]"), ["square", "SAM"]);
        assert_eq!(labels_of("[[run]]\n[[run]]"), ["SAM (run1)", "SAM (run2)"]);
    }
}
