//! A name that no formula knows: a parameter, or a slip, and what was probably meant.
//!
//! A slip is a name before a bracket that no function has, letters run together that are names (`pix`, `mx`), a name in
//! capitals, and a weight with a number behind it. Every other name is a parameter.

use super::error::{BadFormula, quoted};
use super::functions::{self, CONSTANTS, PARAMETERS, WEIGHTS};
use crate::catalog::nearest;

/// What a name stands for, by what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Function,
}

/// The complaint about `name`, which stands at `place`; none where it is a parameter.
pub(super) fn unknown(name: &str, place: usize, kind: Kind) -> Option<BadFormula> {
    let is_letter = name.chars().count() == 1;
    let small = name.to_lowercase();
    let is_known = functions::names().any(|known| known == small) || name == RESERVED;
    // Longer ones of single letters are words, as decay.
    let runs_together =
        |parts: Vec<&str>| parts.iter().any(|part| part.len() > 1) || parts.len() <= SHORT;
    let is_slip = power(&small).is_some()
        || is_known
        || applied(&small).is_some()
        || NO_NUMBERS.contains(&&*small)
        || split(&small).is_some_and(runs_together);
    let is_free = match kind {
        Kind::Function => is_letter,
        Kind::Number => product(name).is_none(),
    };
    if is_free && !is_slip {
        return None;
    }
    let what = match kind {
        Kind::Function => format!("there is no function {}", quoted(name)),
        Kind::Number => format!("there is no {}", quoted(name)),
    };
    Some(BadFormula::new(place, what, intention(name, kind)))
}

/// What no number of a formula is.
const NO_NUMBERS: [&str; 3] = ["inf", "infinity", "nan"];

/// A function and its weight that were run together: "sin x" for sinx.
fn applied(name: &str) -> Option<String> {
    let (function, weight) = name.split_at_checked(name.len().checked_sub(1)?)?;
    let is_one = function.len() > 1 && functions::names().any(|known| known == function);
    let is_constant = CONSTANTS.iter().any(|(known, _)| *known == function);
    (is_one && !is_constant && ["x", "y"].contains(&weight))
        .then(|| format!("did you mean {function}({weight})?"))
}

/// So many letters that are names by themselves are taken for a product.
const SHORT: usize = 3;

/// No parameter has this name: the key `formula_parameters` has them all.
const RESERVED: &str = "parameters";

/// What a letter and a weight that were run together mean.
fn product(name: &str) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let is_weight = |letter: char| ['x', 'y'].contains(&letter);
    match letters[..] {
        [one, other] if is_weight(one) != is_weight(other) => {
            Some(format!("write {one} {other} for a product"))
        }
        _ => None,
    }
}

fn intention(name: &str, kind: Kind) -> String {
    let small = name.to_lowercase();
    if NO_NUMBERS.contains(&&*small) {
        return "write a finite number there".to_owned();
    }
    if let Some(meant) = applied(&small).filter(|_| kind == Kind::Number) {
        return meant;
    }
    if let Some(meant) = power(&small).or_else(|| product(name).filter(|_| kind == Kind::Number)) {
        return meant;
    }
    if functions::names().any(|known| known == small) {
        return format!("did you mean {small}?");
    }
    let split = split(&small).map(|parts| format!("did you mean {}?", parts.join(" ")));
    let names = || functions::names().filter(|known| known.len() > 1);
    // One letter wrong, too many, missing or changed over with the next.
    let slip = names().find(|known| strsim::osa_distance(&small, known) == 1).map(str::to_owned);
    let near = slip.or_else(|| nearest(&small, names()));
    let near = near.map(|name| format!("did you mean {name}?"));
    let found = match kind {
        Kind::Function => near.or(split),
        Kind::Number => split.or(near),
    };
    found.unwrap_or_else(|| {
        "functions are sin, exp, ln, sqrt, abs, min and others; a parameter before a bracket wants a sign, as in tilt*(x + 1)".to_owned()
    })
}

/// What a weight with a number behind it may mean.
fn power(name: &str) -> Option<String> {
    let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let weight = name.strip_suffix(digits)?;
    let is_weight = ["x", "y", "x_", "y_", "w", "w_"].contains(&weight);
    if !is_weight || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match weight.trim_end_matches('_') {
        "w" => Some("the weights are x and y, or w0 and w1".to_owned()),
        bare => Some(format!(
            "write {bare}^{digits} for a power, {digits}{bare} for a product; the weights are x and y"
        )),
    }
}

/// `name` as names that stand beside each other, the longest first: "pi x" for pix.
fn split(name: &str) -> Option<Vec<&str>> {
    let mut rest = name;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let known = functions::names().filter(|known| rest.starts_with(known));
        let part = known.max_by_key(|known| known.len())?;
        let is_function = CONSTANTS.iter().all(|(known, _)| *known != part)
            && WEIGHTS.iter().all(|(known, _)| *known != part)
            && !PARAMETERS.contains(&part);
        let (first, after) = rest.split_at(part.len());
        if is_function && !after.is_empty() {
            return None;
        }
        parts.push(first);
        rest = after;
    }
    Some(parts)
}
