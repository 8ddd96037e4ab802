//! Marching squares, all levels at once, from the lower edge of a field to the upper.

use super::super::field::Field;
use super::ladder::{Ladder, NOWHERE, Shelf};
use super::vertices::{Number, Vertices};

/// The vertices on one edge of the grid: that of level `k` is number `origin + k`, wrapping. What an edge without
/// vertices has for an origin is never read.
type Origin = Number;

/// A cell that has lines.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The shelves of its corners, from the lower left one against the clock.
    shelves: [Shelf; 4],
    /// Their values.
    values: [f64; 4],
    /// Its left and right.
    x: [f64; 2],
    /// Its lower and upper.
    y: [f64; 2],
}

/// Where a line leaves and enters, of the edges of a cell counted from the lower one against the clock, for each
/// pattern of high corners, counted alike, the lower left one first. The two saddles are treated apart.
const CUTS: [(usize, usize); 16] = [
    (0, 0),
    (0, 3),
    (1, 0),
    (1, 3),
    (2, 1),
    (0, 0),
    (2, 0),
    (2, 3),
    (3, 2),
    (0, 2),
    (0, 0),
    (1, 2),
    (3, 1),
    (0, 1),
    (3, 0),
    (0, 0),
];

const LOWER_LEFT_AND_UPPER_RIGHT: usize = 0b0101;
const LOWER_RIGHT_AND_UPPER_LEFT: usize = 0b1010;

struct Sweep<'a> {
    levels: &'a [f64],
    vertices: Vertices,
}

/// The lines of a field at levels in increasing order.
pub(super) fn over(field: &Field, levels: &[f64]) -> Vertices {
    let grid = field.grid;
    let xs: Vec<f64> = (0..grid.columns).map(|column| grid.x(column)).collect();
    let ladder = Ladder::new(levels);
    let mut sweep = Sweep { levels, vertices: Vertices::default() };
    // Only two rows of shelves are ever needed, and of the vertices only those on the edges just passed.
    let mut lower: Vec<Shelf> = vec![NOWHERE; grid.columns];
    let mut upper = lower.clone();
    let mut rows = field.values.chunks_exact(grid.columns).enumerate();
    let Some((_, mut low)) = rows.next() else { return sweep.vertices };
    ladder.shelve(low, &mut lower);
    let mut y = grid.y(0);
    let mut below: Vec<Origin> = (0..grid.columns - 1)
        .map(|k| sweep.along([xs[k], xs[k + 1]], y, [lower[k], lower[k + 1]], [low[k], low[k + 1]]))
        .collect();
    let mut cells = Cells::default();
    for (row, high) in rows {
        ladder.shelve(high, &mut upper);
        let y_above = grid.y(row);
        let ys = [y, y_above];
        let mut left = sweep.up(xs[0], ys, [lower[0], upper[0]], [low[0], high[0]]);
        for &k in cells.with_lines(&lower, &upper) {
            let cell = Cell {
                shelves: [lower[k], lower[k + 1], upper[k + 1], upper[k]],
                values: [low[k], low[k + 1], high[k + 1], high[k]],
                x: [xs[k], xs[k + 1]],
                y: ys,
            };
            // The left edge was the right one of the cell before, if there is anything on it.
            [left, below[k]] = sweep.pass(cell, below[k], left);
        }
        std::mem::swap(&mut lower, &mut upper);
        (low, y) = (high, y_above);
    }
    sweep.vertices
}

