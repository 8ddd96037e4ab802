//! What an ascent may ask of the loss in one step, and what that costs.

use std::borrow::Cow;

use ndarray::{Array1, ArrayView1};

use super::is_flat;
use crate::math::norm::Ball;
use crate::math::random::Stream;
use crate::optim::mistake::Mistake;
use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

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

    /// `ε̂(g)`, the maximizer of `gᵀε` over `ball`; zero where `‖g‖` is below [`FLAT`](super::FLAT). What a run with a mistake takes for
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

    /// `∇²L(w) v` on all examples, without the units that a step drops: a batch has no Hessian of its own here. Counted as
    /// the two gradients that a product with the Hessian is worth (B. Pearlmutter, 1994, "Fast exact multiplication by the
    /// Hessian", Neural Computation 6).
    pub fn hessian_times(&mut self, w: ArrayView1<'_, f64>, v: ArrayView1<'_, f64>) -> Array1<f64> {
        self.gradients += 2;
        self.objective.hessian_times(w, v)
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
