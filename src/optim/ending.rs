//! How a run ended: it came to rest, it cycles, it left, or it is still moving.
//!
//! `‖g‖ < tolerance` would never say so of SAM, which bounces across a minimum for ever; so the *path* is asked.
//!
//! ```text
//! converged   the last steps are shorter than rounding can tell
//! cycle       w_t = w_{t−k} over the last rounds, for the smallest such k; amplitude = the farthest from their mean
//! moving      neither; its reach is the farthest of the last quarter from that quarter's mean
//! ```

use ndarray::{Array1, ArrayView1};

use super::trajectory::Trajectory;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ending {
    /// It rests; the first step after which it moved no more.
    Converged {
        /// That step.
        at_step: usize,
    },
    /// It visits the same `period` points for ever.
    Cycle {
        /// How many points, two or more.
        period: usize,
        /// The largest distance of one of them from their mean.
        amplitude: f64,
    },
    /// Its numbers grew beyond all bounds, or stopped being numbers.
    Diverged {
        /// The step whose weights are the last that are finite.
        at_step: usize,
    },
    /// None of these within the steps that were asked for.
    Moving,
}

/// A step this small against the size of the weights is rounding, not movement.
const STILL: f64 = 1e-9;
/// Two points of a cycle agree to this part of its amplitude: looser, and a slow spiral is called a cycle;
/// tighter, and a cycle is recognised only long after the eye has seen it.
const ALIKE: f64 = 1e-3;
/// The longest period looked for. Longer ones are not told from wandering by eye.
const LONGEST_PERIOD: usize = 16;
/// How many times a cycle must have been gone through.
const ROUNDS: usize = 3;

/// Finds how a run of finite rows ended.
#[must_use]
pub fn of(path: &Trajectory) -> Ending {
    let points: Vec<ArrayView1<'_, f64>> = path.points().collect();
    let Some((last, before)) = points.split_last() else {
        return Ending::Moving;
    };
    let size = 1.0 + last.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let resting =
        before.iter().rev().take_while(|point| apart(point, last) <= STILL * size).count();
    if resting >= ROUNDS {
        return Ending::Converged { at_step: points.len() - 1 - resting };
    }
    for period in 2..=LONGEST_PERIOD {
        let Some(first) = points.len().checked_sub(ROUNDS * period) else {
            break;
        };
        let rounds = &points[first..];
        let amplitude = reach(&rounds[rounds.len() - period..]);
        let repeats = (0..rounds.len() - period)
            .all(|k| apart(&rounds[k], &rounds[k + period]) <= ALIKE * amplitude);
        if repeats && amplitude > STILL * size {
            return Ending::Cycle { period, amplitude };
        }
    }
    Ending::Moving
}

/// The mean of the last quarter of a run, and the farthest it strays from it: where it wanders, if it does.
#[must_use]
pub fn haunt(path: &Trajectory) -> Option<(Array1<f64>, f64)> {
    let rows = path.rows();
    let quarter: Vec<_> = path.points().skip(rows - rows.div_ceil(4)).collect();
    let centre = mean(&quarter)?;
    Some((centre, reach(&quarter)))
}

fn mean(points: &[ArrayView1<'_, f64>]) -> Option<Array1<f64>> {
    let (first, rest) = points.split_first()?;
    let sum = rest.iter().fold(first.to_owned(), |sum, point| sum + point);
    let count = points.len() as f64;
    Some(sum / count)
}

fn reach(points: &[ArrayView1<'_, f64>]) -> f64 {
    let Some(centre) = mean(points) else { return 0.0 };
    points.iter().map(|point| apart(point, &centre.view())).fold(0.0, f64::max)
}

fn apart(a: &ArrayView1<'_, f64>, b: &ArrayView1<'_, f64>) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
