//! How a run ended: it came to rest, it cycles, it left, or it is still moving.
//!
//! `‖g‖ < tolerance` would never say so of SAM, which bounces across a minimum for ever; so the *path* is asked, namely
//! whether every k-th point of it converges. Resting is the cycle with `k = 1`.
//!
//! ```text
//! δ_t  = ‖w_t − w_{t−k}‖
//! left = the latest δ + (W/k) · now · r/(1 − r),     r = now/before
//!
//!        ────before────┬─────now──────┐      the largest δ of each window of W steps; if it shrinks by r
//!        t − 2W        t − W          t      from window to window, `left` is the way that remains
//!
//! converged   k = 1 and no more left than the eye could see
//! cycle       the smallest k > 1 with next to nothing left, measured by the amplitude: the farthest point from their mean
//! diverged    the loss has grown out of all proportion
//! moving      none of these
//! ```
//!
//! A spiral that winds in slowly has short δ too, but its r is nearly 1 and its remaining way long: it is moving. So is
//! a run whose learning rate is tiny.

use ndarray::Array1;

pub use super::trajectory::Ending;
use super::trajectory::Trajectory;

/// What is left of the way before a run is said to rest, against the size of its weights: a hundredth of a pixel on
/// a map of the whole path. Tighter, and runs that any eye sees resting are called moving.
const STILL: f64 = 1e-6;
/// Points of a cycle agree to this part of its amplitude: tighter, and a cycle is recognised only long after the eye
/// has seen it; looser, and the amplitude has wrong digits.
const ALIKE: f64 = 1e-3;
/// Differences this small against the size of the weights are rounding and need not shrink any further.
const ROUNDING: f64 = 1e-12;
/// The longest period looked for. Longer ones are not told from wandering by eye.
const LONGEST_PERIOD: usize = 16;
/// How many times a cycle must have been gone through in each window.
const ROUNDS: usize = 3;
/// The shortest window if there are steps enough: long enough that a ball at its turning point does not look at rest.
const WINDOW: usize = 12;
/// A run whose loss ends this much above where it began is not on its way to anywhere.
const GROWN: f64 = 1e6;

/// Of so many last rows at most it depends whether a run rests or repeats.
pub const ROWS_ASKED: usize = 2 * ROUNDS * LONGEST_PERIOD + LONGEST_PERIOD;

/// Finds how a run of finite rows ended.
#[must_use]
pub fn of(path: &Trajectory) -> Ending {
    let rows = path.rows();
    let tail: Vec<&[f64]> =
        (rows.saturating_sub(ROWS_ASKED)..rows).map(|row| path.place(row)).collect();
    match settled(&tail) {
        Some(Ending::Converged { .. }) => {
            let last = path.place(path.last_step());
            let near = STILL * size(last);
            let rests = |row: &usize| apart(path.place(*row), last) <= near;
            let resting = (0..rows).rev().take_while(rests).count();
            Ending::Converged { at_step: rows - resting }
        }
        Some(ending) => ending,
        None if has_grown(path) => Ending::Diverged { at_step: path.last_step() },
        None => Ending::Moving,
    }
}

/// One and the largest weight.
fn size(w: &[f64]) -> f64 {
    1.0 + w.iter().fold(0.0, |most: f64, x| most.max(x.abs()))
}

/// How a path ends that rests or repeats; none of one that does neither.
///
/// Which of these it is follows from its last [`ROWS_ASKED`] points.
#[must_use]
pub fn settled(points: &[&[f64]]) -> Option<Ending> {
    let (last, before) = points.split_last()?;
    let size = size(last);
    for period in 1..=LONGEST_PERIOD {
        let left = way_left(points, period, ROUNDING * size)?;
        let amplitude = reach(&points[points.len() - period..]);
        if left + 2.0 * amplitude <= STILL * size {
            let resting =
                before.iter().rev().take_while(|at| apart(at, last) <= STILL * size).count();
            return Some(Ending::Converged { at_step: points.len() - 1 - resting });
        }
        if period > 1 && left <= ALIKE * amplitude {
            return Some(Ending::Cycle { period, amplitude });
        }
    }
    None
}

/// How far every `period`-th point has still to go; `None` when the path is too short to tell.
fn way_left(points: &[&[f64]], period: usize, rounding: f64) -> Option<f64> {
    let strides = points.len().checked_sub(period)?;
    let window = WINDOW.max(ROUNDS * period).min(strides / 2);
    let enough = if period == 1 { 1 } else { ROUNDS * period };
    if window < enough {
        return None;
    }
    let longest = |strides: std::ops::Range<usize>| {
        strides.map(|t| apart(points[t], points[t + period])).fold(0.0, f64::max)
    };
    let now = longest(strides - window..strides);
    if now <= rounding {
        return Some(0.0);
    }
    let before = longest(strides - 2 * window..strides - window);
    let latest = longest(strides - window.min(ROUNDS.max(period))..strides);
    if before <= now {
        return Some(f64::INFINITY);
    }
    let ratio = now / before;
    let moves = window as f64 / period as f64;
    Some(latest + moves * now * ratio / (1.0 - ratio))
}

