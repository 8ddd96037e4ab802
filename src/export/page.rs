//! How a figure lies on what it is printed on: its size there, and whether the paper is painted.

/// A page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// Points of the page (1/72 inch) for a point of the figure.
    pub magnified: f64,
    /// Whether there is nothing behind the figure, so that what it lies on shows.
    pub is_clear: bool,
}

impl Default for Page {
    /// A point is a point, on paper.
    fn default() -> Self {
        Self { magnified: 1.0, is_clear: false }
    }
}

/// Millimetres of an inch, and points.
pub const MILLIMETRES: f64 = 25.4;
/// See [`MILLIMETRES`].
pub const POINTS: f64 = 72.0;
