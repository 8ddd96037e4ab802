//! Goals: what a page asks one to reach, and how near one is.

use super::evidence::Evidence;
use super::predicate::{self, Judgement, Predicate};
use super::text::Span;
use crate::analysis::flow::apart;
use crate::figure::numerals::short;
use crate::figure::picture::Future;
use crate::scene::Scene;

/// What a page asks one to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What to do, in a sentence.
    pub task: Vec<Span>,
    /// All of these must hold.
    pub predicates: Vec<Predicate>,
    /// What is said once it is reached.
    pub reached: Vec<Span>,
    /// A way to reach it, for tests: it is never shown.
    pub solution: Option<Solution>,
    /// The line of the lesson that it stands in.
    pub line: usize,
}

/// A way to reach a goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The page's scene, changed.
    pub scene: Scene,
    /// Where one clicks, if one has to.
    pub click: Option<[f64; 2]>,
}

/// A statement about a page's scene, or about a change of it, that tests hold the text to.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// What holds.
    pub predicate: Predicate,
    /// Of which scene.
    pub scene: Scene,
    /// At which step, where it is about one.
    pub step: usize,
    /// The line of the lesson that it stands in.
    pub line: usize,
}

/// How near a goal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It cannot be said yet, and what there is to do.
    Open(String),
    /// It is not reached, and why.
    Missed(String),
    /// It is reached, and by what.
    Reached(String),
}

impl Status {
    /// The sentence.
    #[must_use]
    pub fn said(&self) -> &str {
        match self {
            Self::Open(said) | Self::Missed(said) | Self::Reached(said) => said,
        }
    }

    /// Whether the goal is reached.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        matches!(self, Self::Reached(_))
    }
}

impl Goal {
    /// How near a click must be to where a run ends, where a click is asked for.
    #[must_use]
    pub fn prediction(&self) -> Option<f64> {
        self.predicates.iter().find_map(Predicate::prediction)
    }

    /// How near it is; `future` says whether the ends of runs may be told before they are shown.
    #[must_use]
    pub fn status(&self, evidence: &Evidence<'_>, future: Future) -> Status {
        let places = self.predicates.iter().filter_map(|it| evidence.place(&it.run));
        let is_over = places.clone().all(|place| evidence.is_over(place));
        if let Some(within) = self.prediction() {
            let Some(at) = evidence.predicted else {
                return Status::Open(
                    "Nothing said yet; X and the arrow keys do it without a mouse".to_owned(),
                );
            };
            if future == Future::Hidden && !is_over {
                let at = predicate::at(at);
                return Status::Open(format!("You say {at}. Press Space and see"));
            }
            return self.revealed(evidence, at, within);
        }
        if future == Future::Hidden && !is_over {
            return Status::Open("Press Space: it shows at the end".to_owned());
        }
        let judged = self.predicates.iter().map(|predicate| predicate.judge(evidence));
        let failure = judged.into_iter().find_map(|judgement| match judgement {
            Judgement::Holds => None,
            Judgement::Fails(why) => Some(why),
        });
        match failure {
            Some(why) => Status::Missed(format!("Not yet. {}", raised(&why))),
            None => {
                let mut told: Vec<String> =
                    places.map(|place| predicate::told(evidence, place)).collect();
                told.dedup();
                told.extend(self.predicates.iter().flat_map(|it| it.within(evidence)));
                Status::Reached(format!("Reached. {}", told.join("; ")))
            }
        }
    }

    /// What came of a click, once the end is shown.
    fn revealed(&self, evidence: &Evidence<'_>, clicked: [f64; 2], within: f64) -> Status {
        let place = self.predicates.iter().find_map(|it| evidence.place(&it.run));
        let end = place.and_then(|place| Some((place, evidence.outcome(place)?.place?)));
        let Some((place, end)) = end else {
            return Status::Missed("Not yet. It ends nowhere on this map".to_owned());
        };
        let far = short(apart(clicked, end), 2);
        let said = format!(
            "{} ended at {}, {far} from where you clicked",
            evidence.label(place),
            predicate::at(end)
        );
        let all_hold = self.predicates.iter().all(|it| it.judge(evidence) == Judgement::Holds);
        if all_hold {
            Status::Reached(format!("Reached. {said}"))
        } else {
            Status::Missed(format!("{said}; {} is near enough", short(within, 2)))
        }
    }
}

/// `words` as the beginning of a sentence.
fn raised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
