//! Running statistics: what a network with normalised units remembers of the batches it was trained on.
//!
//! ```text
//! s ← 0.9 s + 0.1 s_B(w),     from means 0 and variances 1
//! ```
//!
//! S. Ioffe and C. Szegedy (2015), "Batch normalization", ICML. A trained network predicts by them, since what it is asked
//! about need not come in batches. They move once a step, in the pass at `w`: in the one at `w + ε` they would mix the
//! statistics of weights that the network never has with its own (so do the authors' implementations of SAM).

use ndarray::Array1;

use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

/// The part of every new batch.
pub const NEW: f64 = 0.1;

/// The running means of all normalised units, then their variances.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningStatistics {
    values: Vec<f64>,
}

impl RunningStatistics {
    /// Those of `objective` before the first step; none where it normalises nothing.
    #[must_use]
    pub fn new(objective: &dyn Objective, start: &Array1<f64>) -> Self {
        let mut values = objective.statistics(start.view(), Batch::Whole, &Noise::none());
        let means = values.len() / 2;
        values[..means].fill(0.0);
        values[means..].fill(1.0);
        Self { values }
    }

    /// Moves a little towards the statistics of a batch.
    pub fn take_in(&mut self, batch: &[f64]) {
        for (running, new) in self.values.iter_mut().zip(batch) {
            *running = (1.0 - NEW) * *running + NEW * new;
        }
    }

    /// As they are now.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}
