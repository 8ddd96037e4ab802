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
//! All levels are drawn in one sweep. Every pixel is given its *shelf*, the number of levels at or below it; a cell
//! whose corners stand on one shelf has no line, and in any other only the levels between its lowest and its highest
//! shelf are visited. A vertex belongs to one edge of the grid and one level, and the lines through it are directed,
//! so that a single number a vertex, the next one along the line, holds all lines; nothing is searched or hashed.

use super::field::Field;

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
    for some in ordered.chunks(usize::from(NOWHERE)) {
        let heights: Vec<f64> = some.iter().map(|&k| levels[k]).collect();
        let found = Sweep::over(field, &heights).into_lines();
        let number = |line: Contour| Contour { level_index: some[line.level_index], ..line };
        lines.extend(found.into_iter().map(number));
    }
    lines.sort_by_key(|line| line.level_index);
    lines
}

/// The number of levels at or below a pixel; [`NOWHERE`] where the pixel is not finite.
type Shelf = u16;

/// No shelf.
const NOWHERE: Shelf = Shelf::MAX;

/// Finds shelves without searching. Every value has a rung, by the leading bits of its height above the lowest level,
/// which are nearly its logarithm; a rung knows how many levels lie below it, and seldom has more than one of its own.
struct Ladder {
    /// The levels in increasing order, and one that is never reached: not a number.
    levels: Vec<f64>,
    /// How many levels are on lower rungs.
    below: Vec<Shelf>,
    /// The least and the largest height that is told from those beyond.
    reach: [f64; 2],
    /// The bits of the least.
    first: u32,
}

impl Ladder {
    /// The ladder of one level or more, in increasing order.
    fn new(levels: &[f64]) -> Self {
        let heights = levels.iter().map(|level| level - levels[0]);
        let second = heights.clone().find(|height| *height > 0.0).unwrap_or(f64::MIN_POSITIVE);
        let reach = [second / 2.0, heights.fold(second / 2.0, f64::max)];
        let levels: Vec<f64> = levels.iter().copied().chain([f64::NAN]).collect();
        let mut ladder = Self { levels, below: Vec::new(), reach, first: 0 };
        let real = &ladder.levels[..ladder.levels.len() - 1];
        let [first, last] = [real[0], real[real.len() - 1]].map(|level| ladder.rung(level));
        ladder.below = (first..=last)
            .map(|rung| real.partition_point(|level| ladder.rung(*level) < rung))
            .map(|count| Shelf::try_from(count).unwrap_or(NOWHERE))
            .collect();
        ladder.first = first;
        ladder
    }

    /// The exponent and six bits more of the height above the lowest level, counted from the first that matters.
    #[inline(always)]
    fn rung(&self, value: f64) -> u32 {
        let height = (value - self.levels[0]).max(self.reach[0]).min(self.reach[1]);
        // Eighteen bits are left.
        (height.to_bits() >> 46) as u32 - self.first
    }

    /// The shelf of a finite value.
    #[inline(always)]
    fn shelf(&self, value: f64) -> Shelf {
        let mut shelf = self.below[self.rung(value) as usize];
        while self.levels[usize::from(shelf)] <= value {
            shelf += 1;
        }
        shelf
    }

    /// Writes the shelves of a row.
    fn shelve(&self, values: &[f64], shelves: &mut [Shelf]) {
        let (blocks, rest) = values.as_chunks::<BLOCK>();
        let (shelf_blocks, rest_of_shelves) = shelves.as_chunks_mut::<BLOCK>();
        for (values, shelves) in std::iter::zip(blocks, shelf_blocks) {
            let [low, high] = range(values);
            let finite = low > f64::NEG_INFINITY && high < f64::INFINITY;
            let (lowest, highest) = (self.shelf(low), self.shelf(high));
            if finite && lowest == highest {
                *shelves = [lowest; BLOCK];
            } else {
                self.shelve_each(values, shelves);
            }
        }
        self.shelve_each(rest, rest_of_shelves);
    }

    fn shelve_each(&self, values: &[f64], shelves: &mut [Shelf]) {
        for (value, shelf) in std::iter::zip(values, shelves) {
            *shelf = if value.is_finite() { self.shelf(*value) } else { NOWHERE };
        }
    }
}

/// Pixels of a row that are first looked at together: most such blocks stand on one shelf.
const BLOCK: usize = 8;

