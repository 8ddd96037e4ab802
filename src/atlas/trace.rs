//! The boundaries of an atlas: where its runs begin to end otherwise, between cells that do.
//!
//! ```text
//! a ──────●────────── b       two neighbouring cells that end otherwise
//! a ──●───┼──●─────── b       halved until what lies between is a 10⁻⁹ of the side of the atlas
//!    a a a│b b b              10⁻⁸ … 10⁻⁶ away to either side: a sharp place if all are as they should be,
//!    a a b│a b b              a band if ends alternate
//! ```
//!
//! What is known is what was run: a boundary that crosses the line between two cells twice is not seen, and the kinds
//! to either side of a place are those of runs 10⁻⁸ away. Between places on the sides of a cell the boundary is followed
//! by one more place, across the middle of the straight way (a step of a predictor and a corrector: E. Allgower and
//! K. Georg, 1990, "Numerical continuation methods", Springer).

use rayon::prelude::*;

use super::kind::Number;

/// A place of an atlas in parts of its sides, 0 to 1.
pub type Place = [f64; 2];

/// How exactly a place of a boundary is known, in parts of the side of the atlas.
pub const EXACT: f64 = 1e-9;
/// From where on ends alternate in a band rather than at a place.
pub const BAND: f64 = 1e-6;
/// How far away, to either side, it is looked whether they do.
const PROBES: [f64; 7] = [1e-8, 3e-8, 1e-7, 2e-7, 4e-7, 7e-7, BAND];
/// Places at most: of what looks like grains there is no line.
pub const MOST: usize = 3000;
/// How far from the middle of a straight way the boundary is looked for, in lengths of that way.
const ASIDE: [f64; 4] = [0.03, 0.1, 0.25, 0.5];

/// A place where ends begin to be otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The place.
    pub at: Place,
    /// The way across, of length one.
    pub across: Place,
    /// The kinds before and beyond it, against that way and along it.
    pub sides: [Number; 2],
    /// Whether ends alternate within [`BAND`] of it.
    pub alternates: bool,
}

/// A piece of a boundary, by two of [`Boundary::crossings`].
pub type Piece = [usize; 2];

/// The boundaries between cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Boundary {
    /// The places.
    pub crossings: Vec<Crossing>,
    /// The pieces between them.
    pub pieces: Vec<Piece>,
    /// Places that were too many to be found, if any were.
    pub left_out: usize,
}

