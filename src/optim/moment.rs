//! A moment of a comparison: after so many steps of every run, or after so many gradients.
//!
//! A SAM step pays for two gradients. Counted in steps, SAM stands beside a base run that has paid half; counted in
//! gradients, each run stands at the last step that it could pay for.

use super::trajectory::Trajectory;

/// A moment of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// After so many steps; a run that ended before is at its last.
    Step(usize),
    /// After so many gradients; a run that has ended is at its last step.
    Gradients(usize),
}

impl Moment {
    /// The step that a run has reached.
    #[must_use]
    pub fn step_of(self, run: &Trajectory) -> usize {
        match self {
            Self::Step(step) => step.min(run.last_step()),
            Self::Gradients(paid) => {
                let (mut low, mut high) = (0, run.rows());
                // Gradients never fall from row to row.
                while low < high {
                    let middle = usize::midpoint(low, high);
                    if run.row(middle).is_some_and(|row| row.numbers.gradients <= paid) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                low.saturating_sub(1)
            }
        }
    }

    /// Whether a run ended before it.
    #[must_use]
    pub fn is_after(self, run: &Trajectory) -> bool {
        match self {
            Self::Step(step) => step > run.last_step(),
            Self::Gradients(paid) => {
                run.row(run.last_step()).is_none_or(|row| paid > row.numbers.gradients)
            }
        }
    }

    /// The same moment, or that at which the last of these runs ends if it is later.
    #[must_use]
    pub fn within(self, runs: &[Trajectory]) -> Self {
        match self {
            Self::Step(step) => {
                Self::Step(step.min(runs.iter().map(Trajectory::last_step).max().unwrap_or(0)))
            }
            Self::Gradients(paid) => Self::Gradients(paid.min(paid_by(runs))),
        }
    }

    /// How many steps or gradients it counts.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Step(count) | Self::Gradients(count) => count,
        }
    }

    /// Another moment, counted as this one is.
    #[must_use]
    pub fn counting(self, count: usize) -> Self {
        match self {
            Self::Step(_) => Self::Step(count),
            Self::Gradients(_) => Self::Gradients(count),
        }
    }

    /// Whether both count steps, or both gradients.
    #[must_use]
    pub fn counts_as(self, other: Self) -> bool {
        self == other.counting(self.count())
    }

    /// It in words: "at step 40", "after 80 gradients".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Step(step) => format!("at step {step}"),
            Self::Gradients(1) => "after 1 gradient".to_owned(),
            Self::Gradients(paid) => format!("after {paid} gradients"),
        }
    }
}

impl From<usize> for Moment {
    fn from(step: usize) -> Self {
        Self::Step(step)
    }
}

/// How many gradients the run that pays most has paid for at its end.
#[must_use]
pub fn paid_by(runs: &[Trajectory]) -> usize {
    let paid = |run: &Trajectory| Some(run.row(run.last_step())?.numbers.gradients);
    runs.iter().filter_map(paid).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optim::trajectory::{Numbers, Row};
    use ndarray::ArrayView1;

    /// A run whose row `k` comes after `cost · k` gradients.
    fn run(cost: usize, steps: usize) -> Trajectory {
        let mut run = Trajectory::empty(0);
        for step in 0..=steps {
            let numbers = Numbers { gradients: cost * step, ..Numbers::default() };
            let nothing = ArrayView1::from(&[]);
            run.push(Row { w: nothing, statistics: nothing, numbers });
        }
        run
    }

    #[test]
    fn with_as_many_gradients_a_run_that_pays_two_is_half_as_far() {
        let (sgd, sam) = (run(1, 40), run(2, 40));
        for paid in 0..=90 {
            let moment = Moment::Gradients(paid);
            assert_eq!(moment.step_of(&sgd), paid.min(40));
            assert_eq!(moment.step_of(&sam), (paid / 2).min(40));
        }
        assert!(Moment::Gradients(41).is_after(&sgd) && !Moment::Gradients(41).is_after(&sam));
        assert!(Moment::Step(41).is_after(&sam) && !Moment::Step(40).is_after(&sam));
        assert_eq!(paid_by(&[sgd, sam]), 80);
    }

    #[test]
    fn no_moment_is_later_than_the_end() {
        let runs = [run(1, 5), run(2, 7)];
        assert_eq!(Moment::Step(99).within(&runs), Moment::Step(7));
        assert_eq!(Moment::Gradients(99).within(&runs), Moment::Gradients(14));
        assert_eq!(Moment::Gradients(9).step_of(&Trajectory::empty(0)), 0);
    }
}
