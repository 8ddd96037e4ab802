//! The five phases in which the [story](super::story) of a step is told.

/// A phase of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Phase {
    /// `g = ∇L(w)`.
    #[default]
    Gradient,
    /// The ball, and ε in it.
    Ball,
    /// From w to `w + ε`.
    Climb,
    /// `∇L(w + ε)`.
    There,
    /// Carried back to w, and stepped.
    Step,
}

impl Phase {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Gradient, Self::Ball, Self::Climb, Self::There, Self::Step];

    /// Which it is, from one to five.
    #[must_use]
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The phase of this number; none below one and above five.
    #[must_use]
    pub fn numbered(number: usize) -> Option<Self> {
        Self::ALL.get(number.checked_sub(1)?).copied()
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gradient => "the gradient",
            Self::Ball => "the ball and ε",
            Self::Climb => "the climb to w + ε",
            Self::There => "the gradient there",
            Self::Step => "carried back, and stepped",
        }
    }
}

/// Where in the story of a step one is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// The phase.
    pub phase: Phase,
    /// How much of its movement is over, from 0 to 1.
    pub part: f64,
}

impl Told {
    /// A phase whose movement is over.
    #[must_use]
    pub fn at_the_end_of(phase: Phase) -> Self {
        Self { phase, part: 1.0 }
    }
}