/// The lowest and the highest of some values; infinite if one of them is not a number.
#[inline(always)]
fn range(values: &[f64; BLOCK]) -> [f64; 2] {
    // Four at a time, and comparisons that are false for what is not a number, so that it stays where it was first.
    let [mut low, mut high] = [[values[0], values[1], values[2], values[3]]; 2];
    let mut known = true;
    for k in 0..4 {
        let value = values[k + 4];
        known &= value.abs() < f64::INFINITY && values[k].abs() < f64::INFINITY;
        low[k] = if value < low[k] { value } else { low[k] };
        high[k] = if value > high[k] { value } else { high[k] };
    }
    if !known {
        return [f64::NEG_INFINITY, f64::INFINITY];
    }
    let lower = |a: f64, b: f64| if a < b { a } else { b };
    let higher = |a: f64, b: f64| if a > b { a } else { b };
    [
        lower(lower(low[0], low[1]), lower(low[2], low[3])),
        higher(higher(high[0], high[1]), higher(high[2], high[3])),
    ]
}

/// The number of a vertex.
type Vertex = u32;

/// No vertex.
const NONE: Vertex = Vertex::MAX;

/// The vertices of all lines, numbered in the order in which a sweep from the lower edge up meets them.
struct Sweep<'a> {
    levels: &'a [f64],
    points: Vec<[f64; 2]>,
    links: Vec<Link>,
}

/// Where a line goes from a vertex.
#[derive(Debug, Clone, Copy)]
struct Link {
    next: Vertex,
    level: Shelf,
    /// Whether the line comes from somewhere.
    entered: bool,
}

/// The vertices on one edge of the grid: that of level `k` is number `origin + k`, wrapping. What an edge without
/// vertices has for an origin is never read.
type Origin = Vertex;

/// A cell that has lines.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The shelves of its corners, from the lower left one against the clock.
    shelves: [Shelf; 4],
    /// Their values.
    values: [f64; 4],
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

impl<'a> Sweep<'a> {
    fn over(field: &Field, levels: &'a [f64]) -> Self {
        let grid = field.grid;
        let xs: Vec<f64> = (0..grid.columns).map(|column| grid.x(column)).collect();
        let ladder = Ladder::new(levels);
        let mut sweep = Self { levels, points: Vec::new(), links: Vec::new() };
        // Only two rows of shelves are ever needed, and of the vertices only those on the edges just passed.
        let mut lower: Vec<Shelf> = vec![NOWHERE; grid.columns];
        let mut upper = lower.clone();
        let mut rows = field.values.chunks_exact(grid.columns).enumerate();
        let Some((_, mut low)) = rows.next() else { return sweep };
        ladder.shelve(low, &mut lower);
        let mut y = grid.y(0);
        let mut below: Vec<Origin> = (0..grid.columns - 1)
            .map(|k| {
                sweep.along([xs[k], xs[k + 1]], y, [lower[k], lower[k + 1]], [low[k], low[k + 1]])
            })
            .collect();
        let mut cells = Cells::default();
        for (row, high) in rows {
            ladder.shelve(high, &mut upper);
            let y_above = grid.y(row);
            let ys = [y, y_above];
            let mut left = sweep.up(xs[0], ys, [lower[0], upper[0]], [low[0], high[0]]);
            for &k in cells.with_lines(&lower, &upper) {
                let shelves = [lower[k], lower[k + 1], upper[k + 1], upper[k]];
                let values = [low[k], low[k + 1], high[k + 1], high[k]];
                // The left edge was the right one of the cell before, if there is anything on it.
                let right =
                    sweep.up(xs[k + 1], ys, [shelves[1], shelves[2]], [values[1], values[2]]);
                let above = sweep.along(
                    [xs[k], xs[k + 1]],
                    y_above,
                    [shelves[3], shelves[2]],
                    [values[3], values[2]],
                );
                sweep.cut(Cell { shelves, values }, [below[k], right, above, left]);
                below[k] = above;
                left = right;
            }
            std::mem::swap(&mut lower, &mut upper);
            (low, y) = (high, y_above);
        }
        sweep
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
        let origin = self.count().wrapping_sub(Vertex::from(low));
        if low == high || high == NOWHERE {
            return origin;
        }
        // Halves, because the difference of two large numbers of different sign may be none.
        let [a, b] = values.map(|value| value / 2.0);
        for level in low..high {
            let part = (self.levels[usize::from(level)] / 2.0 - a) / (b - a);
            self.points.push(at(part));
            self.links.push(Link { next: NONE, level, entered: false });
        }
        origin
    }

