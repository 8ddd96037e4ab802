//! Predicates: what a goal asks of a run, and what a claim says of it.
//!
//! ```toml
//! run = "sam"                     # the run it is about; the last one where it is not said
//! ending = "diverged"             # as in the column `ending` of --summary
//! basin = "wide"                  # narrow, wide, only, floor
//! left = true                     # it left the basin it began in, for good
//! near = [-0.8, 0.9]              # it ended there …
//! within = 0.2                    # … or closer to it than this
//! flatter_than = "base"           # its last λ_max is below that of another run
//! lower_than = "base"             # so is its last loss
//! amplitude = 0.14                # a number, to the digits said
//! rho = { at_most = 0.1 }         # or a range
//! predict = 0.3                   # somebody clicked so close to where it ended
//! ```

use super::evidence::Evidence;
use super::quantity::{self, Quantity};
use crate::analysis::flow::apart;
use crate::analysis::outcome::{Name, Standing};
use crate::export::summary;
use crate::figure::numerals::{point, short};
use crate::figure::sentence;

/// What is asked of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicate {
    /// The run's name.
    pub run: String,
    /// All of these must hold.
    pub conditions: Vec<Condition>,
}

/// One thing that is asked of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// It ended in one of these ways.
    Ending(Vec<String>),
    /// It ended in a basin of this name.
    Basin(Name),
    /// It left the basin it began in, for good; or it did not.
    Left(bool),
    /// It ended no farther from a place than this.
    Near([f64; 2], f64),
    /// Its last `λ_max` is below that of another run.
    Flatter(String),
    /// Its last loss is below that of another run.
    Lower(String),
    /// A number of it is this, to as many digits as were said.
    Is(Quantity, f64),
    /// A number of it is in a range.
    Within(Quantity, [f64; 2]),
    /// Somebody clicked no farther from where it ended than this.
    Predicted(f64),
}

/// What came of a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It holds.
    Holds,
    /// It does not, and why.
    Fails(String),
}

impl Predicate {
    /// Whether it holds.
    #[must_use]
    pub fn judge(&self, evidence: &Evidence<'_>) -> Judgement {
        let Some(place) = evidence.place(&self.run) else {
            return Judgement::Fails(format!("there is no run called {} any more", self.run));
        };
        // What a run did is said before what could be smaller.
        let mut conditions: Vec<&Condition> = self.conditions.iter().collect();
        conditions.sort_by_key(|condition| condition.is_of_settings());
        let fails = conditions.into_iter().find_map(|it| it.fails(evidence, place));
        fails.map_or(Judgement::Holds, Judgement::Fails)
    }

    /// What was found of the run that it is about, in the words of its conditions.
    #[must_use]
    pub fn found(&self, evidence: &Evidence<'_>) -> String {
        let Some(place) = evidence.place(&self.run) else { return String::new() };
        let said = self.conditions.iter().map(|it| it.found(evidence, place));
        said.collect::<Vec<_>>().join(", ")
    }

    /// What it says of the run that it is about.
    #[must_use]
    pub fn claimed(&self) -> String {
        self.conditions.iter().map(Condition::claimed).collect::<Vec<_>>().join(", ")
    }

    /// Whether it compares its run with others.
    #[must_use]
    pub fn compares(&self) -> bool {
        let is = |it: &Condition| matches!(it, Condition::Flatter(_) | Condition::Lower(_));
        self.conditions.iter().any(is)
    }

    /// Whether it asks for what is set only, and nothing that is found.
    #[must_use]
    pub fn is_of_settings(&self) -> bool {
        self.conditions.iter().all(Condition::is_of_settings)
    }

    /// How near a click must be, where one is asked for.
    #[must_use]
    pub fn prediction(&self) -> Option<f64> {
        self.conditions.iter().find_map(|condition| match condition {
            Condition::Predicted(within) => Some(*within),
            _ => None,
        })
    }
}

impl Predicate {
    /// The numbers that were asked for and found, each told apart from the ends of its range: "the last loss is 0.1393".
    pub(super) fn within<'a>(&'a self, evidence: &'a Evidence<'_>) -> impl Iterator<Item = String> {
        let place = evidence.place(&self.run);
        self.conditions.iter().filter_map(move |condition| match condition {
            Condition::Within(quantity, ends) if !quantity.is_setting => {
                let found = quantity.of(evidence, place?)?;
                Some(format!("{} is {}", quantity.symbol, told_apart(found, *ends)))
            }
            _ => None,
        })
    }
}

/// A number with as many digits as it takes not to look like an end of its range.
fn told_apart(found: f64, ends: [f64; 2]) -> String {
    let is_apart = |digits: &usize| {
        let said = short(found, *digits);
        ends.iter().all(|end| short(*end, *digits) != said || found.total_cmp(end).is_eq())
    };
    short(found, (3..12).find(is_apart).unwrap_or(12))
}

