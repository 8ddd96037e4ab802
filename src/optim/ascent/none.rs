//! No ascent: the base optimizer alone.
//!
//! ```text
//! ε = 0
//! ```

use super::{Ascent, Here, Norms, Oracle, Sight};
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Ascent> = Entry {
    id: "none",
    name: "None",
    formula: "ε = 0",
    source: "—",
    about: "The base optimizer alone, one gradient a step.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Plain)),
};

struct Plain;

impl Ascent for Plain {
    fn look(&mut self, here: &Here<'_>, _: &mut Oracle<'_>) -> Sight {
        here.plain()
    }

    fn norms(&self) -> Norms {
        Norms::Ignored
    }
}
