//! The places of a problem that are marked on maps: its minima and its saddles.

use super::picture::Picture;
use crate::analysis::basins::Lowest;
use crate::analysis::minima::Minimum;
use crate::analysis::saddles::Saddle;

impl<'a> Picture<'a> {
    /// The minima of the problem that are told on maps, the lowest first; none where the map is a plane through more.
    #[must_use]
    pub fn minima(&self) -> Vec<Minimum> {
        let Some(surveyed) = self.surveyed.filter(|_| !self.is_a_slice()) else {
            return Vec::new();
        };
        let told = |lowest: &Lowest| Minimum {
            at: lowest.at,
            height: lowest.loss,
            lambda_max: lowest.lambda_max.unwrap_or(f64::NAN),
        };
        let mut minima: Vec<Minimum> = surveyed.basins.minima().iter().map(told).collect();
        minima.sort_by(|a, b| a.height.total_cmp(&b.height));
        minima
    }

    /// The saddles of the problem that are told on maps, the lowest first.
    #[must_use]
    pub fn saddles(&self) -> &'a [Saddle] {
        let surveyed = self.surveyed.filter(|_| !self.is_a_slice());
        surveyed.map_or(&[], |surveyed| &surveyed.saddles)
    }
}
