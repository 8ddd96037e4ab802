//! The worst point above two dimensions: ε climbs from several starts, and the highest is a lower bound.
//!
//! Each round goes from ε toward the point of the ball that is highest to first order there (M. Frank and P. Wolfe,
//! 1956, "An algorithm for quadratic programming", Nav. Res. Logist. Q. 3), so that it never leaves the ball of any
//! norm.

use std::collections::VecDeque;

use ndarray::Array1;

use super::{Around, Certainty, WorstCase};
use crate::math::random::{Streams, normal};
use crate::optim::neighbourhood::Neighbourhood;

/// Random starts of a climb, besides SAM's and the opposite one.
const STARTS: usize = 6;
/// Rounds of a climb; on a quadratic most of the way is made in the first few.
const ROUNDS: usize = 60;
/// How often a step that does not rise is halved.
const HALVINGS: usize = 12;

/// Climbs from all starts, one loss or one gradient a piece: of a large network each is a millisecond or more.
pub(super) struct Climbs {
    starts: VecDeque<Array1<f64>>,
    climb: Option<Climb>,
    best: (Array1<f64>, f64),
}

impl Climbs {
    /// Climbs in a neighbourhood from SAM's guess, its opposite, and some random points of the rim.
    pub(super) fn from(guess: Array1<f64>, neighbourhood: &Neighbourhood) -> Self {
        let ball = neighbourhood.unit();
        let mut dice = Streams::new(0).directions();
        // The centre is no point of a sphere.
        let centre = if neighbourhood.is_sphere() { f64::NEG_INFINITY } else { 0.0 };
        let best = (Array1::zeros(guess.len()), centre);
        let mut starts = VecDeque::from([guess.clone(), -guess]);
        for _ in 0..STARTS {
            let direction: Array1<f64> = best.0.iter().map(|_: &f64| normal(&mut dice)).collect();
            starts.push_back(ball.steepest_ascent(direction.view()));
        }
        if neighbourhood.is_sphere() {
            starts.retain(|start| neighbourhood.contains(start.view()));
        }
        Self { starts, climb: None, best }
    }

    /// One more piece; the highest point when it was the last.
    pub(super) fn advance(&mut self, around: &Around<'_>) -> Option<WorstCase> {
        let Some(climb) = &mut self.climb else {
            match self.starts.pop_front() {
                Some(start) => self.climb = Some(Climb::from(start, around)),
                None => {
                    let (epsilon, rise) = std::mem::take(&mut self.best);
                    return Some(WorstCase { epsilon, rise, certainty: Certainty::LowerBound });
                }
            }
            return None;
        };
        if !climb.advance(around)
            && let Some(Climb { at, rise, .. }) = self.climb.take()
            && rise > self.best.1
        {
            self.best = (at, rise);
        }
        None
    }
}

/// One climb from `start`, of so many rounds at most; where it ended, and how high. Never below its start.
pub(super) fn climbed(
    start: Array1<f64>,
    rounds: usize,
    around: &Around<'_>,
) -> (Array1<f64>, f64) {
    let mut climb = Climb::from(start, around);
    while climb.rounds < rounds && climb.advance(around) {}
    (climb.at, climb.rise)
}

/// One climb: toward the point that is highest to first order, as far as the loss rises on the way.
struct Climb {
    at: Array1<f64>,
    rise: f64,
    rounds: usize,
    step: Option<Step>,
}

/// A step that is being tried.
struct Step {
    way: Array1<f64>,
    part: f64,
    halvings: usize,
}

impl Climb {
    fn from(start: Array1<f64>, around: &Around<'_>) -> Self {
        let rise = around.rise(start.view());
        Self { at: start, rise, rounds: 0, step: None }
    }

    /// One gradient, or one try of a step; false when this is the top.
    fn advance(&mut self, around: &Around<'_>) -> bool {
        let Some(step) = &mut self.step else {
            let gradient = around.slope(self.at.view());
            if !gradient.iter().all(|g| g.is_finite()) {
                return false;
            }
            let way = around.ball.steepest_ascent(gradient.view()) - &self.at;
            self.step = Some(Step { way, part: 1.0, halvings: 0 });
            return true;
        };
        let mut next = &self.at + &(&step.way * step.part);
        if around.neighbourhood.is_sphere() {
            // From a point of the sphere toward another the way leads through the ball: back out to the rim.
            let length = around.ball.norm.length(next.view());
            next *= if length > 0.0 { around.ball.rho.get() / length } else { 0.0 };
        }
        let higher = around.rise(next.view());
        if higher > self.rise {
            (self.at, self.rise) = (next, higher);
            self.step = None;
            self.rounds += 1;
            return self.rounds < ROUNDS;
        }
        step.part /= 2.0;
        step.halvings += 1;
        step.halvings < HALVINGS
    }
}
