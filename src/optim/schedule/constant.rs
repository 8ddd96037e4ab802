//! No schedule.
//!
//! ```text
//! factor = 1
//! ```

use super::Schedule;
use crate::catalog::{Build, Entry};

pub(super) static ENTRY: Entry<dyn Schedule> = Entry {
    id: "constant",
    name: "Constant",
    formula: "1",
    source: "—",
    about: "The same from the first step to the last.",
    settings: &[],
    build: Build::Sure(|_| Box::new(Constant)),
};

struct Constant;

impl Schedule for Constant {
    fn factor(&self, _: usize, _: usize) -> f64 {
        1.0
    }
}
