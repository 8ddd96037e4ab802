//! How large a scene may be: all steps of all runs together.

/// Runs whose weights would not fit into memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{runs} runs of {weights} weights and {steps} steps need {} GB of memory, and {} GB is the most; use fewer steps, weights or runs",
    gigabytes(weights.saturating_mul(*steps).saturating_mul(*runs)),
    gigabytes(MOST_NUMBERS)
)]
pub struct TooLarge {
    pub(super) weights: usize,
    pub(super) steps: usize,
    pub(super) runs: usize,
}

/// Weights that all steps of all runs have together: 0.8 GB, which the machines of a class have to spare.
pub(super) const MOST_NUMBERS: usize = 100_000_000;

/// So many numbers in memory, in GB with one decimal.
fn gigabytes(numbers: usize) -> f64 {
    (numbers as f64 * 8.0 / 1e8).ceil() / 10.0
}