impl Sweep<'_> {
    /// Draws the lines of a cell, given the vertices on its lower and left edges; returns those on the right and upper.
    #[inline(always)]
    fn pass(&mut self, cell: Cell, below: Origin, left: Origin) -> [Origin; 2] {
        let Cell { shelves, values, x, y } = cell;
        let [a, b, c, d] = shelves;
        let (lowest, highest) = (a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
        if highest != NOWHERE && highest == lowest + 1 {
            return self.pass_single(cell, lowest, below, left);
        }
        let right = self.up(x[1], y, [b, c], [values[1], values[2]]);
        let above = self.along(x, y[1], [d, c], [values[3], values[2]]);
        if highest != NOWHERE {
            for level in lowest..highest {
                self.cut(cell, level, [below, right, above, left]);
            }
        }
        [right, above]
    }

    /// [`Sweep::pass`] where there is one level only, as in most cells: both vertices are put down, whether there is one
    /// or not, because nobody can foresee which.
    #[inline(always)]
    fn pass_single(
        &mut self,
        cell: Cell,
        level: Shelf,
        below: Origin,
        left: Origin,
    ) -> [Origin; 2] {
        let Cell { shelves: [_, b, c, d], values, x, y } = cell;
        let [_, at_b, at_c, at_d] = values.map(|value| value / 2.0);
        let height = self.levels[usize::from(level)] / 2.0;
        // Side by side, for one division.
        let [far, run] = [[height - at_b, height - at_d], [at_c - at_b, at_c - at_d]];
        let [up, along] = [far[0] / run[0], far[1] / run[1]];
        let right = self.origin(level);
        self.vertices.put_between([x[1], y[0] + (y[1] - y[0]) * up], level, [b, c]);
        let above = self.origin(level);
        self.vertices.put_between([x[0] + (x[1] - x[0]) * along, y[1]], level, [d, c]);
        self.cut(cell, level, [below, right, above, left]);
        [right, above]
    }

    /// The origin of an edge whose first vertex is the next one, at level `lowest`.
    #[inline(always)]
    fn origin(&self, lowest: Shelf) -> Origin {
        self.vertices.next().wrapping_sub(Number::from(lowest))
    }

    /// Puts vertices on the edge between two pixels of a row.
    #[inline(always)]
    fn along(&mut self, x: [f64; 2], y: f64, shelves: [Shelf; 2], values: [f64; 2]) -> Origin {
        self.cross(shelves, values, |part| [x[0] + (x[1] - x[0]) * part, y])
    }

    /// Puts vertices on the edge between two pixels of a column.
    #[inline(always)]
    fn up(&mut self, x: f64, y: [f64; 2], shelves: [Shelf; 2], values: [f64; 2]) -> Origin {
        self.cross(shelves, values, |part| [x, y[0] + (y[1] - y[0]) * part])
    }

    /// Puts vertices on an edge whose points are given by how far they are along it.
    #[inline(always)]
    fn cross(
        &mut self,
        [a, b]: [Shelf; 2],
        values: [f64; 2],
        at: impl Fn(f64) -> [f64; 2],
    ) -> Origin {
        let (low, high) = (a.min(b), a.max(b));
        let origin = self.origin(low);
        if low == high || high == NOWHERE {
            return origin;
        }
        // Halves, because the difference of two large numbers of different sign may be none.
        let [a, b] = values.map(|value| value / 2.0);
        for level in low..high {
            let part = (self.levels[usize::from(level)] / 2.0 - a) / (b - a);
            self.vertices.put(at(part), level);
        }
        origin
    }

    /// Joins the vertices of a level on the edges of a cell, counted from the lower one against the clock.
    #[inline(always)]
    fn cut(&mut self, cell: Cell, level: Shelf, origins: [Origin; 4]) {
        let high = |corner: usize| usize::from(cell.shelves[corner] > level) << corner;
        let pattern = high(0) | high(1) | high(2) | high(3);
        let vertex = |edge: usize| origins[edge].wrapping_add(Number::from(level));
        if pattern == LOWER_LEFT_AND_UPPER_RIGHT || pattern == LOWER_RIGHT_AND_UPPER_LEFT {
            let middle: f64 = cell.values.iter().map(|value| value / 4.0).sum();
            let joined = middle >= self.levels[usize::from(level)];
            let [first, second] = match (pattern == LOWER_LEFT_AND_UPPER_RIGHT, joined) {
                (true, false) => [(0, 3), (2, 1)],
                (true, true) => [(0, 1), (2, 3)],
                (false, false) => [(1, 0), (3, 2)],
                (false, true) => [(1, 2), (3, 0)],
            };
            self.vertices.join(vertex(first.0), vertex(first.1));
            self.vertices.join(vertex(second.0), vertex(second.1));
        } else {
            let (from, to) = CUTS[pattern];
            self.vertices.join(vertex(from), vertex(to));
        }
    }
}

/// Finds the cells of a row whose corners are not all on one shelf.
#[derive(Default)]
struct Cells {
    /// Not zero where a cell has lines.
    unlike: Vec<Shelf>,
    found: Vec<usize>,
}

impl Cells {
    fn with_lines(&mut self, lower: &[Shelf], upper: &[Shelf]) -> &[usize] {
        let Self { unlike, found } = self;
        let cells = lower.len() - 1;
        // Whole fours, so that four cells without lines are passed over at once.
        unlike.resize(cells.next_multiple_of(4), 0);
        let (a, b) = (&lower[..cells], &lower[1..]);
        let (d, c) = (&upper[..cells], &upper[1..]);
        for (((unlike, a), b), (c, d)) in unlike.iter_mut().zip(a).zip(b).zip(c.iter().zip(d)) {
            *unlike = (a ^ b) | (a ^ c) | (a ^ d);
        }
        // Every cell is written down, and the next over it if it has no lines: no branch depends on a single cell.
        found.resize(cells.next_multiple_of(4), 0);
        let mut count = 0;
        for (k, four) in unlike.as_chunks::<4>().0.iter().enumerate() {
            if *four != [0; 4] {
                for (cell, unlike) in four.iter().enumerate() {
                    found[count] = 4 * k + cell;
                    count += usize::from(*unlike != 0);
                }
            }
        }
        &found[..count]
    }
}
