//! Numbers that begin where a cache line begins, so that no register is loaded from two lines.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_zeros_as_were_asked_for() {
        for count in [0, 1, 7, 64, 1000] {
            let mut numbers = Aligned::<f64>::zeros(count);
            assert_eq!(&*numbers, vec![0.0; count]);
            assert_eq!(numbers.as_ptr() as usize % LINE, 0);
            numbers.fill(2.0);
            assert_eq!(Aligned::<f32>::zeros(count).len(), count);
        }
    }
}
