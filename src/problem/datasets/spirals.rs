//! Two spirals wound into each other.
//!
//! ```text
//! radius t, angle 2π·turns·t, class 1 turned by half a turn;   t² ∈ [0, 1] stratified, plus N(0, noise²)
//! ```
//!
//! K. Lang and M. Witbrock (1988), "Learning to tell two spirals apart", Proc. Connectionist Models Summer School. Points
//! lie evenly along each arm rather than evenly in angle, so that the outside is not bare. The hardest of these data.

use std::f64::consts::TAU;

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "spirals",
    name: "Two spirals",
    formula: "±t (cos 2πnt, sin 2πnt) + N(0, noise²), n turns",
    source: "Lang & Witbrock 1988",
    about: "The arms wind into each other: hard for small networks, hopeless for a line.",
    settings: &[
        draw::points(200.0),
        draw::noise(0.03, "standard deviation of each coordinate around the arm"),
        Setting {
            key: "turns",
            label: "turns",
            about: "how many turns each arm makes",
            kind: Kind::Number { default: 1.0, range: (0.25, 3.0), scale: Scale::Linear },
        },
        draw::balance(),
    ],
    build: Build::Sure(|settings| {
        Box::new(Spirals {
            points: settings.count("points"),
            noise: settings.get("noise"),
            turns: settings.get("turns"),
            balance: settings.get("balance"),
        })
    }),
};

struct Spirals {
    points: usize,
    noise: f64,
    turns: f64,
    balance: f64,
}

impl Dataset for Spirals {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["class 0", "class 1"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let classes = draw::classes(self.points, self.balance);
        let points = draw::along_each_class(&classes, stream, |class, at, stream| {
            let t = at.sqrt();
            let side = if class == 0 { t } else { -t };
            let (sin, cos) = libm::sincos(TAU * self.turns * t);
            [cos, sin].map(|c| side * c + self.noise * normal(stream))
        });
        draw::classified(&points, classes)
    }
}
