//! The second pass sees another batch than the first.
//!
//! ```text
//! g = ∇L_B(w),     g_SAM = ∇L_B′(w + ε̂(g)),     B′ the batch of the next step
//! ```
//!
//! As where each pass takes its own batch from the loader. ε then climbs what the second pass does not see. That B′ is
//! the batch of the next step leaves the batches of the first passes those of the right run.

use super::{Circumstances, Mistake};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "other_batch",
    name: "other batch",
    formula: "g_SAM = ∇L_B′(w + ε̂(∇L_B(w)))",
    source: "—",
    about: "ε climbs the loss of one batch, and the gradient there is that of the next one.",
    settings: &[],
    build: Build::Sure(|_| Box::new(OtherBatch)),
};

struct OtherBatch;

impl Mistake for OtherBatch {
    fn sees_another_batch(&self) -> bool {
        true
    }

    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        of.sees_all.then_some("every step sees all data: there is no other batch")
    }
}
