//! Numbers that begin where a cache line begins, so that no register is loaded from two lines.
//!
//! Kernels that are called a hundred thousand times in a run would spend a third of it on asking for memory and
//! clearing it: [`Scratch`] takes what the same thread has put back.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

use super::fast::Number;

/// Bytes of a cache line, and of the widest register.
const LINE: usize = 64;

/// Numbers at the beginning of a cache line; a slice in every other respect.
pub struct Aligned<N> {
    numbers: Vec<N>,
    start: usize,
    count: usize,
}

impl<N: Number> Aligned<N> {
    /// So many zeros.
    #[must_use]
    pub fn zeros(count: usize) -> Self {
        let spare = LINE / size_of::<N>();
        let numbers = vec![N::rounded(0.0); count + spare];
        let start = numbers.as_ptr().align_offset(LINE).min(spare);
        Self { numbers, start, count }
    }

    /// How many numbers there is room for.
    fn room(&self) -> usize {
        self.numbers.len() - self.start
    }
}

impl<N> Deref for Aligned<N> {
    type Target = [N];

    #[inline(always)]
    fn deref(&self) -> &[N] {
        &self.numbers[self.start..self.start + self.count]
    }
}

impl<N> DerefMut for Aligned<N> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [N] {
        &mut self.numbers[self.start..self.start + self.count]
    }
}

/// How much a thread keeps: buffers, and numbers in each.
const KEPT: [usize; 2] = [24, 1 << 17];

thread_local! {
    static SPARE: RefCell<Vec<Aligned<f64>>> = const { RefCell::new(Vec::new()) };
}

/// Room for intermediate results, whatever was in it before: write before you read. It is put back when it is dropped.
pub struct Scratch(Aligned<f64>);

impl Scratch {
    /// Room for so many numbers.
    #[must_use]
    pub fn of(count: usize) -> Self {
        let spare = SPARE.with_borrow_mut(|spare| {
            let place = spare.iter().position(|spare| spare.room() >= count)?;
            Some(spare.swap_remove(place))
        });
        match spare {
            Some(spare) => Self(Aligned { count, ..spare }),
            None => Self(Aligned::zeros(count)),
        }
    }

    /// The same, cleared.
    #[must_use]
    pub fn zeros(count: usize) -> Self {
        let mut scratch = Self::of(count);
        scratch.fill(0.0);
        scratch
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let nothing = Aligned { numbers: Vec::new(), start: 0, count: 0 };
        let used = std::mem::replace(&mut self.0, nothing);
        // At the end of a thread there is nowhere left to put it.
        let _ = SPARE.try_with(|spare| {
            let mut spare = spare.borrow_mut();
            if spare.len() < KEPT[0] && used.room() <= KEPT[1] {
                spare.push(used);
            }
        });
    }
}

impl Deref for Scratch {
    type Target = [f64];

    #[inline(always)]
    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl DerefMut for Scratch {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_zeros_as_were_asked_for() {
        for count in [0, 1, 7, 64, 1000] {
            let mut numbers = Aligned::<f64>::zeros(count);
            assert_eq!(numbers.len(), count);
            assert!(numbers.iter().all(|x| *x == 0.0));
            assert_eq!(numbers.as_ptr() as usize % LINE, 0);
            numbers.fill(2.0);
            assert_eq!(Aligned::<f32>::zeros(count).len(), count);
        }
    }
    #[test]
    fn what_was_put_back_is_taken_again_and_two_never_share() {
        let mut first = Scratch::of(100);
        let mut second = Scratch::of(100);
        first.fill(1.0);
        second.fill(2.0);
        assert!(first.iter().all(|x| *x < 1.5));
        drop((first, second));
        for count in [0, 7, 100, 101, 5000] {
            let scratch = Scratch::zeros(count);
            assert_eq!(scratch.len(), count);
            assert!(scratch.iter().all(|x| *x == 0.0));
        }
    }
}
