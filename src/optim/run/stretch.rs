//! Stretches of a run: from a step on it may have another base, another ascent, another η, ρ or norm.
//!
//! ```text
//! step     0 ───────────── 20 ──────────────────► the last
//!          sgd, no ascent   the same, SAM          late SAM, or descent first
//! ```
//!
//! The step that leaves `w_at` is the first of the new stretch. Batches, dropped units, running statistics and schedules
//! go on over the whole run; a base and an ascent that are others than before begin without a memory, an ascent with the
//! first of its random numbers, and one that is the same goes on with its own. So a run from `w_at` on the batches that
//! follow is the same run, unless its base remembers.

use super::Setup;
use crate::catalog::Choice;
use crate::math::norm::Ball;
use crate::optim::ascent::Ascent;
use crate::optim::base::Base;

/// What a run is made with from a step on.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// How many steps were made before.
    pub at: usize,
    /// What is done with a gradient.
    pub base: Choice<dyn Base>,
    /// Where the gradient is taken.
    pub ascent: Choice<dyn Ascent>,
    /// The learning rate η, before its schedule.
    pub eta: f64,
    /// Norm and radius ρ, before its schedule.
    pub ball: Ball,
}

/// What a step of a run is made with.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    /// What is done with a gradient.
    pub base: &'a Choice<dyn Base>,
    /// The first step that was made with this base without another in between: its memory begins there.
    pub base_since: usize,
    /// Where the gradient is taken.
    pub ascent: &'a Choice<dyn Ascent>,
    /// The same for the ascent.
    pub ascent_since: usize,
    /// The learning rate η, before its schedule.
    pub eta: f64,
    /// Norm and radius ρ, before its schedule.
    pub ball: Ball,
}

