//! Exclusive or: class 1 where the signs of the inputs differ.
//!
//! ```text
//!      class 1 │ class 0
//!     ─────────┼─────────        centres (±1, ±1), plus N(0, noise²)
//!      class 0 │ class 1
//! ```
//!
//! The example with which M. Minsky and S. Papert (1969), "Perceptrons", MIT Press, showed what one layer cannot do.

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "xor",
    name: "Exclusive or",
    formula: "(±1, ±1) + N(0, noise²), class 1 where the signs differ",
    source: "Minsky & Papert 1969",
    about: "Four clouds in opposite corners: the smallest task that one layer cannot learn.",
    settings: &[
        draw::points(200.0),
        draw::noise(0.3, "standard deviation of each cloud, in (±1, ±1) + N(0, noise²)"),
        draw::balance(),
    ],
    build: Build::Sure(|settings| {
        Box::new(Xor {
            points: settings.count("points"),
            noise: settings.get("noise"),
            balance: settings.get("balance"),
        })
    }),
};

struct Xor {
    points: usize,
    noise: f64,
    balance: f64,
}

impl Dataset for Xor {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["class 0", "class 1"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let classes = draw::classes(self.points, self.balance);
        // The stratum says which of its class's two clouds a point is in: half of them, to one point, in each.
        let points = draw::along_each_class(&classes, stream, |class, at, stream| {
            let x = if at < 0.5 { 1.0 } else { -1.0 };
            let y = if class == 0 { x } else { -x };
            [x, y].map(|c| c + self.noise * normal(stream))
        });
        draw::classified(&points, classes)
    }
}
