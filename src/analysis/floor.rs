//! A floor: minima that are connected, such as the curve `uv = 1` of the factorization.
//!
//! ```text
//! along     the eigenvector of the Hessian with no curvature
//! back      w ← w − ⟨v, ∇L⟩/λ v       v the eigenvector of λ_max
//! ```
//!
//! From a place on it the floor is followed to both sides, as a predictor and corrector would (E. Allgower and K. Georg,
//! 1990, "Numerical continuation methods", Springer), until it leaves the area. Two places lie on one floor when the
//! trace from one passes the other, or when nothing rises on the straight way between them.

use super::flow::{Bend, Point, apart, length, slope};
use crate::problem::Objective;
use crate::problem::grid::Window;

/// The length of a piece against the width of the area: a bend of the floor is followed if it is not sharper.
const PIECE: f64 = 0.002;
/// Pieces at most, to each side: a floor that crosses the area ten times is followed to its end.
const PIECES: usize = 5000;
/// Corrections after a piece; each doubles the digits.
const CORRECTIONS: usize = 4;
/// Samples of the straight way between two places.
const SAMPLES: usize = 16;
/// What rounding leaves of a slope along the floor, against `λ_max` and the size of the weights.
const FLAT: f64 = 4.0 * f64::EPSILON;
/// A slope along it that is so many times longer is none of a floor, whatever a correction across it, by a billionth of the
/// area, would change.
const FALLING: f64 = 8.0;
/// Heights that agree to this part of the height of the start, or of one, are the same.
const LEVEL: f64 = 1e-9;

/// A connected floor of minima.
#[derive(Debug, Clone, PartialEq)]
pub struct Floor {
    points: Vec<Point>,
    loss: f64,
    /// The length of its pieces.
    piece: f64,
}

impl Floor {
    /// The place of a floor next to `at`; none in a valley that still falls, however little.
    #[must_use]
    pub fn beside(objective: &dyn Objective, at: Point) -> Option<Point> {
        let place = settled(objective, at);
        is_level(objective, place, 1.0).then_some(place)
    }

    /// Whether a place so near to a floor, if there is one, that corrections change nothing, lies in a valley that falls.
    #[must_use]
    pub fn falls(objective: &dyn Objective, at: Point) -> bool {
        !is_level(objective, at, FALLING)
    }

    /// The floor through `at`, as far as it lies in `area` or between there and `at`.
    #[must_use]
    pub fn through(objective: &dyn Objective, at: Point, loss: f64, area: Window) -> Self {
        let [width, height] = area.span();
        let piece = PIECE * width.max(height);
        let around = Window::new(
            [area.x[0].min(at[0] - piece), area.x[1].max(at[0] + piece)],
            [area.y[0].min(at[1] - piece), area.y[1].max(at[1] + piece)],
        );
        let mut points = trace(objective, at, loss, piece, -1.0, around);
        points.reverse();
        points.push(at);
        points.extend(trace(objective, at, loss, piece, 1.0, around));
        Self { points, loss, piece }
    }

    /// Whether `at`, a place of no slope with the height `loss`, lies on it.
    #[must_use]
    pub fn holds(&self, objective: &dyn Objective, at: Point, loss: f64) -> bool {
        if !level(loss, self.loss) {
            return false;
        }
        let nearest =
            self.points.iter().copied().min_by(|a, b| apart(*a, at).total_cmp(&apart(*b, at)));
        nearest.is_some_and(|near| {
            apart(near, at) <= self.piece || {
                let between = (1..SAMPLES).map(|k| k as f64 / SAMPLES as f64);
                between.map(|t| [0, 1].map(|k| near[k] + t * (at[k] - near[k]))).all(|there| {
                    let (height, _) = slope(objective, there);
                    level(height, self.loss)
                })
            }
        })
    }

    /// Whether its places have the height `loss`.
    #[must_use]
    pub fn is_as_high_as(&self, loss: f64) -> bool {
        level(loss, self.loss)
    }

    /// Whether the two pass one place.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        level(self.loss, other.loss)
            && other.points.iter().any(|b| self.points.iter().any(|a| apart(*a, *b) <= self.piece))
    }
}

/// Whether the slope in the direction of the least curvature is no longer than so many times what rounding leaves of one.
fn is_level(objective: &dyn Objective, at: Point, times: f64) -> bool {
    let ([lambda, _], [x, y]) = Bend::at(objective, at).eigen();
    let (_, g) = slope(objective, at);
    (x * g[1] - y * g[0]).abs() <= times * FLAT * lambda * length(at)
}

fn level(a: f64, b: f64) -> bool {
    (a - b).abs() <= LEVEL * (1.0 + a.abs())
}

/// The points of a floor to one side of `start`.
fn trace(
    objective: &dyn Objective,
    start: Point,
    loss: f64,
    piece: f64,
    side: f64,
    area: Window,
) -> Vec<Point> {
    let mut points = Vec::new();
    let mut at = start;
    let mut heading: Option<Point> = None;
    for _ in 0..PIECES {
        let (_, [x, y]) = Bend::at(objective, at).eigen();
        let along = [-y, x];
        let turn = heading.map_or(side, |[a, b]| (a * along[0] + b * along[1]).signum());
        let along = along.map(|part| turn * part);
        heading = Some(along);
        let next = settled(objective, [0, 1].map(|k| at[k] + piece * along[k]));
        let (height, _) = slope(objective, next);
        let moved = apart(next, at);
        let onward = 0.1 * piece < moved && moved < 2.0 * piece;
        if !onward || !level(height, loss) || !area.contains(next) {
            break;
        }
        points.push(next);
        at = next;
        if points.len() > 2 && apart(at, start) < 0.5 * piece {
            break;
        }
    }
    points
}

/// The place of the floor next to `at`.
fn settled(objective: &dyn Objective, mut at: Point) -> Point {
    for _ in 0..CORRECTIONS {
        let ([lambda, _], [x, y]) = Bend::at(objective, at).eigen();
        let rises = lambda > 0.0;
        if !rises {
            break;
        }
        let (_, g) = slope(objective, at);
        let step = (g[0] * x + g[1] * y) / lambda;
        at = [at[0] - step * x, at[1] - step * y];
    }
    at
}
