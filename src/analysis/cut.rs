//! A cut through the loss along the line from one point to another, and a little beyond.
//!
//! ```text
//! w(t) = w₀ + t (w₁ − w₀),     −½ ≤ t ≤ 1½
//! ```
//!
//! I. Goodfellow, O. Vinyals and A. Saxe (2015), "Qualitatively characterizing neural network optimization problems",
//! ICLR. Is there a barrier between two minima, and which side is wider? N. Keskar et al. (2017) compared minima so. It is
//! one line out of many: a barrier on it can be walked around (T. Garipov et al., 2018).

use std::sync::Arc;

use ndarray::Array1;

use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

/// The loss along a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Where, in order.
    pub places: Vec<f64>,
    /// The training loss there; not all need be finite.
    pub train: Vec<f64>,
    /// The loss on data that were set aside, where some were.
    pub test: Option<Vec<f64>>,
}

/// Where a cut begins and ends.
pub const RANGE: [f64; 2] = [-0.5, 1.5];
/// Intervals of a cut: the ends of the line lie on places.
const INTERVALS: usize = 80;

/// A cut under way.
pub struct CutWork {
    objective: Arc<dyn Objective>,
    test: Option<Arc<dyn Objective>>,
    ends: [Array1<f64>; 2],
    cut: Cut,
}

impl CutWork {
    /// The cut from `ends[0]` to `ends[1]`, of which nothing is known yet.
    #[must_use]
    pub fn new(
        objective: Arc<dyn Objective>,
        test: Option<Arc<dyn Objective>>,
        ends: [Array1<f64>; 2],
    ) -> Self {
        let places = test.as_ref().map(|_| Vec::new());
        let cut = Cut { places: Vec::new(), train: Vec::new(), test: places };
        Self { objective, test, ends, cut }
    }

    /// Takes one more place; false when there is none left.
    pub fn advance(&mut self) -> bool {
        let k = self.cut.places.len();
        if k > INTERVALS {
            return false;
        }
        let t = RANGE[0] + (RANGE[1] - RANGE[0]) * (k as f64 / INTERVALS as f64);
        let [from, to] = &self.ends;
        let w = from * (1.0 - t) + to * t;
        self.cut.places.push(t);
        self.cut.train.push(self.objective.loss(w.view(), Batch::Whole));
        if let (Some(test), Some(losses)) = (&self.test, &mut self.cut.test) {
            // Between two networks nobody has kept running statistics: those of the training data are taken there.
            let statistics = self.objective.statistics(w.view(), Batch::Whole, &Noise::none());
            losses.push(test.deployed_loss(w.view(), &statistics));
        }
        true
    }

    /// The cut.
    #[must_use]
    pub fn finish(self) -> Cut {
        self.cut
    }
}

impl Cut {
    /// How high the training loss rises between the ends above the straight line from one height to the other; zero
    /// when it never does.
    #[must_use]
    pub fn barrier(&self) -> f64 {
        let Some([first, last]) = self.heights() else { return 0.0 };
        self.places
            .iter()
            .zip(&self.train)
            .filter(|(t, loss)| (0.0..=1.0).contains(*t) && loss.is_finite())
            .map(|(t, loss)| loss - (first + t * (last - first)))
            .fold(0.0, f64::max)
    }

    /// The training loss at the two ends.
    #[must_use]
    pub fn heights(&self) -> Option<[f64; 2]> {
        let at = |t: f64| {
            let near = |place: &f64| (place - t).abs() < 0.25 / INTERVALS as f64;
            self.places.iter().position(near).map(|k| self.train[k])
        };
        Some([at(0.0)?, at(1.0)?]).filter(|ends| ends.iter().all(|loss| loss.is_finite()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Formula, landscapes};
    use ndarray::arr1;

    fn cut(id: &str, from: [f64; 2], to: [f64; 2]) -> Cut {
        let objective: Arc<dyn Objective> =
            Arc::new(Formula(landscapes::ALL.choose(id).unwrap().build()));
        let mut work = CutWork::new(objective, None, [arr1(&from), arr1(&to)]);
        while work.advance() {}
        work.finish()
    }

    #[test]
    fn between_two_wells_there_is_a_barrier() {
        let minima = landscapes::ALL.choose("sharp_and_wide").unwrap().build().minima();
        let cut = cut("sharp_and_wide", minima[0], minima[1]);
        assert_eq!(cut.places.len(), INTERVALS + 1);
        assert_eq!((cut.places[20], cut.places[60]), (0.0, 1.0));
        assert!(cut.barrier() > 0.1, "{}", cut.barrier());
    }

    #[test]
    fn within_a_bowl_there_is_none() {
        let bowl = cut("quadratic", [1.0, 0.5], [-0.3, 0.2]);
        assert!(bowl.barrier() < 1e-15);
        let [first, last] = bowl.heights().unwrap();
        assert_eq!((first, last), (bowl.train[20], bowl.train[60]));
    }

    #[test]
    fn where_both_ends_are_one_the_cut_is_flat() {
        let cut = cut("quadratic", [1.0, 0.5], [1.0, 0.5]);
        assert!(cut.barrier() < 1e-12);
    }
}
