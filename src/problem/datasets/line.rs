//! Points along a line.
//!
//! ```text
//! y = slope·x + intercept + N(0, noise²),     x ∈ [−1, 1] stratified
//! ```
//!
//! With the squared error the loss is a quadratic bowl around the line that the points follow, with curvatures
//! `2 E[x²] = ⅔` in the slope and `2` in the intercept whatever the noise: noise lifts the floor and shifts the minimum
//! but sharpens nothing.

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "line",
    name: "Line with noise",
    formula: "y = slope·x + intercept + N(0, noise²)",
    source: "—",
    about: "One line, one minimum: where the crowd is left alone.",
    settings: &[
        draw::points(100.0),
        draw::noise(0.25, "standard deviation of the points around their line"),
        SLOPE,
        INTERCEPT,
    ],
    build: Build::Sure(|settings| {
        Box::new(Line {
            points: settings.count("points"),
            noise: settings.get("noise"),
            slope: settings.get("slope"),
            intercept: settings.get("intercept"),
        })
    }),
};

/// The slope of the line that the points follow; the crowd's, unless changed.
pub(super) const SLOPE: Setting = Setting {
    key: "slope",
    label: "slope",
    about: "slope of the line that the points follow",
    kind: Kind::Number { default: -0.8, range: (-5.0, 5.0), scale: Scale::Linear },
};

/// The intercept of the line that the points follow; the crowd's, unless changed.
pub(super) const INTERCEPT: Setting = Setting {
    key: "intercept",
    label: "intercept",
    about: "intercept of the line that the points follow",
    kind: Kind::Number { default: 0.9, range: (-5.0, 5.0), scale: Scale::Linear },
};

struct Line {
    points: usize,
    noise: f64,
    slope: f64,
    intercept: f64,
}

impl Dataset for Line {
    fn task(&self) -> Task {
        Task::Regression
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["points"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let points: Vec<[f64; 2]> = draw::strata(self.points, stream)
            .into_iter()
            .map(|at| {
                let x = 2.0 * at - 1.0;
                [x, self.slope * x + self.intercept + self.noise * normal(stream)]
            })
            .collect();
        draw::curve(&points)
    }
}
