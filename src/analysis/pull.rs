//! The pull of each example: how long its own gradient is at w and at `w + ε`.
//!
//! ```text
//! |∇ℓ_i(w)|,  |∇ℓ_i(w + ε)|        for m-SAM at w + ε̂_j, j the part that example i is in
//! ```
//!
//! What SAM changes about learning from data is seen in it: which examples weigh more where it looks than where it
//! stands (C. Baek, J. Z. Kolter and A. Raghunathan, 2024, "Why is SAM robust to label noise?", ICLR).

use ndarray::{Array1, ArrayView1};

use crate::math::norm::Norm;
use crate::optim::ascent::Via;
use crate::problem::{Batch, Objective};

/// The pull of each example, in the order of the data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pull {
    /// At w.
    pub here: Vec<f64>,
    /// At `w + ε`; empty where ε is zero.
    pub there: Vec<f64>,
}

/// The pull that is being found, an example a piece.
pub struct PullWork {
    w: Array1<f64>,
    epsilon: Array1<f64>,
    via: Via,
    found: Pull,
}

impl PullWork {
    /// At `w`, for a perturbation that is made as `via` says.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>, epsilon: ArrayView1<'_, f64>, via: &Via) -> Self {
        let (w, epsilon) = (w.to_owned(), epsilon.to_owned());
        Self { w, epsilon, via: via.clone(), found: Pull::default() }
    }

    /// Finds the pull of one more example; all of them when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<Pull> {
        let (k, count) = (self.found.here.len(), objective.examples());
        if k == count {
            return Some(self.found.clone());
        }
        let length = |w: ArrayView1<'_, f64>| {
            let (_, g) = objective.loss_and_gradient(w, Batch::Members(&[k]));
            Norm::L2.length(g.view())
        };
        self.found.here.push(length(self.w.view()));
        let epsilon = own(&self.via, k, count).unwrap_or(&self.epsilon);
        if self.epsilon.iter().any(|&x| x != 0.0) {
            self.found.there.push(length((&self.w + epsilon).view()));
        }
        None
    }
}

/// The perturbation of the part that example `k` of `count` is in, where the parts are known to go through all data.
fn own(via: &Via, k: usize, count: usize) -> Option<&Array1<f64>> {
    let Via::Parts(parts) = via else { return None };
    let size = count.div_ceil(parts.len().max(1));
    let is_whole = size > 0 && count.div_ceil(size) == parts.len();
    parts.get(k / size.max(1)).filter(|_| is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Streams;
    use crate::problem::risk::Risk;
    use crate::problem::{datasets, losses, models};

    #[test]
    fn pulls_are_the_lengths_of_the_gradients_of_single_examples() {
        let data = datasets::ALL.choose("blobs").unwrap().build();
        let sample = data.sample(&mut Streams::new(1).dataset());
        let model = models::ALL.choose("logistic").unwrap().build();
        let loss = losses::ALL.choose("cross_entropy").unwrap().build();
        let objective = &Risk::new(sample, model, loss);
        let (w, epsilon) = (ndarray::arr1(&[0.3, -0.8]), ndarray::arr1(&[0.1, 0.05]));
        let mut work = PullWork::at(w.view(), epsilon.view(), &Via::Straight);
        let pull = loop {
            if let Some(pull) = work.advance(objective) {
                break pull;
            }
        };
        assert_eq!(
            (pull.here.len(), pull.there.len()),
            (objective.examples(), objective.examples())
        );
        // The mean of the gradients is the gradient, so its length is at most the mean length.
        let (_, g) = objective.loss_and_gradient(w.view(), Batch::Whole);
        let mean = pull.here.iter().sum::<f64>() / pull.here.len() as f64;
        assert!(Norm::L2.length(g.view()) <= mean + 1e-12);
        let third = objective.loss_and_gradient((&w + &epsilon).view(), Batch::Members(&[3])).1;
        assert_eq!(pull.there[3], Norm::L2.length(third.view()));
    }

    #[test]
    fn each_part_of_the_data_has_its_own_perturbation() {
        let parts = Via::Parts((0..4).map(|k| ndarray::arr1(&[f64::from(k)])).collect());
        for (k, part) in [(0, 0.0), (2, 0.0), (3, 1.0), (9, 3.0)] {
            assert_eq!(own(&parts, k, 10).map(|epsilon| epsilon[0]), Some(part));
        }
        // A part of the batch only: nobody knows whose it is.
        assert_eq!(own(&parts, 0, 3), None);
        assert_eq!(own(&Via::Straight, 0, 10), None);
    }
}
