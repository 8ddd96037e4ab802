//! Predictions on a plane, for models that are linear in their weights: fields by slice algebra.
//!
//! ```text
//! z_i(a, b) = centre_i + (a − a₀) along_i + (b − b₀) across_i,     (a₀, b₀) the middle of the window
//! ```
//!
//! Three predictions say everything about a plane; no pixel asks the model again. Counting from the middle of the
//! window keeps the digits of a small window far from the origin, so that `f32` is enough for most fields.
//!
//! `curves` serves every loss that is written for lanes, one evaluation a pixel and example; `log_loss` and
//! `square` use that the exponential of a sum is a product, and that a sum of squares is one polynomial.

use ndarray::ArrayView2;

use super::grid::{Grid, Plane, Tile};
use super::models::Model;

mod curves;
mod log_loss;
mod square;

/// The predictions of a linear model for some examples, on a plane.
#[derive(Debug, Clone)]
pub struct Affine<'a> {
    /// What should have been predicted.
    pub targets: &'a [f64],
    middle: [f64; 2],
    centre: Vec<f64>,
    along: Vec<f64>,
    across: Vec<f64>,
}

impl<'a> Affine<'a> {
    /// The predictions of `model`, which must be linear, for prepared inputs.
    #[must_use]
    pub fn new(
        model: &dyn Model,
        prepared: ArrayView2<'_, f64>,
        targets: &'a [f64],
        plane: &Plane,
        grid: Grid,
    ) -> Self {
        let predict = |w: ndarray::ArrayView1<'_, f64>| {
            let mut z = vec![0.0; targets.len()];
            model.predict(w, prepared, &mut z);
            z
        };
        let middle = grid.window.centre();
        Self {
            targets,
            middle,
            centre: predict(plane.at(middle[0], middle[1]).view()),
            along: predict(plane.along.view()),
            across: predict(plane.across.view()),
        }
    }

    /// Fills a tile with the mean over the examples of whatever `sum` makes of the predictions at a pixel.
    pub fn mean(&self, tile: &mut Tile<'_>, sum: impl Fn(&[f64]) -> f64) {
        let mut z = vec![0.0; self.targets.len()];
        tile.each(|x, y| {
            let (a, b) = (x - self.middle[0], y - self.middle[1]);
            for (k, z) in z.iter_mut().enumerate() {
                *z = self.centre[k] + a * self.along[k] + b * self.across[k];
            }
            sum(&z) / self.targets.len() as f64
        });
    }

    /// The same for some examples at a time.
    fn parts(&self, most: usize) -> impl Iterator<Item = Affine<'_>> {
        let middle = self.middle;
        let examples = std::iter::zip(self.targets.chunks(most), self.centre.chunks(most));
        let steps = std::iter::zip(self.along.chunks(most), self.across.chunks(most));
        examples.zip(steps).map(move |((targets, centre), (along, across))| Affine {
            targets,
            middle,
            centre: centre.to_vec(),
            along: along.to_vec(),
            across: across.to_vec(),
        })
    }

    /// How far the columns of a grid lie from the middle of the window.
    fn columns(&self, grid: Grid) -> impl Iterator<Item = f64> {
        let middle = self.middle[0];
        (0..grid.columns).map(move |column| grid.x(column) - middle)
    }

    /// How far a row lies from the middle of the window.
    fn row(&self, grid: Grid, row: usize) -> f64 {
        grid.y(row) - self.middle[1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::fast::Lanes;
    use crate::problem::grid::{Precision, Window};
    use crate::problem::lanes::Curve;
    use proptest::prelude::*;

    struct Bell;

    impl Curve for Bell {
        #[inline(always)]
        fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack) {
            let r = l.sub(z, t);
            (l.sub(l.number(1.0), l.exp(l.mul(l.mul(r, r), l.number(-2.0)))), r)
        }
    }

    fn examples() -> impl Strategy<Value = Vec<[f64; 4]>> {
        let z = prop_oneof![4 => -3.0f64..3.0, 1 => Just(0.0), 1 => -40.0f64..40.0];
        let target = prop_oneof![Just(0.0), Just(1.0)];
        proptest::collection::vec(
            (z.clone(), z.clone(), z, target).prop_map(|(a, b, c, t)| [a, b, c, t]),
            1..150,
        )
    }

    fn grids() -> impl Strategy<Value = Grid> {
        (2usize..70, 2usize..20, -3.0f64..3.0, 0.01f64..4.0).prop_map(
            |(columns, rows, at, size)| {
                let window = Window::new([at, at + size], [-at, 2.0 * size - at]);
                Grid { window, columns, rows }
            },
        )
    }

    fn affine<'a>(examples: &[[f64; 4]], targets: &'a [f64], grid: Grid) -> Affine<'a> {
        let column = |k: usize| examples.iter().map(|example| example[k]).collect();
        let middle = grid.window.centre();
        Affine { targets, middle, centre: column(0), along: column(1), across: column(2) }
    }

    /// The largest difference between a field and the plain one, as part of the plain one's largest size.
    fn miss(
        affine: &Affine<'_>,
        (grid, precision): (Grid, Precision),
        cost: &dyn Fn(f64, f64) -> f64,
        fast: &dyn Fn(&mut Tile<'_>),
    ) -> f64 {
        let mut found = vec![f64::NAN; grid.columns * grid.rows];
        let mut plain = found.clone();
        // In tiles of three rows, so that what a tile prepares is not right for the first only.
        for (k, values) in found.chunks_mut(3 * grid.columns).enumerate() {
            fast(&mut Tile { grid, first_row: 3 * k, values, precision });
        }
        affine.mean(&mut Tile { grid, first_row: 0, values: &mut plain, precision }, |z| {
            std::iter::zip(z, affine.targets).map(|(z, t)| cost(*z, *t)).sum()
        });
        let scale = plain.iter().fold(f64::MIN_POSITIVE, |most, value| most.max(value.abs()));
        std::iter::zip(&found, &plain).fold(0.0, |most, (found, plain)| {
            let miss = (found - plain).abs() / scale;
            if most.is_nan() || miss <= most { most } else { miss }
        })
    }

    proptest! {
        // A case is six whole fields.
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn fast_fields_are_the_plain_ones(examples in examples(), grid in grids()) {
            let targets: Vec<f64> = examples.iter().map(|example| example[3]).collect();
            let affine = affine(&examples, &targets, grid);
            let bell = |z: f64, t: f64| 1.0 - libm::exp(-2.0 * (z - t) * (z - t));
            let square = |z: f64, t: f64| 0.5 * (z - t) * (z - t);
            let log_loss = |z: f64, t: f64| z.max(0.0) + libm::log1p(libm::exp(-z.abs())) - t * z;
            for (precision, tolerance) in [(Precision::Fast, 1e-6), (Precision::Exact, 1e-12)] {
                let here = (grid, precision);
                let fast = |tile: &mut Tile<'_>| affine.mean_of_residuals(tile, &Bell);
                let found = miss(&affine, here, &bell, &fast);
                prop_assert!(found <= tolerance, "bell, {precision:?}: {found}");
                let fast = |tile: &mut Tile<'_>| affine.mean_of_predictions(tile, &Bell);
                let found = miss(&affine, here, &bell, &fast);
                prop_assert!(found <= tolerance, "bell of z and t, {precision:?}: {found}");
                let fast = |tile: &mut Tile<'_>| affine.mean_square(tile, 0.5);
                let found = miss(&affine, here, &square, &fast);
                prop_assert!(found <= 1e-12, "square, {precision:?}: {found}");
                let fast = |tile: &mut Tile<'_>| affine.mean_log_loss(tile);
                let found = miss(&affine, here, &log_loss, &fast);
                prop_assert!(found <= 1e-12, "log loss, {precision:?}: {found}");
            }
        }
    }
}
