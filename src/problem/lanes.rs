//! Losses of many examples at a time, to the same bits on every processor.
//!
//! Sixteen sums side by side are what two of the widest registers add at once; narrower ones, and none at all, add them
//! in the same order ([`tally`](super::tally)). With [`Strict`] lanes every operation rounds alike everywhere, so that
//! training may go this way.

use pulp::{Arch, Simd, WithSimd};

use super::tally::{BLOCKS, Tallies, Tally};
use crate::math::fast::{Double, Lanes, Number, Several, Single, Strict};
use crate::problem::examples::BLOCK;

/// A loss written for lanes, `f32` or `f64`. Mark its functions `#[inline(always)]`.
pub trait Curve: Sync {
    /// `ℓ(z, t)` and `∂ℓ/∂z`.
    fn value_and_slope<L: Lanes>(&self, l: L, z: L::Pack, t: L::Pack) -> (L::Pack, L::Pack);

    /// The same of several packs at a time; for losses of which one pack need not wait for another.
    #[inline(always)]
    fn values_and_slopes<L: Lanes, const N: usize>(
        &self,
        l: L,
        z: [L::Pack; N],
        t: [L::Pack; N],
    ) -> [(L::Pack, L::Pack); N] {
        let mut both = [(z[0], z[0]); N];
        for k in 0..N {
            both[k] = self.value_and_slope(l, z[k], t[k]);
        }
        both
    }

    /// Adds `ℓ(z, t)` to tallies, pack `k` to tally `k mod M`, and returns `∂ℓ/∂z`; for losses that can put off some of
    /// their work until all examples are in.
    #[inline(always)]
    fn tally<S: Simd, const N: usize, const M: usize>(
        &self,
        l: Strict<S>,
        z: [S::f64s; N],
        t: [S::f64s; N],
        tally: &mut [Tally<S>; M],
    ) -> [S::f64s; N] {
        let mut slopes = z;
        let both = self.values_and_slopes(l, z, t);
        for k in 0..N {
            tally[k % M].add(l, both[k].0);
            slopes[k] = both[k].1;
        }
        slopes
    }

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
        let (z, last_z) = self.z.as_chunks_mut::<BLOCK>();
        let (targets, last_targets) = self.targets.as_chunks::<BLOCK>();
        let mut sum = 0.0;
        for (z, targets) in std::iter::zip(z.chunks_mut(BLOCKS), targets.chunks(BLOCKS)) {
            let mut tallies = Tallies::EMPTY;
            for (z, targets) in std::iter::zip(z, targets) {
                judge(l, self.curve, z, targets, &mut tallies);
            }
            sum += tallies.total(BLOCK);
        }
        if !last_z.is_empty() {
            // What does not fill the lanes is filled up, and what was filled up is not added.
            let count = last_z.len();
            let (mut z, mut targets) = ([0.0; BLOCK], [0.0; BLOCK]);
            z[..count].copy_from_slice(last_z);
            targets[..count].copy_from_slice(last_targets);
            let mut tallies = Tallies::EMPTY;
            judge(l, self.curve, &mut z, &targets, &mut tallies);
            sum += tallies.total(count);
            last_z.copy_from_slice(&z[..count]);
        }
        sum
    }
}

/// Adds the losses of a block of examples to `tallies` and writes their slopes over `z`.
#[inline(always)]
fn judge<S: Simd>(
    l: Strict<S>,
    curve: &impl Curve,
    z: &mut [f64; BLOCK],
    targets: &[f64; BLOCK],
    tallies: &mut Tallies,
) {
    let examples = std::iter::zip(Strict::<S>::packs_mut(z), Strict::<S>::packs(targets));
    for (pack, (z, t)) in examples.enumerate() {
        let mut tally = [tallies.load::<S>(pack)];
        [*z] = curve.tally(l, [*z], [*t], &mut tally);
        tallies.store(pack, tally[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Choice;
    use crate::problem::losses::ALL;
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
