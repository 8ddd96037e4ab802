//! The verdict on a run over many weights: how well it does, whether it still learns, and how it stands to its edge.
//!
//! ```text
//! fall         (mean loss of the last tenth's first half − of its second half) / half its steps
//! oscillating  the loss rises at a quarter of the last tenth's steps, or more
//! edge         λ_max at the last weights against the curvature above which the base overshoots
//! ```
//!
//! Basins have no names here: what a plane through weight space shows is not where the weights can go.

use crate::optim::trajectory::Trajectory;

/// How a run over many weights stands at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// By how much the loss falls in one step, over the last tenth of the run; negative where it rises.
    pub fall: f64,
    /// Whether the loss goes up and down.
    pub oscillates: bool,
    /// `λ_max` at the last weights, where it is a number.
    pub lambda_max: Option<f64>,
    /// The curvature above which a step of the base overshoots, where the base states one.
    pub edge: Option<f64>,
}

/// A loss that rises at so many of its steps goes up and down.
const RISES: f64 = 0.25;

impl Verdict {
    /// On a run whose last weights have the curvature `lambda_max`, under a base with this `edge`.
    #[must_use]
    pub fn of(path: &Trajectory, lambda_max: Option<f64>, edge: Option<f64>) -> Self {
        let rows = path.rows();
        let tail = rows.div_ceil(10).max(2).min(rows);
        let losses: Vec<f64> = (rows - tail..rows)
            .filter_map(|row| path.row(row))
            .map(|row| row.numbers.loss)
            .collect();
        let half = losses.len() / 2;
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
        let fall = if half == 0 {
            0.0
        } else {
            let (early, late) = (&losses[..half], &losses[losses.len() - half..]);
            (mean(early) - mean(late)) / (losses.len() - half) as f64
        };
        let rises = losses.windows(2).filter(|pair| pair[1] > pair[0]).count();
        let oscillates = rises as f64 >= RISES * losses.len().saturating_sub(1).max(1) as f64;
        Self { fall, oscillates, lambda_max, edge: edge.filter(|edge| edge.is_finite()) }
    }
}
