//! The running statistics of normalised units move in both passes.
//!
//! ```text
//! s ← 0.9 s + 0.1 s_B(w),     then     s ← 0.9 s + 0.1 s_B(w + ε)
//! ```
//!
//! As where the second pass runs in training mode too. No weight moves otherwise; what the network predicts by does, and
//! with it the loss on data that were set aside.

use super::{Circumstances, Mistake};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "statistics_twice",
    name: "statistics twice",
    formula: "s ← 0.9 s + 0.1 s_B, at w and at w + ε",
    source: "—",
    about: "Running statistics mix in those of weights that the network never has.",
    settings: &[],
    build: Build::Sure(|_| Box::new(StatisticsTwice)),
};

struct StatisticsTwice;

impl Mistake for StatisticsTwice {
    fn moves_statistics_twice(&self) -> bool {
        true
    }

    fn idle(&self, of: &Circumstances) -> Option<&'static str> {
        (!of.normalises).then_some("no unit is normalised by running statistics")
    }
}