/// A run with how it went: "SAM: left the narrow basin at step 25, …".
#[must_use]
pub fn told(evidence: &Evidence<'_>, place: usize) -> String {
    let Some(outcome) = evidence.outcome(place) else { return String::new() };
    let said = sentence::sentence(outcome);
    let mut letters = said.chars();
    let lowered: String = match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => said,
    };
    format!("{}: {lowered}", evidence.label(place))
}

/// Digits of a number that was found.
const DIGITS: usize = 7;

impl Condition {
    /// What was found of run `place`.
    fn found(&self, evidence: &Evidence<'_>, place: usize) -> String {
        let number = |value: Option<f64>| {
            value.map_or_else(|| "none".to_owned(), |value| short(value, DIGITS))
        };
        let outcome = evidence.outcome(place);
        match self {
            Self::Ending(_) => {
                outcome.map_or("nothing", |it| summary::ending(&it.ending)).to_owned()
            }
            Self::Near(..) | Self::Predicted(_) => {
                let place = outcome.and_then(|outcome| outcome.place);
                place.map_or_else(
                    || "nowhere".to_owned(),
                    |[x, y]| format!("({}, {})", short(x, DIGITS), short(y, DIGITS)),
                )
            }
            Self::Flatter(_) => format!("λ_max {}", number(outcome.and_then(|it| it.lambda_max))),
            Self::Lower(_) => format!("loss {}", number(outcome.map(|it| it.loss))),
            Self::Is(quantity, _) | Self::Within(quantity, _) => {
                format!("{} {}", quantity.symbol, number(quantity.of(evidence, place)))
            }
            Self::Basin(_) | Self::Left(_) => told(evidence, place),
        }
    }

    /// What it says.
    fn claimed(&self) -> String {
        match self {
            Self::Ending(endings) => endings.join(" or "),
            Self::Basin(name) => format!("the basin {name:?}").to_lowercase(),
            Self::Left(true) => "it leaves its basin".to_owned(),
            Self::Left(false) => "it stays in its basin".to_owned(),
            Self::Near([x, y], within) => {
                let [x, y] = [x, y].map(|x| short(*x, DIGITS));
                format!("within {} of ({x}, {y})", short(*within, 3))
            }
            Self::Flatter(other) => format!("flatter than {other}"),
            Self::Lower(other) => format!("lower than {other}"),
            Self::Is(quantity, number) => format!("{} {}", quantity.symbol, short(*number, DIGITS)),
            Self::Within(quantity, [least, most]) => {
                let wanted = match (least.is_finite(), most.is_finite()) {
                    (true, false) => format!("{} or more", short(*least, DIGITS)),
                    (false, _) => format!("{} or less", short(*most, DIGITS)),
                    (true, true) => {
                        format!("{} to {}", short(*least, DIGITS), short(*most, DIGITS))
                    }
                };
                format!("{} {wanted}", quantity.symbol)
            }
            Self::Predicted(within) => format!("predicted within {}", short(*within, 3)),
        }
    }

    fn is_of_settings(&self) -> bool {
        match self {
            Self::Is(quantity, _) | Self::Within(quantity, _) => quantity.is_setting,
            Self::Ending(_)
            | Self::Basin(_)
            | Self::Left(_)
            | Self::Near(..)
            | Self::Flatter(_)
            | Self::Lower(_)
            | Self::Predicted(_) => false,
        }
    }

