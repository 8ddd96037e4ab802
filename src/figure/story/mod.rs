//! The story of a step: five phases, each with a picture, a formula with the step's numbers, and a sentence.
//!
//! ```text
//! 1  the gradient          g = ∇L(w)
//! 2  the ball              ε, what the ascent chooses in it
//! 3  the climb             L(w + ε) − L(w)
//! 4  the gradient there    g_SAM = ∇L(w + ε)
//! 5  carried back          w′, what the base makes of it from w
//! ```
//!
//! A run that does not look around goes through the same phases and has nothing to show in three of them, so that all
//! maps can be walked at once. What is told are the numbers of the trajectory and of its [`Stride`]; nothing is computed
//! from what is drawn.

use super::phase::Phase;
use super::picture::Picture;
use super::step::Term;
use super::stride::Stride;

mod told;

/// What is told in a phase of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// "2 of 5 · the ball and ε".
    pub heading: String,
    /// The formulas with the step's numbers.
    pub terms: Vec<Term>,
    /// One sentence about this very step.
    pub sentence: String,
}

/// What is told of the step that run number `run` makes; none where it has none, and while its vectors are not known.
#[must_use]
pub fn page(picture: &Picture<'_>, run: usize, phase: Phase) -> Option<Page> {
    let stride = Stride::of(picture, run)?;
    let vectors = stride.vectors?;
    let (terms, sentence) = told::told(picture, &stride, vectors, phase);
    let heading = format!("{} of {} · {}", phase.number(), Phase::ALL.len(), phase.name());
    Some(Page { heading, terms, sentence })
}

#[cfg(test)]
mod tests;
