//! Which examples each step sees.
//!
//! Every run of a scene sees the same batches, and both gradients of a SAM step see one batch.
//! An epoch goes through all examples once; its last batch is smaller when they do not divide.

use rand::seq::SliceRandom as _;
use std::num::NonZeroUsize;

use super::Batch;
use crate::math::random::Stream;

/// How many examples a step sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchSize {
    /// All of them.
    Full,
    /// At most this many.
    Of(NonZeroUsize),
}

impl BatchSize {
    /// Whether a batch of this size is all of so many examples.
    #[must_use]
    pub fn is_all_of(self, examples: usize) -> bool {
        match self {
            Self::Full => true,
            Self::Of(size) => size.get() >= examples,
        }
    }
}

/// In which order an epoch goes through the examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// A new shuffle every epoch, from the scene's seed.
    Shuffled,
    /// First to last, as in the file.
    Sequential,
}

/// The batches of a run, one after another.
#[derive(Debug, Clone)]
pub struct Batches {
    deck: Vec<usize>,
    size: Option<usize>,
    order: Order,
    stream: Stream,
    next: usize,
    current: std::ops::Range<usize>,
}

impl Batches {
    /// Batches of `examples` examples; a size beyond them is full batch.
    #[must_use]
    pub fn new(examples: usize, size: BatchSize, order: Order, stream: Stream) -> Self {
        let size = match size {
            BatchSize::Full => None,
            BatchSize::Of(size) => Some(size.get()).filter(|&size| size < examples),
        };
        Self { deck: (0..examples).collect(), size, order, stream, next: 0, current: 0..0 }
    }

    /// Deals the next batch; [`Batches::current`] shows it.
    pub fn deal(&mut self) {
        let Some(size) = self.size else { return };
        if self.next == 0 && self.order == Order::Shuffled {
            self.deck.shuffle(&mut self.stream);
        }
        let end = (self.next + size).min(self.deck.len());
        self.current = self.next..end;
        self.next = if end == self.deck.len() { 0 } else { end };
    }

    /// The batch dealt last.
    #[must_use]
    pub fn current(&self) -> Batch<'_> {
        match self.size {
            None => Batch::Whole,
            Some(_) => Batch::Members(&self.deck[self.current.clone()]),
        }
    }
}

/// A number that is no batch size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("batch = {given} is not a batch size; use full, or a whole number of 1 or more")]
pub struct BadBatch {
    given: String,
}

impl std::str::FromStr for BatchSize {
    type Err = BadBatch;

    fn from_str(given: &str) -> Result<Self, BadBatch> {
        if given == "full" {
            return Ok(Self::Full);
        }
        given.parse().map(Self::Of).map_err(|_| BadBatch { given: given.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Streams;

    fn dealt(size: usize, order: Order, count: usize) -> Vec<Vec<usize>> {
        let size = BatchSize::Of(NonZeroUsize::new(size).unwrap());
        let mut batches = Batches::new(10, size, order, Streams::new(3).batches());
        (0..count)
            .map(|_| {
                batches.deal();
                match batches.current() {
                    Batch::Whole => (0..10).collect(),
                    Batch::Members(members) => members.to_vec(),
                }
            })
            .collect()
    }

    #[test]
    fn sequential_batches_wrap_at_the_end_of_the_file() {
        let expected = [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9], vec![0, 1, 2, 3]];
        assert_eq!(dealt(4, Order::Sequential, 4), expected);
    }

    #[test]
    fn an_epoch_sees_every_example_once_and_the_next_in_another_order() {
        let batches = dealt(4, Order::Shuffled, 6);
        let epochs: Vec<Vec<usize>> = batches.chunks(3).map(<[_]>::concat).collect();
        for epoch in &epochs {
            let mut sorted = epoch.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..10).collect::<Vec<_>>());
        }
        assert_ne!(epochs[0], epochs[1]);
    }

    #[test]
    fn a_size_beyond_the_data_is_the_full_batch() {
        assert_eq!(dealt(10, Order::Shuffled, 1), [(0..10).collect::<Vec<_>>()]);
    }
}
