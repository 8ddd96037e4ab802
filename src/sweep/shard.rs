//! A part of a sweep, for one of several machines: the `I`-th of `N` blocks of cells that follow each other.
//!
//! ```text
//! cells of block I of N    ⌊cells (I − 1) / N⌋ … ⌊cells I / N⌋ − 1
//! ```

use std::ops::Range;

/// Block `I` of `N`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    place: usize,
    of: usize,
}

/// A text that is no part of a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a shard is I/N with I from 1 to N, for instance 3/20")]
pub struct BadShard;

impl Shard {
    /// The one block that is all.
    pub const WHOLE: Self = Self { place: 1, of: 1 };

    /// Its cells among so many; of more blocks than cells some have none.
    #[must_use]
    pub fn cells(self, all: usize) -> Range<usize> {
        // Of at most so many cells the product needs more than half of a number's bits only where N does.
        let edge = |place: usize| {
            let edge = all as u128 * place as u128 / self.of as u128;
            usize::try_from(edge).unwrap_or(all)
        };
        edge(self.place - 1)..edge(self.place)
    }
}

impl std::str::FromStr for Shard {
    type Err = BadShard;

    fn from_str(given: &str) -> Result<Self, BadShard> {
        let (place, of) = given.split_once('/').ok_or(BadShard)?;
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| BadShard);
        let shard = Self { place: number(place)?, of: number(of)? };
        if (1..=shard.of).contains(&shard.place) { Ok(shard) } else { Err(BadShard) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_is_counted_from_one_to_all() {
        for wrong in ["0/3", "4/3", "1/0", "0/0", "1", "a/b", "1/2/3", "-1/3", ""] {
            assert_eq!(wrong.parse::<Shard>(), Err(BadShard), "{wrong}");
        }
        assert_eq!("1/1".parse(), Ok(Shard::WHOLE));
        assert_eq!("2/3".parse::<Shard>().unwrap().cells(10), 3..6);
    }

    proptest! {
        #[test]
        fn blocks_follow_each_other_and_are_all(all in 1..10_000_000_usize, of in 1..1000_usize) {
            let mut next = 0;
            for place in 1..=of {
                let cells = Shard { place, of }.cells(all);
                prop_assert_eq!(cells.start, next);
                prop_assert!(cells.len() <= all.div_ceil(of));
                next = cells.end;
            }
            prop_assert_eq!(next, all);
        }
    }
}
