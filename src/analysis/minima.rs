//! The minima that lie in a window: guessed from the field's pixels, made exact by Newton's method.
//!
//! ```text
//! w ← w − (∇²L)⁻¹ ∇L        from every pixel that is lower than its eight neighbours
//! ```
//!
//! A minimum that is not isolated (a valley floor) is not found; the ones that a formula knows are added.

use super::field::Field;
use crate::math::eigen::symmetric_2x2;
use crate::problem::{Batch, Objective};

/// A place where the loss is lowest nearby.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Minimum {
    /// The weights.
    pub at: [f64; 2],
    /// `L` there.
    pub height: f64,
    /// `λ_max` of the Hessian there: how sharp it is; not a number where the loss has no second derivatives.
    pub lambda_max: f64,
}

/// More marks than this would be noise on a map.
const MOST: usize = 24;
/// Newton's method doubles its digits each time; from within a pixel it needs five or six.
const ROUNDS: usize = 20;
/// Below this ratio of curvatures a minimum is a valley floor.
const ISOLATED: f64 = 1e-6;

/// The minima of a two-weight `objective` inside the window of its `field`, lowest first.
#[must_use]
pub fn minima(objective: &dyn Objective, field: &Field) -> Vec<Minimum> {
    if objective.dimension() != 2 {
        return Vec::new();
    }
    let window = field.grid.window;
    let pixel = {
        let [width, height] = window.span();
        (width / (field.grid.columns - 1) as f64).hypot(height / (field.grid.rows - 1) as f64)
    };
    let known = objective.known_minima().into_iter().map(|w| [w[0], w[1]]);
    let guessed = hollows(field).into_iter().filter_map(|at| refine(objective, at, 3.0 * pixel));
    let mut found: Vec<Minimum> = Vec::new();
    for at in known.chain(guessed).filter(|&at| window.contains(at)) {
        let near = |other: &Minimum| apart(other.at, at) < pixel;
        if !found.iter().any(near) {
            found.extend(measure(objective, at));
        }
    }
    found.sort_by(|a, b| a.height.total_cmp(&b.height));
    found.truncate(MOST);
    found
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// The pixels that are lower than their eight neighbours.
fn hollows(field: &Field) -> Vec<[f64; 2]> {
    let (columns, rows) = (field.grid.columns, field.grid.rows);
    let mut hollows = Vec::new();
    for row in 1..rows - 1 {
        for column in 1..columns - 1 {
            let here = field.pixel(column, row);
            let lowest = (row - 1..=row + 1)
                .flat_map(|r| (column - 1..=column + 1).map(move |c| (c, r)))
                .filter(|&at| at != (column, row))
                .all(|(c, r)| here < field.pixel(c, r));
            if lowest {
                hollows.push([field.grid.x(column), field.grid.y(row)]);
            }
        }
    }
    hollows
}

/// Newton's method from `guess`, unless it runs away.
fn refine(objective: &dyn Objective, guess: [f64; 2], leash: f64) -> Option<[f64; 2]> {
    let mut at = guess;
    for _ in 0..ROUNDS {
        let w = ndarray::arr1(&at);
        let (_, g) = objective.loss_and_gradient(w.view(), Batch::Whole);
        let h = objective.hessian(w.view());
        let determinant = h[[0, 0]] * h[[1, 1]] - h[[0, 1]] * h[[1, 0]];
        let step = [
            (h[[1, 1]] * g[0] - h[[0, 1]] * g[1]) / determinant,
            (h[[0, 0]] * g[1] - h[[1, 0]] * g[0]) / determinant,
        ];
        if !step.iter().all(|x| x.is_finite()) {
            return None;
        }
        at = [at[0] - step[0], at[1] - step[1]];
        if apart(at, guess) > leash {
            return None;
        }
    }
    Some(at)
}

/// Height and curvature, if this is a minimum.
fn measure(objective: &dyn Objective, at: [f64; 2]) -> Option<Minimum> {
    let w = ndarray::arr1(&at);
    let h = objective.hessian(w.view());
    let ([lambda_max, lambda_min], _) = symmetric_2x2(h[[0, 0]], h[[0, 1]], h[[1, 1]]);
    let height = objective.loss(w.view(), Batch::Whole);
    let known = objective.known_minima().iter().any(|known| apart([known[0], known[1]], at) < 1e-9);
    let isolated = lambda_min > ISOLATED * lambda_max && lambda_max > 0.0;
    // The tip of a cone is a minimum whose Hessian, as far as one is written down, means nothing.
    let smooth = objective.is_smooth_at(w.view());
    ((known || isolated) && height.is_finite() && lambda_max.is_finite()).then_some(Minimum {
        at,
        height,
        lambda_max: if smooth { lambda_max } else { f64::NAN },
    })
}

/// The minimum nearest to `at`, and how far it is.
#[must_use]
pub fn nearest(minima: &[Minimum], at: [f64; 2]) -> Option<(Minimum, f64)> {
    minima
        .iter()
        .map(|minimum| (*minimum, apart(minimum.at, at)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
}