fn has_grown(path: &Trajectory) -> bool {
    let [Some(first), Some(last)] = [path.numbers(0), path.numbers(path.last_step())] else {
        return false;
    };
    is_grown(first.loss, last.loss)
}

/// Whether a loss that was `first` and is `last` has grown so far that its run is called diverged.
#[must_use]
pub fn is_grown(first: f64, last: f64) -> bool {
    last > GROWN * (1.0 + first.abs())
}

/// The mean of the weights over the last quarter of a run's rows, and the largest distance of one of them from it; none
/// for a run without a row.
#[must_use]
pub fn haunt(path: &Trajectory) -> Option<(Array1<f64>, f64)> {
    let rows = path.rows();
    let quarter: Vec<_> = (rows - rows.div_ceil(4)..rows).map(|row| path.place(row)).collect();
    let centre = mean(&quarter)?;
    Some((Array1::from(centre), reach(&quarter)))
}

fn mean(points: &[&[f64]]) -> Option<Vec<f64>> {
    let (first, rest) = points.split_first()?;
    let mut sum = first.to_vec();
    for point in rest {
        for (sum, x) in sum.iter_mut().zip(*point) {
            *sum += x;
        }
    }
    let count = points.len() as f64;
    for x in &mut sum {
        *x /= count;
    }
    Some(sum)
}

fn reach(points: &[&[f64]]) -> f64 {
    let Some(centre) = mean(points) else { return 0.0 };
    points.iter().map(|point| apart(point, &centre)).fold(0.0, f64::max)
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optim::trajectory::{Numbers, Row};
    use ndarray::{Array1, array};
    use proptest::prelude::*;

    fn path(points: impl IntoIterator<Item = Array1<f64>>) -> Trajectory {
        let mut path = Trajectory::empty(2);
        for w in points {
            path.push(Row { w: w.view(), statistics: (&[]).into(), numbers: Numbers::default() });
        }
        path
    }

    /// A point on a circle that turns by `angle` and shrinks by `shrink` a step.
    fn spiral(angle: f64, shrink: f64, steps: i32) -> Trajectory {
        path((0..steps).map(|t| {
            let (sin, cos) = (angle * f64::from(t)).sin_cos();
            array![cos, sin] * shrink.powi(t)
        }))
    }

    #[test]
    fn a_polygon_is_a_cycle_with_its_corners_as_period() {
        for corners in 2..=16 {
            let ending = of(&spiral(std::f64::consts::TAU / f64::from(corners), 1.0, 200));
            let Ending::Cycle { period, amplitude } = ending else {
                panic!("{corners} corners: {ending:?}");
            };
            assert_eq!(period, usize::try_from(corners).unwrap());
            assert!((amplitude - 1.0).abs() < 1e-12);
        }
    }

    proptest! {
        #[test]
        fn a_slow_spiral_is_moving(angle in 0.0f64..6.3, slowness in 2.5f64..7.0) {
            let ending = of(&spiral(angle, 1.0 - 10f64.powf(-slowness), 400));
            prop_assert_eq!(ending, Ending::Moving);
        }

        #[test]
        fn a_fast_spiral_has_converged(angle in 0.0f64..6.3, shrink in 0.0f64..0.9) {
            let ending = of(&spiral(angle, shrink, 400));
            prop_assert!(matches!(ending, Ending::Converged { at_step } if at_step < 150), "{:?}", ending);
        }

        #[test]
        fn a_slightly_wrong_turn_is_no_cycle(corners in 2i32..17, slip in 1e-5f64..1e-2) {
            let ending = of(&spiral(std::f64::consts::TAU / f64::from(corners) + slip, 1.0, 400));
            prop_assert_eq!(ending, Ending::Moving);
        }
    }

    #[test]
    fn steps_that_are_tiny_but_do_not_shrink_are_movement() {
        let ending = of(&path((0..100).map(|t| array![1.0 + 1e-9 * f64::from(t), 0.0])));
        assert_eq!(ending, Ending::Moving);
    }

    #[test]
    fn a_ball_at_its_turning_point_is_moving() {
        let ending = of(&path((0..=100).map(|t| array![(f64::from(t) * 0.0314159).sin(), 0.0])));
        assert_eq!(ending, Ending::Moving);
    }

    #[test]
    fn whoever_never_moves_rests_from_the_start() {
        for rows in [3, 4, 7, 300] {
            let ending = of(&path((0..rows).map(|_| array![2.0, -1.0])));
            assert_eq!(ending, Ending::Converged { at_step: 0 }, "{rows} rows");
        }
    }

    #[test]
    fn too_short_a_path_says_nothing() {
        assert_eq!(of(&Trajectory::empty(2)), Ending::Moving);
        assert_eq!(of(&path([array![0.0, 0.0]])), Ending::Moving);
    }

    #[test]
    fn the_haunt_of_nobody_is_nowhere() {
        assert_eq!(haunt(&Trajectory::empty(2)), None);
        assert_eq!(haunt(&path([array![1.0, 2.0]])), Some((array![1.0, 2.0], 0.0)));
    }
}
