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

    /// It in words: "step 40", "gradient 80".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Step(step) => format!("step {step}"),
            Self::Gradients(paid) => format!("{paid} gradients"),
        }
    }
}

/// How many gradients the run that pays most has paid for at its end.
#[must_use]
pub fn paid_by(runs: &[Trajectory]) -> usize {
    let paid = |run: &Trajectory| Some(run.row(run.last_step())?.numbers.gradients);
    runs.iter().filter_map(paid).max().unwrap_or(0)
}
