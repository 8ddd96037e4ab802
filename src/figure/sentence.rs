//! The sentence of an outcome: one plain line about how a run went.
//!
//! It computes nothing: every word follows from [`Outcome`]. "Left the narrow basin for good at step 40 (first out at
//! 8), came to rest in the wide one at (1.96, 0.00)".

use super::numerals::{point, short};
use crate::analysis::flow::apart;
use crate::analysis::outcome::{
    Basin, Ending, Heading, Name, Outcome, Standing, Stillness, Travel,
};
use crate::analysis::verdict::Verdict;

/// Digits of an amplitude, and of a rate.
const DIGITS: usize = 2;

/// How the run of `outcome` went, without its name: sentence case and no full stop.
#[must_use]
pub fn sentence(outcome: &Outcome) -> String {
    let mut text = raised(&match &outcome.travel {
        Some(travel) => on_a_map(outcome, travel),
        None => bare(outcome),
    });
    if let Some(verdict) = &outcome.verdict {
        text += &judged(outcome, verdict);
    }
    text
}

/// Steps in words: "1 step", "200 steps".
#[must_use]
pub fn steps(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

/// What is said of two weights.
fn on_a_map(outcome: &Outcome, travel: &Travel) -> String {
    let departure = departure(travel);
    let moved = departure.is_some();
    let end = travel.end.filter(|_| travel.standing != Standing::Between);
    let home = end.map(|end| called(end, travel, departure.as_deref()));
    let start = departure.unwrap_or_default();
    let place = outcome.place.map(point).unwrap_or_default();
    let since = |text: String| match outcome.at_step {
        Some(step) if !moved => format!("{text}, from step {step} on"),
        _ => text,
    };
    let after = |text: String| match outcome.at_step {
        Some(step) if !moved => format!("{text} after step {step}"),
        _ => text,
    };
    let floor = end.filter(|end| end.name == Name::Floor);
    let on_a_floor = floor.is_some();
    // What differs along a floor is how sharp it is.
    let there = floor.and_then(|end| end.lambda);
    let there = there.map(|lambda| format!(", λ = {} there", short(lambda, 3))).unwrap_or_default();
    match outcome.ending {
        Ending::Diverged { .. } => diverged(outcome),
        Ending::Stopped { gradient_norm } => since(format!(
            "{start}stopped by its schedule on a slope at {place}: ‖g‖ = {}",
            short(gradient_norm, DIGITS)
        )),
        Ending::Saddle { at } => {
            // What a run does while it is held tells nothing of basins: it is on their border.
            let before = travel.last_in.zip(outcome.at_step).is_some_and(|(last, at)| last < at);
            let start = if before { start } else { String::new() };
            let since = outcome.at_step.map(|step| format!(" from step {step} on"));
            format!("{start}held at a saddle near {}{}", point(at), since.unwrap_or_default())
        }
        Ending::Stalled { gradient_norm } => since(format!(
            "{start}stalled at {place}: the gradient vanishes at the perturbed weights, ‖g‖ = {} does not",
            short(gradient_norm, DIGITS)
        )),
        Ending::Cycle { period, amplitude } => {
            let size = format!("amplitude {}", short(amplitude, DIGITS));
            let how = match period {
                Some(period) => format!("period {period}, {size}"),
                None => format!("no period, {size}"),
            };
            match home {
                Some(home) if on_a_floor => {
                    format!("{start}rattles across {home}, around {place}{there}: {how}")
                }
                Some(home) if travel.standing == Standing::At => {
                    format!("{start}rattles in {home}: {how}")
                }
                Some(home) => format!("{start}rattles around {place} in {home}: {how}"),
                None => format!("{start}rattles around {place}: {how}"),
            }
        }
        Ending::Rest { why } => after(match (why, home) {
            (Stillness::Minimum, Some(home)) if on_a_floor => {
                format!("{start}came to rest on {home} at {place}{there}")
            }
            (Stillness::Plateau, _) => format!("{start}came to rest on level ground at {place}"),
            (Stillness::Short, _) => format!(
                "{start}came to rest on a slope at {place}, where its steps come to nothing,"
            ),
            (Stillness::Decay, Some(home)) => {
                format!("{start}came to rest in {home} at {place}, held off the minimum by decay")
            }
            (Stillness::Decay, None) => {
                format!("{start}came to rest at {place}, held by decay")
            }
            (Stillness::Minimum, Some(home)) => format!("{start}came to rest in {home} at {place}"),
            (Stillness::Minimum, None) => format!("{start}came to rest at {place}"),
        }),
        Ending::Drifting { lambda_rate, away } => {
            let rate = lambda_rate
                .map(|rate| match short(rate, DIGITS) {
                    none if none == "0" => ": λ_max hardly changes".to_owned(),
                    rate => format!(": λ_max changes by {rate} a step"),
                })
                .unwrap_or_default();
            let way = if away { "away at a bounded loss" } else { "along the floor of minima" };
            let count = steps(outcome.steps);
            format!("{start}drifting {way}, at {place} after {count}{rate}")
        }
        Ending::Moving => moving(outcome, travel, &start, home.as_deref(), &place),
    }
}

fn moving(
    outcome: &Outcome,
    travel: &Travel,
    start: &str,
    home: Option<&str>,
    place: &str,
) -> String {
    let after = steps(outcome.steps);
    match (home, travel.standing, travel.end) {
        (Some(home), Standing::At, _) => {
            format!("{start}still moving in {home} at {place} after {after}")
        }
        (_, Standing::OnTheWay, Some(Basin { name: Name::Place | Name::Only, at, .. })) => {
            format!("{start}on the way to {} after {after}, at {place}", point(at))
        }
        (Some(home), Standing::OnTheWay, Some(Basin { name: Name::Floor, .. })) => {
            format!("{start}on the way to {home} after {after}, at {place}")
        }
        (Some(home), Standing::OnTheWay, Some(Basin { at, .. })) => {
            format!(
                "{start}on the way to the minimum of {home} at {} after {after}, at {place}",
                point(at)
            )
        }
        (Some(home), Standing::Inside, Some(Basin { name: Name::Floor, .. })) => {
            format!("{start}still moving beside {home} after {after}, at {place}")
        }
        (Some(home), Standing::Inside, Some(_)) => {
            format!("{start}still moving in {home} after {after}, at {place}")
        }
        _ => format!("{start}still moving after {after}, at {place}"),
    }
}

fn diverged(outcome: &Outcome) -> String {
    let Ending::Diverged { heading, last, numbers_end } = outcome.ending else {
        return String::new();
    };
    if outcome.loss.is_nan() {
        return "the loss is not a finite number at the start; choose another start".to_owned();
    }
    let way = match heading {
        Heading::Up => "diverged",
        Heading::Down => "diverged downwards",
    };
    let left = outcome.at_step.map(|step| format!("out of its domain at step {step}"));
    let end = numbers_end.then(|| format!("numbers end after step {last}"));
    let parts: Vec<String> = left.into_iter().chain(end).collect();
    if parts.is_empty() {
        format!("{way}: beyond all bounds after step {last}")
    } else {
        format!("{way}: {}", parts.join(", "))
    }
}

/// "Left the narrow basin for good at step 40 (first out at 8), ", when it left.
fn departure(travel: &Travel) -> Option<String> {
    let (start, first, last) = (travel.start?, travel.first_out?, travel.last_in?);
    let from = self::basin(start);
    let back =
        travel.end.is_some_and(|end| apart(end.at, start.at) == 0.0 && end.name == start.name);
    let others = match travel.crossed.unwrap_or(0) {
        0 | 1 => String::new(),
        count => format!(", through {count} other basins"),
    };
    if back {
        return Some(format!("first out of {from} at step {first} and back{others}, "));
    }
    let good = last + 1;
    Some(if first == good {
        format!("left {from} at step {good}{others}, ")
    } else {
        format!("left {from} for good at step {good} (first out at {first}){others}, ")
    })
}

/// What a basin is called: "the narrow basin", "the basin of (3.00, 2.00)".
#[must_use]
pub(super) fn basin(basin: Basin) -> String {
    match basin.name {
        Name::Narrow => "the narrow basin".to_owned(),
        Name::Wide => "the wide basin".to_owned(),
        Name::Only => "the basin".to_owned(),
        Name::Place => format!("the basin of {}", point(basin.at)),
        Name::Floor => "the floor of minima".to_owned(),
    }
}

/// What the last basin is called, after the first was named.
fn called(end: Basin, travel: &Travel, departure: Option<&str>) -> String {
    let other = travel.start.is_some_and(|start| start.name != end.name);
    match end.name {
        Name::Wide if departure.is_some() && other => "the wide one".to_owned(),
        Name::Narrow if departure.is_some() && other => "the narrow one".to_owned(),
        Name::Narrow | Name::Wide | Name::Place | Name::Only | Name::Floor => basin(end),
    }
}

/// What is said of more weights than a map has.
fn bare(outcome: &Outcome) -> String {
    let since = outcome.at_step.map(|step| format!(" from step {step} on")).unwrap_or_default();
    match outcome.ending {
        Ending::Diverged { .. } => diverged(outcome),
        Ending::Stopped { gradient_norm } => {
            format!("stopped by its schedule{since}: ‖g‖ = {}", short(gradient_norm, DIGITS))
        }
        Ending::Saddle { .. } => format!("held at a saddle{since}"),
        Ending::Stalled { gradient_norm } => {
            format!("stalled{since}: ‖g‖ = {}", short(gradient_norm, DIGITS))
        }
        Ending::Cycle { period: Some(period), amplitude } => {
            format!("rattles: period {period}, amplitude {}", short(amplitude, DIGITS))
        }
        Ending::Cycle { period: None, amplitude } => {
            format!("rattles without a period: amplitude {}", short(amplitude, DIGITS))
        }
        Ending::Rest { why: Stillness::Decay } => format!("at rest{since}, held by decay"),
        Ending::Rest { .. } => format!("at rest{since}"),
        Ending::Drifting { .. } => "drifting".to_owned(),
        Ending::Moving => format!("still moving after {}", steps(outcome.steps)),
    }
}

/// The verdict, to be put behind what is said of the movement.
fn judged(outcome: &Outcome, verdict: &Verdict) -> String {
    let Verdict { fall, oscillates, lambda_max, edge } = *verdict;
    let mut parts = vec![format!("loss {}", short(outcome.loss, 3))];
    parts.extend(outcome.test_loss.map(|test| format!("test loss {}", short(test, 3))));
    parts.push(match (oscillates, fall > 0.0) {
        (true, _) => "oscillating".to_owned(),
        (false, true) => format!("falling by {} a step", short(fall, DIGITS)),
        (false, false) => "no longer falling".to_owned(),
    });
    match (lambda_max, edge) {
        (Some(lambda), Some(edge)) => parts.push(format!(
            "λ_max {} {} the edge {}",
            short(lambda, 3),
            if lambda < edge { "below" } else { "above" },
            short(edge, 3)
        )),
        (Some(lambda), None) => parts.push(format!("λ_max {}", short(lambda, 3))),
        (None, _) => {}
    }
    format!(" · {}", parts.join(" · "))
}

fn raised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(name: Name, at: [f64; 2]) -> Basin {
        Basin { at, lambda: Some(6.3), name }
    }

    fn outcome(ending: Ending, travel: Travel) -> Outcome {
        Outcome {
            ending,
            at_step: Some(120),
            steps: 200,
            place: Some([1.957_504, 0.0]),
            travel: Some(travel),
            stays: Vec::new(),
            verdict: None,
            loss: -1.0,
            test_loss: None,
            lambda_max: Some(6.3),
            gradients: 400,
        }
    }

    fn travel() -> Travel {
        Travel {
            start: Some(at(Name::Narrow, [0.0425, 0.0])),
            end: Some(at(Name::Wide, [1.9575, 0.0])),
            first_out: Some(8),
            last_in: Some(39),
            crossed: Some(1),
            standing: Standing::At,
        }
    }

    #[test]
    fn both_steps_of_leaving_belong_in_the_sentence() {
        let rest = Ending::Rest { why: Stillness::Minimum };
        assert_eq!(
            sentence(&outcome(rest, travel())).replace('\u{A0}', " "),
            "Left the narrow basin for good at step 40 (first out at 8), came to rest in the wide one at (1.96, 0.00)"
        );
        let once = Travel { first_out: Some(40), ..travel() };
        assert!(sentence(&outcome(rest, once)).starts_with("Left the narrow basin at step 40, "));
    }

    #[test]
    fn a_run_that_never_left_says_nothing_of_leaving() {
        let stayed = Travel {
            end: travel().start,
            first_out: None,
            last_in: None,
            crossed: Some(0),
            ..travel()
        };
        let cycle = Ending::Cycle { period: Some(2), amplitude: 0.1414 };
        assert_eq!(
            sentence(&outcome(cycle, stayed)),
            "Rattles in the narrow basin: period 2, amplitude 0.14"
        );
    }

    #[test]
    fn one_step_is_a_step() {
        assert_eq!(steps(1), "1 step");
        assert_eq!(steps(0), "0 steps");
        let moving = Outcome { steps: 1, ..outcome(Ending::Moving, travel()) };
        assert!(sentence(&moving).contains("after 1 step"));
    }
}
