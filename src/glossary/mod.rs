//! What the terms of the window mean, each told once: the file `assets/glossary.toml`.
//!
//! ```text
//! a name in the window   →  named, of       a row of the readings, a control, an entry of a menu
//! words in a text        →  in_text         a page of a lesson, another entry
//! what somebody typed    →  find, matching  the command line, the field over the list
//! ```
//!
//! What a catalogue says of its members, their formula and their source, is taken from there and not written twice.

mod read;
mod named;
mod text;

use std::sync::LazyLock;

use crate::catalog::UnknownId;

pub use named::{matching, named, of};
pub use text::{Part, in_text, parts};

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name on the command line.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How the window writes it; empty where it has no symbol.
    pub symbol: String,
    /// One plain sentence.
    pub said: String,
    /// The definition as a formula; empty where there is none.
    pub formula: String,
    /// The definition in words; formulas stand between `$`, see [`parts`].
    pub more: String,
    /// Who published it; empty for what everybody knows.
    pub source: String,
    /// What it is in the menus: `ascent sam`, or a whole family, `mistake`; empty where it is in none.
    pub of: String,
    /// Names in the window that lead here.
    pub names: Vec<String>,
    /// Words in texts that lead here.
    pub words: Vec<String>,
    /// The ids of terms to read on with.
    pub see: Vec<String>,
}

/// Every term, by its name in the order of the alphabet.
static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    // The tests read the file: nothing is left out.
    let mut terms = read::terms(include_str!("../../assets/glossary.toml")).unwrap_or_default();
    terms.sort_by_key(|term| term.name.to_lowercase());
    terms
});

/// Every term, by its name in the order of the alphabet.
#[must_use]
pub fn all() -> &'static [Term] {
    &TERMS
}

/// The term of this id.
#[must_use]
pub fn term(id: &str) -> Option<&'static Term> {
    all().iter().find(|term| term.id == id)
}

/// The term that `typed` names by its id, its name, its symbol or a word for it.
///
/// # Errors
/// Names the nearest term, or all, when there is none.
pub fn find(typed: &str) -> Result<&'static Term, UnknownId> {
    let typed = typed.trim();
    let wanted = typed.to_lowercase();
    let calls = |term: &&Term| term.calls().any(|call| call.to_lowercase() == wanted);
    let found = all().iter().find(|term| term.id == wanted).or_else(|| all().iter().find(calls));
    found.ok_or_else(|| {
        // What a term is called is nearer to what is typed than its id, but it is the id that is told.
        let ids = all().iter().map(|term| term.id.as_str());
        let near = crate::catalog::nearest(&wanted, all().iter().flat_map(Term::calls));
        let meant =
            near.and_then(|call| all().iter().find(|term| term.calls().any(|own| own == call)));
        match meant {
            Some(meant) => UnknownId::meaning("term", typed, &meant.id),
            None => UnknownId::new("term", typed, ids),
        }
    })
}

impl Term {
    /// Everything that it is called.
    pub fn calls(&self) -> impl Iterator<Item = &str> {
        let own = [&self.id, &self.name, &self.symbol].into_iter();
        let calls = own.chain(&self.names).chain(&self.words).map(String::as_str);
        calls.filter(|call| !call.is_empty())
    }
}

#[cfg(test)]
mod tests;