    /// Joins the vertices on the edges of a cell, counted from the lower one against the clock.
    #[inline(always)]
    fn cut(&mut self, cell: Cell, origins: [Origin; 4]) {
        let Cell { shelves: [a, b, c, d], values } = cell;
        let (lowest, highest) = (a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
        if highest == NOWHERE {
            return;
        }
        for level in lowest..highest {
            let high = |shelf: Shelf| usize::from(shelf > level);
            let pattern = high(a) | high(b) << 1 | high(c) << 2 | high(d) << 3;
            let vertex = |edge: usize| origins[edge].wrapping_add(Vertex::from(level));
            if pattern == LOWER_LEFT_AND_UPPER_RIGHT || pattern == LOWER_RIGHT_AND_UPPER_LEFT {
                let middle: f64 = values.iter().map(|value| value / 4.0).sum();
                let joined = middle >= self.levels[usize::from(level)];
                let [first, second] = match (pattern == LOWER_LEFT_AND_UPPER_RIGHT, joined) {
                    (true, false) => [(0, 3), (2, 1)],
                    (true, true) => [(0, 1), (2, 3)],
                    (false, false) => [(1, 0), (3, 2)],
                    (false, true) => [(1, 2), (3, 0)],
                };
                self.join(vertex(first.0), vertex(first.1));
                self.join(vertex(second.0), vertex(second.1));
            } else {
                let (from, to) = CUTS[pattern];
                self.join(vertex(from), vertex(to));
            }
        }
    }

    fn join(&mut self, from: Vertex, to: Vertex) {
        self.links[from as usize].next = to;
        self.links[to as usize].entered = true;
    }

    fn count(&self) -> Vertex {
        Vertex::try_from(self.points.len()).unwrap_or(NONE)
    }

    /// Follows the lines, those with an end first.
    fn into_lines(mut self) -> Vec<Contour> {
        let mut lines = Vec::new();
        let mut points = Vec::new();
        for start in 0..self.points.len() {
            if !self.links[start].entered {
                lines.extend(self.follow(start, &mut points));
            }
        }
        for start in 0..self.points.len() {
            if self.links[start].next != NONE {
                lines.extend(self.follow(start, &mut points));
            }
        }
        lines
    }

    /// Takes out the line that leaves from `start`, unless it is a single point.
    fn follow(&mut self, start: usize, points: &mut Vec<[f64; 2]>) -> Option<Contour> {
        points.clear();
        let mut at = start;
        let closed = loop {
            let point = self.points[at];
            if points.last() != Some(&point) {
                points.push(point);
            }
            match std::mem::replace(&mut self.links[at].next, NONE) {
                NONE => break false,
                next if next as usize == start => break true,
                next => at = next as usize,
            }
        };
        if closed && points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        let level_index = usize::from(self.links[start].level);
        (points.len() > 1).then(|| Contour { level_index, points: points.clone(), closed })
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
        found.clear();
        for (k, four) in unlike.as_chunks::<4>().0.iter().enumerate() {
            if *four != [0; 4] {
                found.extend((0..4).filter(|&cell| four[cell] != 0).map(|cell| 4 * k + cell));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::tests::of;
    use super::*;
    use crate::problem::grid::{Grid, Window};
    use proptest::prelude::*;

    /// Unit cells, so that a coordinate tells its edge.
    fn unit_grid(columns: usize, rows: usize) -> Grid {
        let window = Window::new([0.0, (columns - 1) as f64], [0.0, (rows - 1) as f64]);
        Grid { window, columns, rows }
    }

    fn pixels() -> impl Strategy<Value = f64> {
        prop_oneof![
            12 => -1.0f64..1.0,
            3 => (-2i32..3).prop_map(f64::from),
            1 => Just(f64::NAN),
            1 => Just(f64::INFINITY),
            1 => Just(f64::MAX),
            1 => Just(f64::MIN),
        ]
    }

    fn fields() -> impl Strategy<Value = Field> {
        (2usize..12, 2usize..12).prop_flat_map(|(columns, rows)| {
            proptest::collection::vec(pixels(), columns * rows)
                .prop_map(move |values| Field { grid: unit_grid(columns, rows), values })
        })
    }

    fn levels() -> impl Strategy<Value = Vec<f64>> {
        let level = prop_oneof![6 => -1.2f64..1.2, 2 => Just(0.0), 1 => Just(f64::NAN)];
        proptest::collection::vec(level, 0..9)
    }

    fn whole(x: f64) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a grid is small"
        )]
        let whole = x.max(0.0) as usize;
        whole
    }

    /// The two pixels of the edge that a point lies on, if it lies on one.
    fn edge(point: [f64; 2]) -> Option<[[usize; 2]; 2]> {
        let floor = point.map(|x| whole(x.floor()));
        let ceil = point.map(|x| whole(x.ceil()));
        (floor[0] == ceil[0] || floor[1] == ceil[1]).then_some([floor, ceil])
    }

    /// Whether a line may end at this point: on the border, or on an edge of a cell that is not finite.
    fn may_end(field: &Field, point: [f64; 2]) -> bool {
        let Grid { columns, rows, .. } = field.grid;
        let around = |x: f64, most: usize| {
            whole((x - 1e-9).floor())..=whole((x + 1e-9).ceil()).min(most - 1)
        };
        let [x, y] = point;
        let border = x <= 0.0 || y <= 0.0 || x >= (columns - 1) as f64 || y >= (rows - 1) as f64;
        border
            || around(x, columns).any(|c| around(y, rows).any(|r| !field.pixel(c, r).is_finite()))
    }

    proptest! {
        #[test]
        fn every_vertex_lies_on_an_edge_and_interpolates_to_its_level(
            field in fields(), levels in levels()
        ) {
            // Beside a huge pixel a line is as good as on the other one.
            let scale = field.finite().fold(1.0, |most: f64, value| most.max(value.abs()));
            for line in contours(&field, &levels) {
                let level = levels[line.level_index];
                for point in line.points {
                    let Some([[c0, r0], [c1, r1]]) = edge(point) else {
                        return Err(TestCaseError::fail(format!("{point:?} is inside a cell")));
                    };
                    let (a, b) = (field.pixel(c0, r0), field.pixel(c1, r1));
                    prop_assert!(a.is_finite() && b.is_finite());
                    let part = (point[0] - point[0].floor()).max(point[1] - point[1].floor());
                    let found = a * (1.0 - part) + b * part;
                    prop_assert!((found - level).abs() <= 1e-12 * scale, "{found} for {level}");
                }
            }
        }

        #[test]
        fn lines_end_only_at_the_border_or_at_cells_that_are_not_finite(
            field in fields(), levels in levels()
        ) {
            for line in contours(&field, &levels) {
                prop_assert!(line.points.len() >= 2);
                prop_assert!(line.points.windows(2).all(|pair| pair.first() != pair.last()));
                if line.closed {
                    prop_assert!(line.points.first() != line.points.last());
                } else {
                    prop_assert!(may_end(&field, line.points[0]));
                    prop_assert!(may_end(&field, *line.points.last().unwrap()));
                }
            }
        }

        #[test]
        fn the_lines_of_many_levels_are_those_of_each_level_alone(
            field in fields(), levels in levels()
        ) {
            let together = contours(&field, &levels);
            let mut apart = Vec::new();
            for (k, level) in levels.iter().enumerate() {
                let lines = contours(&field, &[*level]);
                apart.extend(lines.into_iter().map(|line| Contour { level_index: k, ..line }));
            }
            prop_assert_eq!(together, apart);
        }

        #[test]
        fn the_high_ground_is_on_the_left(slope in (-1.0f64..1.0, -1.0f64..1.0)) {
            let field = of(unit_grid(6, 5), |x, y| slope.0 * (x - 2.5) + slope.1 * (y - 2.1));
            for line in contours(&field, &[0.0]) {
                for pair in line.points.windows(2) {
                    let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
                    prop_assert!(slope.1 * dx - slope.0 * dy >= -1e-12);
                }
            }
        }
    }

    fn length(line: &Contour) -> f64 {
        let closing = line.points.first().filter(|_| line.closed);
        let points: Vec<_> = line.points.iter().chain(closing).collect();
        points.windows(2).map(|p| libm::hypot(p[1][0] - p[0][0], p[1][1] - p[0][1])).sum()
    }

    #[test]
    fn a_circle_has_the_length_of_a_circle() {
        let window = Window::new([-2.0, 2.0], [-2.0, 2.0]);
        let field = of(Grid { window, columns: 201, rows: 201 }, |x, y| x * x + y * y);
        let lines = contours(&field, &[0.25, 1.0, 2.25]);
        assert_eq!(lines.len(), 3);
        for (line, radius) in lines.iter().zip([0.5, 1.0, 1.5]) {
            assert!(line.closed);
            let expected = std::f64::consts::TAU * radius;
            assert!((length(line) - expected).abs() < 1e-3 * expected);
        }
    }

    #[test]
    fn levels_beyond_the_field_have_no_lines() {
        let field = of(unit_grid(4, 4), |x, y| x + y);
        assert!(contours(&field, &[-1.0, 0.0, 6.1, f64::NAN, f64::INFINITY]).is_empty());
        assert!(contours(&field, &[]).is_empty());
        assert!(contours(&of(unit_grid(4, 4), |_, _| f64::NAN), &[0.0]).is_empty());
    }

    #[test]
    fn a_saddle_is_joined_as_its_middle_says() {
        let saddle = |high: f64| {
            let values = vec![high, -1.0, -1.0, high];
            contours(&Field { grid: unit_grid(2, 2), values }, &[0.0])
        };
        let ends = |lines: &[Contour]| -> Vec<bool> {
            // Whether a line cuts off a high corner, (0, 0) or (1, 1), or a low one.
            lines
                .iter()
                .map(|line| {
                    let [a, b] = [line.points[0], line.points[1]];
                    let sum = (a[0] + a[1] + b[0] + b[1]) / 2.0;
                    !(0.9..=1.1).contains(&sum)
                })
                .collect()
        };
        assert_eq!(ends(&saddle(0.5)), [true, true]);
        assert_eq!(ends(&saddle(2.0)), [false, false]);
    }
}
