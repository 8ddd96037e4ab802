//! Curvature at a point: the eigenvalues of the Hessian and what is read off them.
//!
//! ```text
//! λ_max    how sharp the sharpest direction is; descent is stable iff η λ_max < 2
//! λ_min    below zero on a saddle or a ridge
//! trace    Σ λ_i, d times the average curvature over all directions
//! κ        max |λ_i| / min |λ_i|, how unlike the directions are
//! ```

use ndarray::{Array1, Array2, ArrayView1};

use crate::math::eigen::{symmetric, symmetric_2x2};
use crate::problem::Objective;

/// Above this a condition number is rounding: the smallest eigenvalue is then what `f64` leaves of a zero.
pub const KNOWN_CONDITION: f64 = 1e15;

/// What is said in place of a condition number that no `f64` can hold, "> 10¹⁵"; none where the number itself can be
/// shown, and none where there is none (NaN).
#[must_use]
pub fn beyond_rounding(condition: f64) -> Option<&'static str> {
    (condition > KNOWN_CONDITION).then_some("> 10¹⁵")
}

/// The spectrum of a Hessian.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// The eigenvalues, largest first; at least one.
    pub eigenvalues: Vec<f64>,
    /// The unit eigenvector of the largest.
    pub sharpest: Array1<f64>,
}

impl Spectrum {
    /// The spectrum of `∇²L(w)`; none when it is not finite, or where the loss has no second derivatives.
    #[must_use]
    pub fn at(objective: &dyn Objective, w: ArrayView1<'_, f64>) -> Option<Self> {
        if objective.is_smooth_at(w) { Self::of(&objective.hessian(w)) } else { None }
    }

    /// The spectrum of a symmetric matrix; none when it is not finite or has no entries.
    #[must_use]
    pub fn of(hessian: &Array2<f64>) -> Option<Self> {
        let size = hessian.nrows();
        if size == 0 || !hessian.iter().all(|h| h.is_finite()) {
            return None;
        }
        if size == 2 {
            let (eigenvalues, sharpest) =
                symmetric_2x2(hessian[[0, 0]], hessian[[0, 1]], hessian[[1, 1]]);
            return Some(Self {
                eigenvalues: eigenvalues.to_vec(),
                sharpest: Array1::from(sharpest.to_vec()),
            });
        }
        let found = symmetric(hessian.view());
        let sharpest = found.vectors.row(0).to_owned();
        Some(Self { eigenvalues: found.values.to_vec(), sharpest })
    }

    /// `λ_max`.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.eigenvalues[0]
    }

    /// `λ_min`.
    #[must_use]
    pub fn smallest(&self) -> f64 {
        self.eigenvalues[self.eigenvalues.len() - 1]
    }

    /// `Σ λ_i`.
    #[must_use]
    pub fn trace(&self) -> f64 {
        self.eigenvalues.iter().sum()
    }

    /// `κ`, one or more; infinite when a direction is flat, NaN when all are.
    #[must_use]
    pub fn condition(&self) -> f64 {
        let sizes = self.eigenvalues.iter().map(|lambda| lambda.abs());
        let [least, most] =
            sizes.fold([f64::INFINITY, 0.0], |[low, high], size| [low.min(size), high.max(size)]);
        most / least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Formula, landscapes};
    use ndarray::array;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_spectrum_is_that_of_the_matrix(
            size in 1usize..7,
            entries in proptest::collection::vec(-3.0f64..3.0, 49),
        ) {
            let hessian = Array2::from_shape_fn((size, size), |(i, j)| entries[i.min(j) * 7 + i.max(j)]);
            let spectrum = Spectrum::of(&hessian).unwrap();
            let trace: f64 = hessian.diag().sum();
            let squares: f64 = hessian.iter().map(|h| h * h).sum();
            prop_assert!((spectrum.trace() - trace).abs() < 1e-10);
            let found: f64 = spectrum.eigenvalues.iter().map(|lambda| lambda * lambda).sum();
            prop_assert!((found - squares).abs() < 1e-9);
            prop_assert!(spectrum.eigenvalues.windows(2).all(|pair| pair[0] >= pair[1]));
            let stretched = hessian.dot(&spectrum.sharpest) - spectrum.largest() * &spectrum.sharpest;
            prop_assert!(stretched.iter().all(|x| x.abs() < 1e-9));
        }
    }

    #[test]
    fn the_condition_number_compares_sizes() {
        let spectrum = Spectrum::of(&array![[2.0, 0.0], [0.0, -8.0]]).unwrap();
        assert!((spectrum.condition() - 4.0).abs() < 1e-12);
        assert!((spectrum.smallest() + 8.0).abs() < 1e-12);
        let valley = Spectrum::of(&array![[2.0, 0.0], [0.0, 0.0]]).unwrap();
        assert!(valley.condition().is_infinite());
    }

    #[test]
    fn a_condition_number_of_rounding_noise_is_said_to_be_beyond() {
        let valley = Spectrum::of(&array![[2.0, 0.0], [0.0, 1.7e-16]]).unwrap();
        assert_eq!(beyond_rounding(valley.condition()), Some("> 10¹⁵"));
        assert_eq!(beyond_rounding(f64::INFINITY), Some("> 10¹⁵"));
        assert_eq!(beyond_rounding(1e15), None);
        assert_eq!(beyond_rounding(f64::NAN), None);
    }

    #[test]
    fn the_tip_of_ackleys_cone_has_no_spectrum_and_its_dips_have() {
        let ackley = landscapes::ALL.choose("ackley").unwrap().build();
        let ackley = Formula(ackley);
        let known = ackley.known_minima();
        let (tip, dips): (Vec<_>, Vec<_>) =
            known.iter().partition(|w| Spectrum::at(&ackley, w.view()).is_none());
        assert_eq!((tip, dips.len()), (vec![&array![0.0, 0.0]], 8));
    }

    #[test]
    fn what_is_not_finite_has_no_spectrum() {
        assert_eq!(Spectrum::of(&array![[f64::NAN, 0.0], [0.0, 1.0]]), None);
        assert_eq!(Spectrum::of(&Array2::zeros((0, 0))), None);
    }
}
