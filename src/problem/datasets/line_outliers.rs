//! Points along a line, and a few far off it.
//!
//! ```text
//! most       y = slope·x + intercept + N(0, noise²)                   x ∈ [−1, 1] stratified
//! outliers   y = slope·x + intercept + offset + N(0, noise²)          outliers % of the points, at random
//! ```
//!
//! The contaminated sample of P. Huber (1964), "Robust estimation of a location parameter", Ann. Math. Stat. 35(1), with
//! all outliers on one side, where they do most harm: least squares is drawn off by `offset · outliers/100`, Huber's loss
//! by less, Welsch's by almost nothing, at the price of a second minimum that fits the outliers alone.

use rand::seq::SliceRandom as _;

use super::draw::{self, normal};
use super::line::{INTERCEPT, SLOPE};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "line_outliers",
    name: "Line with outliers",
    formula: "y = slope·x + intercept + N(0, noise²), some + offset",
    source: "Huber 1964",
    about: "A few points lie far off the line: robust losses against least squares.",
    settings: &[
        draw::points(100.0),
        draw::noise(0.25, "standard deviation of the points around their line"),
        SLOPE,
        INTERCEPT,
        Setting {
            key: "outliers",
            label: "outliers %",
            about: "how many of the points are off the line, in per cent",
            kind: Kind::Number { default: 20.0, range: (0.0, 50.0), scale: Scale::Linear },
        },
        Setting {
            key: "offset",
            label: "offset",
            about: "how far above the line the outliers lie; below it when negative",
            kind: Kind::Number { default: -2.0, range: (-10.0, 10.0), scale: Scale::Linear },
        },
    ],
    build: Build::Sure(|settings| {
        Box::new(LineOutliers {
            points: settings.count("points"),
            noise: settings.get("noise"),
            slope: settings.get("slope"),
            intercept: settings.get("intercept"),
            outliers: settings.get("outliers") / 100.0,
            offset: settings.get("offset"),
        })
    }),
};

struct LineOutliers {
    points: usize,
    noise: f64,
    slope: f64,
    intercept: f64,
    outliers: f64,
    offset: f64,
}

impl Dataset for LineOutliers {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["points", "outliers"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let outliers = draw::cell(self.outliers, self.points);
        let mut groups: Vec<usize> = (0..self.points).map(|k| usize::from(k < outliers)).collect();
        groups.shuffle(stream);
        let points: Vec<[f64; 2]> = draw::strata(self.points, stream)
            .into_iter()
            .zip(&groups)
            .map(|(at, &group)| {
                let x = 2.0 * at - 1.0;
                let off = if group == 0 { 0.0 } else { self.offset };
                [x, self.slope * x + self.intercept + off + self.noise * normal(stream)]
            })
            .collect();
        Sample { groups, ..draw::curve(&points) }
    }
}
