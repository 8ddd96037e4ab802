//! A lean run: one from thousands of starts over two weights, with a constant η and ρ, on all data.
//!
//! ```text
//! descent   w ← w − η ∇L(w)
//! SAM       w ← w − η ∇L(w + ρ ∇L(w)/‖∇L(w)‖)
//! other     w ← base(w, what the ascent hands on, η)
//! ```
//!
//! Its rows and its ending are those of a [`Run`](super::Run), bit for bit: the same operations in the same order, without
//! batches, streams, schedules and changes at a step that such a run has none of, and descent, SAM and ASAM without an array.
//!
//! Where neither base nor ascent remembers anything, a step follows from the weights alone, so that a run that is, to the
//! bit, where it was p steps before repeats these p rows for ever: they are written without being made. R. Brent (1980),
//! "An improved Monte Carlo factorization algorithm", BIT 20, finds such a p by one comparison a step.

use std::sync::Arc;

use ndarray::{Array1, ArrayView1};

use super::Setup;
use super::walk::BEYOND;
use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm};
use crate::math::random::{Stream, Streams};
use crate::optim::ascent::{self, Ascent, FLAT, Here, Oracle};
use crate::optim::base::Base;
use crate::optim::ending::{self, Ending};
use crate::optim::trajectory::{Numbers, Row, Trajectory};
use crate::optim::{mistake, schedule};
use crate::problem::batches::BatchSize;
use crate::problem::flock::Rule;
use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

/// A run over two weights under way, of which nothing changes from step to step but where it is.
pub struct Lean {
    objective: Arc<dyn Objective>,
    eta: f64,
    ball: Ball,
    climb: Climb,
    descent: Descent,
    steps: usize,
    w: [f64; 2],
    step: usize,
    spent: usize,
    path: Trajectory,
    /// Whether a step follows from the weights alone.
    forgets: bool,
    /// The weights of the row `power − 1`, which later ones are compared with; `power` is one of two.
    mark: [u64; 2],
    power: usize,
    /// How many last rows repeat for ever, once they do.
    period: Option<usize>,
    over: bool,
}

/// Where a run looks for its second gradient.
enum Climb {
    /// Nowhere: without an ascent, or with ρ = 0.
    Not,
    /// `ε̂(g)` from the weights: SAM.
    Sam,
    /// `T ε̂(T g)` with `T = diag(|w| + c)`: ASAM.
    Asam {
        /// c.
        c: f64,
    },
    /// Where an ascent says.
    By(Box<dyn Ascent>, Box<Stream>),
}

/// What is done with a direction.
enum Descent {
    /// `w ← w − η g`.
    Plain,
    /// What a base does with it.
    By(Box<dyn Base>),
}

/// What a step sees.
struct Seen {
    loss: f64,
    there_loss: f64,
    lengths: [f64; 2],
    proxy: f64,
    direction: [f64; 2],
    /// Whether all vectors that are not kept are finite.
    finite: bool,
    cost: usize,
}

impl Lean {
    /// The run of `setup` before its first step; none where it is over more than two weights, or has batches, dropped
    /// units, a test loss, schedules, a bound on gradients, a change at a step or a mistake.
    #[must_use]
    pub fn of(setup: &Setup) -> Option<Self> {
        let constant = schedule::constant();
        let suits = setup.start.len() == 2
            && setup.test.is_none()
            && mistake::is_none(&setup.mistake)
            && setup.clip.is_none()
            && setup.then.is_empty()
            && setup.eta_schedule.id() == constant.id()
            && setup.rho_schedule.id() == constant.id()
            && setup.batch == BatchSize::Full
            && setup.objective.dropout().is_none();
        suits.then(|| Self::begun(setup))
    }

