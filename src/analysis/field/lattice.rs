//! Every second pixel of every second row, and what the others follow from where the loss is smooth enough.
//!
//! ```text
//! f(x + h) ≈ Σ_k c_k f(x + k h),     k = ±1, ±3, …, ±(2n − 1)          c_k from the polynomial through all of them
//! ```
//!
//! (J.-L. Lagrange 1795; see J.-P. Berrut and L. Trefethen 2004, "Barycentric Lagrange interpolation", SIAM Review 46(3).)
//! The same formula at twice the distance is asked for the nodes themselves, where the answer is known (near the edges
//! with more nodes on one side, which is less exact). Where a node is missed by [`DOUBT`] of its value at most, pixels
//! between nodes are met a hundred times closer, since the error of an analytic function's interpolation falls faster
//! than any power of the distance. A block of pixels with a node in doubt is not interpolated.

use std::ops::Range;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::Field;
use crate::problem::grid::{Grid, Window};

/// Nodes to either side of a pixel that it follows from.
const SIDE: usize = 6;
/// Nodes beyond the edges of the window, so that pixels near the edge have as many on either side.
pub(super) const MARGIN: usize = SIDE - 1;
/// What a node may be missed by, as a part of its value, where pixels are to follow from it.
const DOUBT: f64 = 1e-5;
/// Nodes beyond a block that still count for it; at the edge of the window, those of the margin.
const RIM: usize = 2;
/// Pixels along the side of a block.
pub(super) const BLOCK: usize = 16;

/// The nodes under a grid: its even pixels, and [`MARGIN`] more beyond each edge.
pub(super) fn under(grid: Grid) -> Grid {
    let axis = |[low, high]: [f64; 2], pixels: usize| {
        let step = (high - low) / (pixels - 1) as f64;
        let nodes = pixels / 2 + 1 + 2 * MARGIN;
        let first = low - 2.0 * MARGIN as f64 * step;
        ([first, first + 2.0 * (nodes - 1) as f64 * step], nodes)
    };
    let (x, columns) = axis(grid.window.x, grid.columns);
    let (y, rows) = axis(grid.window.y, grid.rows);
    Grid::new(Window::new(x, y), columns, rows)
}

/// The pixels of each block along an axis; the last takes what is left over.
pub(super) fn blocks(pixels: usize) -> impl ExactSizeIterator<Item = Range<usize>> {
    let count = (pixels / BLOCK).max(1);
    (0..count).map(move |k| k * BLOCK..if k + 1 == count { pixels } else { (k + 1) * BLOCK })
}

/// All pixels of `grid`, as they follow from the nodes under it.
pub(super) fn interpolate(nodes: &Field, grid: Grid) -> Vec<f64> {
    let halfway = formula(SIDE, SIDE);
    let mut spread = vec![0.0; nodes.grid.rows * grid.columns];
    let mut odd = vec![0.0; grid.columns / 2];
    let rows = nodes.values.chunks_exact(nodes.grid.columns);
    for (row, spread) in rows.zip(spread.chunks_exact_mut(grid.columns)) {
        odd.fill(0.0);
        for (k, c) in halfway.iter().enumerate() {
            for (sum, value) in odd.iter_mut().zip(&row[MARGIN + 1 - SIDE + k..]) {
                *sum += c * value;
            }
        }
        spread.iter_mut().step_by(2).zip(&row[MARGIN..]).for_each(|(pixel, node)| *pixel = *node);
        spread.iter_mut().skip(1).step_by(2).zip(&odd).for_each(|(pixel, sum)| *pixel = *sum);
    }
    let row_of = |node: usize| &spread[node * grid.columns..(node + 1) * grid.columns];
    let mut pixels = Vec::with_capacity(grid.columns * grid.rows);
    for row in 0..grid.rows {
        let node = MARGIN + row / 2;
        if row % 2 == 0 {
            pixels.extend_from_slice(row_of(node));
            continue;
        }
        let mut sums = vec![0.0; grid.columns];
        for (k, c) in halfway.iter().enumerate() {
            for (sum, value) in sums.iter_mut().zip(row_of(node + 1 - SIDE + k)) {
                *sum += c * value;
            }
        }
        pixels.append(&mut sums);
    }
    pixels
}

