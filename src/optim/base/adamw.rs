//! `AdamW`: Adam whose weight decay goes past its moments.
//!
//! ```text
//! w ← w − η (m̂ / (√v̂ + 1e-8) + λ w)
//! ```
//!
//! I. Loshchilov and F. Hutter (2019), "Decoupled weight decay regularization", ICLR, algorithm 2, with the decay inside
//! of η as deep-learning libraries have it. λ = 0 is Adam; the two differ in nothing but λ's default.

use super::adam::{Adam, MEAN, SQUARE};
use super::{Base, weight_decay};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Base> = Entry {
    id: "adamw",
    name: "AdamW",
    formula: "w ← w − η (m̂ / (√v̂ + 1e-8) + λ w)",
    source: "Loshchilov & Hutter 2019",
    about: "Adam with a pull toward zero that is the same for every weight.",
    settings: &[MEAN, SQUARE, weight_decay(0.01)],
    build: Build::Sure(|settings| Box::new(Adam::new(settings))),
};