impl Setup {
    /// What the step that leaves `w_step` is made with.
    #[must_use]
    pub fn in_force(&self, step: usize) -> InForce<'_> {
        let first = InForce {
            base: &self.base,
            base_since: 0,
            ascent: &self.ascent,
            ascent_since: 0,
            eta: self.eta,
            ball: self.ball,
        };
        self.then.iter().take_while(|stretch| stretch.at <= step).fold(first, |before, next| {
            let Stretch { at, base, ascent, eta, ball } = next;
            InForce {
                base,
                base_since: if base == before.base { before.base_since } else { *at },
                ascent,
                ascent_since: if ascent == before.ascent { before.ascent_since } else { *at },
                eta: *eta,
                ball: *ball,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::sync::Arc;

    use ndarray::array;
    use proptest::prelude::*;

    use super::*;
    use crate::math::norm::{Norm, Radius};
    use crate::math::random::Streams;
    use crate::optim::recall::Recall;
    use crate::optim::replay::{Replay, Step};
    use crate::optim::run::{Run, Seeds};
    use crate::optim::{ascent, base};
    use crate::problem::batches::{BatchSize, Order};
    use crate::problem::risk::Risk;
    use crate::problem::{Objective, datasets, losses, models};

    const STEPS: usize = 24;

    fn fit() -> Arc<dyn Objective> {
        let data = datasets::ALL.choose("clique_and_crowd").unwrap();
        let data = data.with("crowd", 12.0).unwrap().with("clique", 7.0).unwrap();
        let sample = data.build().sample(&mut Streams::new(1).dataset());
        let model = models::ALL.choose("line").unwrap().build();
        Arc::new(Risk::new(sample, model, losses::ALL.choose("welsch").unwrap().build()))
    }

    fn ball(rho: f64) -> Ball {
        Ball { norm: Norm::L2, rho: Radius::new(rho).unwrap() }
    }

    fn setup(base: &str, ascent: &str, batch: BatchSize) -> Setup {
        Setup {
            base: base::ALL.choose(base).unwrap(),
            ascent: ascent::ALL.choose(ascent).unwrap(),
            batch,
            order: Order::Shuffled,
            seeds: Seeds::all(5),
            ..Setup::new(fit(), array![0.6, -0.3], 0.2, ball(0.1), STEPS)
        }
    }

    fn batch(size: usize) -> BatchSize {
        NonZeroUsize::new(size).map_or(BatchSize::Full, BatchSize::Of)
    }

    /// The stretch from `at` on that is made with `ascent` over `base`.
    fn stretch(at: usize, base: &str, ascent: &str, eta: f64, rho: f64) -> Stretch {
        let base = base::ALL.choose(base).unwrap();
        Stretch { at, base, ascent: ascent::ALL.choose(ascent).unwrap(), eta, ball: ball(rho) }
    }

    fn ids<T: ?Sized>(catalog: &crate::catalog::Catalog<T>) -> impl Strategy<Value = &'static str> {
        let ids: Vec<&'static str> = catalog.entries.iter().map(|entry| entry.id).collect();
        prop::sample::select(ids)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_change_that_changes_nothing_is_none(
            base in ids(&base::ALL), ascent in ids(&ascent::ALL), at in 1..STEPS, size in 0usize..8,
        ) {
            let plain = setup(base, ascent, batch(size));
            let then = vec![stretch(at, base, ascent, 0.2, 0.1)];
            prop_assert_eq!(Run::to_end(Setup { then, ..plain.clone() }), Run::to_end(plain));
        }

        #[test]
        fn before_it_changes_a_run_is_the_run_without_and_after_it_the_run_from_there(
            base in ids(&base::ALL), ascent in ids(&ascent::ALL), other in ids(&base::ALL),
            later in ids(&ascent::ALL), at in 1..STEPS, rho in 0.0f64..0.3,
        ) {
            // Another base begins without a memory, as a run does; so does an ascent of another kind.
            prop_assume!(base != other && ascent != later);
            let plain = setup(base, ascent, BatchSize::Full);
            let then = vec![stretch(at, other, later, 0.05, rho)];
            let path = Run::to_end(Setup { then, ..plain.clone() });
            let before = Run::to_end(plain.clone());
            for step in 0..at {
                prop_assert_eq!(path.row(step).unwrap(), before.row(step).unwrap());
            }
            let from = path.row(at).unwrap().w.to_owned();
            let alone = Run::to_end(Setup {
                start: from,
                eta: 0.05,
                ball: ball(rho),
                steps: STEPS - at,
                ..setup(other, later, BatchSize::Full)
            });
            for step in at..=STEPS {
                prop_assert_eq!(path.row(step).unwrap().w, alone.row(step - at).unwrap().w);
            }
        }

        #[test]
        fn it_is_replayed_and_recalled_bit_for_bit(
            base in ids(&base::ALL), ascent in ids(&ascent::ALL), other in ids(&base::ALL),
            later in ids(&ascent::ALL), size in 0usize..8, first in 1..10usize, second in 10..STEPS,
        ) {
            let then = vec![
                stretch(first, other, later, 0.05, 0.2),
                stretch(second, base, ascent, 0.2, 0.1),
            ];
            let setup = Setup { then, ..setup(base, ascent, batch(size)) };
            let path = Run::to_end(setup.clone());
            let longer = Run::to_end(Setup { steps: STEPS + 1, ..setup.clone() });
            let steps: Vec<Step> = Replay::new(&setup).collect();
            prop_assert_eq!(steps.len(), path.rows());
            let mut recall = Recall::new(&setup);
            let mut follow = Recall::with_base(&setup);
            for step in [STEPS, 3, second, second - 1, first, first + 1, 0, STEPS - 1] {
                prop_assert_eq!(recall.step(&path, step), steps.get(step), "step {}", step);
                follow.step(&path, step);
                let next = follow.moves().map(|moves| moves.next.view());
                prop_assert_eq!(next, longer.row(step + 1).map(|row| row.w), "after {}", step);
            }
        }
    }

    #[test]
    fn batches_go_on_over_a_change() {
        let plain = setup("sgd", "none", batch(3));
        let then = vec![stretch(7, "sgd", "sam", 0.2, 0.0)];
        // With ρ = 0 SAM is its base: only the batches could differ.
        let path = Run::to_end(Setup { then, ..plain.clone() });
        assert_eq!(path.weights(), Run::to_end(plain).weights());
    }

    #[test]
    fn late_sam_costs_two_gradients_a_step_from_there_on() {
        let then = vec![stretch(10, "sgd", "sam", 0.2, 0.1)];
        let path = Run::to_end(Setup { then, ..setup("sgd", "none", BatchSize::Full) });
        let spent = |step: usize| path.row(step).unwrap().numbers.gradients;
        assert_eq!([spent(10), spent(11), spent(STEPS)], [10, 12, 10 + 2 * (STEPS - 10)]);
        let numbers = path.row(10).unwrap().numbers;
        assert!(
            numbers.adversarial_loss > numbers.loss && path.row(9).unwrap().numbers.gap() == 0.0
        );
    }

    #[test]
    fn adam_begins_again_and_momentum_that_stays_goes_on() {
        let then = vec![stretch(5, "adam", "none", 0.01, 0.0)];
        let path = Run::to_end(Setup { then, ..setup("momentum", "none", BatchSize::Full) });
        // The first step of Adam is η long in every weight, whatever came before.
        let moved = &path.row(6).unwrap().w - &path.row(5).unwrap().w;
        assert!(moved.iter().all(|x| (x.abs() - 0.01).abs() < 1e-6), "{moved}");
        let then = vec![stretch(5, "momentum", "none", 0.1, 0.0)];
        let setup = Setup { then, ..setup("momentum", "none", BatchSize::Full) };
        assert_eq!(setup.in_force(9).base_since, 0, "its velocity is kept");
        assert_eq!(setup.in_force(9).eta, 0.1);
    }
}
