//! Linear warm-up: start small, grow evenly, then stay.
//!
//! ```text
//! factor = min(1, (t + 1) / (f T))
//!
//! 1    ╭────
//!    ╱
//! 0 ╱
//! ```
//!
//! P. Goyal et al. (2017), "Accurate, large minibatch SGD: training `ImageNet` in 1 hour", arXiv:1706.02677, sec. 2.2.
//! `t + 1`, so that the first step is not lost.

use super::Schedule;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};

pub(super) static ENTRY: Entry<dyn Schedule> = Entry {
    id: "warm_up",
    name: "Warm-up",
    formula: "min(1, (t + 1)/(f T))",
    source: "Goyal et al. 2017",
    about: "Grows from almost nothing: a start on steep ground does not throw the run out.",
    settings: &[Setting {
        key: "fraction",
        label: "fraction f",
        about: "the part of the run it takes to grow, f in min(1, (t + 1)/(f T))",
        kind: Kind::Number { default: 0.1, range: (0.0, 1.0), scale: Scale::Linear },
    }],
    build: Build::Sure(|settings| Box::new(WarmUp { fraction: settings.get("fraction") })),
};

struct WarmUp {
    fraction: f64,
}

impl Schedule for WarmUp {
    fn factor(&self, step: usize, steps: usize) -> f64 {
        let growing = self.fraction * steps as f64;
        let grown = (step + 1) as f64;
        if grown < growing { grown / growing } else { 1.0 }
    }
}