    fn begun(setup: &Setup) -> Self {
        let Setup { ref objective, eta, ball, steps, .. } = *setup;
        let is = |one: &Choice<dyn Ascent>| setup.ascent.id() == one.id();
        let base = setup.base.build();
        let mut forgets = !base.remembers();
        let climb = if is(&ascent::none()) || (ball.rho.is_zero() && is(&ascent::sam())) {
            Climb::Not
        } else if is(&ascent::sam()) {
            Climb::Sam
        } else if is(&ascent::asam())
            && let Some(c) = setup.ascent.get("asam_c")
        {
            Climb::Asam { c }
        } else {
            let ascent = setup.ascent.build();
            forgets &= (0..=steps).all(|step| ascent.remembers_since(step) == step);
            Climb::By(ascent, Box::new(Streams::new(setup.seeds.ascent).ascent()))
        };
        let is_plain = base.is_plain_descent();
        Self {
            objective: Arc::clone(objective),
            eta,
            ball,
            climb,
            descent: if is_plain { Descent::Plain } else { Descent::By(base) },
            steps,
            w: [setup.start[0], setup.start[1]],
            step: 0,
            spent: 0,
            path: Trajectory::with_room(2, steps + 1),
            forgets,
            mark: [f64::NAN.to_bits(); 2],
            power: 1,
            period: None,
            over: false,
        }
    }

    /// How starts are moved by the run of `setup`, where [`Lean::of`] makes it of plain descent or plain SAM with p = 2,
    /// and it has steps to make.
    #[must_use]
    pub fn rule(setup: &Setup) -> Option<Rule> {
        let Self { eta, ball, climb, descent: Descent::Plain, steps, .. } = Self::of(setup)? else {
            return None;
        };
        match climb {
            Climb::Not => Some(Rule { eta, rho: 0.0, steps }),
            Climb::Sam if ball.norm == Norm::L2 => Some(Rule { eta, rho: ball.rho.get(), steps }),
            Climb::Sam | Climb::Asam { .. } | Climb::By(..) => None,
        }
    }

    /// Records the current row and makes the step that leaves it; false when the run is over.
    pub fn advance(&mut self) -> bool {
        if self.over {
            return false;
        }
        if let Some(period) = self.period {
            return self.repeat(period);
        }
        let seen = self.look();
        let numbers = [seen.loss, seen.there_loss, seen.lengths[0], seen.proxy];
        if !seen.finite || !numbers.iter().chain(&seen.direction).all(|x| x.is_finite()) {
            return self.diverged();
        }
        let row = Numbers {
            eta: self.eta,
            rho: self.ball.rho.get(),
            gradients: self.spent,
            loss: seen.loss,
            test_loss: None,
            batch_loss: seen.loss,
            adversarial_loss: seen.there_loss,
            gradient_norm: seen.lengths[0],
            adversarial_gradient_norm: seen.lengths[1],
            proxy: seen.proxy,
        };
        let w = ArrayView1::from(&self.w);
        self.path.push(Row { w, statistics: (&[]).into(), numbers: row });
        if self.is_at_the_end() {
            return false;
        }
        let made = self.path.rows();
        if self.forgets && made == self.power {
            (self.mark, self.power) = (self.w.map(f64::to_bits), 2 * self.power);
        }
        self.go(seen.direction);
        self.step += 1;
        self.spent += seen.cost;
        if self.w.map(f64::to_bits) == self.mark {
            self.period = Some(made + 1 - self.power / 2);
        }
        if self.w.iter().all(|x| x.abs() <= BEYOND) { true } else { self.diverged() }
    }

    fn go(&mut self, direction: [f64; 2]) {
        match &mut self.descent {
            Descent::Plain => {
                for (w, g) in self.w.iter_mut().zip(direction) {
                    *w -= self.eta * g;
                }
            }
            Descent::By(base) => {
                base.step((&mut self.w).into(), (&direction).into(), self.eta);
            }
        }
    }

