//! How a chart spreads values: evenly, or by their ratios.

/// How values are spread over the height of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Equal heights for equal differences.
    Linear,
    /// Equal heights for equal ratios.
    Log,
}
