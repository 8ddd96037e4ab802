//! Contours.
use super::field::Field;
/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Contour {
    /// Which level.
    pub level_index: usize,
    /// Points.
    pub points: Vec<[f64; 2]>,
    /// Closed.
    pub closed: bool,
}
/// All lines.
#[must_use]
pub fn contours(_: &Field, _: &[f64]) -> Vec<Contour> {
    Vec::new()
}
