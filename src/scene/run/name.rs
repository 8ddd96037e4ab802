//! The name of a run.

/// The name of a run: lower-case letters, digits, `_` and `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunName(pub(super) String);

/// A text that is no name of a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{given}\" is not a run's name; use 1 to {LONGEST} of a-z, 0-9, _ and -, for instance square"
)]
pub struct BadRunName {
    given: String,
}

/// Letters of a name at most: longer ones would not fit over a column.
const LONGEST: usize = 24;

impl RunName {
    /// The name `given`.
    ///
    /// # Errors
    /// When it is empty, too long, or has other characters.
    pub fn new(given: &str) -> Result<Self, BadRunName> {
        let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-');
        let fits = (1..=LONGEST).contains(&given.len()) && given.chars().all(allowed);
        if fits {
            Ok(Self(given.to_owned()))
        } else {
            Err(BadRunName { given: crate::typed::echo(given) })
        }
    }

    /// The name as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What an unnamed run at `place`, counted from zero, is called.
    pub(super) fn numbered(place: usize) -> Self {
        Self(format!("run{}", place + 1))
    }

    /// Whether somebody chose the name: neither of the two that come with a scene nor a number.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        let is_numbered =
            self.0.strip_prefix("run").is_some_and(|rest| rest.parse::<usize>().is_ok());
        !(self.0 == BASE || self.0 == SAM || is_numbered)
    }
}

/// The name of the first run where none are said.
pub(super) const BASE: &str = "base";
/// The name of the second.
pub(super) const SAM: &str = "sam";
