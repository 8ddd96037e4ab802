//! Contour levels.
use super::field::Field;
/// How levels are spaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Chosen by the data.
    Auto,
}
/// Levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    /// Heights.
    pub values: Vec<f64>,
    /// Whether each is an index line.
    pub index: Vec<bool>,
    range: [f64; 2],
}
impl Levels {
    /// Levels of a field.
    #[must_use]
    pub fn of(field: &Field, _: Spacing) -> Self {
        let range = field.range().unwrap_or([0.0, 1.0]);
        let values: Vec<f64> =
            (1..20).map(|k| range[0] + (range[1] - range[0]) * f64::from(k) / 20.0).collect();
        let index = (1..20).map(|k| k % 5 == 0).collect();
        Self { values, index, range }
    }
    /// Tone of a value.
    #[must_use]
    pub fn tone(&self, value: f64) -> f64 {
        ((value - self.range[0]) / (self.range[1] - self.range[0])).clamp(0.0, 1.0)
    }
}
