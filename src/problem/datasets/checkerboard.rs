//! A checkerboard: exclusive or, again and again.
//!
//! ```text
//! squares × squares fields on [−1, 1]²; points uniform on the fields of their colour, plus N(0, noise²)
//! ```
//!
//! A standard test of flexible borders (T. Ho and E. Kleinberg, 1996, "Building projectable classifiers of arbitrary
//! complexity", ICPR). With one square there is nothing to tell apart, so there are two at least.

use rand::RngExt as _;

use super::draw::{self, normal};
use super::{Dataset, Sample, Task};
use crate::catalog::{Build, Entry, Kind, Scale, Setting};
use crate::math::random::Stream;

pub(super) static ENTRY: Entry<dyn Dataset> = Entry {
    id: "checkerboard",
    name: "Checkerboard",
    formula: "class = (⌊n(x + 1)/2⌋ + ⌊n(y + 1)/2⌋) mod 2, n squares a side",
    source: "Ho & Kleinberg 1996",
    about: "As many borders as one likes, to see how much a model can hold.",
    settings: &[
        draw::points(400.0),
        draw::noise(0.0, "standard deviation of each coordinate around where the field put it"),
        Setting {
            key: "squares",
            label: "squares",
            about: "how many squares there are along each side",
            kind: Kind::Number { default: 4.0, range: (2.0, 10.0), scale: Scale::Whole },
        },
        draw::balance(),
    ],
    build: Build::Sure(|settings| {
        Box::new(Checkerboard {
            points: settings.count("points"),
            noise: settings.get("noise"),
            squares: settings.count("squares"),
            balance: settings.get("balance"),
        })
    }),
};

struct Checkerboard {
    points: usize,
    noise: f64,
    squares: usize,
    balance: f64,
}

impl Checkerboard {
    /// The squares of a colour, as column and row.
    fn fields(&self, class: usize) -> Vec<[usize; 2]> {
        let all =
            (0..self.squares).flat_map(|row| (0..self.squares).map(move |column| [column, row]));
        all.filter(|[column, row]| (column + row) % 2 == class).collect()
    }
}

impl Dataset for Checkerboard {
    fn task(&self) -> Task {
        Task::Classification
    }

    fn group_names(&self) -> &'static [&'static str] {
        &["class 0", "class 1"]
    }

    fn sample(&self, stream: &mut Stream) -> Sample {
        let classes = draw::classes(self.points, self.balance);
        let fields = [self.fields(0), self.fields(1)];
        let side = 2.0 / self.squares as f64;
        let points = draw::along_each_class(&classes, stream, |class, at, stream| {
            let field = fields[class][draw::cell(at, fields[class].len())];
            field.map(|place| {
                let inside = place as f64 + stream.random::<f64>();
                -1.0 + side * inside + self.noise * normal(stream)
            })
        });
        draw::classified(&points, classes)
    }
}
