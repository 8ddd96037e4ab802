//! Rows of equal length in pieces of bounded size: what a long run is kept in.
//!
//! One growing vector would be copied and twice as large as needed just after it has grown; a piece is never moved once
//! it is full, and what is allocated beyond the rows is less than one piece. A piece holds a power of two of rows, so
//! that a row is found by a shift.

/// Numbers in a piece at most, unless one row is longer: half a megabyte of them.
const PIECE: usize = 1 << 16;

/// Rows of `width` values each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows<T> {
    width: usize,
    /// The binary logarithm of how many rows a full piece has.
    shift: u32,
    /// How many rows are still expected; a piece has no room for more.
    expected: usize,
    pieces: Vec<Vec<T>>,
}

impl<T: Copy> Rows<T> {
    /// No rows of `width` values, of which `expected` will come; more may.
    pub(super) fn new(width: usize, expected: usize) -> Self {
        let shift = (PIECE / width.max(1)).max(1).ilog2();
        Self { width, shift, expected, pieces: Vec::new() }
    }

    /// Adds a row of `width` values.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        let width = self.width;
        if let Some(piece) = self.piece() {
            piece.extend(row.into_iter().take(width));
        }
    }

    /// Adds a row that lies in one piece of memory.
    pub(super) fn push_slice(&mut self, row: &[T]) {
        if let Some(piece) = self.piece() {
            piece.extend_from_slice(row);
        }
    }

    /// Where the next row goes; nowhere where rows are empty.
    fn piece(&mut self) -> Option<&mut Vec<T>> {
        let full = self.width << self.shift;
        if self.pieces.last().is_none_or(|piece| piece.len() >= full) {
            if self.width == 0 {
                return None;
            }
            let rows = self.expected.clamp(1, 1 << self.shift);
            self.pieces.push(Vec::with_capacity(rows * self.width));
        }
        self.expected = self.expected.saturating_sub(1);
        self.pieces.last_mut()
    }

    /// Row `place`; empty where there is none.
    pub(super) fn get(&self, place: usize) -> &[T] {
        let Some(piece) = self.pieces.get(place >> self.shift) else { return &[] };
        let first = (place & ((1 << self.shift) - 1)) * self.width;
        piece.get(first..first + self.width).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_row_comes_back(width in 1usize..9000, count in 0usize..40, expected in 0usize..60) {
            let mut rows = Rows::new(width, expected);
            for k in 0..count {
                rows.push((0..width).map(|i| k * width + i));
            }
            for k in 0..count {
                prop_assert_eq!(rows.get(k)[0], k * width);
                prop_assert_eq!(rows.get(k)[width - 1], (k + 1) * width - 1);
            }
            prop_assert!(rows.get(count).is_empty());
        }
    }

    #[test]
    fn what_is_allocated_beyond_the_rows_is_less_than_a_piece() {
        for (width, count) in [(2, 201), (2, 100_000), (2241, 700), (100_000, 3)] {
            let mut rows = Rows::new(width, count);
            for _ in 0..count {
                rows.push_slice(&vec![0.0; width]);
            }
            let room: usize = rows.pieces.iter().map(Vec::capacity).sum();
            assert!(room < width * count + PIECE.max(width), "{width} × {count}: {room}");
            assert!(rows.pieces.iter().all(|piece| piece.capacity() <= PIECE.max(width)));
        }
    }

    #[test]
    fn rows_of_nothing_are_empty() {
        let mut rows = Rows::new(0, 10);
        rows.push_slice(&[1.0]);
        assert!(rows.get(0).is_empty() && rows.pieces.is_empty());
    }
}
