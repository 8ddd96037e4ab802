//! The quantities of a step that are drawn, told in formulas, and read.

/// What something on a map stands for, in the readings and in the formulas too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// `w`.
    Weights,
    /// `g = ∇L(w)`.
    Gradient,
    /// `ε`.
    Epsilon,
    /// The ball that ε is chosen from.
    Ball,
    /// `w + ε`.
    Perturbed,
    /// `∇L(w + ε)`.
    GradientThere,
    /// What the base is handed, where it is neither of the two.
    Direction,
    /// `w′ − w`, and `w′`.
    Next,
    /// Where the base would go by `g`.
    Base,
    /// A minimum.
    Minimum,
    /// A step of a route.
    Route,
}
