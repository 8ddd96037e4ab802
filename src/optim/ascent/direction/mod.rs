//! Directions: what ε climbs along.
//!
//! ```text
//! this batch     gradient g       climbed g after g, in short steps     parts g_j, of every few examples
//! earlier ones   average m        momentum −v                           noise g − σ m
//! the ground     eigenvector v vᵀg             masked m ⊙ g             random, of no gradient
//! ```
//!
//! A direction says which vector, and with which memory; how far ε goes along it is said by the [radius](super::radius).

use super::radius::Reach;
use super::{Here, Oracle, Sight};
use crate::catalog::Catalog;
use crate::optim::mistake::Climb;

pub(super) mod gradient;
pub(super) mod climbed;
pub(super) mod parts;
pub(super) mod average;
pub(super) mod momentum;
pub(super) mod noise;
pub(super) mod eigenvector;
pub(super) mod masked;
pub(super) mod random;

/// What ε climbs along, with its memory, for one run.
pub trait Direction: Send {
    /// Chooses ε at the weights of `here`, as far as `reach` goes, and evaluates loss and gradient at `w + ε`.
    fn look(&mut self, here: &Here<'_>, reach: &dyn Reach, oracle: &mut Oracle<'_>) -> Sight;

    /// Takes in a step at which nobody looks around.
    fn pass(&mut self, here: &Here<'_>) {
        let _ = here;
    }

    /// What ε follows from, in a ball.
    fn climb(&self) -> Climb {
        Climb::Maximizer
    }

    /// Whether the gradient at the weights is needed for it.
    fn uses_gradient(&self) -> bool {
        true
    }

    /// Whether it remembers earlier steps, or throws dice.
    fn remembers(&self) -> bool {
        false
    }

    /// Whether ε is made of gradients, or of a part of one, and so points up the slope.
    fn is_uphill(&self) -> bool {
        true
    }

    /// Whether on a quadratic, from weights along an eigenvector of its Hessian, ε points along g.
    fn keeps_to_an_eigenvector(&self) -> bool {
        false
    }

    /// How long ε is in the ball `‖ε‖_p ≤ ρ`: the end of a sentence that begins with "‖ε‖ is".
    fn length_in_the_ball(&self) -> &'static str {
        "equal to ρ unless the gradient vanishes"
    }
}

/// Every direction, in the order of the table.
pub static ALL: Catalog<dyn Direction> = Catalog {
    family: "direction",
    entries: &[
        &gradient::ENTRY,
        &climbed::ENTRY,
        &parts::ENTRY,
        &average::ENTRY,
        &noise::ENTRY,
        &momentum::ENTRY,
        &eigenvector::ENTRY,
        &masked::ENTRY,
        &random::ENTRY,
    ],
};
