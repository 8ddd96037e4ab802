//! Held at a saddle: a run that stays near a critical point around which the loss bends down.
//!
//! ```text
//! from the mean of the last quarter     w ← w − (∇²L)⁻¹ ∇L  → c,     λ_min(c) < 0
//! held    the second half of that quarter is no farther from c than the first, and curvature is negative there
//! ```
//!
//! Plain descent passes a saddle on its way and gets farther from it; SAM can hover within a distance of about ρ.

use super::track::{Stretch, since};
use crate::analysis::basins::Lowest;
use crate::analysis::capture::Capture;
use crate::analysis::flow::{Bend, Point, apart, length, slope};
use crate::optim::trajectory::Trajectory;
use crate::problem::Objective;

/// How near the critical point is, in widths of the area, and in radii ρ.
const NEAR: f64 = 0.03;
const RADII: f64 = 2.0;
/// However large ρ is, a run that is this part of the way to the next minimum has left the saddle.
const HALFWAY: f64 = 0.5;
/// How much farther the end may be than the time before: nothing but the noise of a bounce.
const NO_FARTHER: f64 = 1.02;
/// Newton's steps; from as near as this half a dozen do.
const STEPS: usize = 30;
/// A point is critical when Newton's step is this part of the width of the area.
const CRITICAL: f64 = 1e-9;
/// A curvature of this part of the largest is none: it is that of a floor.
const LEVEL: f64 = 1e-6;
/// A run that moves by less than this part of its distance from the saddle does not come to it, nor is turned back.
const STILL: f64 = 1e-6;
/// This part of the least distance at which the loss still rises on every ray is near a minimum.
const DEEP: f64 = 0.25;
/// A run shows that it stays with this many rows.
const ROWS: usize = 12;
/// The part of its last points around which the curvature must be negative: all but a few that a bounce throws out.
const MOSTLY: f64 = 0.9;

/// The critical point that the last quarter of a run stays at, and since when it does.
pub(super) fn at_a_saddle(
    objective: &dyn Objective,
    path: &Trajectory,
    span: f64,
    minima: &[&Lowest],
) -> Option<(Point, usize)> {
    let quarter = Stretch::last(path, 4);
    if quarter.count() < ROWS {
        return None;
    }
    let last = path.row(path.last_step())?;
    let mean = quarter.mean();
    if minima.iter().any(|minimum| is_deep_inside(minimum, [mean[0], mean[1]])) {
        return None;
    }
    let widest = (NEAR * span).max((RADII * last.numbers.rho).min(HALFWAY * span));
    let at = critical(objective, [mean[0], mean[1]], widest, span)?;
    // What hardly moves at all is not held, whatever is near: its steps are too short.
    let moved = Stretch::new(path, 0, path.rows()).reach(path.place(0));
    if moved < STILL * apart([mean[0], mean[1]], at) {
        return None;
    }
    let next = minima.iter().map(|minimum| apart(minimum.at, at)).fold(span, f64::min);
    // A ball that reaches beyond a minimum is no neighbourhood of a saddle.
    let radius = Some(last.numbers.rho).filter(|rho| *rho <= next).unwrap_or_default();
    let reach = (NEAR * span).max((RADII * radius).min(HALFWAY * next));
    let half = path.rows() - quarter.count() / 2;
    let early = Stretch::new(path, path.rows() - quarter.count(), half).reach(&at);
    let late = Stretch::new(path, half, path.rows()).reach(&at);
    if late > NO_FARTHER * early + CRITICAL * span || late > reach {
        return None;
    }
    // A long stretch is judged by some of its points.
    let stride = quarter.count().div_ceil(64);
    let some: Vec<_> = quarter.points().step_by(stride).collect();
    let bent = some.iter().filter(|w| {
        let [highest, lowest] = Bend::at(objective, [w[0], w[1]]).curvatures();
        lowest < 0.0 || (lowest == 0.0 && highest == 0.0)
    });
    if (bent.count() as f64) < MOSTLY * some.len() as f64 {
        return None;
    }
    let allowed = 1.05 * early.max(late) + CRITICAL * span;
    let step = since(path, |row| {
        let w = path.place(row);
        apart([w[0], w[1]], at) <= allowed
    });
    Some((at, step))
}

/// Whether `at` is so near a minimum that Newton's method finds that one.
fn is_deep_inside(minimum: &Lowest, at: Point) -> bool {
    let radius = minimum.capture.as_ref().map_or(0.0, Capture::radius);
    apart(minimum.at, at) < DEEP * radius
}

/// The critical point with negative curvature next to `from`.
fn critical(objective: &dyn Objective, from: Point, reach: f64, span: f64) -> Option<Point> {
    let mut at = from;
    for _ in 0..STEPS {
        let (_, g) = slope(objective, at);
        let bend = Bend::at(objective, at);
        let step = bend.newton(g);
        let size = length(step);
        if length(g) == 0.0 || size <= CRITICAL * span {
            let [highest, lowest] = bend.curvatures();
            let degenerate = highest.abs().max(lowest.abs()) <= CRITICAL * span;
            // On a floor of minima rounding makes a curvature along it, of either sign.
            return (lowest < -LEVEL * highest.abs()
                || (degenerate && falls_somewhere(objective, at, span)))
            .then_some(at);
        }
        at = [at[0] - step[0], at[1] - step[1]];
        let near = apart(at, from) <= reach;
        if !near {
            return None;
        }
    }
    None
}

/// Whether the loss is lower somewhere on a small circle around `at`, by more than rounding.
pub(super) fn falls_somewhere(objective: &dyn Objective, at: Point, span: f64) -> bool {
    /// The circle's radius in widths of the area.
    const SMALL: f64 = 1e-3;
    let (here, _) = slope(objective, at);
    (0..12).map(|k| std::f64::consts::TAU * f64::from(k) / 12.0).any(|turn| {
        let (sin, cos) = libm::sincos(turn);
        let (there, _) = slope(objective, [at[0] + SMALL * span * cos, at[1] + SMALL * span * sin]);
        there < here - 1e-12 * here.abs()
    })
}
