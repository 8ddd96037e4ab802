//! What is said of a run that has nothing to learn from; found with the runs ([`analysis::silent`]).
//!
//! [`analysis::silent`]: crate::analysis::silent

use super::picture::Picture;

/// Why the run at `place` has nothing to learn from where it ends; none where it has.
#[must_use]
pub fn silent(picture: &Picture<'_>, place: usize) -> Option<&'static str> {
    *picture.comparison?.silent.get(place)?
}
