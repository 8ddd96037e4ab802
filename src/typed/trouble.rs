//! Failures of reading and writing in plain words: what the system says, and what to do where that is known.

use std::io::{self, ErrorKind};

/// Why a file could not be read or written, as the second half of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

impl Trouble {
    /// A reason in words of our own.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

/// The reason behind `error`, without names of files: the caller names the one that was asked for.
#[must_use]
pub fn because(error: &io::Error) -> Trouble {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::PermissionDenied => {
            "you are not allowed to; choose another place, or change its permissions"
        }
        ErrorKind::StorageFull => "the disk is full; make room or choose another place",
        ErrorKind::QuotaExceeded => {
            "your share of the disk is full; make room or choose another place"
        }
        ErrorKind::ReadOnlyFilesystem => "it is on a disk that is read-only; choose another place",
        ErrorKind::IsADirectory => "it is a folder; add a file name",
        ErrorKind::NotADirectory => "a part of the path is a file, not a folder",
        ErrorKind::InvalidFilename => "its name is too long or not allowed; choose another",
        ErrorKind::BrokenPipe => "its reader is gone",
        _ => return Trouble(lowercase(&error.to_string())),
    };
    Trouble::new(words)
}

/// The system's sentence without its number, beginning small.
fn lowercase(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or(text);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if letters.as_str().starts_with(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_no_numbers_of_the_system() {
        for code in 1..130 {
            let said = because(&io::Error::from_raw_os_error(code)).to_string();
            assert!(!said.contains("os error") && !said.is_empty(), "{code}: {said}");
        }
    }
}
