//! What changed from one frame to the next: the smallest rectangle that holds it.

use std::ops::Range;

/// A rectangle of pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
}

impl Changed {
    /// The whole of a frame.
    pub(super) fn all(width: usize, height: usize) -> Self {
        Self { columns: 0..width, rows: 0..height }
    }

    /// Where two frames of a width differ; one pixel where they do not, since a frame of a film has at least that.
    pub(super) fn between<P: PartialEq>(before: &[P], now: &[P], width: usize) -> Self {
        let rows = || before.chunks_exact(width).zip(now.chunks_exact(width));
        let differs = |(before, now): (&[P], &[P])| before != now;
        let Some(first) = rows().position(differs) else {
            return Self { columns: 0..1, rows: 0..1 };
        };
        let last = rows().rposition(differs).unwrap_or(first);
        let mut columns = width..0;
        for (before, now) in rows().skip(first).take(last + 1 - first) {
            let differs = |k: &usize| before[*k] != now[*k];
            if let Some(left) = (0..columns.start).find(differs) {
                columns.start = left;
            }
            if let Some(right) = (columns.end..width).rev().find(differs) {
                columns.end = right + 1;
            }
        }
        Self { columns, rows: first..last + 1 }
    }

    /// Width and height.
    pub(super) fn size(&self) -> [usize; 2] {
        [self.columns.len(), self.rows.len()]
    }

    /// The places of its pixels in a frame of this width, row by row.
    pub(super) fn places(&self, width: usize) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns.clone();
        self.rows
            .clone()
            .flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }
}

/// A count of pixels as files hold it: pictures have fewer than 2¹⁶ a side.
pub(super) fn side(pixels: usize) -> u32 {
    u32::try_from(pixels).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_holds_all_that_differs_and_no_row_or_column_more(
            width in 1usize..9,
            before in prop::collection::vec(0u8..3, 1..60),
            seeds in prop::collection::vec(0u8..3, 60),
        ) {
            let height = before.len() / width;
            prop_assume!(height > 0);
            let before = &before[..width * height];
            let now: Vec<u8> = before.iter().zip(&seeds).map(|(b, s)| if *s == 0 { 9 } else { *b }).collect();
            let changed = Changed::between(before, &now, width);
            let inside: Vec<usize> = changed.places(width).collect();
            let differ: Vec<usize> = (0..now.len()).filter(|&k| before[k] != now[k]).collect();
            prop_assert!(differ.iter().all(|k| inside.contains(k)));
            if !differ.is_empty() {
                for edge in [changed.rows.start, changed.rows.end - 1] {
                    prop_assert!(differ.iter().any(|k| k / width == edge));
                }
                for edge in [changed.columns.start, changed.columns.end - 1] {
                    prop_assert!(differ.iter().any(|k| k % width == edge));
                }
            }
        }
    }
}
