//! Papers that run: what a paper claims about a small problem, as a file, and whether it is so here.
//!
//! ```toml
//! title = "Stability analysis of SAM"
//! source = "Kim, Park, Choi & Lee, ICML 2026, arXiv 2301.06308"
//! about = "SAM is caught by saddles that descent leaves."
//!
//! [scene]                              # keys of a scene file
//! landscape = "saddle"
//! rho = 0.5
//!
//! [[claim]]                            # one that checks itself
//! says = "SAM ends at the saddle"
//! near = [0, 0]
//! within = 0.01
//! ```
//!
//! A claim is about how runs end, about a number along one of them, or about many starts. An author sends one without
//! Rust (`docs/papers.md`). It does not know how a window shows it.

use crate::scene::Scene;

pub mod series;
pub mod statistic;
pub mod claim;
mod starts;
mod read;
pub mod trial;
pub mod builtin;

pub use read::{CannotOpen, open, read};

use claim::Claim;

/// A paper: where it was published, what it says, and the claims that are tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// Who wrote it, and where it was published.
    pub source: String,
    /// What it says, in a sentence or two; what of it was read, and what is ours.
    pub about: String,
    /// The problem, and the runs on it.
    pub scene: Scene,
    /// What is claimed, one or more.
    pub claims: Vec<Claim>,
}
