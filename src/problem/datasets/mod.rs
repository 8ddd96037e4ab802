//! Synthetic data: points in the plane, drawn from the scene's seed.

use ndarray::{Array1, Array2, Axis};
use rand::seq::SliceRandom as _;

use crate::catalog::Catalog;
use crate::math::random::Stream;

mod draw;
mod clique_and_crowd;
mod line;
mod line_outliers;
mod sine;
mod linear_task;
mod blobs;
mod flipped_blobs;
mod moons;
mod circles;
mod spirals;
mod xor;
mod checkerboard;
mod own;

pub use own::{NAME, OWN, OWN_ID, POINTS, TASK, name, own};

/// What there is to learn from a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Predict a number `y` from the inputs.
    Regression,
    /// Tell class 1 from class 0.
    Classification,
}

impl Task {
    /// What it is called in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Regression => "regression",
            Self::Classification => "classification",
        }
    }
}

/// Examples to learn from, one a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The inputs, examples × features.
    pub inputs: Array2<f64>,
    /// What to predict for each: a number, or the class, 0 or 1.
    pub targets: Array1<f64>,
    /// Which of the dataset's groups an example was drawn from, for drawing and for words.
    pub groups: Vec<usize>,
}

impl Sample {
    /// How many examples there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The examples with these indices, in this order.
    #[must_use]
    pub fn select(&self, members: &[usize]) -> Self {
        Self {
            inputs: self.inputs.select(Axis(0), members),
            targets: self.targets.select(Axis(0), members),
            groups: members.iter().map(|&k| self.groups[k]).collect(),
        }
    }

    /// Sets about `fraction` of the examples aside for testing: training part first, then the test part.
    ///
    /// Each group gives its share, rounded down, so that both parts tell the same story; both keep the order of the
    /// sample. One example at least stays for training. The two parts and the stream's state do not depend on how
    /// the sample is used, so a scene with another η sees the same split.
    #[must_use]
    pub fn split(&self, fraction: f64, stream: &mut Stream) -> (Self, Self) {
        let mut deck: Vec<usize> = (0..self.len()).collect();
        deck.shuffle(stream);
        let most = self.len().saturating_sub(1);
        let mut testing = vec![false; self.len()];
        let groups = self.groups.iter().max().map_or(0, |last| last + 1);
        let mut set_aside = 0;
        for group in 0..groups {
            let members: Vec<usize> =
                deck.iter().copied().filter(|&k| self.groups[k] == group).collect();
            let share = draw::cell(fraction.clamp(0.0, 1.0), members.len()).min(most - set_aside);
            for &k in &members[..share] {
                testing[k] = true;
            }
            set_aside += share;
        }
        let (test, train): (Vec<usize>, Vec<usize>) = (0..self.len()).partition(|&k| testing[k]);
        (self.select(&train), self.select(&test))
    }
}

/// A recipe for examples.
pub trait Dataset: Send + Sync {
    /// What there is to learn.
    fn task(&self) -> Task;

    /// How many features an input has: 1 when a curve is fitted, 2 when the plane is divided.
    fn features(&self) -> usize {
        match self.task() {
            Task::Regression => 1,
            Task::Classification => 2,
        }
    }

    /// What the groups are called, in the order of [`Sample::groups`].
    fn group_names(&self) -> &'static [&'static str];

    /// Draws the examples.
    fn sample(&self, stream: &mut Stream) -> Sample;
}

/// Every dataset, in the order of the menu.
pub static ALL: Catalog<dyn Dataset> = Catalog {
    family: "dataset",
    entries: &[
        &clique_and_crowd::ENTRY,
        &line::ENTRY,
        &line_outliers::ENTRY,
        &sine::ENTRY,
        &linear_task::ENTRY,
        &blobs::ENTRY,
        &flipped_blobs::ENTRY,
        &moons::ENTRY,
        &circles::ENTRY,
        &spirals::ENTRY,
        &xor::ENTRY,
        &checkerboard::ENTRY,
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Streams;
    use proptest::prelude::*;

    /// Examples that are told apart by their target.
    fn numbered(groups: Vec<usize>) -> Sample {
        Sample {
            inputs: Array2::zeros((groups.len(), 1)),
            targets: (0..groups.len()).map(|k| k as f64).collect(),
            groups,
        }
    }

    proptest! {
        #[test]
        fn a_split_gives_every_example_to_one_part_in_order(
            groups in proptest::collection::vec(0usize..3, 1..60),
            fraction in -0.2f64..1.2,
            seed in 0u64..9,
        ) {
            let sample = numbered(groups);
            let (train, test) = sample.split(fraction, &mut Streams::new(seed).split());
            prop_assert!(!train.is_empty());
            for part in [&train, &test] {
                prop_assert!(part.targets.as_slice().unwrap().is_sorted());
            }
            let mut all: Vec<f64> = train.targets.iter().chain(&test.targets).copied().collect();
            all.sort_unstable_by(f64::total_cmp);
            prop_assert_eq!(all, sample.targets.to_vec());
        }

        #[test]
        fn each_group_gives_its_share_to_the_test(seed in 0u64..20) {
            let sample = numbered((0..60).map(|k| usize::from(k % 3 == 0)).collect());
            let (_, test) = sample.split(0.25, &mut Streams::new(seed).split());
            let ones = test.groups.iter().filter(|&&group| group == 1).count();
            prop_assert_eq!((test.len(), ones), (15, 5));
        }
    }
}
