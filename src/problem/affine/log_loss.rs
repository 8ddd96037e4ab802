//! The field of the mean cross-entropy: a multiply-add and a product a pixel and example, a logarithm a pixel.
//!
//! ```text
//! Σ ln(1 + e^{z_i}) = ln Π (1 + e^{z_i}),     e^{z_i} = e^{centre_i + b across_i} · e^{a along_i}
//!                                                       └─ table of rows ─┘   └─ table of columns ─┘
//! ```
//!
//! The product would soon leave the range of `f64`. Each factor is therefore divided by the geometric mean of the
//! largest and the smallest value it takes in the window, and before a product of factors can have left the range,
//! its exponent is taken out. `Σ t_i z_i` is linear in `(a, b)` and needs no sum at the pixels at all.

use pulp::{Arch, Simd, WithSimd};

use super::Affine;
use crate::math::fast::{Double, Lanes};
use crate::problem::grid::{Precision, Tile};
use crate::problem::lanes::Curve;

impl Affine<'_> {
    /// Fills a tile with the mean of `ln(1 + e^z) − t z`, in `f64` whatever the tile allows.
    pub fn mean_log_loss(&self, tile: &mut Tile<'_>) {
        let with_factors = |part| Factors::of(&part, tile).map(|factors| (part, factors));
        let parts: Option<Vec<_>> = self.parts(PART).map(with_factors).collect();
        let Some(parts) = parts else { return self.mean_log_loss_one_by_one(tile) };
        tile.values.fill(0.0);
        for (affine, factors) in &parts {
            let all = self.targets.len();
            Arch::new().dispatch(Job { affine, tile: &mut *tile, factors, all });
        }
        self.take_targets(tile);
    }

    /// The same for predictions so large that their exponentials are out of range.
    fn mean_log_loss_one_by_one(&self, tile: &mut Tile<'_>) {
        struct Softplus;
        impl Curve for Softplus {
            #[inline(always)]
            fn value_and_slope<L: Lanes>(
                &self,
                l: L,
                z: L::Pack,
                _: L::Pack,
            ) -> (L::Pack, L::Pack) {
                (l.softplus(z), z)
            }
        }
        let nothing = vec![0.0; self.targets.len()];
        let untargeted = Affine { targets: &nothing, ..self.clone() };
        let precision = tile.precision;
        tile.precision = Precision::Exact;
        untargeted.mean_of_predictions(tile, &Softplus);
        tile.precision = precision;
        self.take_targets(tile);
    }

    /// Subtracts the mean of `t z`.
    fn take_targets(&self, tile: &mut Tile<'_>) {
        let grid = tile.grid;
        let examples = self.targets.len() as f64;
        let mean = |of: &[f64]| {
            std::iter::zip(of, self.targets).map(|(z, t)| z * t).sum::<f64>() / examples
        };
        let [centre, along, across] = [mean(&self.centre), mean(&self.along), mean(&self.across)];
        let columns: Vec<f64> = self.columns(grid).map(|a| a * along).collect();
        for (k, pixels) in tile.values.chunks_exact_mut(grid.columns).enumerate() {
            let here = centre + self.row(grid, tile.first_row + k) * across;
            for (pixel, a) in std::iter::zip(pixels, &columns) {
                *pixel -= here + a;
            }
        }
    }
}

/// Examples whose tables are gone through at every pixel before the next ones' are. More would not stay in the second
/// cache, and a map of a hundred thousand examples would take twice as long.
const PART: usize = 4096;

/// How factors are kept in range.
struct Factors {
    /// `h_i`, the mean of the logarithms of the largest and the smallest factor of example `i`, nearly.
    shift: Vec<f64>,
    /// The examples after which the exponent is taken out.
    ends: Vec<usize>,
}

/// The logarithm that a product may reach before its exponent is taken out; `f64` ends at 709.
const FULL: f64 = 600.0;

/// The largest prediction whose exponential is still far from the end of the range, its square included.
const LARGEST: f64 = 300.0;

impl Factors {
    fn of(affine: &Affine<'_>, tile: &Tile<'_>) -> Option<Self> {
        let [width, height] = tile.grid.window.span().map(|span| span / 2.0);
        let mut factors = Self { shift: Vec::with_capacity(affine.centre.len()), ends: Vec::new() };
        let mut reached = 0.0;
        for (i, centre) in affine.centre.iter().enumerate() {
            let reach = (affine.along[i] * width).abs() + (affine.across[i] * height).abs();
            let most = centre.abs() + reach;
            if most.is_nan() || most > LARGEST {
                return None;
            }
            // ln(1 + e^z) lies between max(z, 0) and ln 2 more.
            let low = (centre - reach).max(0.0);
            let high = (centre + reach).max(0.0) + std::f64::consts::LN_2;
            let half = (high - low) / 2.0;
            reached += half;
            if reached > FULL {
                factors.ends.push(i);
                reached = half;
            }
            factors.shift.push(low + half);
        }
        factors.ends.push(affine.centre.len());
        Some(factors)
    }
}

