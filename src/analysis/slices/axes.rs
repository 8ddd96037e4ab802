//! The plane of two weights; the others stay where the last run ends.
//!
//! ```text
//! w(a, b) = w_end  with weight i = a and weight j = b
//! ```
//!
//! Its coordinates are the two weights themselves. What one sees is a coordinate cut: honest about two weights, blind
//! to directions in which many weights move a little.

use ndarray::Array1;

use super::{Cut, Ground, Slice, Work};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::problem::grid::Plane;

pub(super) static ENTRY: Entry<dyn Slice> = Entry {
    id: "axes",
    name: "Two weights",
    formula: "w_end with weight i = a, weight j = b",
    source: "—",
    about: "Two of the weights, the others held where the last run ends.",
    settings: &[
        Setting {
            key: "first",
            label: "first weight",
            about: "the number of the weight shown from left to right, counted from 0",
            kind: Kind::Number { default: 0.0, range: (0.0, MOST), scale: Scale::Whole },
        },
        Setting {
            key: "second",
            label: "second weight",
            about: "the number of the weight shown from bottom to top, counted from 0",
            kind: Kind::Number { default: 1.0, range: (0.0, MOST), scale: Scale::Whole },
        },
    ],
    build: Build::Sure(|settings| {
        Box::new(Axes { first: settings.count("first"), second: settings.count("second") })
    }),
};

/// No model here has more weights.
const MOST: f64 = 9999.0;

#[derive(Clone, Copy)]
struct Axes {
    first: usize,
    second: usize,
}

impl Slice for Axes {
    fn begin(&self) -> Box<dyn Work> {
        Box::new(*self)
    }
}

impl Work for Axes {
    fn advance(&mut self, ground: &Ground<'_>) -> Option<Cut> {
        let dimension = ground.objective.dimension();
        let last = dimension.saturating_sub(1);
        let first = self.first.min(last);
        let second = match self.second.min(last) {
            second if second != first => second,
            _ if first < last => first + 1,
            _ => first.saturating_sub(1),
        };
        let along = |k: usize| {
            let mut direction = Array1::zeros(dimension);
            if k < dimension {
                direction[k] = 1.0;
            }
            direction
        };
        let mut origin = ground.last_end();
        for k in [first, second] {
            if k < dimension {
                origin[k] = 0.0;
            }
        }
        let names = ground.objective.weight_names();
        let name = |k: usize| names.get(k).cloned().unwrap_or_default();
        let note = if [first, second] == [self.first, self.second] {
            String::new()
        } else {
            format!(
                "there are weights 0 to {last}, and two different ones are shown: {first} and {second}"
            )
        };
        Some(Cut {
            plane: Plane { origin, along: along(first), across: along(second) },
            axes: [name(first), name(second)],
            about: format!("along two weights, the others as at {}'s end", ground.last_name()),
            note,
            reach: 0.0,
        })
    }
}
