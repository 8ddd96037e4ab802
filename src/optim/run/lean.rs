//! A lean run: plain descent, or SAM with p = 2 over it, from one of thousands of starts over two weights.
//!
//! ```text
//! descent   w ← w − η ∇L(w)
//! SAM       w ← w − η ∇L(w + ρ ∇L(w)/‖∇L(w)‖)
//! ```
//!
//! A step follows from the weights alone, so that a run that is, to the bit, where it was p steps before repeats these p
//! rows for ever: they are written without being made. R. Brent (1980), "An improved Monte Carlo factorization
//! algorithm", BIT 20, finds such a p by one comparison a step.
//!
//! Its weights, losses and ending are those of a [`Run`](super::Run), bit for bit: the same operations in the same order,
//! without batches, streams, memories and schedules that such a run has none of. Of the other numbers of a row it keeps
//! what an outcome asks for.

use std::sync::Arc;

use ndarray::ArrayView1;

use super::Setup;
use super::walk::BEYOND;
use crate::math::norm::Norm;
use crate::optim::ascent::{self, FLAT};
use crate::optim::ending::{self, Ending};
use crate::optim::trajectory::{Numbers, Row, Trajectory};
use crate::optim::{base, mistake, schedule};
use crate::problem::Objective;
use crate::problem::batches::BatchSize;
use crate::problem::flock::Rule;

/// A run of plain descent or plain SAM over two weights, under way.
pub struct Lean {
    objective: Arc<dyn Objective>,
    eta: f64,
    /// ρ, zero for plain descent; and the same as it is recorded.
    rho: f64,
    told_rho: f64,
    steps: usize,
    w: [f64; 2],
    spent: usize,
    path: Trajectory,
    /// The weights of the row `power − 1`, which later ones are compared with; `power` is one of two.
    mark: [u64; 2],
    power: usize,
    /// How many last rows repeat for ever, once they do.
    period: Option<usize>,
    over: bool,
}

/// What a step sees.
struct Seen {
    loss: f64,
    there_loss: f64,
    lengths: [f64; 2],
    direction: [f64; 2],
    cost: usize,
}

impl Lean {
    /// The run of `setup` before its first step; none where it is more than plain descent or plain SAM on all data, over
    /// two weights, with a test loss, schedules, a bound on gradients, a change at a step or a mistake.
    #[must_use]
    pub fn of(setup: &Setup) -> Option<Self> {
        let constant = schedule::constant();
        let ascent = setup.ascent.id();
        let climbs = ascent == ascent::sam().id() && setup.ball.norm == Norm::L2;
        let is_plain = ascent == ascent::none().id() || setup.ball.rho.is_zero();
        let suits = (climbs || is_plain)
            && setup.start.len() == 2
            && setup.test.is_none()
            && setup.base.id() == base::sgd().id()
            && setup.base.build().is_plain_descent()
            && mistake::is_none(&setup.mistake)
            && setup.clip.is_none()
            && setup.then.is_empty()
            && setup.eta_schedule.id() == constant.id()
            && setup.rho_schedule.id() == constant.id()
            && setup.batch == BatchSize::Full
            && setup.objective.dropout().is_none();
        suits.then(|| Self {
            objective: Arc::clone(&setup.objective),
            eta: setup.eta,
            rho: if is_plain { 0.0 } else { setup.ball.rho.get() },
            told_rho: setup.ball.rho.get(),
            steps: setup.steps,
            w: [setup.start[0], setup.start[1]],
            spent: 0,
            path: Trajectory::with_room(2, setup.steps + 1),
            mark: [f64::NAN.to_bits(); 2],
            power: 1,
            period: None,
            over: false,
        })
    }

