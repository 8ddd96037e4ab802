//! Step decay: the same for a while, then a fraction of it, and so on.
//!
//! ```text
//! factor = γ^⌊t/n⌋
//! ```

use super::Schedule;
use crate::catalog::{Build, Entry, Kind, Scale, Setting};

pub(super) static ENTRY: Entry<dyn Schedule> = Entry {
    id: "step",
    name: "Steps down",
    formula: "γ^⌊t/n⌋",
    source: "—",
    about: "Falls by a factor every so many steps: one sees what each size alone would do.",
    settings: &[
        Setting {
            key: "factor",
            label: "factor γ",
            about: "what is left after each fall, γ in γ^⌊t/n⌋",
            kind: Kind::Number { default: 0.1, range: (0.0, 1.0), scale: Scale::Linear },
        },
        Setting {
            key: "every",
            label: "every n steps",
            about: "how many steps lie between two falls, n in γ^⌊t/n⌋",
            kind: Kind::Number { default: 100.0, range: (1.0, 20_000.0), scale: Scale::Whole },
        },
    ],
    build: Build::Sure(|settings| {
        Box::new(StepDecay { factor: settings.get("factor"), every: settings.count("every") })
    }),
};

struct StepDecay {
    factor: f64,
    every: usize,
}

impl Schedule for StepDecay {
    fn factor(&self, step: usize, _: usize) -> f64 {
        libm::pow(self.factor, (step / self.every) as f64)
    }
}