/// Whether the nodes of each block can be relied on, block by block in rows.
pub(super) fn judge(nodes: &Field, grid: Grid) -> Vec<bool> {
    let Grid { columns, rows, .. } = nodes.grid;
    let tables = Tables::new();
    let inside = |k: usize, count: usize| (MARGIN..count - MARGIN).contains(&k);
    let doubtful: Vec<bool> = (0..columns * rows)
        .into_par_iter()
        .map(|place| {
            let (row, column) = (place / columns, place % columns);
            // In the margin only along the edge: pixels follow from nodes in the corners as well.
            let along = inside(column, columns)
                .then(|| tables.miss(|k| nodes.pixel(k, row), column, columns));
            let across =
                inside(row, rows).then(|| tables.miss(|k| nodes.pixel(column, k), row, rows));
            // Not a number is in doubt as well.
            !along.into_iter().chain(across).all(|miss| miss <= DOUBT)
        })
        .collect();
    let around = |pixels: &Range<usize>, all: usize, nodes: usize| {
        let first = if pixels.start == 0 { 0 } else { MARGIN + pixels.start / 2 - RIM };
        let end = MARGIN + pixels.end.div_ceil(2) + RIM + 1;
        first..if pixels.end == all { nodes } else { end }
    };
    let mut verdicts = Vec::new();
    for tall in blocks(grid.rows) {
        for wide in blocks(grid.columns) {
            let wide = around(&wide, grid.columns, columns);
            let mut near = around(&tall, grid.rows, rows)
                .flat_map(|row| wide.clone().map(move |column| row * columns + column));
            verdicts.push(!near.any(|place| doubtful[place]));
        }
    }
    verdicts
}

/// The part of the nodes of a few rows that can be relied on, judged along the rows.
pub(super) fn smooth_part(rows: &Field) -> f64 {
    let tables = Tables::new();
    let columns = rows.grid.columns;
    let inner = MARGIN..columns - MARGIN;
    let smooth = rows
        .values
        .chunks_exact(columns)
        .flat_map(|row| inner.clone().map(|k| tables.miss(|k| row[k], k, columns)))
        .filter(|miss| *miss <= DOUBT)
        .count();
    smooth as f64 / (inner.len() * rows.grid.rows) as f64
}

/// The formula for a node, for every number of those to its left that take part.
struct Tables([Vec<f64>; 2 * SIDE + 1]);

impl Tables {
    fn new() -> Self {
        Self(std::array::from_fn(|left| formula(left, 2 * SIDE - left)))
    }

    /// By what part of its value the node at `k`, of so many in a line, is missed by those at odd distances from it:
    /// as many to the left as to the right, but near the ends.
    fn miss(&self, line: impl Fn(usize) -> f64, k: usize, count: usize) -> f64 {
        let right = (count - 1 - k).div_ceil(2);
        let left = k.div_ceil(2).min(SIDE.max(2 * SIDE - right.min(SIDE)));
        let expected = between(|n| line(k + 1 + 2 * n - 2 * left), 0, &self.0[left]);
        ((expected - line(k)) / line(k)).abs()
    }
}

fn between(line: impl Fn(usize) -> f64, first: usize, formula: &[f64]) -> f64 {
    formula.iter().enumerate().map(|(k, c)| c * line(first + k)).sum()
}

