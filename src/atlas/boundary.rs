//! Boundaries of an atlas as data: places where ends begin to be otherwise, and the pieces between them.

use super::kind::Number;

/// A place of an atlas in parts of its sides, 0 to 1.
pub type Place = [f64; 2];

/// A place where ends begin to be otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The place.
    pub at: Place,
    /// The way across, of length one.
    pub across: Place,
    /// The kinds before and beyond it, against that way and along it.
    pub sides: [Number; 2],
    /// Whether ends alternate within [`BAND`](super::trace::BAND) of it.
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