    /// How starts are moved by the run of `setup`, where [`Lean::of`] makes it and it has steps to make.
    #[must_use]
    pub fn rule(setup: &Setup) -> Option<Rule> {
        let Self { eta, rho, steps, .. } = Self::of(setup)?;
        Some(Rule { eta, rho, steps })
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
        let proxy = self.told_rho * seen.lengths[0];
        let numbers = [seen.loss, seen.there_loss, seen.lengths[0], proxy];
        let vectors = seen.direction;
        if !numbers.iter().chain(&vectors).all(|x| x.is_finite()) {
            return self.diverged();
        }
        let row = Numbers {
            eta: self.eta,
            rho: self.told_rho,
            gradients: self.spent,
            loss: seen.loss,
            test_loss: None,
            batch_loss: seen.loss,
            adversarial_loss: seen.there_loss,
            gradient_norm: seen.lengths[0],
            adversarial_gradient_norm: seen.lengths[1],
            proxy,
        };
        let w = ArrayView1::from(&self.w);
        self.path.push(Row { w, statistics: (&[]).into(), numbers: row });
        if self.is_at_the_end() {
            return false;
        }
        let made = self.path.rows();
        if made == self.power {
            (self.mark, self.power) = (self.w.map(f64::to_bits), 2 * self.power);
        }
        for (w, g) in self.w.iter_mut().zip(seen.direction) {
            *w -= self.eta * g;
        }
        self.spent += seen.cost;
        if self.w.map(f64::to_bits) == self.mark {
            self.period = Some(made + 1 - self.power / 2);
        }
        if self.w.iter().all(|x| x.abs() <= BEYOND) { true } else { self.diverged() }
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

    fn gradient(&self, w: [f64; 2]) -> (f64, [f64; 2]) {
        self.objective.loss_and_slope(w)
    }

    fn look(&self) -> Seen {
        let (loss, g) = self.gradient(self.w);
        let length = length(g);
        let plain = Seen { loss, there_loss: loss, lengths: [length; 2], direction: g, cost: 1 };
        // Written so that a gradient that is no number is climbed along, as in a run.
        if self.rho == 0.0 || length < FLAT {
            return plain;
        }
        let epsilon = epsilon(g, self.rho);
        if epsilon == [0.0, 0.0] {
            return plain;
        }
        let there = [self.w[0] + epsilon[0], self.w[1] + epsilon[1]];
        let (there_loss, direction) = self.gradient(there);
        let finite = epsilon.iter().all(|x| x.is_finite());
        let direction = if finite { direction } else { [f64::NAN; 2] };
        Seen { loss, there_loss, lengths: [length, self::length(direction)], direction, cost: 2 }
    }
}

/// The larger size of two components; infinity or NaN shows through.
fn largest([x, y]: [f64; 2]) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { 0.0_f64.max(x.abs()).max(y.abs()) }
}

/// `‖v‖₂`, scaled as [`Norm::length`] does.
fn length(v: [f64; 2]) -> f64 {
    let most = largest(v);
    if most == 0.0 || !most.is_finite() {
        return most;
    }
    most * scaled(v, most).sqrt()
}

fn scaled([x, y]: [f64; 2], most: f64) -> f64 {
    let [x, y] = [x.abs() / most, y.abs() / most];
    x * x + y * y
}

