//! Ascents: where the gradient is taken before the base optimizer steps.
//!
//! ```text
//! direction   what ε climbs along: the gradient, its average, the momentum, what an average leaves of it, …
//! radius      how far: ρ, ρ times the length of what is climbed, ρ on the loss's own surface, ρ stretched by the weights
//! step        what the base is handed: the gradient at w + ε, that one rescaled, a mix, one without a part of the other
//! ```
//!
//! Most papers on SAM change one of the three, so that every ascent but none is a [cell] of one [table].

use ndarray::{Array1, ArrayView1};

use super::base::Base;
use super::mistake::Climb;
use super::neighbourhood::Neighbourhood;
use super::stability::{self, Edge};
use crate::catalog::{Catalog, Choice};
use crate::math::norm::{Ball, Norm, Radius};

mod oracle;
pub mod direction;
pub mod radius;
pub mod step;
pub mod cell;
pub mod table;
mod none;
mod sam;
mod asam;
mod unnormalised;
mod n_step;
mod gsam;
mod looksam;
mod friendly;
mod m_sam;
mod random_ball;
mod stable;
mod wsam;
mod monge;
mod vasso;
mod momentum_sam;
mod eigenvector;
pub mod composed;

pub use cell::Cell;
pub use oracle::{Oracle, Slip};

/// Below this length a gradient has no direction worth climbing, and `ε = 0`: SAM is then the base step.
pub const FLAT: f64 = 1e-12;

/// An ascent with its memory, for one run from its first step to its last.
pub trait Ascent: Send {
    /// Chooses the perturbation ε at the weights of `here`, and evaluates loss and gradient at `w + ε`.
    ///
    /// Not called where ρ = 0, since every ascent is then the base optimizer.
    fn look(&mut self, here: &Here<'_>, oracle: &mut Oracle<'_>) -> Sight;

    /// The set of perturbations that it may choose from at `w`, with norm and radius from `ball`; none where neither
    /// bounds its ε.
    fn neighbourhood(&self, w: ArrayView1<'_, f64>, ball: Ball) -> Option<Neighbourhood> {
        let _ = w;
        Some(Neighbourhood::ball(ball))
    }

    /// What its ε follows from.
    fn climb(&self) -> Climb {
        Climb::Maximizer
    }

    /// Its edge of stability over `base`; none where none is derived.
    fn edge(&self, base: &dyn Base, at: &stability::At) -> Option<Edge> {
        let _ = (base, at);
        None
    }

    /// Which direction, radius and step it is made of; none where it does not look around.
    fn cell(&self) -> Option<Cell> {
        None
    }

    /// The first step whose [`look`](Ascent::look) it still remembers when it looks at `step`: that step itself where it
    /// remembers nothing and throws no dice.
    fn remembers_since(&self, step: usize) -> usize {
        step
    }

    /// Whether its ε points up the slope, and not ahead or anywhere.
    fn looks_uphill(&self) -> bool {
        true
    }

    /// How long its ε is: the end of a sentence that begins with "‖ε‖ is".
    fn length_of_epsilon(&self) -> &'static str {
        "equal to ρ unless the gradient vanishes"
    }

    /// Whether it has a neighbourhood, so that the norm plays a part.
    fn has_neighbourhood(&self) -> bool {
        let unit = Ball { norm: Norm::L2, rho: Radius::ZERO };
        self.neighbourhood(ArrayView1::from(&[]), unit).is_some()
    }
}

/// The unperturbed state of a step: its number, its weights, and the loss and gradient of its batch there.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// How many steps of the run were made with this ascent before this one.
    pub step: usize,
    /// The weights.
    pub w: ArrayView1<'a, f64>,
    /// `L_B(w)`.
    pub loss: f64,
    /// `∇L_B(w)`.
    pub gradient: ArrayView1<'a, f64>,
    /// Norm and radius ρ of the step's perturbation.
    pub ball: Ball,
}

