//! Fields of losses that are written for lanes: one evaluation a pixel and example, several pixels at a time.
//!
//! ```text
//! z − t = (centre_i + (b − b₀) across_i − t_i) + (a − a₀) along_i
//!         └── in f64, once a row ───────────┘     └── in lanes, one multiply-add ──┘
//! ```

use pulp::{Arch, Simd, WithSimd};

use super::Affine;
use crate::math::fast::{Double, Lanes, Number as _, Single};
use crate::problem::grid::{Grid, Precision, Tile};
use crate::problem::lanes::Curve;

impl Affine<'_> {
    /// Fills a tile with the mean of a loss that depends on `z − t` alone, in `f32` lanes if the tile allows it.
    ///
    /// An `f32` field is good to a millionth of its largest value.
    pub fn mean_of_residuals(&self, tile: &mut Tile<'_>, curve: &impl Curve) {
        // Subtracted in f64, where large targets lose no digits.
        let centre = std::iter::zip(&self.centre, self.targets).map(|(z, t)| z - t).collect();
        let right = vec![0.0; self.targets.len()];
        let residuals = Affine { centre, targets: &right, ..self.clone() };
        residuals.mean_of_predictions(tile, curve);
    }

    /// Whether predictions stay so small over a window that rounding them to `f32` moves no mean by a millionth.
    ///
    /// A prediction of size `m` is off by about `10⁻⁷ m`, and the mean of `n` by `√n` times less.
    fn is_small(&self, grid: Grid) -> bool {
        let [width, height] = grid.window.span().map(|side| 0.5 * side);
        let size = |i: usize| {
            self.centre[i].abs() + width * self.along[i].abs() + height * self.across[i].abs()
        };
        let count = self.targets.len();
        (0..count).map(size).fold(0.0, f64::max) <= 3.0 * (count as f64).sqrt()
    }

    /// Fills a tile with the mean of a loss, in `f32` lanes if the tile allows it.
    pub fn mean_of_predictions(&self, tile: &mut Tile<'_>, curve: &impl Curve) {
        Arch::new().dispatch(Job { affine: self, tile, curve });
    }
}

struct Job<'a, 'b, 'c, C> {
    affine: &'a Affine<'a>,
    tile: &'b mut Tile<'c>,
    curve: &'a C,
}

impl<C: Curve> WithSimd for Job<'_, '_, '_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.tile.precision {
            Precision::Fast if self.affine.is_small(self.tile.grid) => self.run(Single(simd)),
            Precision::Fast | Precision::Exact => self.run::<Double<S>>(Double(simd)),
        }
    }
}

/// Packs of pixels that are worked on together: enough to keep the arithmetic busy while one waits for its
/// predecessor, few enough to stay in registers.
const PACKS: usize = 4;

/// Examples that are added up before the sum is added to that of the others. More would lose digits in `f32`.
const PORTION: usize = 32;

impl<C: Curve> Job<'_, '_, '_, C> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        let Self { affine, tile, curve } = self;
        let grid = tile.grid;
        let width = PACKS * L::COUNT;
        let rounded = L::Number::rounded;
        let mut columns: Vec<L::Number> = affine.columns(grid).map(rounded).collect();
        columns.resize(grid.columns.next_multiple_of(width), rounded(0.0));
        let blank = Example { middle: rounded(0.0), along: rounded(0.0), target: rounded(0.0) };
        let mut examples = vec![blank; affine.targets.len()];
        let mut sums = vec![rounded(0.0); width];
        for (k, pixels) in tile.values.chunks_exact_mut(grid.columns).enumerate() {
            let b = affine.row(grid, tile.first_row + k);
            for (i, example) in examples.iter_mut().enumerate() {
                *example = Example {
                    middle: rounded(affine.centre[i] + b * affine.across[i]),
                    along: rounded(affine.along[i]),
                    target: rounded(affine.targets[i]),
                };
            }
            let blocks = L::packs(&columns).as_chunks::<PACKS>().0;
            for (block, pixels) in std::iter::zip(blocks, pixels.chunks_mut(width)) {
                let total = total(l, *block, &examples, curve);
                L::packs_mut(&mut sums).copy_from_slice(&total);
                for (pixel, sum) in std::iter::zip(pixels, &sums) {
                    *pixel = sum.widened() / examples.len() as f64;
                }
            }
        }
    }
}

/// An example as a row of pixels sees it.
#[derive(Debug, Clone, Copy)]
struct Example<N> {
    /// Its prediction in the middle column.
    middle: N,
    /// What a column adds.
    along: N,
    target: N,
}

/// The sums of the losses over all examples, for a block of columns.
#[inline(always)]
fn total<L: Lanes>(
    l: L,
    columns: [L::Pack; PACKS],
    examples: &[Example<L::Number>],
    curve: &impl Curve,
) -> [L::Pack; PACKS] {
    let zero = l.number(0.0);
    let mut total = [zero; PACKS];
    let mut lost = [zero; PACKS];
    for examples in examples.chunks(PORTION) {
        let mut portion = [zero; PACKS];
        for Example { middle, along, target } in examples {
            let [middle, along, target] = [l.splat(*middle), l.splat(*along), l.splat(*target)];
            let mut z = columns;
            for k in 0..PACKS {
                z[k] = l.mul_add(columns[k], along, middle);
            }
            let found = curve.values_and_slopes(l, z, [target; PACKS]);
            for k in 0..PACKS {
                portion[k] = l.add(portion[k], found[k].0);
            }
        }
        // Kahan's sum: what an addition rounds away is kept for the next.
        for k in 0..PACKS {
            let more = l.sub(portion[k], lost[k]);
            let sum = l.add(total[k], more);
            lost[k] = l.sub(l.sub(sum, total[k]), more);
            total[k] = sum;
        }
    }
    total
}
