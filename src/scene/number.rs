//! Checked numbers of a scene.

use crate::typed::spelled;

/// The learning rate η; finite and not negative.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct LearningRate(f64);

/// A number that is no learning rate.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "eta = {} is not a learning rate; use a number of zero or more, for instance 0.1",
    spelled(*given)
)]
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

/// The strength λ of a penalty `½ λ ‖w‖²` that is part of the loss; from 0 to [`Penalty::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Penalty(f64);

/// A number that is no penalty.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("l2 = {} is not allowed; use a number from 0 to {}", spelled(*given), Penalty::MOST)]
pub struct BadPenalty {
    given: f64,
}

impl Penalty {
    /// No penalty.
    pub const NONE: Self = Self(0.0);
    /// Beyond this nothing of the loss is left to see.
    pub const MOST: f64 = 100.0;

    /// The penalty of strength `lambda`.
    ///
    /// # Errors
    /// When it is negative, above [`Penalty::MOST`] or not a number.
    pub fn new(lambda: f64) -> Result<Self, BadPenalty> {
        if (0.0..=Self::MOST).contains(&lambda) {
            Ok(Self(lambda + 0.0))
        } else {
            Err(BadPenalty { given: lambda })
        }
    }

    /// The strength as a number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// The part of the examples that is set aside for testing; from 0 to [`TestShare::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct TestShare(f64);

/// A number that is no such part.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "test = {} is not allowed; use a part from 0 to {}, so that data is left to train on",
    spelled(*given),
    TestShare::MOST
)]
pub struct BadTestShare {
    given: f64,
}

impl TestShare {
    /// Everything is trained on.
    pub const NONE: Self = Self(0.0);
    /// Some data must be left to train on.
    pub const MOST: f64 = 0.9;

    /// The part `share`.
    ///
    /// # Errors
    /// When it is negative, above [`TestShare::MOST`] or not a number.
    pub fn new(share: f64) -> Result<Self, BadTestShare> {
        if (0.0..=Self::MOST).contains(&share) {
            Ok(Self(share + 0.0))
        } else {
            Err(BadTestShare { given: share })
        }
    }

    /// The part as a number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// Whether nothing is set aside.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == 0.0
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
    /// The longest run of two weights; of more, [`super::Scene::check_size`] bounds the product.
    pub const MOST: usize = 1_000_000;

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
