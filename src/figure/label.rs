//! Words of a chart that keep clear of each other: names at the ends of curves, values beside an upright line, notes.
//!
//! They say what is written and which place of the data it belongs to; where it stands follows when it is painted, from
//! the widths of all of them.

use super::Ink;

/// The words of a chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Labels {
    /// What the curves are called, beside the right edge.
    pub ends: Vec<End>,
    /// Values beside upright lines.
    pub values: Vec<Values>,
    /// What is to be known about the whole chart.
    pub notes: Vec<Note>,
}

/// The name of a curve, at its right end.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// Where the curve ends, in data coordinates.
    pub at: [f64; 2],
    /// The name, line by line.
    pub lines: Vec<String>,
    /// The curve's ink.
    pub ink: Ink,
    /// The value at the end, for which there is always room behind the name.
    pub value: Option<String>,
    /// Whether that value is written: where the step shown is the last, it has no place beside its line.
    pub shows_value: bool,
}

impl End {
    /// A name in one line.
    #[must_use]
    pub fn new(at: [f64; 2], name: String, ink: Ink) -> Self {
        Self { at, lines: vec![name], ink, value: None, shows_value: false }
    }

    /// The name as one text.
    #[must_use]
    pub fn name(&self) -> String {
        self.lines.join(" ")
    }
}

/// The values of curves where an upright line crosses them.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// Where the line stands.
    pub x: f64,
    /// What it stands at, where that is not told elsewhere.
    pub head: Option<String>,
    /// What the curves are there.
    pub of: Vec<Value>,
}

/// The value of a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its height, in data coordinates.
    pub y: f64,
    /// The number.
    pub text: String,
    /// The curve's ink.
    pub ink: Ink,
    /// Whether it makes way where not all have room: a run's second curve.
    pub is_second: bool,
}

/// Something to be known about the whole chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// In which part of the plot it stands.
    pub stands: Stands,
    /// What it says, from its longest form to its shortest: the first that has room is written.
    pub forms: Vec<String>,
    /// Its ink.
    pub ink: Ink,
}

/// In which part of a plot a note stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stands {
    /// At the upper right.
    Top,
    /// In the middle.
    Middle,
    /// At the lower right.
    Bottom,
    /// At the right, under this height.
    Under(f64),
    /// At the right, over this height.
    Over(f64),
}
