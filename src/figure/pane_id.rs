//! The names of panes, in widget ids, files and tests.

use std::fmt;

/// What a pane is: a stable name for widget ids, files and tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaneId {
    /// The map of one run, by its place in the scene.
    Map(usize),
    /// One map with all runs.
    MapOfAll,
    /// The data with the predictions.
    Data,
    /// The chart of the loss.
    Loss,
    /// The chart of a measure over time.
    Sharpness,
    /// The chart of the loss between the ends.
    Cut,
    /// The loss around the weights of a run.
    Profile,
    /// The chart of the eigenvalues.
    Spectrum,
    /// How a run ends over two settings.
    Atlas,
}

impl fmt::Display for PaneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map(run) => write!(f, "map.{run}"),
            Self::MapOfAll => f.write_str("map.all"),
            Self::Data => f.write_str("data"),
            Self::Loss => f.write_str("loss"),
            Self::Sharpness => f.write_str("sharpness"),
            Self::Cut => f.write_str("cut"),
            Self::Profile => f.write_str("profile"),
            Self::Spectrum => f.write_str("spectrum"),
            Self::Atlas => f.write_str("atlas"),
        }
    }
}
