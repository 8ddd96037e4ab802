//! The value of a setting: a number, a name, a text or a path.

use std::fmt;
use std::path::{Path, PathBuf};

/// The value of a setting, displayed as it is typed after `--set key=`.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// One of a few names.
    Choice(&'static str),
    /// A text.
    Text(String),
    /// A file.
    Path(PathBuf),
}

impl Value {
    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Choice(_) | Self::Text(_) | Self::Path(_) => None,
        }
    }

    /// The name, if it is one of a few.
    #[must_use]
    pub fn choice(&self) -> Option<&'static str> {
        match self {
            Self::Choice(name) => Some(name),
            Self::Number(_) | Self::Text(_) | Self::Path(_) => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) | Self::Choice(_) | Self::Path(_) => None,
        }
    }

    /// The path, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            Self::Number(_) | Self::Choice(_) | Self::Text(_) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Choice(name) => f.write_str(name),
            Self::Text(text) => f.write_str(text),
            Self::Path(path) => path.display().fmt(f),
        }
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A text, or the name of a choice: the setting tells which.
impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Path> for Value {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}