/// The coefficients of the value at 0 of the polynomial through values at so many odd numbers to either side.
fn formula(left: usize, right: usize) -> Vec<f64> {
    let place = |k: usize| 2.0 * k as f64 + 1.0 - 2.0 * left as f64;
    let coefficient = |own: usize| {
        let others = (0..left + right).filter(|other| *other != own);
        others.map(|other| place(other) / (place(other) - place(own))).product()
    };
    (0..left + right).map(coefficient).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::field::tests::of;

    #[test]
    fn halfway_between_two_is_their_mean_and_between_four_the_cubic() {
        assert_eq!(formula(1, 1), [0.5, 0.5]);
        assert_eq!(formula(2, 2), [-0.0625, 0.5625, 0.5625, -0.0625]);
    }

    #[test]
    fn nodes_are_the_even_pixels() {
        for (columns, rows) in [(256, 181), (129, 200), (300, 128)] {
            let grid = Grid { window: Window::new([-3.0, 5.0], [0.5, 0.75]), columns, rows };
            let under = under(grid);
            for k in (0..columns).step_by(2) {
                assert!((under.x(MARGIN + k / 2) - grid.x(k)).abs() < 1e-14);
            }
            for k in (0..rows).step_by(2) {
                assert!((under.y(MARGIN + k / 2) - grid.y(k)).abs() < 1e-14);
            }
            // The last odd pixel has as many nodes to its right.
            for (pixels, nodes) in [(columns, under.columns), (rows, under.rows)] {
                let odd = pixels - 1 - pixels % 2;
                assert!(MARGIN + odd / 2 + SIDE < nodes);
            }
        }
    }

    #[test]
    fn blocks_cover_every_pixel_once() {
        for pixels in [128, 129, 143, 144, 145, 256, 300] {
            let covered: Vec<usize> = blocks(pixels).flatten().collect();
            assert_eq!(covered, (0..pixels).collect::<Vec<_>>());
        }
    }

    proptest! {
        /// Waves so long that they are relied on are met a hundred times closer than the nodes had to be.
        #[test]
        fn what_is_relied_on_is_met(length in 4.0..60.0f64, angle in 0.0..3.0f64, phase in 0.0..6.0f64) {
            let wave = |x: f64, y: f64| 2.0 + (phase + (x * angle.cos() + y * angle.sin()) / length).sin();
            let grid = Grid { window: Window::new([0.0, 160.0], [0.0, 140.0]), columns: 161, rows: 141 };
            let nodes = of(under(grid), wave);
            let pixels = interpolate(&nodes, grid);
            let mut verdicts = judge(&nodes, grid).into_iter();
            for rows in blocks(grid.rows) {
                for columns in blocks(grid.columns) {
                    if !verdicts.next().unwrap() {
                        continue;
                    }
                    for (row, column) in rows.clone().flat_map(|row| columns.clone().map(move |c| (row, c))) {
                        let exact = wave(grid.x(column), grid.y(row));
                        let miss = (pixels[row * grid.columns + column] / exact - 1.0).abs();
                        prop_assert!(miss <= DOUBT / 100.0, "{miss:.1e} at {column}, {row}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_step_or_a_hole_is_in_doubt_where_it_is() {
        let grid = Grid { window: Window::new([0.0, 1.0], [0.0, 1.0]), columns: 160, rows: 160 };
        let step = |x: f64, y: f64| 1.0 + f64::from(u8::from(x > 0.5)) + 0.1 * y;
        let hole = |x: f64, y: f64| if y > 0.7 { f64::NAN } else { 1.0 + x * y };
        let count = |verdicts: Vec<bool>| verdicts.into_iter().filter(|verdict| *verdict).count();
        let at_step = count(judge(&of(under(grid), step), grid));
        assert!((50..=70).contains(&at_step), "{at_step} of 100");
        let at_hole = count(judge(&of(under(grid), hole), grid));
        assert!((50..=60).contains(&at_hole), "{at_hole} of 100");
        assert!(count(judge(&of(under(grid), |x, y| 2.0 + x - y * y), grid)) == 100);
        let corner = |x: f64, y: f64| if x < 0.0 && y < 0.0 { f64::INFINITY } else { 2.0 + x * y };
        let verdicts = judge(&of(under(grid), corner), grid);
        assert!(!verdicts[0] && verdicts[55]);
    }
}
