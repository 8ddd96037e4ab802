//! A run from its start to its end: setup in, trajectory out.
//!
//! ```text
//! g  = ∇L_B(w)
//! ε  = ascent(g),  gs = ∇L_B(w + ε)       on the same batch B
//! w ← base(w, gs, η)                       from w, not from w + ε
//! ```
//!
//! Units that are dropped are the same in every gradient of a step, and running statistics of normalised units move once
//! a step, to those of the batch at `w`.
//!
//! With ρ = 0 the ball is a point and nobody looks around: the run is the base optimizer's bit for bit, at one
//! gradient a step. η and ρ are multiplied by their [`schedule`] at every step.

use std::sync::Arc;

use ndarray::Array1;

use super::ascent::{self, Ascent, Here, Oracle};
use super::base::{self, Base};
use super::ending::{self, Ending};
use super::running::RunningStatistics;
use super::schedule::{self, Schedule};
use super::trajectory::{Numbers, Row, Trajectory};
use crate::catalog::Choice;
use crate::math::norm::{Ball, Norm};
use crate::math::random::{Stream, Streams};
use crate::problem::batches::{BatchSize, Batches, Order};
use crate::problem::noise::Noise;
use crate::problem::{Batch, Objective};

/// Weights beyond this are called diverged: their squares still fit into an `f64`, their fourth powers would not.
const BEYOND: f64 = 1e100;

/// Everything that a run follows from.
#[derive(Clone)]
pub struct Setup {
    /// What is minimised.
    pub objective: Arc<dyn Objective>,
    /// The loss on data that were set aside, to be recorded along the way.
    pub test: Option<Arc<dyn Objective>>,
    /// What is done with a gradient.
    pub base: Choice<dyn Base>,
    /// Where the gradient is taken.
    pub ascent: Choice<dyn Ascent>,
    /// The learning rate η.
    pub eta: f64,
    /// How η changes over the run.
    pub eta_schedule: Choice<dyn Schedule>,
    /// Where the ascent may look.
    pub ball: Ball,
    /// How ρ changes over the run.
    pub rho_schedule: Choice<dyn Schedule>,
    /// How many steps to make.
    pub steps: usize,
    /// The first weights.
    pub start: Array1<f64>,
    /// How many examples a step sees.
    pub batch: BatchSize,
    /// In which order.
    pub order: Order,
    /// Where random numbers come from.
    pub seed: u64,
}

impl Setup {
    /// Plain SAM over plain descent from `start`: full batch, seed 0, η and ρ constant.
    #[must_use]
    pub fn new(
        objective: Arc<dyn Objective>,
        start: Array1<f64>,
        eta: f64,
        ball: Ball,
        steps: usize,
    ) -> Self {
        Self {
            objective,
            test: None,
            base: base::sgd(),
            ascent: ascent::sam(),
            eta,
            eta_schedule: schedule::constant(),
            ball,
            rho_schedule: schedule::constant(),
            steps,
            start,
            batch: BatchSize::Full,
            order: Order::Sequential,
            seed: 0,
        }
    }
}

/// A run under way.
pub struct Run {
    setup: Setup,
    base: Box<dyn Base>,
    ascent: Box<dyn Ascent>,
    eta_schedule: Box<dyn Schedule>,
    rho_schedule: Box<dyn Schedule>,
    batches: Batches,
    noise: Noise,
    noise_dice: Stream,
    statistics: RunningStatistics,
    dice: Stream,
    w: Array1<f64>,
    spent: usize,
    path: Trajectory,
    over: bool,
}

