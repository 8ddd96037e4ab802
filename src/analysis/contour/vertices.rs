//! The corners of all lines, and which follows which.

use super::Contour;
use super::ladder::Shelf;

/// The number of a vertex.
pub(super) type Number = u32;

/// No vertex.
const NONE: Number = Number::MAX;

/// A corner of a line.
#[derive(Debug, Clone, Copy)]
struct Vertex {
    at: [f64; 2],
    /// Where the line goes.
    next: Number,
    level: Shelf,
    /// Whether the line comes from somewhere.
    entered: bool,
}

/// All vertices, numbered in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Vertices {
    all: Vec<Vertex>,
    /// Only the first `count` are valid; later slots are scratch, written without a branch.
    count: usize,
}

impl Vertices {
    /// The number that the next vertex gets.
    #[inline(always)]
    pub(super) fn next(&self) -> Number {
        // Four billion vertices do not fit into memory.
        Number::try_from(self.count).unwrap_or(NONE)
    }

    /// Puts down a vertex.
    #[inline(always)]
    pub(super) fn put(&mut self, at: [f64; 2], level: Shelf) {
        self.put_between(at, level, [0, 1]);
    }

    /// Puts down a vertex if the `ends` of its edge lie on two shelves; no branch depends on that.
    #[inline(always)]
    pub(super) fn put_between(&mut self, at: [f64; 2], level: Shelf, ends: [Shelf; 2]) {
        let vertex = Vertex { at, next: NONE, level, entered: false };
        match self.all.get_mut(self.count) {
            Some(place) => *place = vertex,
            None => self.all.push(vertex),
        }
        self.count += usize::from(ends[0] != ends[1]);
    }

    /// Lets a line run from one vertex to another.
    #[inline(always)]
    pub(super) fn join(&mut self, from: Number, to: Number) {
        self.all[from as usize].next = to;
        self.all[to as usize].entered = true;
    }

    /// Follows the lines, those with an end first.
    pub(super) fn into_lines(mut self) -> Vec<Contour> {
        let mut lines = Vec::new();
        let mut points = Vec::new();
        for start in 0..self.count {
            if !self.all[start].entered {
                lines.extend(self.follow(start, &mut points));
            }
        }
        for start in 0..self.count {
            if self.all[start].next != NONE {
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
            let vertex = &mut self.all[at];
            if points.last() != Some(&vertex.at) {
                points.push(vertex.at);
            }
            match std::mem::replace(&mut vertex.next, NONE) {
                NONE => break false,
                next if next as usize == start => break true,
                next => at = next as usize,
            }
        };
        if closed && points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        let level_index = usize::from(self.all[start].level);
        (points.len() > 1).then(|| Contour { level_index, points: points.clone(), closed })
    }
}
