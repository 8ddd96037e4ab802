//! The loss: what plain descent goes down.
//!
//! ```text
//! L(w)
//! ```

use super::{Cost, Ground};

pub(super) static GROUND: Ground = Ground {
    id: "loss",
    name: "Loss",
    noun: "the loss",
    symbol: "L(w)",
    about: "the loss itself, the same for every run: what plain descent goes down",
    unit: "",
    source: "—",
    cost: Cost::Look,
    height: |place| place.here().0,
    lacks: |_| None,
};
