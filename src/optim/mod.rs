//! Who minimises it: a run is a base optimizer and an ascent.
//!
//! The [`ascent`] says *where* the gradient is taken, the [`base`] says what is done with it. η, ρ and the norm
//! belong to the run and to neither, so that every ascent goes with every base and a comparison is fair.
//!
//! ```text
//! g = ∇L_B(w)  →  ascent: ε, then ∇L_B(w + ε)  →  base: w ← w − η (…)       one step, from w
//! ```

pub mod neighbourhood;
pub mod stability;
pub mod base;
pub mod mistake;
pub mod ascent;
pub mod schedule;
pub mod edge;
pub mod running;
pub mod clip;
pub mod run;
pub mod replay;
pub mod recall;
mod rows;
pub mod trajectory;
pub mod moment;
pub mod ending;
pub mod watch;
