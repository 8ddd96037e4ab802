//! Whether a run diverged, told while it goes by: for runs too large to be kept.
//!
//! ```text
//! its numbers ended before the steps that were asked for          from the step that was not recorded
//! its loss has grown out of all proportion, and its last rows     from the row since which it is
//! neither rest nor repeat
//! ```
//!
//! This is what can be said without a domain that a run could leave. With two weights there is one, and the
//! [outcome](crate::analysis::outcome) asks it too.

use std::collections::VecDeque;

use ndarray::{Array1, ArrayView1};

use super::ending::{self, ROWS_ASKED};
use super::trajectory::Trajectory;

/// Follows a run row by row; holds its last rows only.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    first: Option<f64>,
    /// The row since which the loss is grown.
    grown: Option<usize>,
    rows: usize,
    tail: VecDeque<Array1<f64>>,
}

impl Watch {
    /// What a whole run shows.
    #[must_use]
    pub fn over(path: &Trajectory) -> Self {
        let mut watch = Self::default();
        let first_asked = path.rows().saturating_sub(ROWS_ASKED);
        for (step, row) in path.iter().enumerate() {
            watch.loss(row.numbers.loss);
            if step >= first_asked {
                watch.tail.push_back(row.w.to_owned());
            }
        }
        watch
    }

    /// The next row.
    pub fn see(&mut self, w: ArrayView1<'_, f64>, loss: f64) {
        self.loss(loss);
        let mut place = if self.tail.len() < ROWS_ASKED {
            Array1::zeros(w.len())
        } else {
            self.tail.pop_front().unwrap_or_default()
        };
        place.assign(&w);
        self.tail.push_back(place);
    }

    fn loss(&mut self, loss: f64) {
        let first = *self.first.get_or_insert(loss);
        if !ending::is_grown(first, loss) {
            self.grown = None;
        } else if self.grown.is_none() {
            self.grown = Some(self.rows);
        }
        self.rows += 1;
    }

    /// Since which step it diverges, where its numbers end before the steps asked for: the one that is not there.
    ///
    /// Of a run without a row it is the first step, which cannot be made.
    #[must_use]
    pub fn beyond(&self) -> usize {
        self.rows.max(1)
    }

    /// Since which step it diverges, if it does, where every step was made.
    #[must_use]
    pub fn grown(&self) -> Option<usize> {
        let points: Vec<&[f64]> = self.tail.iter().filter_map(|w| w.as_slice()).collect();
        self.grown.filter(|_| ending::settled(&points).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr1;

    fn seen(rows: impl IntoIterator<Item = (f64, f64)>) -> Watch {
        let mut watch = Watch::default();
        for (w, loss) in rows {
            watch.see(arr1(&[w]).view(), loss);
        }
        watch
    }

    #[test]
    fn a_loss_that_grows_for_good_diverges_from_where_it_began_to() {
        let grows = |k: i32| (3.0_f64.powi(k), 9.0_f64.powi(k));
        let watch = seen((0..200).map(grows));
        // 9⁷ = 4782969 is the first power above a million and two.
        assert_eq!(watch.grown(), Some(7));
        assert_eq!(seen((0..7).map(grows)).grown(), None);
    }

    #[test]
    fn a_peak_on_the_way_is_no_divergence() {
        let peak = |k: i32| (f64::from(k), if k == 5 { 1e9 } else { 1.0 });
        assert_eq!(seen((0..9).map(peak)).grown(), None);
    }

    #[test]
    fn what_repeats_high_up_does_not_diverge() {
        let bounce = |k: i32| (f64::from(k % 2), if k == 0 { 1.0 } else { 1e9 });
        assert_eq!(seen((0..300).map(bounce)).grown(), None);
    }

    #[test]
    fn numbers_that_end_diverge_with_the_step_that_is_not_there() {
        assert_eq!(seen((0..4).map(|k| (f64::from(k), 1.0))).beyond(), 4);
        assert_eq!(Watch::default().beyond(), 1);
    }
}
