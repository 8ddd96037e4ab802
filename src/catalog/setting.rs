//! What a member of a family can be tuned by: a number, one of a few names, a text or a file.

use std::path::{Path, PathBuf};

use super::Value;
use crate::typed::{echo, expanded};

/// How a setting's slider spreads its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios; a range that starts at zero keeps zero reachable.
    Log,
    /// Whole numbers only.
    Whole,
}

/// Which values a setting takes, and which one it has when nothing is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A number.
    Number {
        /// Default value.
        default: f64,
        /// Smallest and largest value allowed, both included.
        range: (f64, f64),
        /// How a slider spreads the range; whether only whole numbers are allowed.
        scale: Scale,
    },
    /// One of a few names; the first when nothing is said.
    Choice {
        /// The names, in the order of the menu. Part of the file format: never renamed. Never empty.
        names: &'static [&'static str],
    },
    /// A text, for instance a formula.
    Text {
        /// Default value.
        default: &'static str,
        /// Bytes at most.
        longest: usize,
    },
    /// A file; none when nothing is said.
    Path,
}

/// One thing that a member of a family can be tuned by.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Name in scene files and on the command line. Part of the file format: never renamed.
    pub key: &'static str,
    /// Short label in the window, a symbol or a word or two.
    pub label: &'static str,
    /// What it does, with the formula it enters; the tooltip.
    pub about: &'static str,
    /// Which values it takes.
    pub kind: Kind,
}

impl Setting {
    /// Default value.
    #[must_use]
    pub fn default(&self) -> Value {
        match self.kind {
            Kind::Number { default, .. } => Value::Number(default),
            Kind::Choice { names } => Value::Choice(names.first().copied().unwrap_or_default()),
            Kind::Text { default, .. } => Value::Text(default.to_owned()),
            Kind::Path => Value::Path(PathBuf::new()),
        }
    }

    /// The ends of what it takes: the least and the largest number, or the first and the last name. A text or a path has
    /// none but its default.
    #[must_use]
    pub fn ends(&self) -> [Value; 2] {
        match self.kind {
            Kind::Number { range: (low, high), .. } => [low, high].map(Value::Number),
            Kind::Choice { names } => [names.first(), names.last()]
                .map(|name| Value::Choice(name.copied().unwrap_or_default())),
            Kind::Text { .. } | Kind::Path => [self.default(), self.default()],
        }
    }

    /// Accepts `given` if the setting allows it, as the kind of value that the setting has.
    ///
    /// A choice takes its name as a text, or its place among the names, as scene files of format 1 may say it.
    ///
    /// # Errors
    /// Says what would be allowed when `given` is outside the range, not finite, not whole where it must be, none of
    /// the names, too long, or of another kind.
    pub fn check(&self, given: impl Into<Value>) -> Result<Value, BadValue> {
        let given = given.into();
        let taken = match (self.kind, &given) {
            (Kind::Number { range: (low, high), scale, .. }, Value::Number(number)) => {
                let fits = low <= *number && *number <= high;
                let whole = scale != Scale::Whole || number.fract() == 0.0;
                (fits && whole).then_some(Value::Number(*number))
            }
            (Kind::Choice { names }, Value::Number(place)) => {
                let mut placed = names.iter().enumerate();
                let found = placed.find(|(k, _)| (*k as f64).total_cmp(place).is_eq());
                found.map(|(_, name)| Value::Choice(name))
            }
            (Kind::Choice { names }, Value::Text(text)) => named(names, text),
            (Kind::Choice { names }, Value::Choice(name)) => named(names, name),
            (Kind::Text { longest, .. }, Value::Text(text)) => {
                (text.len() <= longest).then(|| Value::Text(text.clone()))
            }
            (Kind::Path, Value::Path(path)) => Some(Value::Path(path.clone())),
            (Kind::Path, Value::Text(text)) => Some(Value::Path(expanded(Path::new(text)))),
            (
                Kind::Number { .. } | Kind::Choice { .. } | Kind::Text { .. } | Kind::Path,
                Value::Number(_) | Value::Choice(_) | Value::Text(_) | Value::Path(_),
            ) => None,
        };
        taken.ok_or_else(|| self.bad(&given.to_string()))
    }

    /// Reads a value as it is typed.
    ///
    /// # Errors
    /// Says what would be allowed when the setting cannot take it.
    pub fn read(&self, given: &str) -> Result<Value, BadValue> {
        let number = || given.parse::<f64>().map(Value::Number);
        let value = match self.kind {
            Kind::Number { .. } => number().map_err(|_| self.bad(given))?,
            Kind::Choice { names } if names.contains(&given) => Value::from(given),
            Kind::Choice { .. } => number().unwrap_or_else(|_| Value::from(given)),
            Kind::Text { .. } | Kind::Path => Value::from(given),
        };
        self.check(value)
    }

    fn bad(&self, given: &str) -> BadValue {
        let wanted = match self.kind {
            Kind::Number { range: (low, high), scale: Scale::Whole, .. } => {
                format!("a whole number from {low} to {high}")
            }
            Kind::Number { range: (low, high), scale: Scale::Linear | Scale::Log, .. } => {
                format!("a number from {low} to {high}")
            }
            Kind::Choice { names } => names.join(" or "),
            Kind::Text { longest, .. } => format!("a text of at most {longest} letters"),
            Kind::Path => "the path of a file".to_owned(),
        };
        BadValue { key: self.key, given: echo(given), wanted }
    }
}

fn named(names: &[&'static str], given: &str) -> Option<Value> {
    names.iter().find(|name| **name == given).map(|name| Value::Choice(name))
}

/// A value that a setting cannot take.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{key} = {given} is not allowed; use {wanted}")]
pub struct BadValue {
    key: &'static str,
    given: String,
    wanted: String,
}
