//! The field of a mean of squares: one polynomial with six coefficients, whatever the number of examples.
//!
//! ```text
//! Σ (r + a u + b v)² = Σr² + 2a Σru + 2b Σrv + a² Σu² + 2ab Σuv + b² Σv²
//! ```

use super::Affine;
use crate::problem::grid::Tile;

impl Affine<'_> {
    /// Fills a tile with `factor` times the mean of `(z − t)²`.
    ///
    /// Near the minimum of a perfect fit the six terms cancel; a pixel is good to the rounding of the largest.
    pub fn mean_square(&self, tile: &mut Tile<'_>, factor: f64) {
        let grid = tile.grid;
        let mut sums = [0.0; 6];
        for (k, t) in self.targets.iter().enumerate() {
            let (r, u, v) = (self.centre[k] - t, self.along[k], self.across[k]);
            let terms = [r * r, 2.0 * r * u, 2.0 * r * v, u * u, 2.0 * u * v, v * v];
            for (sum, term) in std::iter::zip(&mut sums, terms) {
                *sum += term;
            }
        }
        let [rr, ru, rv, uu, uv, vv] = sums.map(|sum| factor * sum / self.targets.len() as f64);
        let columns: Vec<f64> = self.columns(grid).collect();
        for (k, pixels) in tile.values.chunks_exact_mut(grid.columns).enumerate() {
            let b = self.row(grid, tile.first_row + k);
            let (constant, linear) = (rr + b * (rv + b * vv), ru + b * uv);
            for (pixel, a) in std::iter::zip(pixels, &columns) {
                // Rounding may take a sum of squares below zero, where a logarithmic scale has no place for it.
                *pixel = (constant + a * (linear + a * uu)).max(0.0);
            }
        }
    }
}
