//! One direction of a plot: what is shown, how it is spread, and where it is marked.

use std::f64::consts::LN_10;

/// One direction of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it measures.
    pub label: String,
    /// What is shown, in data coordinates.
    pub range: [f64; 2],
    /// How values are spread.
    pub scale: AxisScale,
    /// Where it is marked.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// The value in the middle of it.
    #[must_use]
    pub fn middle(&self) -> f64 {
        let [low, high] = self.range.map(|value| self.scale.project(value));
        self.scale.unproject(f64::midpoint(low, high))
    }
}

/// How an axis spreads its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisScale {
    /// Equal lengths for equal differences.
    Linear,
    /// Equal lengths for equal ratios; marks carry positive values.
    Log,
    /// Nearly equal lengths for equal ratios on both sides of zero, and even within `±10^knee`.
    Signed {
        /// The power of ten below which sizes are not told apart by their ratio.
        knee: i32,
    },
}

impl AxisScale {
    /// Where `value` lies on an evenly divided ruler.
    #[must_use]
    pub fn project(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log => value.log10(),
            // To 10^knee as its own unit: log₁₀(1 + |v|), with the sign of v.
            Self::Signed { knee } => {
                (value.abs() / 10f64.powi(knee)).ln_1p().copysign(value) / LN_10
            }
        }
    }

    /// The value at a place of an evenly divided ruler.
    #[must_use]
    pub fn unproject(self, place: f64) -> f64 {
        match self {
            Self::Linear => place,
            Self::Log => 10f64.powf(place),
            Self::Signed { knee } => {
                10f64.powi(knee) * (place.abs() * LN_10).exp_m1().copysign(place)
            }
        }
    }
}

/// A marked value of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, in data coordinates.
    pub at: f64,
    /// What is written there.
    pub text: String,
}
