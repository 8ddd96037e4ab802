//! A claim, tried: whether it holds, and what was found beside what is claimed.

use rayon::prelude::*;

use super::Paper;
use super::claim::{About, Claim, Each, Wanted};
use super::series::{Seen, Series};
use super::statistic::{Statistic, median};
use crate::engine::Engine;
use crate::figure::numerals::short;
use crate::lesson::evidence::{Evidence, examine};
use crate::lesson::predicate::{Judgement, Predicate};
use crate::optim::replay::Replay;
use crate::scene::Scene;
use crate::sweep::Grounds;

/// What came of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it holds.
    pub holds: bool,
    /// Whether that is as the paper's file expects.
    pub is_expected: bool,
    /// What was found.
    pub found: String,
    /// What is claimed.
    pub claimed: String,
}

/// Digits of a number that was found.
const DIGITS: usize = 7;

/// The claims of a paper, tried one after the other.
pub fn verdicts(paper: &Paper) -> impl Iterator<Item = (&Claim, Verdict)> {
    let mut engine = Engine::in_place();
    paper.claims.iter().map(move |claim| (claim, verdict(claim, &mut engine)))
}

/// What comes of `claim`; the engine may know some of its scene already.
#[must_use]
pub fn verdict(claim: &Claim, engine: &mut Engine) -> Verdict {
    let (holds, found, claimed) = match &claim.about {
        About::Ends { predicate, at } => ends(&claim.scene, predicate, *at, engine),
        About::Along { run, series, wanted } => along(&claim.scene, *run, series, wanted),
        About::Many { scenes, each, iff, share } => many(scenes, each, iff.as_ref(), *share),
        About::MedianOfFirst { scenes, run, series, wanted } => {
            median_of_first(scenes, *run, series, *wanted)
        }
    };
    Verdict { holds, is_expected: holds == claim.fails_because.is_none(), found, claimed }
}

fn ends(
    scene: &Scene,
    predicate: &Predicate,
    at: usize,
    engine: &mut Engine,
) -> (bool, String, String) {
    let judged = examine(engine, scene, at, |evidence| {
        (holds(predicate, evidence), predicate.found(evidence))
    });
    let (holds, found) = judged.unwrap_or((false, "nothing".to_owned()));
    (holds, found, predicate.claimed())
}

/// The series of run `place` of `scene`, step by step; of the first steps only, where so many are asked for.
fn read_off(scene: &Scene, place: usize, series: &Series, most: usize) -> Vec<(usize, f64)> {
    let problem = scene.source().build();
    let setup = scene.setup(scene.spec(place), &problem);
    let steps = Replay::new(&setup).take(most);
    let value = |step| {
        let seen = Seen { step: &step, setup: &setup };
        series.of(&seen).map(|value| (step.step, value))
    };
    steps.filter_map(value).collect()
}

fn along(
    scene: &Scene,
    run: usize,
    series: &Series,
    wanted: &[(Statistic, Wanted)],
) -> (bool, String, String) {
    let values = read_off(scene, run, series, usize::MAX);
    let found = wanted.iter().map(|(statistic, _)| {
        let value = statistic.of(&values);
        let value = value.map_or_else(|| "none".to_owned(), |x| short(x, DIGITS));
        format!("{} {value}", statistic.named(series.symbol))
    });
    let found = found.collect::<Vec<_>>().join(", ");
    let claimed: Vec<String> = wanted.iter().map(|(_, wanted)| wanted.to_string()).collect();
    (are(&values, wanted), found, claimed.join(", "))
}

fn many(
    scenes: &[Scene],
    each: &Each,
    iff: Option<&Predicate>,
    share: Wanted,
) -> (bool, String, String) {
    let judged: Vec<Case> = match each {
        Each::Ends(predicate) => judged_by_ends(scenes, predicate, iff),
        Each::Along(run, series, wanted) => {
            let one = |scene: &Scene| {
                let values = read_off(scene, *run, series, usize::MAX);
                let settings = Evidence::of_outcomes(scene, &[]);
                Case { is_so: are(&values, wanted), iff: iff.map(|iff| holds(iff, &settings)) }
            };
            scenes.par_iter().map(one).collect()
        }
    };
    let agree = judged.iter().filter(|case| case.iff.unwrap_or(true) == case.is_so).count();
    let percent = 100.0 * agree as f64 / judged.len().max(1) as f64;
    let of = format!("{agree} of {} starts ({} %)", judged.len(), short(percent, 4));
    let found = match iff {
        Some(_) => format!("{of}; it is so of {}", judged.iter().filter(|case| case.is_so).count()),
        None => of,
    };
    let asked = match each {
        Each::Ends(predicate) => predicate.claimed(),
        Each::Along(_, series, wanted) => told(series, wanted),
    };
    let claimed = match iff {
        Some(iff) => format!("{asked} exactly where {}, of {share} %", iff.claimed()),
        None => format!("{asked}, of {share} %"),
    };
    (share.holds(Some(percent)), found, claimed)
}

/// What came of one of many scenes.
struct Case {
    /// Whether what is asked of it is so.
    is_so: bool,
    /// Whether what that is compared with is, if it is compared.
    iff: Option<bool>,
}

fn holds(predicate: &Predicate, evidence: &Evidence<'_>) -> bool {
    predicate.judge(evidence) == Judgement::Holds
}

/// What is so of the end of a run of each scene.
fn judged_by_ends(scenes: &[Scene], predicate: &Predicate, iff: Option<&Predicate>) -> Vec<Case> {
    // Other runs are made where they are asked about.
    let is_of_one = !predicate.compares() && iff.is_none_or(|iff| iff.run == predicate.run);
    let mut runs = scenes.first().into_iter().flat_map(|scene| scene.runs.iter());
    let name = runs.find(|run| run.name.as_str() == predicate.run).map(|run| run.name.clone());
    let ended = Grounds::default().outcomes(scenes, name.as_ref().filter(|_| is_of_one));
    let judged = scenes.iter().zip(&ended).map(|(scene, ended)| {
        let outcomes: Vec<_> = ended.iter().map(|ended| (&ended.run, &ended.outcome)).collect();
        let evidence = Evidence::of_outcomes(scene, &outcomes);
        let iff = iff.map(|iff| holds(iff, &evidence));
        Case { is_so: holds(predicate, &evidence), iff }
    });
    judged.collect()
}

/// Whether statistics of a series are as wanted.
fn are(values: &[(usize, f64)], wanted: &[(Statistic, Wanted)]) -> bool {
    wanted.iter().all(|(statistic, wanted)| wanted.holds(statistic.of(values)))
}

/// What statistics of a series are claimed to be.
fn told(series: &Series, wanted: &[(Statistic, Wanted)]) -> String {
    let one = |(statistic, wanted): &(Statistic, Wanted)| {
        format!("{} {wanted}", statistic.named(series.symbol))
    };
    wanted.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn median_of_first(
    scenes: &[Scene],
    run: usize,
    series: &Series,
    wanted: Wanted,
) -> (bool, String, String) {
    let first = |scene: &Scene| read_off(scene, run, series, 1).first().map(|value| value.1);
    let values: Vec<f64> = scenes.par_iter().filter_map(first).collect();
    let found = median(values);
    let said = found.map_or_else(|| "none".to_owned(), |x| short(x, DIGITS));
    let of = format!("the median of {} over {} starts {said}", series.symbol, scenes.len());
    (wanted.holds(found), of, wanted.to_string())
}
