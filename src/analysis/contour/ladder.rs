//! Shelves: between which two levels a value lies.

use pulp::{Arch, Simd, WithSimd};

/// The number of levels at or below a pixel; [`NOWHERE`] where the pixel is not finite.
pub(super) type Shelf = u16;

/// No shelf.
pub(super) const NOWHERE: Shelf = Shelf::MAX;

/// Finds shelves without searching. Every value has a rung, by the leading bits of its height above the lowest level,
/// which are nearly its logarithm; a rung knows how many levels lie below it, and seldom has more than one of its own.
pub(super) struct Ladder {
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
    pub(super) fn new(levels: &[f64]) -> Self {
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
        let height = value - self.levels[0];
        // What is not a number is on the first rung.
        let height = if height > self.reach[0] { height } else { self.reach[0] };
        let height = if height < self.reach[1] { height } else { self.reach[1] };
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
    pub(super) fn shelve(&self, values: &[f64], shelves: &mut [Shelf]) {
        Arch::new().dispatch(Row { ladder: self, values, shelves });
    }

    #[inline(always)]
    fn shelve_block(&self, values: &[f64; BLOCK], shelves: &mut [Shelf; BLOCK]) {
        let Some([low, high]) = range(values) else {
            return self.shelve_each(values, shelves);
        };
        let (lowest, highest) = (self.shelf(low), self.shelf(high));
        // Seldom more than one level goes through a block, and most have none.
        *shelves = [lowest; BLOCK];
        if lowest < highest {
            // As wide as the values are, so that both go through registers of one width.
            let mut above = [0_u64; BLOCK];
            for level in &self.levels[usize::from(lowest)..usize::from(highest)] {
                for k in 0..BLOCK {
                    above[k] += u64::from(*level <= values[k]);
                }
            }
            for k in 0..BLOCK {
                #[expect(clippy::cast_possible_truncation, reason = "there are fewer levels")]
                let above = above[k] as Shelf;
                shelves[k] += above;
            }
        }
    }

    fn shelve_each(&self, values: &[f64], shelves: &mut [Shelf]) {
        for (value, shelf) in std::iter::zip(values, shelves) {
            *shelf = if value.is_finite() { self.shelf(*value) } else { NOWHERE };
        }
    }
}

/// A row, for the widest registers of the processor.
struct Row<'a> {
    ladder: &'a Ladder,
    values: &'a [f64],
    shelves: &'a mut [Shelf],
}

impl WithSimd for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let (blocks, rest) = self.values.as_chunks();
        let (shelf_blocks, rest_of_shelves) = self.shelves.as_chunks_mut();
        for (values, shelves) in std::iter::zip(blocks, shelf_blocks) {
            self.ladder.shelve_block(values, shelves);
        }
        self.ladder.shelve_each(rest, rest_of_shelves);
    }
}

/// Pixels of a row that are looked at together.
const BLOCK: usize = 16;

/// The lowest and the highest of some values, if all are finite.
#[inline(always)]
fn range(values: &[f64; BLOCK]) -> Option<[f64; 2]> {
    let (mut low, mut high) = (*values, *values);
    let mut finite = true;
    for value in values {
        finite &= value.abs() < f64::INFINITY;
    }
    let mut half = BLOCK / 2;
    while half > 0 {
        for k in 0..half {
            low[k] = if low[k + half] < low[k] { low[k + half] } else { low[k] };
            high[k] = if high[k + half] > high[k] { high[k + half] } else { high[k] };
        }
        half /= 2;
    }
    finite.then_some([low[0], high[0]])
}
