//! Where words stand on the map: looked for once, and the same on the maps of both runs.

use super::Extract;
use super::heights::{self, Height};
use super::minima::{self, Labelled};
use crate::problem::grid::Window;

/// The words of a map that look for a place of their own.
pub struct Lettering {
    /// Minima that are told.
    pub(super) minima: Vec<Labelled>,
    /// Heights along contour lines.
    pub(super) heights: Vec<Height>,
}

/// No words: those of a lens, which would only say them again.
pub(in crate::figure) static NONE: Lettering =
    Lettering { minima: Vec::new(), heights: Vec::new() };

impl Lettering {
    /// Places for the words of an extract; they keep away from the routes of both runs, whichever are drawn.
    #[must_use]
    pub fn of(extract: &Extract<'_>) -> Self {
        let minima = minima::labelled(extract);
        let heights = heights::written(extract, &minima);
        Self { minima, heights }
    }

    /// The number of minima whose words stand where something over `window` would hide them.
    #[must_use]
    pub fn hidden_by(&self, window: Window) -> usize {
        self.minima.iter().filter(|told| minima::overlap(told.taken, window)).count()
    }
}