impl Here<'_> {
    /// The unperturbed step: ε = 0, with loss and gradient at w.
    #[must_use]
    pub fn plain(&self) -> Sight {
        Sight {
            epsilon: Array1::zeros(self.w.len()),
            loss: self.loss,
            gradient: self.gradient.to_owned(),
            direction: None,
            via: Via::Straight,
        }
    }

    /// The step perturbed by `ε`: loss and gradient at `w + ε`, for one more gradient; where `ε = 0` the unperturbed one,
    /// for none.
    pub fn from(&self, epsilon: Array1<f64>, oracle: &mut Oracle<'_>) -> Sight {
        if epsilon.iter().all(|&x| x == 0.0) {
            return self.plain();
        }
        let (loss, gradient) = oracle.gradient((&self.w + &epsilon).view());
        Sight { epsilon, loss, gradient, direction: None, via: Via::Straight }
    }
}

fn is_flat(g: ArrayView1<'_, f64>) -> bool {
    Norm::L2.length(g) < FLAT
}

/// The part of `g` that is orthogonal to `along`, `g − (g·along/‖along‖²) along`.
///
/// Zero where `along` is too short to have a direction: nothing is then known to be orthogonal to it.
fn orthogonal(g: ArrayView1<'_, f64>, along: ArrayView1<'_, f64>) -> Array1<f64> {
    if is_flat(along) {
        return Array1::zeros(g.len());
    }
    let share = g.dot(&along) / along.dot(&along);
    &g - &(&along * share)
}

/// A perturbation ε with loss and gradient at `w + ε`: the result of an ascent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// The perturbation ε; the mean one where each part of the batch has its own.
    pub epsilon: Array1<f64>,
    /// `L_B(w + ε)`; where each part of the batch has its own ε, the mean over the parts.
    pub loss: f64,
    /// `∇L_B(w + ε)`, likewise.
    pub gradient: Array1<f64>,
    /// What the base optimizer is handed, where it is not that gradient.
    pub direction: Option<Array1<f64>>,
    /// The perturbations that ε is made of.
    pub via: Via,
}

/// The perturbations that ε is made of, where there are several and no more than [`Via::MOST`] numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Via {
    /// There is one.
    #[default]
    Straight,
    /// The sums on the way to it.
    Sums(Vec<Array1<f64>>),
    /// Those of the parts of the batch, of which it is the mean.
    Parts(Vec<Array1<f64>>),
}

impl Via {
    /// How many numbers are kept of a step.
    pub const MOST: usize = 4096;
}

/// Every ascent, in the order of the menu.
pub static ALL: Catalog<dyn Ascent> = Catalog {
    family: "ascent",
    entries: &[
        &none::ENTRY,
        &sam::ENTRY,
        &asam::ENTRY,
        &unnormalised::ENTRY,
        &n_step::ENTRY,
        &gsam::ENTRY,
        &looksam::ENTRY,
        &friendly::ENTRY,
        &m_sam::ENTRY,
        &random_ball::ENTRY,
        &stable::ENTRY,
        &wsam::ENTRY,
        &monge::ENTRY,
        &vasso::ENTRY,
        &momentum_sam::ENTRY,
        &eigenvector::ENTRY,
        &composed::ENTRY,
    ],
};

/// No ascent: the base optimizer alone.
#[must_use]
pub fn none() -> Choice<dyn Ascent> {
    Choice::new(&none::ENTRY)
}

/// Plain SAM.
#[must_use]
pub fn sam() -> Choice<dyn Ascent> {
    Choice::new(&sam::ENTRY)
}

/// Adaptive SAM.
#[must_use]
pub fn asam() -> Choice<dyn Ascent> {
    Choice::new(&asam::ENTRY)
}

/// The ascent that is composed of a direction, a radius and a step.
#[must_use]
pub fn composed() -> Choice<dyn Ascent> {
    Choice::new(&composed::ENTRY)
}