    /// Records the row that follows from the one `period` rows before.
    fn repeat(&mut self, period: usize) -> bool {
        let place = self.path.rows() - period;
        let (w, before) = (self.path.place(place), self.path.numbers(place));
        let (&[x, y], Some(before)) = (w, before) else { return self.diverged() };
        let numbers = Numbers { gradients: self.spent, ..*before };
        self.path.push(Row { w: (&[x, y]).into(), statistics: (&[]).into(), numbers });
        // What a step costs follows from its weights too.
        let paid = |row: usize| self.path.numbers(row).map_or(0, |row| row.gradients);
        self.spent += paid(place + 1) - paid(place);
        !self.is_at_the_end()
    }

    /// Whether all steps are made: then its ending is found.
    fn is_at_the_end(&mut self) -> bool {
        if self.path.last_step() >= self.steps {
            self.path.ending = ending::of(&self.path);
            self.over = true;
        }
        self.over
    }

    /// What was recorded.
    #[must_use]
    pub fn finish(self) -> Trajectory {
        self.path
    }

    fn diverged(&mut self) -> bool {
        if self.path.rows() == 0 {
            self.path.unfollowed = Some(ndarray::arr1(&self.w));
        }
        self.path.ending = Ending::Diverged { at_step: self.path.last_step() };
        self.over = true;
        false
    }

    fn look(&mut self) -> Seen {
        let Self { objective, ball, w, .. } = self;
        let (loss, g) = objective.loss_and_slope(*w);
        let length = Norm::L2.length_of(&g);
        let mut seen = Seen {
            loss,
            there_loss: loss,
            lengths: [length; 2],
            proxy: match ball.norm {
                Norm::L2 if !ball.rho.is_zero() => ball.rho.get() * length,
                _ => ball.rise_of(&g),
            },
            direction: g,
            finite: true,
            cost: 1,
        };
        let mut epsilon = g;
        match &mut self.climb {
            Climb::Not => return seen,
            Climb::Sam => {
                // Written so that a gradient that is no number is climbed along, as in a run.
                if length < FLAT {
                    return seen;
                }
                ball.climb(&mut epsilon);
            }
            Climb::Asam { c } => {
                let scale = w.map(|w| w.abs() + *c);
                let stretch = |v: &mut [f64; 2]| {
                    for (x, t) in v.iter_mut().zip(scale) {
                        *x *= t;
                    }
                };
                stretch(&mut epsilon);
                seen.proxy = ball.rise_of(&epsilon);
                if Norm::L2.length_of(&epsilon) < FLAT {
                    return seen;
                }
                ball.climb(&mut epsilon);
                stretch(&mut epsilon);
            }
            Climb::By(ascent, stream) => {
                let noise = Noise::none();
                let mut oracle = Oracle::new(&**objective, Batch::Whole, &noise, stream);
                oracle.pay(1);
                let (gradient, w) = (ArrayView1::from(&g), ArrayView1::from(&*w));
                let here = Here { step: self.step, w, loss, gradient, ball: *ball };
                if let Some(neighbourhood) = ascent.neighbourhood(w, *ball) {
                    seen.proxy = neighbourhood.rise(gradient);
                }
                if ball.rho.is_zero() {
                    return seen;
                }
                let sight = ascent.look(&here, &mut oracle);
                let are_finite = |v: &Array1<f64>| v.iter().all(|x| x.is_finite());
                seen.finite = are_finite(&sight.epsilon) && are_finite(&sight.gradient);
                let handed = sight.direction.as_ref().unwrap_or(&sight.gradient);
                seen.direction = [handed[0], handed[1]];
                seen.there_loss = sight.loss;
                seen.lengths[1] = Norm::L2.length(sight.gradient.view());
                seen.cost = oracle.gradients();
                return seen;
            }
        }
        if epsilon != [0.0, 0.0] {
            let there = [w[0] + epsilon[0], w[1] + epsilon[1]];
            (seen.there_loss, seen.direction) = objective.loss_and_slope(there);
            seen.finite = epsilon.iter().all(|x| x.is_finite());
            seen.lengths[1] = Norm::L2.length_of(&seen.direction);
            seen.cost = 2;
        }
        seen
    }
}

#[cfg(test)]
mod tests;
