//! What is said about the runs, in plain words, computed from how they ended.

use super::picture::{Lane, Picture};

/// One plain sentence about how a run went.
#[must_use]
pub fn sentence(picture: &Picture<'_>, lane: Lane) -> String {
    let _ = (picture, lane);
    String::new()
}

/// A number at the step shown, for both runs, with the formula it was put into.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its name or symbol.
    pub name: String,
    /// Its formula; the tooltip.
    pub formula: String,
    /// Its value in the base run.
    pub base: String,
    /// Its value in the other.
    pub sam: String,
}

/// The numbers at the step shown.
#[must_use]
pub fn readings(picture: &Picture<'_>) -> Vec<Reading> {
    let _ = picture;
    Vec::new()
}