impl Run {
    /// A run that has made no step yet.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let streams = Streams::new(setup.seed);
        Self {
            base: setup.base.build(),
            ascent: setup.ascent.build(),
            eta_schedule: setup.eta_schedule.build(),
            rho_schedule: setup.rho_schedule.build(),
            batches: Batches::new(
                setup.objective.examples(),
                setup.batch,
                setup.order,
                streams.batches(),
            ),
            noise: Noise::none(),
            noise_dice: streams.dropout(),
            statistics: RunningStatistics::new(&*setup.objective, &setup.start),
            dice: streams.ascent(),
            w: setup.start.clone(),
            spent: 0,
            path: Trajectory::with_room(setup.start.len(), setup.steps + 1),
            over: false,
            setup,
        }
    }

    /// The whole run at once.
    #[must_use]
    pub fn to_end(setup: Setup) -> Trajectory {
        let mut run = Self::new(setup);
        while run.advance() {}
        run.finish()
    }

    /// Records the current row and makes the step that leaves it; false when the run is over.
    pub fn advance(&mut self) -> bool {
        if self.over {
            return false;
        }
        let step = self.path.rows();
        let eta = self.setup.eta * self.eta_schedule.factor(step, self.setup.steps);
        let ball = self.setup.ball.scaled(self.rho_schedule.factor(step, self.setup.steps));
        self.batches.deal();
        let (objective, batch) = (&*self.setup.objective, self.batches.current());
        if let Some(dropout) = objective.dropout() {
            self.noise.throw(dropout, objective.examples(), batch, &mut self.noise_dice);
        }
        let mut oracle = Oracle::new(objective, batch, &self.noise, &mut self.dice);
        let (batch_loss, gradient) = oracle.gradient(self.w.view());
        let here =
            Here { step, w: self.w.view(), loss: batch_loss, gradient: gradient.view(), ball };
        let sight =
            if ball.rho.is_zero() { here.plain() } else { self.ascent.look(&here, &mut oracle) };
        let cost = oracle.gradients();
        let loss = match batch {
            Batch::Whole if self.noise.is_none() => batch_loss,
            Batch::Whole | Batch::Members(_) => objective.loss(self.w.view(), Batch::Whole),
        };
        let proxy = match self.ascent.ball_scale(self.w.view()) {
            Some(scale) => ball.rise((&scale * &gradient).view()),
            None => ball.rise(gradient.view()),
        };
        let test = self.setup.test.as_ref();
        let test_loss =
            test.map(|test| test.deployed_loss(self.w.view(), self.statistics.values()));
        let numbers = Numbers {
            eta,
            rho: ball.rho.get(),
            gradients: self.spent,
            loss,
            test_loss,
            batch_loss,
            adversarial_loss: sight.loss,
            gradient_norm: Norm::L2.length(gradient.view()),
            proxy,
        };
        let direction = sight.direction.as_ref().unwrap_or(&sight.gradient);
        let numbers_seen = [loss, batch_loss, sight.loss, numbers.gradient_norm, proxy];
        let vectors_seen = [&gradient, &sight.epsilon, &sight.gradient, direction];
        let finite = numbers_seen
            .iter()
            .chain(&test_loss)
            .chain(self.statistics.values())
            .all(|x| x.is_finite())
            && vectors_seen.iter().all(|vector| vector.iter().all(|x| x.is_finite()));
        if !finite {
            self.diverged();
            return false;
        }
        self.path.push(Row {
            w: self.w.view(),
            gradient: gradient.view(),
            epsilon: sight.epsilon.view(),
            gradient_there: sight.gradient.view(),
            statistics: self.statistics.values().into(),
            numbers,
        });
        if step >= self.setup.steps {
            self.path.ending = ending::of(&self.path);
            self.over = true;
            return false;
        }
        self.statistics.take_in(&objective.statistics(self.w.view(), batch, &self.noise));
        self.base.step(&mut self.w, direction.view(), eta);
        self.spent += cost;
        if !self.w.iter().all(|x| x.abs() <= BEYOND) {
            self.diverged();
            return false;
        }
        true
    }

    /// How much of the run is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.path.rows() as f64 / (self.setup.steps + 1) as f64
    }

    /// What was recorded.
    #[must_use]
    pub fn finish(self) -> Trajectory {
        self.path
    }

    fn diverged(&mut self) {
        self.path.ending = Ending::Diverged { at_step: self.path.last_step() };
        self.over = true;
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::math::norm::Radius;
    use crate::optim::ascent::Norms;
    use crate::problem::risk::Risk;
    use crate::problem::{Formula, datasets, landscapes, losses, models};
    use ndarray::{Array1, array};
    use proptest::prelude::*;

    fn quadratic(curvatures: [f64; 2], angle: f64) -> Arc<dyn Objective> {
        let choice = landscapes::ALL.choose("quadratic").unwrap();
        let choice = choice.with("curvature1", curvatures[0]).unwrap();
        let choice = choice.with("curvature2", curvatures[1]).unwrap();
        Arc::new(Formula(choice.with("angle", angle).unwrap().build()))
    }

    /// The line fit of the opening scene, with few points.
    fn fit() -> Arc<dyn Objective> {
        let data = datasets::ALL.choose("clique_and_crowd").unwrap();
        let data = data.with("crowd", 12.0).unwrap().with("clique", 7.0).unwrap();
        let sample = data.build().sample(&mut Streams::new(1).dataset());
        let model = models::ALL.choose("line").unwrap().build();
        Arc::new(Risk::new(sample, model, losses::ALL.choose("welsch").unwrap().build()))
    }

    fn ball(p: f64, rho: f64) -> Ball {
        Ball { norm: Norm::new(p).unwrap(), rho: Radius::new(rho).unwrap() }
    }

    fn alone(setup: Setup) -> Setup {
        Setup { ascent: ascent::none(), ..setup }
    }

    fn batches_of(size: usize, setup: Setup) -> Setup {
        let batch = BatchSize::Of(NonZeroUsize::new(size).unwrap());
        Setup { batch, order: Order::Shuffled, ..setup }
    }

    /// Every ascent over every base.
    fn pairs(setup: &Setup) -> Vec<(String, Setup)> {
        let mut pairs = Vec::new();
        for ascent in ascent::ALL.entries {
            for base in base::ALL.entries {
                let name = format!("{} over {}", ascent.id, base.id);
                let (ascent, base) = (Choice::new(ascent), Choice::new(base));
                pairs.push((name, Setup { ascent, base, ..setup.clone() }));
            }
        }
        pairs
    }

    fn norms() -> impl Strategy<Value = f64> {
        prop_oneof![Just(1.0), Just(1.5), Just(2.0), Just(f64::INFINITY)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn with_a_ball_of_radius_zero_every_ascent_is_its_base(
            p in norms(), x in -1.0f64..1.0, y in -1.0f64..1.0, seed in 0u64..99, size in 1usize..25,
        ) {
            let setup = Setup::new(fit(), array![x, y], 0.3, ball(p, 0.0), 12);
            let setup = Setup { seed, ..batches_of(size, setup) };
            for (name, setup) in pairs(&setup) {
                prop_assert_eq!(Run::to_end(setup.clone()), Run::to_end(alone(setup)), "{}", name);
            }
        }

        #[test]
        fn the_same_setup_gives_the_same_run_bit_for_bit(p in norms(), seed in 0u64..99) {
            let setup = Setup::new(fit(), array![0.6, -0.3], 0.3, ball(p, 0.1), 12);
            for (name, setup) in pairs(&Setup { seed, ..batches_of(5, setup) }) {
                prop_assert_eq!(Run::to_end(setup.clone()), Run::to_end(setup), "{}", name);
            }
        }

        #[test]
        fn extreme_numbers_end_a_run_but_break_nothing(
            p in norms(),
            rho in prop_oneof![Just(1e-300), Just(1e-12), Just(100.0), Just(1e200)],
            eta in prop_oneof![Just(0.0), Just(1e-12), Just(0.1), Just(1e6), Just(1e300)],
            start in prop_oneof![Just(0.0), Just(1e-200), Just(1e-8), Just(1.0), Just(1e60), Just(1e200)],
        ) {
            for objective in [quadratic([10.0, 1.0], 30.0), fit()] {
                let setup = Setup::new(objective, array![start, -start], eta, ball(p, rho), 30);
                for (name, setup) in pairs(&setup) {
                    let path = Run::to_end(setup);
                    prop_assert!(path.iter().all(|row| row.w.iter().all(|x| x.is_finite())), "{}", name);
                    if path.rows() < 31 {
                        let at_step = path.last_step();
                        prop_assert_eq!(path.ending, Ending::Diverged { at_step }, "{}", name);
                    }
                }
            }
        }

        #[test]
        fn every_perturbation_lies_on_the_sphere_of_its_norm(
            p in norms(), x in 0.1f64..1.0, y in 0.1f64..1.0,
        ) {
            let setup = Setup::new(fit(), array![x, y], 0.1, ball(p, 0.2), 8);
            for (name, setup) in pairs(&setup) {
                let ascent = setup.ascent.build();
                if ascent.norms() == Norms::Ignored {
                    continue;
                }
                for row in Run::to_end(setup).iter() {
                    let epsilon = match ascent.ball_scale(row.w) {
                        Some(scale) => &row.epsilon / &scale,
                        None => row.epsilon.to_owned(),
                    };
                    let length = Norm::new(p).unwrap().length(epsilon.view());
                    prop_assert!(length <= 0.2 + 1e-12, "{}: {}", name, length);
                }
            }
        }

        #[test]
        fn the_proxy_is_the_rise_that_the_perturbation_promises(
            p in norms(), x in -1.0f64..1.0, y in 0.1f64..1.0,
        ) {
            let setup = Setup::new(fit(), array![x, y], 0.1, ball(p, 0.2), 8);
            for id in ["sam", "asam", "gsam"] {
                let ascent = ascent::ALL.choose(id).unwrap();
                for row in Run::to_end(Setup { ascent, ..setup.clone() }).iter() {
                    let promised = row.gradient.dot(&row.epsilon);
                    let proxy = row.numbers.proxy;
                    prop_assert!((promised - proxy).abs() <= 1e-12 * proxy, "{}", id);
                }
            }
        }

        #[test]
        fn sam_bounces_across_a_quadratic_with_the_amplitude_on_paper(
            lambda in 0.5f64..20.0, stretch in 0.2f64..1.7, ratio in 0.2f64..0.8, rho in 0.001f64..0.5,
            angle in 0.0f64..90.0,
        ) {
            let eta = stretch / lambda;
            let setup = |p, angle| {
                let objective = quadratic([lambda, ratio * lambda], angle);
                Run::to_end(Setup::new(objective, array![0.31, 0.47], eta, ball(p, rho), 1500)).ending
            };
            let c = |lambda: f64| eta * rho * lambda / (2.0 - eta * lambda);
            let both = c(lambda).hypot(c(ratio * lambda));
            for (ending, expected) in [(setup(2.0, angle), c(lambda)), (setup(f64::INFINITY, 0.0), both)] {
                let Ending::Cycle { period: 2, amplitude } = ending else {
                    return Err(TestCaseError::fail(format!("{ending:?}")));
                };
                prop_assert!((amplitude - expected).abs() < 2e-3 * expected, "{} {}", amplitude, expected);
            }
        }

        #[test]
        fn plain_descent_on_a_quadratic_converges_or_diverges_as_eta_lambda_says(
            lambda in 0.5f64..20.0, stretch in 0.3f64..3.0,
        ) {
            prop_assume!((stretch - 2.0).abs() > 0.1);
            let objective = quadratic([lambda, 0.5 * lambda], 20.0);
            let setup = Setup::new(objective, array![0.4, 0.3], stretch / lambda, ball(2.0, 0.1), 400);
            let ending = Run::to_end(alone(setup)).ending;
            if stretch < 2.0 {
                prop_assert!(matches!(ending, Ending::Converged { at_step } if at_step < 300), "{:?}", ending);
            } else {
                prop_assert!(matches!(ending, Ending::Diverged { .. }), "{:?}", ending);
            }
        }
    }

    #[test]
    fn divergence_is_found_at_the_step_on_paper() {
        // The first weight grows by |1 − 0.4·10| = 3 a step from 0.3: it passes 1e100 at the 211th.
        let setup =
            Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.4, ball(2.0, 0.1), 500);
        let path = Run::to_end(alone(setup));
        assert_eq!(path.ending, Ending::Diverged { at_step: 210 });
        assert_eq!(path.rows(), 211);
    }

    #[test]
    fn slow_divergence_is_found_at_the_end() {
        let setup =
            Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.21, ball(2.0, 0.0), 200);
        assert_eq!(Run::to_end(setup).ending, Ending::Diverged { at_step: 200 });
    }

    #[test]
    fn a_run_that_still_descends_is_moving() {
        let setup =
            Setup::new(quadratic([10.0, 0.01], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.0), 200);
        assert_eq!(Run::to_end(setup).ending, Ending::Moving);
    }

    #[test]
    fn noise_that_never_settles_is_moving() {
        let setup = batches_of(3, Setup::new(fit(), array![1.1, -0.8], 0.3, ball(2.0, 0.1), 400));
        assert_eq!(Run::to_end(setup).ending, Ending::Moving);
    }

    #[test]
    fn a_start_where_the_loss_is_not_finite_leaves_no_row() {
        for start in [[f64::NAN, 0.0], [1e200, 0.0], [f64::INFINITY, 0.0]] {
            let setup = Setup::new(
                quadratic([10.0, 1.0], 0.0),
                Array1::from(start.to_vec()),
                0.05,
                ball(2.0, 0.1),
                9,
            );
            let path = Run::to_end(setup);
            assert_eq!((path.rows(), path.last_step()), (0, 0));
            assert_eq!(path.ending, Ending::Diverged { at_step: 0 });
            assert_eq!((path.end(), path.row_at_most(5)), (None, None));
            assert_eq!(ending::haunt(&path), None);
        }
    }

    #[test]
    fn the_longest_run_is_kept_whole() {
        let setup =
            Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.1), 20_000);
        let path = Run::to_end(setup);
        assert_eq!(path.rows(), 20_001);
        assert_eq!(path.row(20_000).unwrap().numbers.gradients, 40_000);
    }

    #[test]
    fn a_run_of_no_steps_has_its_start() {
        let setup =
            Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.1), 0);
        let path = Run::to_end(setup);
        assert_eq!(path.rows(), 1);
        assert_eq!(path.end(), Some(array![0.3, 0.4]));
    }

    #[test]
    fn without_a_gradient_sam_is_its_base() {
        let setup =
            Setup::new(quadratic([10.0, 1.0], 0.0), array![1e-14, 0.0], 0.05, ball(2.0, 0.1), 5);
        let sam = Run::to_end(setup.clone());
        assert_eq!(sam.weights(), Run::to_end(alone(setup)).weights());
        assert!(sam.iter().all(|row| row.epsilon.iter().all(|&x| x == 0.0)));
    }

    #[test]
    fn every_ascent_is_billed_for_the_gradients_it_needs() {
        let setup = Setup::new(fit(), array![0.6, -0.3], 0.1, ball(2.0, 0.1), 10);
        let bills = [
            ("none", 10),
            ("sam", 20),
            ("asam", 20),
            ("unnormalised", 20),
            ("n_step", 30),
            ("gsam", 20),
            ("looksam", 12),
            ("friendly", 20),
            ("m_sam", 20),
            ("random_ball", 10),
        ];
        assert_eq!(bills.len(), ascent::ALL.entries.len());
        for (id, bill) in bills {
            let ascent = ascent::ALL.choose(id).unwrap();
            let path = Run::to_end(Setup { ascent, ..setup.clone() });
            assert_eq!(path.row(10).unwrap().numbers.gradients, bill, "{id}");
        }
    }

    #[test]
    fn settings_that_leave_nothing_of_a_variant_leave_sam() {
        let plain = Setup::new(fit(), array![0.6, -0.3], 0.1, ball(2.0, 0.1), 30);
        let plain = batches_of(6, plain);
        let sam = Run::to_end(plain.clone()).weights();
        let cases = [
            ("n_step", "n", 1.0),
            ("gsam", "alpha", 0.0),
            ("looksam", "k", 1.0),
            ("friendly", "sigma", 0.0),
            ("m_sam", "m", 6.0),
        ];
        for (id, key, value) in cases {
            let ascent = ascent::ALL.choose(id).unwrap().with(key, value).unwrap();
            let path = Run::to_end(Setup { ascent, ..plain.clone() });
            assert_eq!(path.weights(), sam, "{id}");
        }
    }

    #[test]
    fn schedules_reach_the_step_and_its_record() {
        let cosine = || schedule::ALL.choose("cosine").unwrap();
        let setup =
            Setup::new(quadratic([10.0, 1.0], 0.0), array![0.3, 0.4], 0.05, ball(2.0, 0.1), 300);
        let path = Run::to_end(Setup { eta_schedule: cosine(), rho_schedule: cosine(), ..setup });
        let [first, middle] = [0, 150].map(|step| path.row(step).unwrap());
        assert_eq!(array![first.numbers.eta, first.numbers.rho], array![0.05, 0.1]);
        assert!((middle.numbers.eta - 0.025).abs() < 1e-12);
        assert!((Norm::L2.length(middle.epsilon) - 0.05).abs() < 1e-12);
        // A bounce whose ball shrinks to nothing comes to rest at the bottom.
        assert!(Norm::L2.length(path.end().unwrap().view()) < 1e-2);
    }

    #[test]
    fn full_batches_of_members_are_the_whole() {
        let setup = Setup::new(fit(), array![0.6, -0.3], 0.1, ball(2.0, 0.1), 30);
        assert_eq!(Run::to_end(batches_of(19, setup.clone())), Run::to_end(setup));
    }

    #[test]
    fn both_runs_of_a_scene_see_the_same_batches() {
        let setup = batches_of(4, Setup::new(fit(), array![0.6, -0.3], 0.0, ball(2.0, 0.1), 40));
        let losses = |setup| -> Vec<f64> {
            Run::to_end(setup).iter().map(|row| row.numbers.batch_loss).collect()
        };
        let random = ascent::ALL.choose("random_ball").unwrap();
        let random = Setup { ascent: random, ..setup.clone() };
        assert_eq!(losses(setup.clone()), losses(alone(setup.clone())));
        assert_eq!(losses(setup), losses(random));
    }
}
