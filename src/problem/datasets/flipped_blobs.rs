//! Two blobs, some of whose labels are wrong.
//!
//! ```text
//! as "blobs", then flipped % of the points of each class get the other label
//! ```
//!
//! Label noise is where sharpness-awareness pays most (P. Foret et al., 2021, "Sharpness-Aware Minimization for
//! efficiently improving generalization", ICLR, section 3.3). Wrong labels keep the minimum near: no border explains
//! them, so being sure does not pay. The flipped points are a group of their own, so that they can be drawn.

use rand::seq::SliceRandom as _;

use super::blobs::{self, Blobs};
use super::draw;
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "flipped_blobs",
    name: "Blobs with wrong labels",
    formula: "N(±c, noise² I), flipped % of the labels exchanged",
    source: "Foret et al. 2021",
    about: "Some labels are wrong: the case in which SAM was found to help most.",
    settings: &[
        draw::points(200.0),
        draw::noise(0.8, "standard deviation of each cloud, in N(±c, noise² I)"),
        blobs::DISTANCE,
        Setting {
            key: "flipped",
            label: "flipped %",
            about: "how many of the labels in each class are exchanged, in per cent",
            kind: Kind::Number { default: 15.0, range: (0.0, 50.0), scale: Scale::Linear },
        },
        draw::balance(),
    ],
    build: Build::Sure(|settings| {
        Box::new(FlippedBlobs {
            blobs: Blobs::new(settings),
            flipped: settings.get("flipped") / 100.0,
        })
    }),
};

struct FlippedBlobs {
    blobs: Blobs,
    flipped: f64,
}

/// The group of points with a wrong label.
const WRONG: usize = 2;

impl Dataset for FlippedBlobs {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["class 0", "class 1", "wrong label"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let mut sample = self.blobs.sample(stream);
        let truth = sample.groups.clone();
        for class in [0, 1] {
            let mut members: Vec<usize> = (0..truth.len()).filter(|&k| truth[k] == class).collect();
            members.shuffle(stream);
            // Rounded down, at most half of a class is flipped, and so both classes stay.
            for &k in &members[..draw::cell(self.flipped, members.len())] {
                sample.targets[k] = 1.0 - sample.targets[k];
                sample.groups[k] = WRONG;
            }
        }
        sample
    }
}
