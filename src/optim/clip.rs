//! Gradient clipping: no gradient that is used is longer than a bound.
//!
//! ```text
//! clip_c(v) = v · min(1, c/‖v‖₂)
//! before      g is clipped at w, and the ascent sees the clipped one     ε of SAM is the same, ρ g of others shorter
//! after       what the base is handed is clipped, whatever it is made of
//! ```
//!
//! R. Pascanu, T. Mikolov and Y. Bengio (2013), "On the difficulty of training recurrent neural networks", ICML,
//! algorithm 1. Without a perturbation both are the same: the gradient at the weights is clipped. Recorded are the
//! gradients as they are.

use ndarray::{Array1, ArrayView1};

use super::ascent::Sight;
use crate::math::norm::Norm;

/// A bound on the length of gradients, and on which.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clip {
    most: f64,
    /// Which gradient is clipped.
    pub place: Place,
}

/// Which gradient is clipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The one at the weights, before the ascent sees it.
    Before,
    /// What the base is handed.
    After,
}

/// A number that is no bound.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "clip = {} is no bound on a gradient's length; use a number above zero, for instance 1, or inf for none",
    crate::typed::spelled(*given)
)]
pub struct BadClip {
    given: f64,
}

impl Clip {
    /// No bound.
    pub const NONE: Self = Self { most: f64::INFINITY, place: Place::After };

    /// Gradients no longer than `most`; infinity bounds none.
    ///
    /// # Errors
    /// When it is not above zero.
    pub fn new(most: f64, place: Place) -> Result<Self, BadClip> {
        if most > 0.0 { Ok(Self { most, place }) } else { Err(BadClip { given: most }) }
    }

    /// The bound `c`; infinite where there is none.
    #[must_use]
    pub fn most(self) -> f64 {
        self.most
    }

    /// Whether nothing is bounded.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.most.is_infinite()
    }

    /// `v` clipped at `place`; none where it is left as it is.
    #[must_use]
    pub fn clipped(self, place: Place, v: ArrayView1<'_, f64>) -> Option<Array1<f64>> {
        if self.place != place || self.is_none() {
            return None;
        }
        let length = Norm::L2.length(v);
        // Divided first: where both are huge their product would not be finite.
        (length > self.most && length.is_finite()).then(|| &v / length * self.most)
    }

    /// Clips what the base is handed. Where nobody looked around, what was `short` at the weights is handed on, and
    /// recorded is the gradient itself.
    pub(super) fn hand_on(
        self,
        short: Option<Array1<f64>>,
        gradient: &Array1<f64>,
        sight: &mut Sight,
    ) {
        let looked = sight.epsilon.iter().any(|&x| x != 0.0);
        if let Some(short) = short.filter(|_| !looked) {
            sight.gradient.assign(gradient);
            sight.direction.get_or_insert(short);
        }
        let handed = sight.direction.as_ref().unwrap_or(&sight.gradient);
        if let Some(short) = self.clipped(Place::After, handed.view()) {
            sight.direction = Some(short);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ndarray::array;
    use proptest::prelude::*;

    use super::*;
    use crate::math::norm::{Ball, Radius};
    use crate::optim::ascent;
    use crate::optim::replay::{Replay, Step};
    use crate::optim::run::Setup;
    use crate::problem::{Formula, landscapes};

    proptest! {
        #[test]
        fn what_is_clipped_is_as_long_as_the_bound_and_points_the_same_way(
            v in prop::collection::vec(-1e3f64..1e3, 1..5), most in 1e-3f64..1e3,
        ) {
            let v = Array1::from(v);
            let length = Norm::L2.length(v.view());
            let clip = Clip::new(most, Place::After).unwrap();
            match clip.clipped(Place::After, v.view()) {
                Some(short) => {
                    prop_assert!(length > most);
                    prop_assert!((Norm::L2.length(short.view()) - most).abs() <= 1e-12 * most);
                    prop_assert!((short.dot(&v) - most * length).abs() <= 1e-9 * most * length);
                }
                None => prop_assert!(length <= most),
            }
            prop_assert_eq!(clip.clipped(Place::Before, v.view()), None);
            prop_assert_eq!(Clip::NONE.clipped(Place::After, v.view()), None);
        }
    }

    fn run(ascent: &str, place: Place, most: f64) -> Vec<Step> {
        let landscape = landscapes::ALL.choose("himmelblau").unwrap().build();
        let ball = Ball { norm: Norm::L2, rho: Radius::new(0.2).unwrap() };
        let setup = Setup {
            ascent: ascent::ALL.choose(ascent).unwrap(),
            clip: Clip::new(most, place).unwrap(),
            ..Setup::new(Arc::new(Formula(landscape)), array![0.5, -0.3], 0.01, ball, 20)
        };
        Replay::new(&setup).collect()
    }

    #[test]
    fn a_step_goes_no_farther_than_eta_times_the_bound_and_records_the_gradient_as_it_is() {
        for entry in ascent::ALL.entries {
            let steps = run(entry.id, Place::After, 3.0);
            assert!(
                steps.iter().any(|step| step.direction.is_some()),
                "{}: one is clipped",
                entry.id
            );
            for pair in steps.windows(2) {
                let moved = Norm::L2.length((&pair[1].w - &pair[0].w).view());
                assert!(moved <= 0.01 * 3.0 * (1.0 + 1e-9), "{}: {moved}", entry.id);
            }
            let free = run(entry.id, Place::After, f64::INFINITY);
            let first = |steps: &[Step]| {
                (
                    steps[0].gradient.clone(),
                    steps[0].gradient_there.clone(),
                    steps[0].epsilon.clone(),
                )
            };
            assert_eq!(first(&steps), first(&free), "{}", entry.id);
        }
    }

    #[test]
    fn before_the_ascent_the_perturbation_by_rho_g_is_shorter_and_that_of_sam_is_not() {
        let length = |ascent: &str, most: f64| {
            let first = run(ascent, Place::Before, most).remove(0);
            (Norm::L2.length(first.epsilon.view()), first.direction)
        };
        assert!((length("unnormalised", 3.0).0 - 0.2 * 3.0).abs() < 1e-12);
        assert!((length("sam", 3.0).0 - 0.2).abs() < 1e-12);
        assert_eq!(
            length("sam", 3.0).1,
            None,
            "the base is handed the gradient at w + ε, unclipped"
        );
    }

    #[test]
    fn without_a_perturbation_before_and_after_are_the_same() {
        let [before, after] = [Place::Before, Place::After].map(|place| run("none", place, 3.0));
        assert_eq!(before, after);
        assert!(before[0].direction.is_some());
    }

    #[test]
    fn a_bound_is_above_zero() {
        for bad in [0.0, -1.0, f64::NAN] {
            assert!(Clip::new(bad, Place::After).is_err(), "{bad}");
        }
    }
}
