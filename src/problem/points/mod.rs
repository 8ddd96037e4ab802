//! Points of one's own: a table of two coordinates and, where there are two kinds of points, a label.
//!
//! ```text
//! x,y,label          x;y            1,5;2,0;cat
//! 0.1,0.2,0          0.1;0.2        …
//! ```
//!
//! [`Points::read`] takes a file as spreadsheets write it: separator, decimal comma, header and columns are found, and can
//! be [said](Wanted). [`Points::text`] is the same table in one canonical form, which a scene holds; what was read from it
//! is the same points, bit for bit.

use std::fmt::Write as _;
use std::io::Read;

mod error;
mod guess;
mod read;
mod glance;
mod edit;

pub use edit::{CannotEdit, Edit};
pub use error::BadPoints;
pub use glance::Glance;
pub use guess::Wanted;

/// Points, all with a label or all without.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Points {
    /// Where they are.
    pub places: Vec<[f64; 2]>,
    /// The class of each, 0 or 1; none where they have no labels.
    pub labels: Option<Vec<u8>>,
}

/// More points than this make every step slow, and a scene long.
pub const MOST: usize = 5000;
/// Fewer are no data.
pub const LEAST: usize = 2;
/// Letters of the canonical text, at the most.
pub const LONGEST: usize = MOST * 56;

impl Points {
    /// Reads a table; no more of it than [`MOST`] points need.
    ///
    /// # Errors
    /// Says in which line what is wrong, and what to do.
    pub fn read(source: impl Read, wanted: &Wanted) -> Result<Self, BadPoints> {
        read::read(source, wanted)
    }

    /// The points of the canonical text.
    ///
    /// # Errors
    /// As [`Points::read`].
    pub fn of(text: &str) -> Result<Self, BadPoints> {
        read::read(text.as_bytes(), &Wanted::canonical())
    }

    /// The canonical text: a line a point, `x,y` or `x,y,label`, each number in as few digits as tell it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (k, [x, y]) in self.places.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = match self.labels.as_ref().and_then(|labels| labels.get(k)) {
                Some(label) => writeln!(text, "{x},{y},{label}"),
                None => writeln!(text, "{x},{y}"),
            };
        }
        text
    }
}

#[cfg(test)]
mod tests;
