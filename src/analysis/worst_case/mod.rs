//! True sharpness: how far the loss rises at the worst point of the ball, not to first order but in fact.
//!
//! ```text
//! max { L(w + ε) : ‖ε‖_p ≤ ρ } − L(w)  ≥  L(w + ε̂) − L(w)        ε̂ is SAM's guess at the maximizer
//! ```
//!
//! With two weights the whole ball is searched (`plane`); with more, ε climbs from several starts, and the answer is a
//! lower bound (`climb`). Both begin at SAM's ε̂ and therefore never end below it.
//!
//! In a stretched ball `ε = T u` the search is over u, in the ball `‖u‖_p ≤ ρ`. On a sphere only its points are searched:
//! the rise at the worst of them may be negative, at a peak of the loss.
//!
//! At a minimum the proxy `ρ‖g‖_q` is zero and this is not: `½ρ²λ_max` to second order, for `p = 2`.

use ndarray::{Array1, ArrayView1};

use crate::math::norm::Ball;
use crate::optim::neighbourhood::Neighbourhood;
use crate::problem::{Batch, Objective};

mod plane;
mod climb;
mod net;
#[cfg(test)]
mod tests;

use climb::Climbs;
pub use net::worst_on_a_map;
use plane::Plane;

/// The worst point found in a ball.
#[derive(Debug, Clone, PartialEq)]
pub struct WorstCase {
    /// Where it is, from the weights.
    pub epsilon: Array1<f64>,
    /// `L(w + ε) − L(w)`; zero or more, but for a sphere. Infinite where the loss is.
    pub rise: f64,
    /// What is known about it.
    pub certainty: Certainty,
}

/// What is known about a worst point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The whole ball was searched: nothing rises higher that is wider than a few degrees of the rim.
    Searched,
    /// It was climbed to; somewhere the loss may rise higher.
    LowerBound,
}

/// The worst point of a neighbourhood of `w`, on all examples.
#[must_use]
pub fn worst_case(
    objective: &dyn Objective,
    w: ArrayView1<'_, f64>,
    neighbourhood: impl Into<Neighbourhood>,
) -> WorstCase {
    let mut work = WorstCaseWork::at(w, neighbourhood);
    loop {
        if let Some(found) = work.advance(objective) {
            return found;
        }
    }
}

/// A worst point being searched, in pieces short enough that it can be dropped for another at any moment.
pub struct WorstCaseWork {
    w: Array1<f64>,
    neighbourhood: Neighbourhood,
    stage: Stage,
}

enum Stage {
    /// The loss at the weights, and SAM's guess.
    Guess,
    /// With two weights.
    Plane { here: f64, search: Plane },
    /// With more.
    Climbs { here: f64, climbs: Climbs },
}

impl WorstCaseWork {
    /// The search in a neighbourhood of `w`, which has not begun.
    #[must_use]
    pub fn at(w: ArrayView1<'_, f64>, neighbourhood: impl Into<Neighbourhood>) -> Self {
        Self { w: w.to_owned(), neighbourhood: neighbourhood.into(), stage: Stage::Guess }
    }

    /// One more piece, of the same objective every time; the worst point when it was the last.
    pub fn advance(&mut self, objective: &dyn Objective) -> Option<WorstCase> {
        let Self { w, neighbourhood, stage } = self;
        let ball = neighbourhood.unit();
        let neighbourhood = &*neighbourhood;
        let around = |here| Around { objective, w: w.view(), neighbourhood, ball, here };
        let found = match stage {
            Stage::Guess => {
                let here = objective.loss(w.view(), Batch::Whole);
                let guess = around(here).guess();
                *stage = if w.len() == 2 {
                    Stage::Plane { here, search: Plane::from([guess[0], guess[1]]) }
                } else {
                    Stage::Climbs { here, climbs: Climbs::from(guess, neighbourhood) }
                };
                return None;
            }
            Stage::Plane { here, search } => search.advance(&around(*here)),
            Stage::Climbs { here, climbs } => climbs.advance(&around(*here)),
        }?;
        Some(WorstCase { epsilon: neighbourhood.stretch(found.epsilon), ..found })
    }
}

/// The loss around the weights, as a function of u in the unit ball of the neighbourhood: `ε = T u`.
struct Around<'a> {
    objective: &'a dyn Objective,
    w: ArrayView1<'a, f64>,
    neighbourhood: &'a Neighbourhood,
    ball: Ball,
    here: f64,
}

impl Around<'_> {
    /// The weights at u.
    fn there(&self, u: ArrayView1<'_, f64>) -> Array1<f64> {
        match self.neighbourhood.scale() {
            Some(scale) => &self.w + &(&u * &scale),
            None => &self.w + &u,
        }
    }

    /// How far the loss rises at u; what is not a number does not rise.
    fn rise(&self, u: ArrayView1<'_, f64>) -> f64 {
        let there = self.objective.loss(self.there(u).view(), Batch::Whole);
        if there.is_nan() { f64::NEG_INFINITY } else { there - self.here }
    }

    /// The slope of the loss in u.
    fn slope(&self, u: ArrayView1<'_, f64>) -> Array1<f64> {
        let (_, gradient) = self.objective.loss_and_gradient(self.there(u).view(), Batch::Whole);
        self.neighbourhood.stretch(gradient)
    }

    /// SAM's guess.
    fn guess(&self) -> Array1<f64> {
        let (_, gradient) = self.objective.loss_and_gradient(self.w, Batch::Whole);
        let u = self.ball.steepest_ascent(self.neighbourhood.stretch(gradient).view());
        if u.iter().all(|x| x.is_finite()) { u } else { Array1::zeros(self.w.len()) }
    }
}
