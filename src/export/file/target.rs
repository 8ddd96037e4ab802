//! Where results go, as it is typed after `-o`: a path, or `-` for the standard output.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::typed::{echo_path, expanded};

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The standard output.
    Stdout,
    /// A file, device or FIFO.
    Path(PathBuf),
}

/// Names of the standard output. Opened anew they would be written from the start, over what a shell's `>>` keeps.
const STDOUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// An ending that the output cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} ends in .{given}; name the output so that it ends in {known}")]
pub struct UnknownEnding {
    path: String,
    given: String,
    known: String,
}

impl Target {
    /// What was typed after `-o`, with `~` expanded.
    #[must_use]
    pub fn of(typed: &OsStr) -> Self {
        if STDOUT.iter().any(|name| typed == *name) {
            return Self::Stdout;
        }
        Self::Path(expanded(Path::new(typed)))
    }

    /// The path, where it has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdout => None,
            Self::Path(path) => Some(path),
        }
    }

    /// Which of the `known` endings ("png", "svg") the name has, in any case of letters; `None` where it has no ending.
    ///
    /// The name of a device or FIFO says nothing about what is written to it, so no ending of theirs is refused.
    ///
    /// # Errors
    /// When a file's name ends in something else.
    pub fn ending<'a>(&self, known: &[&'a str]) -> Result<Option<&'a str>, UnknownEnding> {
        let Self::Path(path) = self else { return Ok(None) };
        let Some(given) = path.extension() else { return Ok(None) };
        let found = known.iter().copied().find(|ending| given.eq_ignore_ascii_case(ending));
        let is_file = fs::metadata(path).map_or(true, |found| found.is_file());
        if found.is_some() || !is_file {
            return Ok(found);
        }
        let known: Vec<String> = known.iter().map(|ending| format!(".{ending}")).collect();
        Err(UnknownEnding {
            path: echo_path(path),
            given: echo_path(Path::new(given)),
            known: known.join(" or "),
        })
    }
}

impl From<&Path> for Target {
    fn from(typed: &Path) -> Self {
        Self::of(typed.as_os_str())
    }
}

impl From<&PathBuf> for Target {
    fn from(typed: &PathBuf) -> Self {
        Self::of(typed.as_os_str())
    }
}

impl From<&Self> for Target {
    fn from(target: &Self) -> Self {
        target.clone()
    }
}

/// `path` if nothing is there, else the first free name after it: `figure-1.png`, `figure-2.png`, ….
#[must_use]
pub fn unused(path: &Path) -> PathBuf {
    let taken = |path: &Path| fs::symlink_metadata(path).is_ok();
    if !taken(path) {
        return path.to_owned();
    }
    let numbered = |number: u32| {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        if let Some(ending) = path.extension() {
            name.push(OsString::from("."));
            name.push(ending);
        }
        path.with_file_name(name)
    };
    (1..=u32::MAX).map(numbered).find(|path| !taken(path)).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_is_the_standard_output() {
        assert_eq!(Target::of("-".as_ref()), Target::Stdout);
        assert_eq!(Target::of("/dev/stdout".as_ref()), Target::Stdout);
        assert_eq!(Target::of("./-".as_ref()).path(), Some(Path::new("./-")));
    }

    #[test]
    fn the_ending_chooses_or_is_refused() {
        let ending = |name: &str| Target::of(name.as_ref()).ending(&["png", "svg"]);
        assert_eq!(ending("fig.SVG"), Ok(Some("svg")));
        assert_eq!(ending("fig"), Ok(None));
        assert_eq!(ending("-"), Ok(None));
        let message = ending("A.xlsx").unwrap_err().to_string();
        assert!(message.contains("A.xlsx") && message.contains(".png or .svg"), "{message}");
    }

    #[test]
    fn a_name_that_is_taken_is_counted_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("samscope.png");
        assert_eq!(unused(&path), path);
        fs::write(&path, "").unwrap();
        assert_eq!(unused(&path), folder.path().join("samscope-1.png"));
        fs::write(folder.path().join("samscope-1.png"), "").unwrap();
        assert_eq!(unused(&path), folder.path().join("samscope-2.png"));
    }
}
