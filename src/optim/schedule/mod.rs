//! Schedules: how η and ρ change over a run.
//!
//! ```text
//! η_t = η · factor(t, T),     ρ_t = ρ · factor(t, T),     t = 0 … T − 1
//! ```
//!
//! One family serves both, and a scene may choose differently for each.

use crate::catalog::{Catalog, Choice};

mod constant;
mod cosine;
mod step;
mod warm_up;

/// A number between 0 and 1 for every step of a run.
pub trait Schedule: Send {
    /// By what η or ρ is multiplied at `step`, counted from 0, of a run of `steps` steps.
    ///
    /// A function of its arguments alone, between 0 and 1. A run of no steps counts as one of one step.
    fn factor(&self, step: usize, steps: usize) -> f64;
}

/// Every schedule, in the order of the menu.
pub static ALL: Catalog<dyn Schedule> = Catalog {
    family: "schedule",
    entries: &[&constant::ENTRY, &cosine::ENTRY, &step::ENTRY, &warm_up::ENTRY],
};

/// No change at all.
#[must_use]
pub fn constant() -> Choice<dyn Schedule> {
    Choice::new(&constant::ENTRY)
}

/// The part of the run that is over before `step`, from 0 to 1.
fn share(step: usize, steps: usize) -> f64 {
    (step as f64 / steps.max(1) as f64).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn factors(id: &str, key: Option<(&str, f64)>, steps: usize) -> Vec<f64> {
        let mut choice = ALL.choose(id).unwrap();
        if let Some((key, value)) = key {
            assert!(choice.set(key, value).unwrap(), "{id} has no {key}");
        }
        let schedule = choice.build();
        (0..=steps).map(|step| schedule.factor(step, steps)).collect()
    }

    proptest! {
        #[test]
        fn every_factor_lies_between_zero_and_one(step in 0usize..30_000, steps in 0usize..20_001) {
            for entry in ALL.entries {
                let factor = Choice::new(entry).build().factor(step, steps);
                prop_assert!((0.0..=1.0).contains(&factor), "{}: {}", entry.id, factor);
            }
        }
    }

    #[test]
    fn constant_changes_no_bit() {
        assert!(factors("constant", None, 50).iter().all(|f| f.to_bits() == 1f64.to_bits()));
    }

    #[test]
    fn the_cosine_falls_from_one_over_a_half_to_zero() {
        let factors = factors("cosine", None, 100);
        assert_eq!(factors[0].to_bits(), 1f64.to_bits());
        assert!((factors[50] - 0.5).abs() < 1e-15);
        assert!(factors[100].abs() < 1e-15);
        assert!(factors.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn steps_fall_at_their_multiples() {
        let expected = [1.0, 1.0, 0.1, 0.1, 0.01, 0.01];
        for (found, expected) in factors("step", Some(("every", 2.0)), 5).iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn the_warm_up_reaches_one_after_its_fraction_and_is_never_zero() {
        let factors = factors("warm_up", Some(("fraction", 0.5)), 8);
        assert_eq!(factors, [0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    }
}
