//! Two blobs: the classes are Gaussian clouds.
//!
//! ```text
//! class 0   N(−c, noise² I)         class 1   N(c, noise² I)         c = ½ distance (2, 1)/√5
//! ```
//!
//! The best border is the straight line through the origin across the line of centres, and the log-odds are exactly
//! linear: `w = 2c/noise²` (R. Fisher, 1936, "The use of multiple measurements in taxonomic problems", Annals of
//! Eugenics 7(2), where the clouds share one covariance). More distance or less noise moves that minimum outward
//! and flattens it; clouds that do not touch have none.

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting, Settings};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "blobs",
    name: "Two blobs",
    formula: "N(±c, noise² I), c = ½ distance (2, 1)/√5",
    source: "Fisher 1936",
    about: "Two Gaussian clouds: what logistic regression was made for.",
    settings: &[
        draw::points(200.0),
        draw::noise(0.8, "standard deviation of each cloud, in N(±c, noise² I)"),
        DISTANCE,
        draw::balance(),
    ],
    build: Build::Sure(|settings| Box::new(Blobs::new(settings))),
};

/// How far apart the clouds are.
pub(super) const DISTANCE: Setting = Setting {
    key: "distance",
    label: "distance",
    about: "how far apart the centres of the clouds are",
    kind: Kind::Number { default: 2.2, range: (0.0, 10.0), scale: Scale::Linear },
};

pub(super) struct Blobs {
    points: usize,
    noise: f64,
    centre: [f64; 2],
    balance: f64,
}

impl Blobs {
    pub(super) fn new(settings: &Settings) -> Self {
        let reach = settings.get("distance") / 2.0 / 5.0f64.sqrt();
        Self {
            points: settings.count("points"),
            noise: settings.get("noise"),
            centre: [2.0 * reach, reach],
            balance: settings.get("balance"),
        }
    }
}

impl Dataset for Blobs {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["class 0", "class 1"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let classes = draw::classes(self.points, self.balance);
        let points: Vec<[f64; 2]> = classes
            .iter()
            .map(|&class| {
                let side = if class == 0 { -1.0 } else { 1.0 };
                self.centre.map(|c| side * c + self.noise * normal(stream))
            })
            .collect();
        draw::classified(&points, classes)
    }
}
