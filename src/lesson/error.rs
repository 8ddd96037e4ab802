//! Why a text is no lesson, with the line that it is about.

use std::path::PathBuf;

use crate::scene::text::CannotRead;
use crate::typed::echo_path;

/// Why a text is no lesson.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadLesson {
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong there, and what would be right.
    pub what: String,
}

impl BadLesson {
    /// `what` is wrong in this line.
    pub(crate) fn new(line: usize, what: impl Into<String>) -> Self {
        Self { line, what: what.into() }
    }
}

/// Why a file could not be opened as a lesson.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotOpen {
    /// It could not be read.
    #[error(transparent)]
    Unreadable(#[from] CannotRead),
    /// It is no lesson.
    #[error("{}, {why}", echo_path(path))]
    Bad {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        why: BadLesson,
    },
}
