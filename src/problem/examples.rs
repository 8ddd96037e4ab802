//! Examples laid out for lanes: sixteen beside each other, feature by feature.
//!
//! ```text
//! a block      φ₁ of sixteen examples │ φ₂ of the same sixteen │ … │ their targets
//! ```
//!
//! Whatever reads one feature of several examples reads neighbours, and a block with all that belongs to it lies in
//! one place. The last block is filled up with zeros.

use ndarray::ArrayView2;

/// Examples in a block, and sums that are kept side by side: two of the widest registers, so that neither waits for
/// the other.
pub const BLOCK: usize = 16;

/// The features and targets of some examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Examples {
    features: usize,
    count: usize,
    columns: Vec<[f64; BLOCK]>,
}

impl Examples {
    /// The examples with these features (examples × features) and targets.
    #[must_use]
    pub fn new(features: ArrayView2<'_, f64>, targets: &[f64]) -> Self {
        let mut examples = Self::empty(features.ncols(), targets.len());
        for (i, (row, target)) in features.rows().into_iter().zip(targets).enumerate() {
            let block = examples.block_mut(i / BLOCK);
            for (column, x) in block.iter_mut().zip(row.iter().chain([target])) {
                column[i % BLOCK] = *x;
            }
        }
        examples
    }

    fn empty(features: usize, count: usize) -> Self {
        let columns = vec![[0.0; BLOCK]; count.div_ceil(BLOCK) * (features + 1)];
        Self { features, count, columns }
    }

    fn block_mut(&mut self, block: usize) -> &mut [[f64; BLOCK]] {
        let wide = self.features + 1;
        &mut self.columns[block * wide..(block + 1) * wide]
    }

    /// Those with these indices, in this order.
    #[must_use]
    pub fn select(&self, members: &[usize]) -> Self {
        let wide = self.features + 1;
        let mut selected = Self::empty(self.features, members.len());
        for (i, member) in members.iter().enumerate() {
            let from = &self.columns[member / BLOCK * wide..][..wide];
            for (column, from) in selected.block_mut(i / BLOCK).iter_mut().zip(from) {
                column[i % BLOCK] = from[member % BLOCK];
            }
        }
        selected
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many features each has.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// Up to `blocks` full blocks at a time, each as columns of features and then the targets, with [`BLOCK`]; and at the
    /// end the block that is not full, if there is one, with the number of its examples.
    pub fn parts(&self, blocks: usize) -> impl Iterator<Item = (&[[f64; BLOCK]], usize)> {
        let wide = self.features + 1;
        let (full, last) = self.columns.split_at(self.count / BLOCK * wide);
        let last = (!last.is_empty()).then_some((last, self.count % BLOCK));
        full.chunks(blocks * wide).map(|part| (part, BLOCK)).chain(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use proptest::prelude::*;

    /// Where each number lies when it is its own address.
    fn numbered(count: usize, features: usize) -> Examples {
        let rows = Array2::from_shape_fn((count, features), |(i, k)| (10 * i + k) as f64);
        let targets: Vec<f64> = (0..count).map(|i| -(i as f64)).collect();
        Examples::new(rows.view(), &targets)
    }

    proptest! {
        #[test]
        fn a_selection_of_examples_is_that_of_their_rows(
            count in 1usize..60, features in 0usize..5, picks in proptest::collection::vec(0usize..1000, 0..50),
        ) {
            let members: Vec<usize> = picks.iter().map(|pick| pick % count).collect();
            let rows = Array2::from_shape_fn((members.len(), features), |(i, k)| (10 * members[i] + k) as f64);
            let targets: Vec<f64> = members.iter().map(|&i| -(i as f64)).collect();
            prop_assert_eq!(numbered(count, features).select(&members), Examples::new(rows.view(), &targets));
        }

        #[test]
        fn blocks_hold_every_example_once(count in 0usize..70, features in 1usize..4) {
            let examples = numbered(count, features);
            let mut held = 0;
            for (columns, used) in examples.parts(2) {
                prop_assert_eq!(columns.len() % (features + 1), 0);
                prop_assert!(columns.iter().all(|column| column[used..].iter().all(|&x| x == 0.0)));
                held += columns.len() / (features + 1) * used;
            }
            prop_assert_eq!(held, examples.count());
        }
    }
}
