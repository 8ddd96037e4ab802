//! What is said of random directions in the place of ε: whether it matters where it points.

use super::{bare_deeds, listed_up, looks_uphill, phrase, raised};
use crate::why::{Difference, Finding, Ingredient, Why};

/// Where so many of random directions lead to one other end, it is the direction that matters.
const MOST: f64 = 0.75;
/// Where no more than so many make a difference, it is not.
const FEW: f64 = 0.25;

/// The greatest difference that more than a few of the random directions make.
pub(super) fn usual(found: &Finding) -> Difference {
    let count = found.cases.len() as f64;
    let makes = |least: Difference| {
        found.cases.iter().filter(|case| case.difference >= least).count() as f64 > FEW * count
    };
    let most = [Difference::Elsewhere, Difference::Otherwise].into_iter().find(|it| makes(*it));
    most.unwrap_or(Difference::None)
}

/// Whether what came of a change, if it was tried, is the same end.
fn changes_nothing(why: &Why, ingredient: Ingredient) -> bool {
    let found = why.findings.iter().find(|found| found.ingredient == ingredient);
    found.is_none_or(|found| found.difference() == Difference::None)
}

/// What is said of random directions.
pub(super) fn of_chance(why: &Why, found: &Finding) -> String {
    let count = found.cases.len();
    let difference = usual(found);
    let way = phrase(why, found.ingredient);
    if difference == Difference::None {
        let same = found.cases.iter().filter(|case| case.difference == Difference::None).count();
        if !changes_nothing(why, Ingredient::NoEpsilon)
            || !changes_nothing(why, Ingredient::Reversed)
        {
            // Some ε matters, and which way it points does not, or not much.
            return raised(&format!("{way} it ends the same, {same} of {count}."));
        }
        let matters = if same == count { "makes no difference" } else { "hardly matters" };
        let look = if looks_uphill(why) { "Looking uphill" } else { "Where ε points" };
        return format!("{look} {matters}: {way} it ends the same, {same} of {count}.");
    }
    // What the reruns do, with how many do it, in the order in which they first do.
    let flips = || found.cases.iter().filter(|case| case.difference == difference);
    let mut done: Vec<(String, usize)> = Vec::new();
    for case in flips() {
        let [_, does] = bare_deeds(&why.outcome, &case.outcome, difference);
        match done.iter_mut().find(|(other, _)| *other == does) {
            Some((_, times)) => *times += 1,
            None => done.push((does, 1)),
        }
    }
    done.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let leading = done.first().filter(|(_, times)| *times as f64 >= MOST * count as f64);
    if let Some((does, times)) = leading {
        let first = flips().next().map(|case| &case.outcome);
        let [own, _] = bare_deeds(&why.outcome, first.unwrap_or(&why.outcome), difference);
        // Where it ends the same without ε, or looking downhill, looking uphill is no reason.
        let is_tried = |it| why.findings.iter().any(|found| found.ingredient == it);
        let is_idle = |it| is_tried(it) && changes_nothing(why, it);
        if is_idle(Ingredient::NoEpsilon) || is_idle(Ingredient::Reversed) {
            return raised(&format!("{way} it {does}, {times} of {count}."));
        }
        let look = if looks_uphill(why) { "it looks uphill" } else { "of where ε points" };
        return format!("It {own} because {look}: {way} it {does}, {times} of {count}.");
    }
    // Most first, and those that make no difference among them; rare ends are counted together.
    let same = found.cases.iter().filter(|case| case.difference < difference).count();
    done.push((SAME.to_owned(), same));
    done.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    done.retain(|(_, times)| *times > 0);
    let is_named = |(does, _): &(String, usize)| does == SAME;
    let mut named: Vec<(String, usize)> = done.iter().take(NAMED).cloned().collect();
    let mut rest: Vec<(String, usize)> = done.into_iter().skip(NAMED).collect();
    if let Some(same) = rest.iter().position(is_named) {
        named.push(rest.remove(same));
    }
    let beyond = found.cases.iter().filter(|case| case.difference > difference).count();
    let left = rest.iter().map(|(_, times)| times).sum::<usize>() + beyond;
    let elsewhere = match difference {
        Difference::Otherwise if beyond == 0 => "ends otherwise",
        _ => "ends elsewhere",
    };
    named.extend((left > 0).then(|| (elsewhere.to_owned(), left)));
    let parts: Vec<String> = named
        .iter()
        .enumerate()
        .map(|(k, (does, times))| match k {
            0 => format!("{does} in {times} of {count}"),
            _ => format!("{does} in {times}"),
        })
        .collect();
    raised(&format!("{way} it {}.", listed_up(&parts)))
}

/// What is said of reruns that end as the run does.
const SAME: &str = "ends the same";
/// So many kinds of ends of random directions are named.
const NAMED: usize = 2;
