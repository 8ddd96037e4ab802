//! Checked numbers of a scene.

/// The learning rate η; finite and not negative.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct LearningRate(f64);

/// A number that is no learning rate.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("eta = {given} is not a learning rate; use a number of zero or more, for instance 0.1")]
pub struct BadLearningRate {
    given: f64,
}

impl LearningRate {
    /// The learning rate `eta`.
    ///
    /// # Errors
    /// When `eta` is negative, infinite or not a number.
    pub fn new(eta: f64) -> Result<Self, BadLearningRate> {
        if eta.is_finite() && eta >= 0.0 {
            Ok(Self(eta + 0.0))
        } else {
            Err(BadLearningRate { given: eta })
        }
    }

    /// The rate as a number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// How many steps a run makes; from 1 to [`Steps::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Steps(usize);

/// A number of steps that no run makes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("steps = {given} is not allowed; use a whole number from 1 to {}", Steps::MOST)]
pub struct BadSteps {
    given: String,
}

impl Steps {
    /// The longest run. Beyond this the trail is denser than the pixels of any screen, and a divergent run would
    /// only grow.
    pub const MOST: usize = 20_000;

    /// So many steps.
    ///
    /// # Errors
    /// When it is none, or more than [`Steps::MOST`].
    pub fn new(steps: usize) -> Result<Self, BadSteps> {
        if (1..=Self::MOST).contains(&steps) {
            Ok(Self(steps))
        } else {
            Err(BadSteps { given: steps.to_string() })
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> usize {
        self.0
    }
}

impl std::str::FromStr for Steps {
    type Err = BadSteps;

    fn from_str(given: &str) -> Result<Self, BadSteps> {
        let bad = |_| BadSteps { given: given.to_owned() };
        Self::new(given.parse().map_err(bad)?)
    }
}
