//! The weights are never carried back: the step departs from `w + ε`.
//!
//! ```text
//! w ← base(w + ε̂, ∇L_B(w + ε̂))
//! ```
//!
//! As where ε is added in place and not taken off again. Every step first climbs by ε; where the step is shorter than ρ
//! the run climbs for good.

use super::Mistake;
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "from_perturbed",
    name: "steps from w + ε",
    formula: "w ← base(w + ε̂, g_SAM)",
    source: "—",
    about: "The weights are not carried back: every step first climbs by ε.",
    settings: &[],
    build: Build::Sure(|_| Box::new(FromPerturbed)),
};

struct FromPerturbed;

impl Mistake for FromPerturbed {
    fn departs_from_the_perturbed(&self) -> bool {
        true
    }
}
