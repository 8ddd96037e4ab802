//! Ascents: where the gradient is taken before the base optimizer steps.

use std::borrow::Cow;

use ndarray::{Array1, ArrayView1};

use super::base::Base;
use super::mistake::{Climb, Mistake};
use super::neighbourhood::Neighbourhood;
use super::stability::{self, Edge};
use crate::catalog::{Catalog, Choice};
use crate::math::norm::{Ball, Norm, Radius};
use crate::math::random::Stream;
use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

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

    /// The first step whose [`look`](Ascent::look) it still remembers when it looks at `step`: that step itself where it
    /// remembers nothing and throws no dice.
    fn remembers_since(&self, step: usize) -> usize {
        step
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

/// The loss of one step, on its batch and without the units that it drops; counts the gradients that are evaluated.
pub struct Oracle<'a> {
    objective: &'a dyn Objective,
    batch: Batch<'a>,
    noise: &'a Noise,
    gradients: usize,
    stream: &'a mut Stream,
    slip: Option<Slip<'a>>,
}

/// A mistake of the run, and what it makes of one step.
pub struct Slip<'a> {
    /// The mistake.
    pub mistake: &'a dyn Mistake,
    /// What the pass at the weights adds to gradients.
    pub pull: Option<Array1<f64>>,
    /// The batch of the second pass.
    pub batch: Batch<'a>,
    /// The units that the second pass drops.
    pub noise: &'a Noise,
}

impl<'a> Oracle<'a> {
    /// The loss of `objective` on `batch`, without the units that `noise` drops.
    pub fn new(
        objective: &'a dyn Objective,
        batch: Batch<'a>,
        noise: &'a Noise,
        stream: &'a mut Stream,
    ) -> Self {
        Self { objective, batch, noise, gradients: 0, stream, slip: None }
    }

    /// `L_B(w)` and `∇L_B(w)`, at the price of one gradient.
    ///
    /// Once the pass at the weights is [over](Oracle::go_on), `L_B` is what the second pass sees.
    pub fn gradient(&mut self, w: ArrayView1<'_, f64>) -> (f64, Array1<f64>) {
        self.gradients += 1;
        let (batch, noise) = self.second();
        self.objective.training_pass(w, batch, noise)
    }

    /// Ends the pass at the weights: what comes is that of a run with a mistake.
    pub fn go_on(&mut self, slip: Slip<'a>) {
        self.slip = Some(slip);
    }

    /// What the second pass sees.
    fn second(&self) -> (Batch<'a>, &'a Noise) {
        let slip = self.slip.as_ref();
        slip.map_or((self.batch, self.noise), |slip| (slip.batch, slip.noise))
    }

    /// `ε̂(g)`, the maximizer of `gᵀε` over `ball`; zero where `‖g‖` is below [`FLAT`]. What a run with a mistake takes for
    /// it, where there is one.
    #[must_use]
    pub fn steepest(&self, ball: Ball, g: ArrayView1<'_, f64>) -> Array1<f64> {
        let best = if is_flat(g) { Array1::zeros(g.len()) } else { ball.steepest_ascent(g) };
        let Some(Slip { mistake, .. }) = &self.slip else { return best };
        if !mistake.forgets_to_normalise() || ball.rho.is_zero() {
            return self.taken(best, g, ball);
        }
        let length = g.dot(&best) / ball.rho.get();
        self.taken(best * length, g, ball)
    }

    /// What the run takes for the perturbation `best` that was found for `g`: the same, unless it makes a mistake.
    #[must_use]
    pub fn taken(&self, best: Array1<f64>, g: ArrayView1<'_, f64>, ball: Ball) -> Array1<f64> {
        match &self.slip {
            Some(slip) => slip.mistake.perturbation(best, g, ball),
            None => best,
        }
    }

    /// The gradient of the pass at `w` on some examples of the batch only, without counting: see [`Oracle::pay`].
    #[must_use]
    pub fn gradient_of(&self, members: &[usize], w: ArrayView1<'_, f64>) -> Array1<f64> {
        let (_, mut gradient) =
            self.objective.training_pass(w, Batch::Members(members), self.noise);
        if let Some(pull) = self.slip.as_ref().and_then(|slip| slip.pull.as_ref()) {
            gradient += pull;
        }
        gradient
    }

    /// Loss and gradient of the second pass on some examples of what it sees, likewise.
    #[must_use]
    pub fn gradient_there(&self, members: &[usize], w: ArrayView1<'_, f64>) -> (f64, Array1<f64>) {
        self.objective.training_pass(w, Batch::Members(members), self.second().1)
    }

    /// The examples of the batch, in its order.
    #[must_use]
    pub fn members(&self) -> Cow<'a, [usize]> {
        self.listed(self.batch)
    }

    /// The examples that the second pass sees: the same, unless the run makes a mistake.
    #[must_use]
    pub fn members_there(&self) -> Cow<'a, [usize]> {
        self.listed(self.second().0)
    }

    fn listed(&self, batch: Batch<'a>) -> Cow<'a, [usize]> {
        match batch {
            Batch::Members(members) => Cow::Borrowed(members),
            Batch::Whole => (0..self.objective.examples()).collect(),
        }
    }

    /// How many gradients were counted.
    #[must_use]
    pub fn gradients(&self) -> usize {
        self.gradients
    }

    /// The stream of random numbers for ascents whose ε is random.
    pub fn stream(&mut self) -> &mut Stream {
        self.stream
    }

    /// Counts gradients that were evaluated by [`Oracle::gradient_of`].
    pub fn pay(&mut self, gradients: usize) {
        self.gradients += gradients;
    }

    /// Takes gradients off the count that were evaluated for the record only, and that the optimizer does not need.
    pub fn refund(&mut self, gradients: usize) {
        self.gradients = self.gradients.saturating_sub(gradients);
    }
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