impl Boundary {
    /// The pieces joined to lines, each as places of [`Boundary::crossings`] in order; a ring ends where it begins.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<usize>> {
        let mut at = vec![Vec::new(); self.crossings.len()];
        for (number, piece) in self.pieces.iter().enumerate() {
            piece.iter().for_each(|place| at[*place].push(number));
        }
        let mut used = vec![false; self.pieces.len()];
        let mut lines = Vec::new();
        // Lines with ends first, then rings.
        for of_ends in [true, false] {
            for start in 0..at.len() {
                if of_ends && at[start].len() == 2 {
                    continue;
                }
                while let Some(line) = self.follow(start, &at, &mut used) {
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// The line from `start` along pieces that are not used yet, as far as it goes; none where there is none.
    fn follow(&self, start: usize, at: &[Vec<usize>], used: &mut [bool]) -> Option<Vec<usize>> {
        let mut line = vec![start];
        let mut here = start;
        while let Some(number) = at[here].iter().copied().find(|number| !used[*number]) {
            used[number] = true;
            let [a, b] = self.pieces[number];
            here = if a == here { b } else { a };
            line.push(here);
            if at[here].len() != 2 {
                break;
            }
        }
        (line.len() > 1).then_some(line)
    }
}

/// A line between two places whose ends differ.
#[derive(Debug, Clone, Copy)]
struct Bracket {
    from: Place,
    to: Place,
    sides: [Number; 2],
}

impl Bracket {
    fn at(&self, part: f64) -> Place {
        [0, 1].map(|k| self.from[k] + part * (self.to[k] - self.from[k]))
    }

    fn length(&self) -> f64 {
        (self.to[0] - self.from[0]).hypot(self.to[1] - self.from[1])
    }

    /// The place where the end of the first is left, by halves.
    fn crossing(mut self, kind: &(impl Fn(Place) -> Option<Number> + Sync)) -> Option<Crossing> {
        let length = self.length();
        let across = [0, 1].map(|k| (self.to[k] - self.from[k]) / length);
        while self.length() > EXACT {
            let middle = self.at(0.5);
            if middle == self.from || middle == self.to {
                break;
            }
            let found = kind(middle)?;
            if found == self.sides[0] {
                self.from = middle;
            } else {
                (self.to, self.sides[1]) = (middle, found);
            }
        }
        let at = self.at(0.5);
        let away = |by: f64| kind([0, 1].map(|k| at[k] + by * across[k]));
        let is_off = |by: &f64| {
            away(-by).is_some_and(|found| found != self.sides[0])
                || away(*by).is_some_and(|found| found != self.sides[1])
        };
        let alternates = PROBES.iter().any(is_off);
        Some(Crossing { at, across, sides: self.sides, alternates })
    }
}

/// The sides of a cell, as the crossings on them, counter-clockwise from below.
type Sides = [Option<usize>; 4];

/// A boundary that is being traced.
pub struct TraceWork {
    counts: [usize; 2],
    brackets: Vec<Bracket>,
    /// Where a bracket's crossing belongs: its side, across (0) or up (1), of the cell in this column and row.
    places: Vec<[usize; 3]>,
    found: Vec<Option<Crossing>>,
    bends: Option<Vec<(Piece, Bracket)>>,
    boundary: Boundary,
    next: usize,
}

impl TraceWork {
    /// The boundaries between cells of these kinds, row by row from below; none of a cell that is not known.
    #[must_use]
    pub fn new(counts: [usize; 2], kinds: &[Option<Number>]) -> Self {
        let [columns, rows] = counts;
        let place = |column: usize, row: usize| {
            [column as f64 / (columns - 1) as f64, row as f64 / (rows - 1) as f64]
        };
        let (mut brackets, mut places, mut left_out) = (Vec::new(), Vec::new(), 0);
        for row in 0..rows {
            for column in 0..columns {
                for (up, [right, above]) in [[1, 0], [0, 1]].into_iter().enumerate() {
                    let (other, over) = (column + right, row + above);
                    if other >= columns || over >= rows {
                        continue;
                    }
                    let pair = [kinds[row * columns + column], kinds[over * columns + other]];
                    let [Some(a), Some(b)] = pair else { continue };
                    if a == b {
                        continue;
                    }
                    if brackets.len() == MOST {
                        left_out += 1;
                        continue;
                    }
                    let (from, to) = (place(column, row), place(other, over));
                    brackets.push(Bracket { from, to, sides: [a, b] });
                    places.push([up, column, row]);
                }
            }
        }
        let boundary = Boundary { left_out, ..Boundary::default() };
        Self { counts, brackets, places, found: Vec::new(), bends: None, boundary, next: 0 }
    }

    /// Finds a few more places; false when all are known. `kind` says how the run of a place ends.
    pub fn advance(&mut self, kind: impl Fn(Place) -> Option<Number> + Sync) -> bool {
        let few = rayon::current_num_threads();
        if self.found.len() < self.brackets.len() {
            let next = self.brackets[self.found.len()..].par_iter().take(few);
            let found: Vec<_> = next.map(|bracket| bracket.crossing(&kind)).collect();
            self.found.extend(found);
            return true;
        }
        if self.bends.is_none() {
            self.join();
            return true;
        }
        let bends = self.bends.as_deref().unwrap_or_default();
        if self.next >= bends.len() {
            return false;
        }
        let some = &bends[self.next..bends.len().min(self.next + few)];
        let between: Vec<_> = some
            .par_iter()
            .map(|(piece, way)| (*piece, bend(*way, &self.boundary.crossings, *piece, &kind)))
            .collect();
        self.next += between.len();
        for (piece, crossing) in between {
            match crossing {
                Some(crossing) => {
                    self.boundary.crossings.push(crossing);
                    let middle = self.boundary.crossings.len() - 1;
                    self.boundary.pieces.extend([[piece[0], middle], [middle, piece[1]]]);
                }
                None => self.boundary.pieces.push(piece),
            }
        }
        true
    }

    /// How much is done, from 0 to 1, about.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let all = 2.0 * self.brackets.len().max(1) as f64;
        let half = self.found.len() as f64 / all;
        match &self.bends {
            None => half,
            Some(bends) => 0.5 + 0.5 * self.next as f64 / bends.len().max(1) as f64,
        }
    }

    /// What is known.
    #[must_use]
    pub fn finish(self) -> Boundary {
        self.boundary
    }

    /// The pieces inside cells, each to be bent, from the places on their sides.
    fn join(&mut self) {
        let [columns, rows] = self.counts;
        let mut sides: Vec<Sides> = vec![[None; 4]; columns * rows];
        for ([up, column, row], crossing) in self.places.iter().zip(&self.found) {
            let Some(crossing) = crossing else { continue };
            self.boundary.crossings.push(*crossing);
            let number = self.boundary.crossings.len() - 1;
            // A side belongs to the cell above it or right of it, and to the one on the other hand.
            let (own, other, of_own, of_other) = if *up == 0 {
                ([*column, *row], [Some(*column), row.checked_sub(1)], 0, 2)
            } else {
                ([*column, *row], [column.checked_sub(1), Some(*row)], 3, 1)
            };
            sides[own[1] * columns + own[0]][of_own] = Some(number);
            if let [Some(column), Some(row)] = other {
                sides[row * columns + column][of_other] = Some(number);
            }
        }
        let mut bends = Vec::new();
        for cell in sides {
            let met: Vec<usize> = cell.into_iter().flatten().collect();
            for piece in self.pieces_between(&met) {
                bends.push((piece, self.way_across(piece)));
            }
        }
        self.bends = Some(bends);
    }

    /// The pieces between the places on the sides of one cell: those that part the same two kinds belong together.
    fn pieces_between(&self, met: &[usize]) -> Vec<Piece> {
        let kinds = |place: usize| {
            let [a, b] = self.boundary.crossings[place].sides;
            [a.min(b), a.max(b)]
        };
        let mut left: Vec<usize> = met.to_vec();
        let mut pieces = Vec::new();
        while let Some(first) = left.pop() {
            let near = |other: &usize| {
                let [a, b] = [first, *other].map(|place| self.boundary.crossings[place].at);
                (a[0] - b[0]).hypot(a[1] - b[1])
            };
            let same = left.iter().copied().filter(|other| kinds(*other) == kinds(first));
            if let Some(other) = same.min_by(|a, b| near(a).total_cmp(&near(b))) {
                left.retain(|place| *place != other);
                pieces.push([first, other]);
            }
        }
        pieces
    }

    /// The way across the middle of a piece, as long as the piece, from the kind before it to the one beyond.
    fn way_across(&self, [from, to]: Piece) -> Bracket {
        let [a, b] = [from, to].map(|place| self.boundary.crossings[place]);
        let middle = [0, 1].map(|k| f64::midpoint(a.at[k], b.at[k]));
        let along = [0, 1].map(|k| b.at[k] - a.at[k]);
        let mut normal = [-along[1], along[0]];
        if normal[0] * a.across[0] + normal[1] * a.across[1] < 0.0 {
            normal = normal.map(|x| -x);
        }
        let end = |by: f64| [0, 1].map(|k| (middle[k] + by * normal[k]).clamp(0.0, 1.0));
        Bracket { from: end(-0.5), to: end(0.5), sides: a.sides }
    }
}

/// The place where a boundary crosses the way across the middle of a piece; none where it is not found near it, or not
/// as sharp as both ends are.
fn bend(
    way: Bracket,
    crossings: &[Crossing],
    [from, to]: Piece,
    kind: &(impl Fn(Place) -> Option<Number> + Sync),
) -> Option<Crossing> {
    if crossings[from].alternates || crossings[to].alternates || way.length() <= EXACT {
        return None;
    }
    ASIDE.iter().find_map(|aside| {
        let narrow = Bracket { from: way.at(0.5 - aside), to: way.at(0.5 + aside), ..way };
        let is_across = kind(narrow.from)? == way.sides[0] && kind(narrow.to)? == way.sides[1];
        is_across.then(|| narrow.crossing(kind)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traced(side: usize, kind: impl Fn(Place) -> Number + Sync) -> Boundary {
        let place = |k: usize| k as f64 / (side - 1) as f64;
        let kinds: Vec<_> =
            (0..side * side).map(|k| Some(kind([place(k % side), place(k / side)]))).collect();
        let mut work = TraceWork::new([side, side], &kinds);
        while work.advance(|at| Some(kind(at))) {}
        work.finish()
    }

    fn disc([x, y]: Place) -> Number {
        u8::from((x - 0.5).hypot(y - 0.45) < 0.31)
    }

    #[test]
    fn a_circle_is_found_to_a_billionth_and_closes() {
        let boundary = traced(12, disc);
        for crossing in &boundary.crossings {
            let away = (crossing.at[0] - 0.5).hypot(crossing.at[1] - 0.45) - 0.31;
            assert!(away.abs() <= EXACT, "{away}");
            assert!(!crossing.alternates);
            let beside = |by: f64| disc([0, 1].map(|k| crossing.at[k] + by * crossing.across[k]));
            assert_eq!([beside(-1e-8), beside(1e-8)], crossing.sides);
        }
        let mut ends = vec![0; boundary.crossings.len()];
        boundary.pieces.iter().flatten().for_each(|place| ends[*place] += 1);
        assert!(ends.iter().all(|count| *count == 2), "every place has a piece to either side");
        let on_sides = traced(12, disc).crossings.len() / 2;
        assert!(boundary.pieces.len() >= 2 * on_sides - 2, "pieces are bent in their middle");
        let lines = boundary.lines();
        assert!(lines.len() == 1 && lines[0].first() == lines[0].last(), "one ring");
        assert_eq!(lines[0].len(), boundary.pieces.len() + 1);
    }

    #[test]
    fn three_kinds_meet_and_each_pair_has_its_own_line() {
        let boundary = traced(9, |[x, y]| if y < 0.4 { 0 } else { 1 + u8::from(x > 0.53) });
        for [a, b] in &boundary.pieces {
            let pair = |place: usize| {
                let [a, b] = boundary.crossings[place].sides;
                [a.min(b), a.max(b)]
            };
            assert_eq!(pair(*a), pair(*b));
        }
    }

    #[test]
    fn where_ends_alternate_there_is_a_band() {
        // Grains of 3·10⁻⁸ within 5·10⁻⁷ of the middle.
        let grains = |[x, _]: Place| {
            let away = x - 0.501;
            let grain = (away.abs() / 3e-8).floor() % 2.0 > 0.5 && away.abs() < 5e-7;
            u8::from((away > 0.0) != grain)
        };
        let boundary = traced(5, grains);
        assert!(!boundary.crossings.is_empty());
        assert!(boundary.crossings.iter().all(|crossing| crossing.alternates));
    }

    #[test]
    fn grains_make_no_line() {
        let grains = |[x, y]: Place| u8::from(((x * 997.0 + y * 331.0) * 7.0).sin() > 0.0);
        let side = 60;
        let place = |k: usize| k as f64 / (side - 1) as f64;
        let kinds: Vec<_> =
            (0..side * side).map(|k| Some(grains([place(k % side), place(k / side)]))).collect();
        let work = TraceWork::new([side, side], &kinds);
        assert_eq!(work.brackets.len(), MOST);
        assert!(work.finish().left_out > 0);
    }
}
