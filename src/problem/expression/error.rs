//! Why a text is no formula: which column, what is wrong there, and what was probably meant.

use crate::typed::echo;

/// Letters of a formula that stand over the caret, at most; of a longer one what is near the caret.
const ROOM: usize = 60;

/// Why a text is no formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("formula, column {column}: {what}; {instead}")]
pub struct BadFormula {
    /// Which letter it is about, counted from one.
    pub column: usize,
    /// What is wrong there.
    pub what: String,
    /// What to write.
    pub instead: String,
}

impl BadFormula {
    pub(super) fn new(place: usize, what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { column: place + 1, what: what.into(), instead: instead.into() }
    }

    /// The formula with a caret under the place, in two lines; of a long formula a part.
    #[must_use]
    pub fn drawing(&self, formula: &str) -> String {
        let letters: Vec<char> =
            formula.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let place = self.column.saturating_sub(1).min(letters.len());
        let first = (place + ROOM / 3).saturating_sub(ROOM);
        let last = letters.len().min(first + ROOM);
        let [before, after] =
            [first > 0, last < letters.len()].map(|is_cut| if is_cut { "…" } else { "" });
        let shown: String = letters[first..last].iter().collect();
        let indent = " ".repeat(before.chars().count() + place - first);
        format!("{before}{shown}{after}\n{indent}^")
    }
}

/// What was typed, as messages say it back.
pub(super) fn quoted(typed: &str) -> String {
    format!("\"{}\"", echo(typed))
}
