//! Unknown names, answered with those that exist.

use crate::typed::echo;

/// A name that no member of a family has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {family} \"{}\"; {}", echo(given), hint(nearest.as_deref(), known))]
pub struct UnknownId {
    family: &'static str,
    given: String,
    nearest: Option<String>,
    known: Vec<&'static str>,
}

impl UnknownId {
    /// `given` was looked for among `known` and is not there.
    pub fn new(
        family: &'static str,
        given: &str,
        known: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        let nearest = nearest(given, known.iter().copied());
        Self { family, given: given.to_owned(), nearest, known }
    }

    /// `given` is not there, and was probably meant to be `meant`.
    pub fn meaning(family: &'static str, given: &str, meant: &str) -> Self {
        let (given, nearest) = (given.to_owned(), Some(meant.to_owned()));
        Self { family, given, nearest, known: Vec::new() }
    }
}

fn hint(nearest: Option<&str>, known: &[&str]) -> String {
    match nearest {
        Some(name) => format!("did you mean {name}?"),
        None => format!("choose one of {}", known.join(", ")),
    }
}

/// The name among `known` that `given` was probably meant to be.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    /// Below this, two names share too little for the guess to help (Jaro–Winkler, 1 is equal).
    const ALIKE: f64 = 0.8;
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(given, name), name))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name.to_owned())
}