/// `ρ g/‖g‖₂`, scaled as [`Ball::steepest_ascent`](crate::math::norm::Ball::steepest_ascent) does.
fn epsilon(g: [f64; 2], rho: f64) -> [f64; 2] {
    let most = largest(g);
    if !most.is_finite() {
        return [f64::NAN; 2];
    }
    let length = scaled(g, most).sqrt();
    g.map(|x| rho * (x / most / length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::norm::{Ball, Radius};
    use crate::math::random::Streams;
    use crate::optim::clip::{Clip, Place};
    use crate::optim::run::{Run, Stretch};
    use crate::problem::risk::Risk;
    use crate::problem::{Formula, datasets, landscapes, losses, models};
    use ndarray::array;
    use proptest::prelude::*;

    fn objective(place: usize) -> Arc<dyn Objective> {
        let ids = ["himmelblau", "rosenbrock", "six_hump_camel", "saddle", "ackley", "quadratic"];
        if let Some(id) = ids.get(place) {
            return Arc::new(Formula(landscapes::ALL.choose(id).unwrap().build()));
        }
        let data = datasets::ALL.choose("clique_and_crowd").unwrap().build();
        let sample = data.sample(&mut Streams::new(22).dataset());
        let model = models::ALL.choose("line").unwrap().build();
        Arc::new(Risk::new(sample, model, losses::ALL.choose("welsch").unwrap().build()))
    }

    /// The numbers that an outcome asks for, bit for bit.
    fn asked(path: &Trajectory) -> Vec<u64> {
        let row = |row: Row<'_>| {
            let n = row.numbers;
            let numbers = [n.eta, n.rho, n.loss, n.gradient_norm, n.adversarial_gradient_norm];
            let all: Vec<u64> = row.w.iter().copied().chain(numbers).map(f64::to_bits).collect();
            (all, n.gradients as u64)
        };
        path.iter().map(row).flat_map(|(all, spent)| all.into_iter().chain([spent])).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn a_lean_run_is_the_run_bit_for_bit(
            place in 0usize..7,
            (x, y) in (-3.0f64..3.0, -3.0f64..3.0),
            rho in prop_oneof![Just(0.0), 0.01f64..1.0],
            eta in prop_oneof![1e-4f64..0.5, 0.5f64..4.0, Just(0.0)],
            climbs in any::<bool>(),
            steps in prop_oneof![Just(60), Just(600)],
        ) {
            let ball = Ball { norm: Norm::L2, rho: Radius::new(rho).unwrap() };
            let ascent = if climbs { ascent::sam() } else { ascent::none() };
            let setup =
                Setup { ascent, ..Setup::new(objective(place), array![x, y], eta, ball, steps) };
            let mut lean = Lean::of(&setup).unwrap();
            while lean.advance() {}
            let (lean, whole) = (lean.finish(), Run::to_end(setup));
            prop_assert_eq!(asked(&lean), asked(&whole));
            prop_assert_eq!(&lean.ending, &whole.ending);
            prop_assert_eq!(&lean.unfollowed, &whole.unfollowed);
        }
    }

    #[test]
    fn rows_that_repeat_are_not_made_again() {
        let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
        for (start, ascent) in [([1.0, -3.0], ascent::sam()), ([1.0, -3.0], ascent::none())] {
            let setup = Setup::new(objective(0), array![start[0], start[1]], 0.01, ball, 900);
            let mut lean = Lean::of(&Setup { ascent, ..setup }).unwrap();
            while lean.advance() {}
            assert!(lean.period.is_some(), "a run of 900 steps settles to the bit");
        }
    }

    #[test]
    fn what_is_more_than_plain_is_left_to_a_whole_run() {
        let ball = Ball { norm: Norm::L2, rho: Radius::new(0.1).unwrap() };
        let plain = Setup::new(objective(0), array![1.0, 2.0], 0.01, ball, 5);
        assert!(Lean::of(&plain).is_some());
        let other = Ball { norm: Norm::L1, ..ball };
        assert!(Lean::of(&Setup { ball: other, ..plain.clone() }).is_none());
        let adam = base::ALL.choose("adam").unwrap();
        assert!(Lean::of(&Setup { base: adam, ..plain.clone() }).is_none());
        let decayed = base::sgd().with("weight_decay", 0.1).unwrap();
        assert!(Lean::of(&Setup { base: decayed, ..plain.clone() }).is_none());
        let asam = ascent::ALL.choose("asam").unwrap();
        assert!(Lean::of(&Setup { ascent: asam, ..plain.clone() }).is_none());
        let clip = Clip::new(1.0, Place::After).unwrap();
        assert!(Lean::of(&Setup { clip, ..plain.clone() }).is_none());
        let Setup { base, ascent, eta, .. } = plain.clone();
        let then = vec![Stretch { at: 3, base, ascent, eta, ball: other }];
        assert!(Lean::of(&Setup { then, ..plain.clone() }).is_none());
        let wrong = mistake::ALL.entries.iter().find(|it| it.id != mistake::none().id()).unwrap();
        let wrong = crate::catalog::Choice::new(wrong);
        assert!(Lean::of(&Setup { mistake: wrong, ..plain }).is_none());
    }
}
