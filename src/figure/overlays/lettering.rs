//! Where words stand on the map: looked for once, and the same on the maps of both runs.

use super::Extract;
use super::heights::{self, Height};
use super::minima::{self, Labelled};
use super::start;
use crate::problem::grid::Window;

/// The words of a map that look for a place of their own.
pub struct Lettering {
    /// Where minima are.
    pub(in crate::figure) places: Vec<[f64; 2]>,
    /// Minima that are told.
    pub(super) minima: Vec<Labelled>,
    /// Heights along contour lines.
    pub(super) heights: Vec<Height>,
    /// The window that the start and its word take up.
    start: Option<Window>,
}

/// No words: those of a lens, which would only say them again.
pub(in crate::figure) static NONE: Lettering =
    Lettering { places: Vec::new(), minima: Vec::new(), heights: Vec::new(), start: None };

impl Lettering {
    /// Places for the words of an extract; they keep away from the routes of both runs, whichever are drawn.
    #[must_use]
    pub fn of(extract: &Extract<'_>) -> Self {
        let known = extract.picture.minima();
        let places: Vec<[f64; 2]> = known.iter().map(|minimum| minimum.at).collect();
        let minima = minima::labelled(extract, &known);
        let heights = heights::written(extract, &minima, &places);
        Self { places, minima, heights, start: start::taken(extract) }
    }

    /// How many words about minima and the start something over `window` would hide.
    #[must_use]
    pub fn hidden_by(&self, window: Window) -> usize {
        let taken = self.minima.iter().map(|told| told.taken).chain(self.start);
        taken.filter(|taken| minima::overlap(*taken, window)).count()
    }
}
