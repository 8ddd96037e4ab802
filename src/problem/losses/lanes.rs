//! Losses of many examples at a time, to the same bits on every processor.
//!
//! ```text
//! s_k = Σ ℓ(z_i, t_i) over i ≡ k (mod 8),     Σ ℓ(z_i, t_i) = s_0 + s_1 + … + s_7
//! ```
//!
//! Eight sums side by side are what the widest registers add at once; narrower ones, and none at all, add them in the
//! same order. With [`Strict`] lanes every operation rounds alike everywhere, so that training may go this way.

use pulp::{Arch, Simd, WithSimd};

use crate::math::fast::{Double, Lanes, Number, Several, Single, Strict};

/// A loss written for lanes, `f32` or `f64`.
pub trait Curve: Sync {
    /// `ℓ(z, t)` and `∂ℓ/∂z`. Mark it `#[inline(always)]`.
    fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack);

    /// `Σ ℓ(z_i, t_i)` over packs, for fields. Mark it `#[inline(always)]`.
    #[inline(always)]
    fn sum<L: Lanes>(&self, l: L, z: &[L::Pack], targets: &[L::Pack]) -> L::Pack {
        let mut sum = l.number(0.0);
        for (z, t) in std::iter::zip(z, targets) {
            sum = l.add(sum, self.value_and_slope(l, *z, *t).0);
        }
        sum
    }
}

/// Sums `ℓ(z_i, t_i)` and writes each slope over its `z_i`.
pub(super) fn sum_and_slopes(curve: &impl Curve, z: &mut [f64], targets: &[f64]) -> f64 {
    Arch::new().dispatch(Sum { curve, z, targets })
}

/// `Σ ℓ(z_i, t_i)`.
pub(super) fn sum(curve: &impl Curve, z: &[f64], targets: &[f64]) -> f64 {
    sum_and_slopes(curve, &mut z.to_vec(), targets)
}

/// `Σ ℓ(z_i, t_i)` for a pixel of a field.
pub(super) fn sum_at_pixel(curve: &impl Curve, z: Several<'_>, targets: Several<'_>) -> f64 {
    Arch::new().dispatch(AtPixel { curve, z, targets })
}

struct AtPixel<'a, C> {
    curve: &'a C,
    z: Several<'a>,
    targets: Several<'a>,
}

impl<C: Curve> WithSimd for AtPixel<'_, C> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        match (self.z, self.targets) {
            (Several::Single(z), Several::Single(t)) => pixel(Single(simd), self.curve, z, t),
            (Several::Double(z), Several::Double(t)) => {
                pixel::<Double<S>>(Double(simd), self.curve, z, t)
            }
            (z, t) => pixel::<Double<S>>(Double(simd), self.curve, &z.widened(), &t.widened()),
        }
    }
}

/// The widest registers hold so many numbers.
const WIDEST: usize = 16;

#[inline(always)]
fn pixel<L: Lanes>(l: L, curve: &impl Curve, z: &[L::Number], targets: &[L::Number]) -> f64 {
    let zero = L::Number::rounded(0.0);
    let sum = curve.sum(l, L::packs(z), L::packs(targets));
    let mut parts = [zero; WIDEST];
    L::packs_mut(&mut parts)[0] = sum;
    let mut total: f64 = parts[..L::COUNT].iter().map(|x| x.widened()).sum();
    let whole = z.len() / L::COUNT * L::COUNT;
    let rest = z.len() - whole;
    if rest > 0 {
        let (mut last, mut aims) = ([zero; WIDEST], [zero; WIDEST]);
        last[..rest].copy_from_slice(&z[whole..]);
        aims[..rest].copy_from_slice(&targets[whole..]);
        let values = curve.value_and_slope(l, L::packs(&last)[0], L::packs(&aims)[0]).0;
        L::packs_mut(&mut parts)[0] = values;
        total += parts[..rest].iter().map(|x| x.widened()).sum::<f64>();
    }
    total
}

/// Sums side by side.
const SUMS: usize = 8;

struct Sum<'a, C> {
    curve: &'a C,
    z: &'a mut [f64],
    targets: &'a [f64],
}

impl<C: Curve> WithSimd for Sum<'_, C> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let l: Strict<S> = Double(simd);
        let mut sums = [0.0; SUMS];
        let (z, last_z) = self.z.as_chunks_mut::<SUMS>();
        let (targets, last_targets) = self.targets.as_chunks::<SUMS>();
        for (z, targets) in std::iter::zip(z, targets) {
            let values = values(l, self.curve, z, targets);
            for (sum, value) in std::iter::zip(&mut sums, values) {
                *sum += value;
            }
        }
        // What does not fill the lanes is filled up, and what was filled up is not added.
        let (mut z, mut targets) = ([0.0; SUMS], [0.0; SUMS]);
        z[..last_z.len()].copy_from_slice(last_z);
        targets[..last_targets.len()].copy_from_slice(last_targets);
        let values = values(l, self.curve, &mut z, &targets);
        for (k, last_z) in last_z.iter_mut().enumerate() {
            sums[k] += values[k];
            *last_z = z[k];
        }
        sums.iter().sum()
    }
}

/// The values of eight examples; their slopes are written over `z`.
#[inline(always)]
fn values<S: Simd>(
    l: Strict<S>,
    curve: &impl Curve,
    z: &mut [f64; SUMS],
    targets: &[f64; SUMS],
) -> [f64; SUMS] {
    let mut values = [0.0; SUMS];
    let examples = std::iter::zip(Strict::<S>::packs_mut(z), Strict::<S>::packs(targets));
    for ((z, t), value) in examples.zip(Strict::<S>::packs_mut(&mut values)) {
        (*value, *z) = curve.value_and_slope(l, *z, *t);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::super::ALL;
    use super::*;
    use crate::catalog::Choice;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_examples_cost_what_each_costs(
            examples in proptest::collection::vec((-40.0f64..40.0, prop_oneof![Just(0.0), Just(1.0)]), 1..70),
        ) {
            let (z, targets): (Vec<f64>, Vec<f64>) = examples.into_iter().unzip();
            for entry in ALL.entries {
                let loss = Choice::new(entry).build();
                let mut slopes = z.clone();
                let sum = loss.sum_and_slopes(&mut slopes, &targets);
                let each = z.iter().zip(&targets).map(|(z, t)| loss.value_and_slope(*z, *t));
                let (values, expected): (Vec<f64>, Vec<f64>) = each.unzip();
                let plain: f64 = values.iter().sum();
                prop_assert!((sum - plain).abs() <= 1e-13 * plain.abs(), "{}", entry.id);
                prop_assert_eq!(sum.to_bits(), loss.sum(&z, &targets).to_bits());
                let there = loss.sum_at_pixel(Several::Double(&z), Several::Double(&targets));
                prop_assert!((there - plain).abs() <= 1e-13 * plain.abs(), "{}", entry.id);
                let single = |x: &[f64]| x.iter().map(|x| f32::rounded(*x)).collect::<Vec<f32>>();
                let (z32, t32) = (single(&z), single(&targets));
                let there = loss.sum_at_pixel(Several::Single(&z32), Several::Single(&t32));
                prop_assert!((there - plain).abs() <= 1e-5 * (plain.abs() + 0.1), "{} {} {}", entry.id, there, plain);
                for (found, expected) in slopes.iter().zip(expected) {
                    prop_assert!((found - expected).abs() <= 1e-12 * expected.abs() + 1e-200, "{}", entry.id);
                }
            }
        }
    }
}
