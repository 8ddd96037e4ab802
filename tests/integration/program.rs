//! The program as it is run: in a folder of the test's own, without a display.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What came of `words`, typed in `folder`.
pub(crate) fn run(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samscope"));
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    command.current_dir(folder).args(words).stdin(Stdio::null()).output().unwrap()
}

/// What is written to the standard output.
#[track_caller]
pub(crate) fn done(folder: &Path, words: &[&str]) -> Vec<u8> {
    let out = run(folder, words);
    assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

/// What is said beside the work, which is done.
#[track_caller]
pub(crate) fn remarked(folder: &Path, words: &[&str]) -> String {
    let out = run(folder, words);
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(out.status.success(), "{words:?}: {said}");
    said
}

/// What is said where something is refused, in one line; nothing is written then.
#[track_caller]
pub(crate) fn refused(folder: &Path, words: &[&str]) -> String {
    let before = fs::read_dir(folder).unwrap().count();
    let out = run(folder, words);
    let said = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{words:?}: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{words:?}: {said}");
    assert_eq!(fs::read_dir(folder).unwrap().count(), before, "{words:?}");
    said
}
