//! A name that no formula knows, and what was probably meant.

use super::error::{BadFormula, quoted};
use super::functions::{self, CONSTANTS, PARAMETERS, WEIGHTS};
use crate::catalog::nearest;

/// What a name stands for, by what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Function,
}

/// The complaint about `name`, which stands at `place`.
pub(super) fn unknown(name: &str, place: usize, kind: Kind) -> BadFormula {
    let what = match kind {
        Kind::Function => format!("there is no function {}", quoted(name)),
        Kind::Number => format!("there is no {}", quoted(name)),
    };
    BadFormula::new(place, what, intention(name, kind))
}

fn intention(name: &str, kind: Kind) -> String {
    let small = name.to_lowercase();
    if let Some(meant) = power(&small) {
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
        "a formula knows x, y, parameters a b c d k, pi, e and functions as sin, exp, ln, sqrt, abs, min".to_owned()
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