    /// Why it does not hold of run `place`, if it does not.
    fn fails(&self, evidence: &Evidence<'_>, place: usize) -> Option<String> {
        let told = || told(evidence, place);
        let unless = |holds: bool, why: String| if holds { None } else { Some(why) };
        // Settings are known without an end; of anything else nothing can be said.
        if evidence.outcome(place).is_none() && !self.is_of_settings() {
            return Some("nothing is known of how it ends".to_owned());
        }
        let outcome = evidence.outcome(place);
        match self {
            Self::Ending(endings) => {
                let ending = outcome.map(|outcome| summary::ending(&outcome.ending));
                unless(endings.iter().any(|wanted| Some(wanted.as_str()) == ending), told())
            }
            Self::Basin(wanted) => {
                let travel = outcome.and_then(|outcome| outcome.travel);
                let travel = travel.filter(|travel| travel.standing != Standing::Between);
                let name = travel.and_then(|travel| travel.end).map(|end| end.name);
                unless(name == Some(*wanted), told())
            }
            Self::Left(wanted) => {
                unless(quantity::has_left(evidence, place) == Some(*wanted), told())
            }
            Self::Near(at, within) => {
                let place = outcome.and_then(|outcome| outcome.place);
                unless(place.is_some_and(|place| apart(place, *at) <= *within), told())
            }
            Self::Flatter(other) => {
                less(evidence, place, other, "λ_max", |it, k| it.outcome(k)?.lambda_max)
            }
            Self::Lower(other) => {
                less(evidence, place, other, "a loss", |it, k| Some(it.outcome(k)?.loss))
            }
            Self::Is(quantity, wanted) => {
                let found = quantity.of(evidence, place);
                let holds = found.is_some_and(|found| agrees(found, *wanted, digits_of(quantity)));
                unless(holds, missed(quantity, found, None, told()))
            }
            Self::Within(quantity, [least, most]) => {
                let found = quantity.of(evidence, place);
                let Some(number) = found else { return Some(told()) };
                if number < *least {
                    Some(missed(quantity, found, Some("small"), told()))
                } else if number > *most {
                    Some(missed(quantity, found, Some("large"), told()))
                } else {
                    None
                }
            }
            Self::Predicted(within) => {
                let end = outcome.and_then(|outcome| outcome.place);
                let (Some(clicked), Some(end)) = (evidence.predicted, end) else {
                    return Some("nothing was predicted".to_owned());
                };
                unless(apart(clicked, end) <= *within, told())
            }
        }
    }
}

/// Why a number is not as wanted; how large it should be is not told.
fn missed(quantity: &Quantity, found: Option<f64>, too: Option<&str>, told: String) -> String {
    let symbol = quantity.symbol;
    match (found, too) {
        (Some(found), Some(too)) if quantity.is_setting => {
            let other = if too == "large" { "smaller" } else { "larger" };
            format!("so far so good, but a {other} {symbol} than {} will do", short(found, 4))
        }
        (Some(found), Some(too)) => format!("{symbol} is {}, which is too {too}", short(found, 4)),
        (Some(found), None) => format!("{symbol} is {}", short(found, 4)),
        (None, _) => told,
    }
}

fn less(
    evidence: &Evidence<'_>,
    place: usize,
    other: &str,
    what: &str,
    value: impl Fn(&Evidence<'_>, usize) -> Option<f64>,
) -> Option<String> {
    let Some(rival) = evidence.place(other) else {
        return Some(format!("there is no run called {other} any more"));
    };
    let of = |k: usize| value(evidence, k);
    match (of(place), of(rival)) {
        (Some(own), Some(its)) if own < its => None,
        (own, its) => {
            let said = |number: Option<f64>| short(number.unwrap_or(f64::NAN), 3);
            let [run, rival] = [place, rival].map(|k| evidence.label(k));
            Some(format!("{run} ends at {what} of {}, {rival} at {}", said(own), said(its)))
        }
    }
}

/// A point in words.
pub(super) fn at(place: [f64; 2]) -> String {
    point(place)
}

/// How many digits of a number count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    /// All of them.
    All,
    /// As many as were said.
    AsSaid,
}

fn digits_of(quantity: &Quantity) -> Digits {
    if quantity.is_setting { Digits::All } else { Digits::AsSaid }
}

/// Half a unit of the last digit of a number as it is written shortest.
pub(crate) fn half_of_the_last_digit(said: f64) -> f64 {
    let written = format!("{said}");
    let decimals = written.split_once('.').map_or(0, |(_, after)| after.len());
    0.5 * 10f64.powi(-i32::try_from(decimals).unwrap_or(i32::MAX)) * (1.0 + 1e-9)
}

/// Whether a number is the one that was said: settings to the last digit, what was found to the digits that were said.
fn agrees(found: f64, said: f64, digits: Digits) -> bool {
    if digits == Digits::All || !said.is_finite() {
        return found.total_cmp(&said).is_eq();
    }
    (found - said).abs() <= half_of_the_last_digit(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_does_not_look_like_the_end_of_its_range() {
        assert_eq!(told_apart(0.139_96, [0.0, 0.14]), "0.13996");
        assert_eq!(told_apart(0.1234, [0.0, 0.14]), "0.123");
        assert_eq!(told_apart(0.14, [0.0, 0.14]), "0.14");
    }

    #[test]
    fn a_number_agrees_to_the_digits_that_were_said() {
        assert!(agrees(7.914, 7.91, Digits::AsSaid) && !agrees(7.916, 7.91, Digits::AsSaid));
        assert!(
            agrees(0.144, 0.14, Digits::AsSaid)
                && agrees(25.0, 25.0, Digits::AsSaid)
                && !agrees(26.0, 25.0, Digits::AsSaid)
        );
        assert!(agrees(0.1, 0.1, Digits::All) && !agrees(0.100_001, 0.1, Digits::All));
        assert!(agrees(f64::INFINITY, f64::INFINITY, Digits::AsSaid));
    }
}
