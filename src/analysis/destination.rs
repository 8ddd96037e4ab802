//! Where gradient flow leads, as data.

use super::capture::Capture;
use super::flow::Point;

/// Where gradient flow leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// An isolated minimum: its number among [`Basins::minima`](super::basins::Basins::minima).
    Minimum(usize),
    /// A connected floor of minima, by its number.
    Floor(usize),
    /// Beyond all bounds.
    Away,
    /// To no minimum: a saddle, level ground, or not decided within a nudge.
    Nowhere,
}

/// The end of a flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrival {
    /// What it is.
    pub to: Destination,
    /// Where it is, where it is a place.
    pub at: Point,
    /// Starts that are no farther from this one end in the same place, as far as neighbouring paths tell; zero where
    /// they part.
    pub sure: f64,
}

/// An isolated minimum.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowest {
    /// The weights.
    pub at: Point,
    /// `L` there.
    pub loss: f64,
    /// `λ_max` there; none at the tip of a cone, where the loss has no curvature.
    pub lambda_max: Option<f64>,
    /// What flows there for certain.
    pub capture: Option<Capture>,
}

impl Lowest {
    /// Whether what is at `at`, where the loss is `loss`, flows there for certain.
    pub(super) fn holds(&self, at: Point, loss: f64) -> bool {
        self.capture.as_ref().is_some_and(|region| region.holds(at, loss))
    }
}
