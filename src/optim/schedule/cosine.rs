//! Cosine annealing: slow at first, fast in the middle, and softly down to nothing.
//!
//! ```text
//! factor = ½ (1 + cos(π t/T))
//!
//! 1 ─╮
//!     ╲
//! 0    ╰─
//! ```
//!
//! I. Loshchilov and F. Hutter (2017), "SGDR: stochastic gradient descent with warm restarts", ICLR, eq. 5, without
//! restarts and with `η_min = 0`.

use super::{Schedule, share};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Schedule> = Entry {
    id: "cosine",
    name: "Cosine",
    formula: "½(1 + cos(πt/T))",
    source: "Loshchilov & Hutter 2017",
    about: "Falls to nothing along half a wave: a bouncing run comes to rest.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Cosine)),
};

struct Cosine;

impl Schedule for Cosine {
    fn factor(&self, step: usize, steps: usize) -> f64 {
        f64::midpoint(1.0, libm::cos(std::f64::consts::PI * share(step, steps)))
    }
}
