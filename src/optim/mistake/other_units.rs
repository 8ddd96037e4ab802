//! The second pass drops other units than the first.
//!
//! ```text
//! g = ∇L_B,m(w),     g_SAM = ∇L_B,m′(w + ε̂(g)),     m and m′ thrown apart
//! ```
//!
//! As where dropout throws its dice in every pass. The two passes are then of two networks. The dice of the second are a
//! stream of their own, so that the first pass drops what it drops in the right run.

use super::{Circumstances, Mistake};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "other_units",
    name: "other dropout",
    formula: "g_SAM = ∇L_B,m′(w + ε̂(∇L_B,m(w)))",
    source: "—",
    about: "ε climbs the loss of one thinned network, and the gradient there is that of another.",
    settings: &[],
    build: Build::Sure(|_| Box::new(OtherUnits)),
};

struct OtherUnits;

impl Mistake for OtherUnits {
    fn drops_other_units(&self) -> bool {
        true
    }

    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        (!of.drops_units).then_some("no unit is dropped")
    }
}
