//! Why: a run made again with one ingredient changed at a time, and which changes make it end otherwise.
//!
//! ```text
//! change      no ε; a random ε as long, 20 seeds; ε reversed, not normalised; step with g; η halved; another p;
//!             all data; no momentum                                              one rerun each, 20 of the random ε
//! compare     the kind of end: which place, and in which manner                  End, Difference
//! nearest ρ   a grid of 64 values from 0 to 2ρ, the first cell outward from ρ whose ends differ, 31 values inside of
//!             it, and bisection down to 10⁻⁶
//! ```
//!
//! Nothing is guessed: whatever is found is a rerun, and can be [opened](change::Change::beside) as a scene. It does not
//! know how it is said.

mod end;
mod change;
mod rerun;
mod nearest;
mod inquiry;

pub use change::{Change, Ingredient, changes};
pub use end::{Difference, End, Manner, Place, Space, is_one_minimum};
pub use inquiry::{Case, Finding, Inquiry, Why};
pub use nearest::{Nearest, TOLERANCE, tolerance};
