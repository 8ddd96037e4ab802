//! Two circles, one inside the other.
//!
//! ```text
//! class 0   radius 1        class 1   radius inner        θ ∈ [0, 2π) stratified, plus N(0, noise²)
//! ```
//!
//! The form of `make_circles` in scikit-learn (F. Pedregosa et al., 2011, JMLR 12). No straight border does better than
//! guessing: by symmetry the best linear model has all weights zero. What needs a hidden layer is seen here.

use std::f64::consts::TAU;

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "circles",
    name: "Two circles",
    formula: "r (cos θ, sin θ) + N(0, noise²), r = 1 or inner",
    source: "Pedregosa et al. 2011",
    about: "One class surrounds the other: no straight border does better than guessing.",
    settings: &[
        draw::points(200.0),
        draw::noise(0.1, "standard deviation of each coordinate around the circle"),
        Setting {
            key: "inner",
            label: "inner radius",
            about: "radius of the inner circle; the outer one has radius 1",
            kind: Kind::Number { default: 0.5, range: (0.0, 1.0), scale: Scale::Linear },
        },
        draw::balance(),
    ],
    build: Build::Sure(|settings| {
        Box::new(Circles {
            points: settings.count("points"),
            noise: settings.get("noise"),
            inner: settings.get("inner"),
            balance: settings.get("balance"),
        })
    }),
};

struct Circles {
    points: usize,
    noise: f64,
    inner: f64,
    balance: f64,
}

impl Dataset for Circles {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["outer circle", "inner circle"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let classes = draw::classes(self.points, self.balance);
        let points = draw::along_each_class(&classes, stream, |class, at, stream| {
            let radius = if class == 0 { 1.0 } else { self.inner };
            let (sin, cos) = libm::sincos(TAU * at);
            [cos, sin].map(|c| radius * c + self.noise * normal(stream))
        });
        draw::classified(&points, classes)
    }
}