struct Job<'a, 'b, 'c> {
    affine: &'a Affine<'a>,
    tile: &'b mut Tile<'c>,
    factors: &'a Factors,
    /// How many examples the mean is over.
    all: usize,
}

/// Rows that are worked on together: their products, the column and the constant fit sixteen registers.
const ROWS: usize = 8;

impl WithSimd for Job<'_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let l: Double<S> = Double(simd);
        let Self { affine, tile, factors, all } = self;
        let lanes = Double::<S>::COUNT;
        let grid = tile.grid;
        let examples = affine.centre.len();
        let columns: Vec<f64> = affine.columns(grid).collect();
        let step = columns[1] - columns[0];
        // The table of columns is not stored: the exponentials of one pack of columns lead to those of the next.
        let mut first = vec![0.0; examples * lanes];
        let mut stride = vec![0.0; examples];
        for (i, along) in affine.along.iter().enumerate() {
            for k in 0..lanes {
                first[i * lanes + k] = along * (columns[0] + step * k as f64);
            }
            stride[i] = along * step * lanes as f64;
        }
        exponentials(l, &mut first);
        exponentials(l, &mut stride);
        let mut shrink: Vec<f64> = factors.shift.iter().map(|shift| -shift).collect();
        exponentials(l, &mut shrink);
        let mut across = vec![[0.0; ROWS]; examples];
        let mut sums = vec![0.0; lanes];
        let mut table = vec![0.0; examples * lanes];
        let shift: f64 = factors.shift.iter().sum();
        let first_row = tile.first_row;
        for (group, pixels) in tile.values.chunks_mut(ROWS * grid.columns).enumerate() {
            let rows = pixels.len() / grid.columns;
            for (i, across_rows) in across.iter_mut().enumerate() {
                for (k, z) in across_rows.iter_mut().enumerate() {
                    // A group at the upper edge that is not full repeats its last row.
                    let row = first_row + group * ROWS + k.min(rows - 1);
                    let b = affine.row(grid, row);
                    *z = affine.centre[i] + b * affine.across[i] - factors.shift[i];
                }
            }
            exponentials(l, across.as_flattened_mut());
            table.copy_from_slice(&first);
            for column in (0..grid.columns).step_by(lanes) {
                let logarithms =
                    logarithms(l, &mut table, &stride, &across, &shrink, &factors.ends);
                for (row, logarithm) in logarithms.into_iter().enumerate().take(rows) {
                    Double::<S>::packs_mut(&mut sums)[0] = logarithm;
                    let pixels = &mut pixels[row * grid.columns + column..(row + 1) * grid.columns];
                    for (pixel, sum) in std::iter::zip(pixels, &sums) {
                        *pixel += (sum + shift) / all as f64;
                    }
                }
            }
        }
    }
}

/// The logarithms of the products, for a pack of columns and some rows; then moves the table to the next pack.
#[inline(always)]
fn logarithms<S: Simd>(
    l: Double<S>,
    table: &mut [f64],
    stride: &[f64],
    across: &[[f64; ROWS]],
    shrink: &[f64],
    ends: &[usize],
) -> [S::f64s; ROWS] {
    let mut products = [l.number(1.0); ROWS];
    let mut exponents = [l.number(0.0); ROWS];
    let table = Double::<S>::packs_mut(table);
    let mut start = 0;
    for &end in ends {
        let examples = std::iter::zip(&mut table[start..end], &stride[start..end])
            .zip(std::iter::zip(&across[start..end], &shrink[start..end]));
        for ((column, stride), (across, shrink)) in examples {
            let shrink = l.splat(*shrink);
            for k in 0..ROWS {
                let factor = l.mul_add(l.splat(across[k]), *column, shrink);
                products[k] = l.mul(products[k], factor);
            }
            *column = l.mul(*column, l.splat(*stride));
        }
        for k in 0..ROWS {
            let (mantissa, exponent) = l.split(products[k]);
            products[k] = mantissa;
            exponents[k] = l.add(exponents[k], exponent);
        }
        start = end;
    }
    for k in 0..ROWS {
        let exponent = l.mul(exponents[k], l.splat(std::f64::consts::LN_2));
        products[k] = l.add(exponent, l.ln(products[k]));
    }
    products
}

/// Replaces numbers by their exponentials.
#[inline(always)]
fn exponentials<S: Simd>(l: Double<S>, x: &mut [f64]) {
    let whole = x.len() / Double::<S>::COUNT * Double::<S>::COUNT;
    for pack in Double::<S>::packs_mut(x) {
        *pack = l.exp(*pack);
    }
    for x in &mut x[whole..] {
        *x = libm::exp(*x);
    }
}
