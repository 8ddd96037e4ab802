//! Room for words on a map: beside what they are about, where no path runs and nothing else stands.

use kurbo::{Rect, Size};

use super::Extract;
use super::raster::Raster;
use crate::figure::Anchor;
use crate::problem::grid::Window;

/// What is taken of a map, in points from its upper left corner.
pub(super) struct Room {
    origin: [f64; 2],
    scale: f64,
    height: f64,
    inside: Rect,
    raster: Raster,
    /// The side of a cell, in points.
    cell: f64,
    /// For every corner of the cells, how many cells with a path lie below and left of it.
    sums: Vec<u32>,
    taken: Vec<Rect>,
    /// What words may be about: they stand nearer to their own than to any other.
    marks: Vec<[f64; 2]>,
}

/// The side of a cell, in points.
const CELL: f64 = 3.0;
/// From the edge of a map, and from a path, to words, in points.
const FROM_EDGE: f64 = 3.0;
const FROM_PATH: f64 = 2.5;
/// From a place to its words, in points: close by, and further off where there is no room.
const GAPS: [f64; 3] = [9.0, 18.0, 30.0];

/// Between words about different things, in points, and half of it above and below.
const AIR: f64 = 8.0;

/// A side of a place: right and down, −1 to 1.
type Side = [f64; 2];

/// Sides of a mark, the best one first.
pub(super) const OF_A_MARK: [Side; 8] = [
    [1.0, -1.0],
    [-1.0, -1.0],
    [1.0, 1.0],
    [-1.0, 1.0],
    [1.0, 0.0],
    [-1.0, 0.0],
    [0.0, -1.0],
    [0.0, 1.0],
];

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    /// From the place to the words' anchor, in the middle of their height, right and down in points.
    pub(super) offset: [f64; 2],
    /// Which end of them is there.
    pub(super) anchor: Anchor,
    /// What they take up.
    pub(super) taken: Rect,
}

impl Room {
    /// A map with the paths of all runs on it, and nothing else yet.
    pub(super) fn of(extract: &Extract<'_>) -> Self {
        Self::around_lines(extract.window, extract.points_per_unit, extract.all_routes())
    }

    /// A window at so many points a unit with lines on it, and nothing else yet.
    pub(super) fn around_lines<'a>(
        window: Window,
        scale: f64,
        lines: impl Iterator<Item = &'a [[f64; 2]]>,
    ) -> Self {
        let raster = Raster::of(window, scale, CELL);
        let mut crossed = vec![false; raster.len()];
        for places in lines {
            let mut before = [usize::MAX; 2];
            for ends in places.windows(2) {
                // What bounces between two cells is followed once.
                let cells = [raster.cell(ends[0]), raster.cell(ends[1])];
                if [cells[1], cells[0]] != before && cells != before {
                    raster.visit(ends[0], ends[1], |cell| crossed[cell] = true);
                }
                before = cells;
            }
        }
        let across = raster.columns + 1;
        let mut sums = vec![0; across * (raster.rows + 1)];
        for row in 0..raster.rows {
            for column in 0..raster.columns {
                let here = u32::from(crossed[row * raster.columns + column]);
                let [left, below] =
                    [sums[(row + 1) * across + column], sums[row * across + column + 1]];
                sums[(row + 1) * across + column + 1] =
                    here + left + below - sums[row * across + column];
            }
        }
        let [width, height] = window.span().map(|span| scale * span);
        Self {
            origin: [window.x[0], window.y[1]],
            scale,
            height,
            inside: Rect::new(0.0, 0.0, width, height).inset(-FROM_EDGE),
            raster,
            cell: scale / raster.scale,
            sums,
            taken: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// A place of the map, in points.
    pub(super) fn point(&self, at: [f64; 2]) -> [f64; 2] {
        [self.scale * (at[0] - self.origin[0]), self.scale * (self.origin[1] - at[1])]
    }

    /// The box so many points around a place.
    pub(super) fn around(&self, at: [f64; 2], reach: f64) -> Rect {
        let [x, y] = self.point(at);
        Rect::new(x - reach, y - reach, x + reach, y + reach)
    }

    /// Makes a mark known, and keeps words so far away from it.
    pub(super) fn mark(&mut self, at: [f64; 2], reach: f64) {
        self.take(self.around(at, reach));
        self.marks.push(self.point(at));
    }

    /// Whether words at `place` are nearer to the mark at `own` than to any other.
    fn belongs(&self, place: Rect, own: [f64; 2]) -> bool {
        let apart = |[x, y]: [f64; 2]| {
            let aside = (place.x0 - x).max(x - place.x1).max(0.0);
            aside.hypot((place.y0 - y).max(y - place.y1).max(0.0))
        };
        let most = 1.5 * apart(own);
        let is_own = |[x, y]: [f64; 2]| (x - own[0]).hypot(y - own[1]) == 0.0;
        self.marks.iter().all(|mark| is_own(*mark) || most < apart(*mark))
    }

    /// Keeps words away from `place`.
    pub(super) fn take(&mut self, place: Rect) {
        self.taken.push(place);
    }

    /// Whether words can stand at `place`.
    pub(super) fn is_free(&self, place: Rect) -> bool {
        let Rect { x0, y0, x1, y1 } = self.inside;
        let inside = x0 <= place.x0 && y0 <= place.y0 && place.x1 <= x1 && place.y1 <= y1;
        inside && !self.taken.iter().any(|taken| overlap(*taken, place)) && !self.is_crossed(place)
    }

    /// Whether a path runs through `place`, or close to it.
    fn is_crossed(&self, place: Rect) -> bool {
        let place = place.inset(FROM_PATH);
        let Self { height, cell, .. } = *self;
        let index = |at: f64, most: usize| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the cast saturates, and what is too large is cut"
            )]
            let index = (at / cell) as usize;
            index.min(most)
        };
        let Raster { columns, rows, .. } = self.raster;
        let [left, right] = [index(place.x0, columns), index(place.x1 + cell, columns)];
        let [low, high] = [index(height - place.y1, rows), index(height - place.y0 + cell, rows)];
        let sum = |column: usize, row: usize| self.sums[row * (columns + 1) + column];
        sum(right, high) + sum(left, low) > sum(left, high) + sum(right, low)
    }

    /// Finds room for words of this size beside a place, trying `sides` in order, and takes it.
    pub(super) fn beside(&mut self, at: [f64; 2], size: Size, sides: &[Side]) -> Option<Spot> {
        let [x, y] = self.point(at);
        let spot = GAPS.iter().flat_map(|gap| sides.iter().map(move |side| (gap, side))).find_map(
            |(gap, &[right, down])| {
                // On a diagonal both distances add up.
                let gap = if right * down == 0.0 { *gap } else { 0.75 * gap };
                let aside = right * gap;
                let centre = down * (gap + size.height / 2.0);
                let (anchor, left) = if right > 0.0 {
                    (Anchor::Left, x + aside)
                } else if right < 0.0 {
                    (Anchor::Right, x + aside - size.width)
                } else {
                    (Anchor::Middle, x - size.width / 2.0)
                };
                let top = y + centre - size.height / 2.0;
                let taken = Rect::new(left, top, left + size.width, top + size.height);
                let stands = self.is_free(taken) && self.belongs(taken, [x, y]);
                stands.then_some(Spot { offset: [aside, centre], anchor, taken })
            },
        )?;
        self.take(spot.taken.inflate(AIR, AIR / 2.0));
        Some(spot)
    }
}

/// Whether two boxes have a place in common.
pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}
