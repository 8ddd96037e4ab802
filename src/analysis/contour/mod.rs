//! Contour lines: where a field takes a level, as long lines.
//!
//! ```text
//!      low ┌───────┐ high        marching squares: each cell is cut into its high and its low part, with the
//!          │     ╱ │             corners on the cell's edges at the level between two pixels
//!          │   ╱   │
//!      low └──╱────┘ high        lines run with the high ground on their left
//! ```
//!
//! W. Lorensen and H. Cline (1987), "Marching cubes", SIGGRAPH, in two dimensions. Where two opposite corners are
//! high, the value in the middle of the cell, the mean of its corners, says whether they are joined (G. Nielson and
//! B. Hamann, 1991, "The asymptotic decider", use the saddle of the bilinear surface instead: the same answer unless
//! the two levels straddle it).
//!
//! All levels are drawn in one sweep. Every pixel is given its *shelf*, the number of levels at or below it (`ladder`);
//! a cell whose corners stand on one shelf has no line, and in any other only the levels between its lowest and its
//! highest shelf are visited (`sweep`). A vertex belongs to one edge of the grid and one level, and the lines through it
//! are directed, so that a single number a vertex, the next one along the line, holds all lines (`vertices`); nothing is
//! searched or hashed.

use super::field::Field;
use ladder::NOWHERE;

mod ladder;
mod vertices;
mod sweep;
#[cfg(test)]
mod tests;

/// A line of equal value.
#[derive(Debug, Clone, PartialEq)]
pub struct Contour {
    /// Which of the levels it is at.
    pub level_index: usize,
    /// Its corners in data coordinates, two or more, with the high ground to the left. No corner follows itself.
    pub points: Vec<[f64; 2]>,
    /// Whether the last point is joined to the first, which is not repeated. A line that is not closed ends at the
    /// border of the grid or at a cell that is not finite.
    pub closed: bool,
}

/// All lines of `field` at `levels`, by level, and within a level from the lower edge up.
#[must_use]
pub fn contours(field: &Field, levels: &[f64]) -> Vec<Contour> {
    let mut ordered: Vec<usize> = (0..levels.len()).filter(|&k| levels[k].is_finite()).collect();
    ordered.sort_by(|&a, &b| levels[a].total_cmp(&levels[b]));
    if field.grid.columns < 2 || field.grid.rows < 2 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for some in ordered.chunks(usize::from(NOWHERE) - 1) {
        let heights: Vec<f64> = some.iter().map(|&k| levels[k]).collect();
        let found = sweep::over(field, &heights).into_lines();
        let number = |line: Contour| Contour { level_index: some[line.level_index], ..line };
        lines.extend(found.into_iter().map(number));
    }
    lines.sort_by_key(|line| line.level_index);
    lines
}
