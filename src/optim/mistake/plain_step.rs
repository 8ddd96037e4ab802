//! The second gradient is computed, and the step is made with the first.
//!
//! ```text
//! g_SAM = ∇L_B(w + ε̂),     w ← base(w, g)
//! ```
//!
//! As where gradients are read before the second pass has written them. It is the base optimizer at twice its price.

use super::Mistake;
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Mistake> = Entry {
    id: "plain_step",
    name: "steps with g",
    formula: "w ← base(w, g)",
    source: "—",
    about: "The base optimizer at twice its price: the gradient at w + ε is computed and not used.",
    settings: &[],
    build: Build::Sure(|_| Box::new(PlainStep)),
};

struct PlainStep;

impl Mistake for PlainStep {
    fn hands_on_the_plain_gradient(&self) -> bool {
        true
    }
}
