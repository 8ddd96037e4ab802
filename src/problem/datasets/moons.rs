//! Two half-moons, each reaching into the other.
//!
//! ```text
//! class 0   (cos θ − ½,  sin θ − ¼)          ╭───╮
//! class 1   (½ − cos θ,  ¼ − sin θ)          │  ╷│  ╷
//! θ ∈ [0, π] stratified, plus N(0, noise²)       │   │
//!                                               ╰───╯
//! ```
//!
//! The usual benchmark for borders that cannot be straight (the form of `make_moons` in scikit-learn; F. Pedregosa et
//! al., 2011, JMLR 12), moved so that its centre of symmetry is the origin: class 1 is class 0 turned by half a turn.
//! A straight border still gets most points right, which is enough for a map of two weights.

use std::f64::consts::PI;

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "moons",
    name: "Two moons",
    formula: "±(cos θ − ½, sin θ − ¼) + N(0, noise²)",
    source: "Pedregosa et al. 2011",
    about: "Two interlocking half-moons: a straight border does well, a bent one better.",
    settings: &[
        draw::points(200.0),
        draw::noise(0.2, "standard deviation of each coordinate around the half-moon"),
        draw::balance(),
    ],
    build: Build::Sure(|settings| {
        Box::new(Moons {
            points: settings.count("points"),
            noise: settings.get("noise"),
            balance: settings.get("balance"),
        })
    }),
};

struct Moons {
    points: usize,
    noise: f64,
    balance: f64,
}

impl Dataset for Moons {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["upper moon", "lower moon"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let classes = draw::classes(self.points, self.balance);
        let points = draw::along_each_class(&classes, stream, |class, at, stream| {
            let side = if class == 0 { 1.0 } else { -1.0 };
            let (sin, cos) = libm::sincos(PI * at);
            [cos - 0.5, sin - 0.25].map(|c| side * c + self.noise * normal(stream))
        });
        draw::classified(&points, classes)
    }
}
