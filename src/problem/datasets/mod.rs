//! Synthetic data: points in the plane, drawn from the scene's seed.

use ndarray::{Array1, Array2, Axis};

use crate::catalog::Catalog;
use crate::math::random::Stream;

mod draw;
mod clique_and_crowd;
mod line;
mod blobs;
mod moons;

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
    entries: &[&clique_and_crowd::ENTRY, &line::ENTRY, &blobs::ENTRY, &moons::ENTRY],
};
