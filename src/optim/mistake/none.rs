//! No mistake: the step as it is published.

use super::Mistake;
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "none",
    name: "no mistake",
    formula: "w ← base(w, ∇L_B(w + ε̂))",
    source: "—",
    about: "The step as it is published.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Right)),
};

struct Right;

impl Mistake for Right {}
