//! Fields of losses that depend on `z − t` alone: one evaluation a pixel and example, several pixels at a time.
//!
//! ```text
//! r = (centre_i + (b − b₀) across_i − t_i) + (a − a₀) along_i
//!     └── in f64, once a row ──┘             └── in lanes, one multiply-add ──┘
//! ```

use pulp::{Arch, Simd, WithSimd};

use super::Affine;
use crate::math::fast::{Double, Lanes, Number as _, Single};
use crate::problem::grid::{Precision, Tile};

/// A loss of the residual `r = z − t`, written for lanes.
pub trait Residual: Sync {
    /// `ℓ(r)`. Mark it `#[inline(always)]`.
    fn cost<L: Lanes>(&self, l: L, r: L::Pack) -> L::Pack;
}

impl Affine<'_> {
    /// Fills a tile with the mean cost of the residuals, in `f32` lanes if the tile allows it.
    ///
    /// An `f32` field is good to a millionth of its largest value.
    pub fn mean_of_residuals(&self, tile: &mut Tile<'_>, cost: &impl Residual) {
        Arch::new().dispatch(Job { affine: self, tile, cost });
    }
}

struct Job<'a, 'b, 'c, R> {
    affine: &'a Affine<'a>,
    tile: &'b mut Tile<'c>,
    cost: &'a R,
}

impl<R: Residual> WithSimd for Job<'_, '_, '_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.tile.precision {
            Precision::Fast => self.run(Single(simd)),
            Precision::Exact => self.run::<Double<S>>(Double(simd)),
        }
    }
}

/// Packs of pixels that are worked on together: enough to keep the arithmetic busy while one waits for its
/// predecessor, few enough to stay in registers.
const PACKS: usize = 4;

/// Examples that are added up before the sum is added to that of the others. More would lose digits in `f32`.
const PORTION: usize = 32;

impl<R: Residual> Job<'_, '_, '_, R> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        let Self { affine, tile, cost } = self;
        let grid = tile.grid;
        let width = PACKS * L::COUNT;
        let rounded = L::Number::rounded;
        let mut columns: Vec<L::Number> = affine.columns(grid).map(rounded).collect();
        columns.resize(grid.columns.next_multiple_of(width), rounded(0.0));
        let along: Vec<L::Number> = affine.along.iter().copied().map(rounded).collect();
        let mut middle = vec![rounded(0.0); along.len()];
        let mut sums = vec![rounded(0.0); width];
        let examples = along.len() as f64;
        for (k, pixels) in tile.values.chunks_exact_mut(grid.columns).enumerate() {
            let b = affine.row(grid, tile.first_row + k);
            for (i, middle) in middle.iter_mut().enumerate() {
                *middle = rounded(affine.centre[i] + b * affine.across[i] - affine.targets[i]);
            }
            let blocks = L::packs(&columns).as_chunks::<PACKS>().0;
            for (block, pixels) in std::iter::zip(blocks, pixels.chunks_mut(width)) {
                let total = total(l, *block, &middle, &along, cost);
                L::packs_mut(&mut sums).copy_from_slice(&total);
                for (pixel, sum) in std::iter::zip(pixels, &sums) {
                    *pixel = sum.widened() / examples;
                }
            }
        }
    }
}

/// The sums of the costs over all examples, for a block of columns.
#[inline(always)]
fn total<L: Lanes>(
    l: L,
    columns: [L::Pack; PACKS],
    middle: &[L::Number],
    along: &[L::Number],
    cost: &impl Residual,
) -> [L::Pack; PACKS] {
    let zero = l.number(0.0);
    let mut total = [zero; PACKS];
    let mut lost = [zero; PACKS];
    for (middle, along) in std::iter::zip(middle.chunks(PORTION), along.chunks(PORTION)) {
        let mut portion = [zero; PACKS];
        for (middle, along) in std::iter::zip(middle, along) {
            let (middle, along) = (l.splat(*middle), l.splat(*along));
            for k in 0..PACKS {
                let residual = l.mul_add(columns[k], along, middle);
                portion[k] = l.add(portion[k], cost.cost(l, residual));
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
