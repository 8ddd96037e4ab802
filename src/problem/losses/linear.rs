//! The loss of a model that is linear in its weights, with its gradient, in one pass over the examples.
//!
//! ```text
//! z_i = wᵀφ_i,     Σ ℓ(z_i, t_i),     ∇ = Σ ℓ′(z_i, t_i) φ_i
//! ```
//!
//! Neither predictions nor slopes are ever written down. Every sum is kept as sixteen side by side, added up in a fixed
//! order, and nothing is fused: the same bits on every processor.

use std::array::from_fn;

use ndarray::ArrayView1;
use pulp::{Arch, Simd, WithSimd};

use crate::math::fast::{Double, Lanes as _, Strict};
use crate::problem::examples::{BLOCK, Examples};
use crate::problem::lanes::Curve;
use crate::problem::tally::{self, BLOCKS, Tallies, Tally};

/// `Σ ℓ(wᵀφ_i, t_i)`; adds its gradient to `gradient`.
pub(super) fn learn(
    curve: &impl Curve,
    w: ArrayView1<'_, f64>,
    examples: &Examples,
    gradient: &mut [f64],
) -> f64 {
    match w.len() {
        1 => Arch::new().dispatch(Few::<1, _> { curve, w, examples, gradient }),
        2 => Arch::new().dispatch(Few::<2, _> { curve, w, examples, gradient }),
        3 => Arch::new().dispatch(Few::<3, _> { curve, w, examples, gradient }),
        4 => Arch::new().dispatch(Few::<4, _> { curve, w, examples, gradient }),
        _ => Arch::new().dispatch(Many { curve, w, examples, gradient }),
    }
}

/// So few weights that they and their sums stay in registers.
struct Few<'a, const WEIGHTS: usize, C> {
    curve: &'a C,
    w: ArrayView1<'a, f64>,
    examples: &'a Examples,
    gradient: &'a mut [f64],
}

impl<const WEIGHTS: usize, C: Curve> WithSimd for Few<'_, WEIGHTS, C> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let Self { curve, w, examples, gradient } = self;
        let l: Strict<S> = Double(simd);
        let w: [S::f64s; WEIGHTS] = from_fn(|k| l.splat(w[k]));
        let mut sums = [[0.0; BLOCK]; WEIGHTS];
        let mut sum = 0.0;
        for (columns, count) in examples.parts(BLOCKS) {
            let tallies = match Strict::<S>::COUNT {
                8 => few::<S, WEIGHTS, 2, 8>(l, curve, &w, columns, &mut sums),
                4 => few::<S, WEIGHTS, 4, 4>(l, curve, &w, columns, &mut sums),
                2 => few::<S, WEIGHTS, 8, 8>(l, curve, &w, columns, &mut sums),
                _ => few::<S, WEIGHTS, BLOCK, BLOCK>(l, curve, &w, columns, &mut sums),
            };
            sum += tallies.total(count);
        }
        for (g, sums) in gradient.iter_mut().zip(sums) {
            *g += tally::total(sums);
        }
        sum
    }
}

/// Goes through blocks of `PACKS` packs each, `AT_ONCE` packs at a time while there are so many.
#[inline(always)]
fn few<S: Simd, const WEIGHTS: usize, const PACKS: usize, const AT_ONCE: usize>(
    l: Strict<S>,
    curve: &impl Curve,
    w: &[S::f64s; WEIGHTS],
    columns: &[[f64; BLOCK]],
    sums: &mut [[f64; BLOCK]; WEIGHTS],
) -> Tallies {
    let mut sum: Sums<S, WEIGHTS, PACKS> = Sums {
        tally: [Tally::empty(l); PACKS],
        gradient: from_fn(|pack| from_fn(|k| Strict::<S>::packs(&sums[k])[pack])),
    };
    let several = columns.chunks_exact(AT_ONCE / PACKS * (WEIGHTS + 1));
    let rest = several.remainder();
    for blocks in several {
        sum.add::<AT_ONCE>(l, curve, w, blocks);
    }
    for block in rest.chunks_exact(WEIGHTS + 1) {
        sum.add::<PACKS>(l, curve, w, block);
    }
    let mut tallies = Tallies::EMPTY;
    for pack in 0..PACKS {
        tallies.store(pack, sum.tally[pack]);
        for (sums, gradient) in std::iter::zip(&mut *sums, sum.gradient[pack]) {
            Strict::<S>::packs_mut(sums)[pack] = gradient;
        }
    }
    tallies
}

/// The packs of a block of sums.
struct Sums<S: Simd, const WEIGHTS: usize, const PACKS: usize> {
    tally: [Tally<S>; PACKS],
    gradient: [[S::f64s; WEIGHTS]; PACKS],
}

impl<S: Simd, const WEIGHTS: usize, const PACKS: usize> Sums<S, WEIGHTS, PACKS> {
    /// Adds the `N` packs of one block or of several, one after the other.
    #[inline(always)]
    fn add<const N: usize>(
        &mut self,
        l: Strict<S>,
        curve: &impl Curve,
        w: &[S::f64s; WEIGHTS],
        blocks: &[[f64; BLOCK]],
    ) {
        let zero = l.splat(0.0);
        let (mut z, mut targets) = ([zero; N], [zero; N]);
        for pack in 0..N {
            let block = &blocks[pack / PACKS * (WEIGHTS + 1)..];
            z[pack] = l.mul(Strict::<S>::packs(&block[0])[pack % PACKS], w[0]);
            for k in 1..WEIGHTS {
                let part = l.mul(Strict::<S>::packs(&block[k])[pack % PACKS], w[k]);
                z[pack] = l.add(z[pack], part);
            }
            targets[pack] = Strict::<S>::packs(&block[WEIGHTS])[pack % PACKS];
        }
        let slopes = curve.tally(l, z, targets, &mut self.tally);
        for pack in 0..N {
            let block = &blocks[pack / PACKS * (WEIGHTS + 1)..];
            let sums = &mut self.gradient[pack % PACKS];
            for k in 0..WEIGHTS {
                let pull = l.mul(slopes[pack], Strict::<S>::packs(&block[k])[pack % PACKS]);
                sums[k] = l.add(sums[k], pull);
            }
        }
    }
}

/// Any number of weights.
struct Many<'a, C> {
    curve: &'a C,
    w: ArrayView1<'a, f64>,
    examples: &'a Examples,
    gradient: &'a mut [f64],
}

impl<C: Curve> WithSimd for Many<'_, C> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let Self { curve, w, examples, gradient } = self;
        let l: Strict<S> = Double(simd);
        let weights = w.len();
        let mut sums = vec![[0.0; BLOCK]; weights];
        let mut sum = 0.0;
        for (columns, count) in examples.parts(BLOCKS) {
            let mut tallies = Tallies::EMPTY;
            for block in columns.chunks_exact(weights + 1) {
                for pack in 0..BLOCK / Strict::<S>::COUNT {
                    let column = |k: usize| Strict::<S>::packs(&block[k])[pack];
                    let mut z = l.splat(0.0);
                    for (k, w) in w.iter().enumerate() {
                        z = l.add(z, l.mul(column(k), l.splat(*w)));
                    }
                    let mut tally = [tallies.load::<S>(pack)];
                    let [slope] = curve.tally(l, [z], [column(weights)], &mut tally);
                    tallies.store(pack, tally[0]);
                    for (k, sums) in sums.iter_mut().enumerate() {
                        let sum = &mut Strict::<S>::packs_mut(sums)[pack];
                        *sum = l.add(*sum, l.mul(slope, column(k)));
                    }
                }
            }
            sum += tallies.total(count);
        }
        for (g, sums) in gradient.iter_mut().zip(sums) {
            *g += tally::total(sums);
        }
        sum
    }
}

/// [`learn`] for losses that are not written for lanes.
pub(super) fn learn_plainly(
    value_and_slope: impl Fn(f64, f64) -> (f64, f64),
    w: ArrayView1<'_, f64>,
    examples: &Examples,
    gradient: &mut [f64],
) -> f64 {
    let weights = w.len();
    let mut sum = 0.0;
    for (block, count) in examples.parts(1) {
        for i in 0..count {
            let z = w.iter().zip(block).map(|(w, column)| w * column[i]).sum();
            let (value, slope) = value_and_slope(z, block[weights][i]);
            sum += value;
            for (g, column) in gradient.iter_mut().zip(block) {
                *g += slope * column[i];
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::ALL;
    use super::super::cross_entropy::CrossEntropy;
    use super::*;
    use crate::catalog::Choice;
    use ndarray::{Array1, Array2};
    use proptest::prelude::*;

    /// Examples between −2 and 2, with targets that suit every loss, and weights.
    fn problems() -> impl Strategy<Value = (Examples, Array1<f64>)> {
        (1usize..7, 0usize..2100).prop_flat_map(|(features, count)| {
            let x = proptest::collection::vec(-2.0f64..2.0, features * 40);
            let w = proptest::collection::vec(-3.0f64..3.0, features);
            (x, w).prop_map(move |(x, w)| {
                let features_of = |(i, k): (usize, usize)| x[(31 * i + 7 * k) % x.len()];
                let rows = Array2::from_shape_fn((count, features), features_of);
                let targets: Vec<f64> =
                    (0..count).map(|i| f64::from(u8::from(i % 3 == 0))).collect();
                (Examples::new(rows.view(), &targets), Array1::from(w))
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn in_lanes_a_linear_model_learns_what_it_learns_example_by_example((examples, w) in problems()) {
            for entry in ALL.entries {
                let loss = Choice::new(entry).build();
                let mut found = vec![0.0; w.len()];
                let mut expected = found.clone();
                let sum = loss.learn_linear(w.view(), &examples, &mut found);
                let plain =
                    learn_plainly(|z, t| loss.value_and_slope(z, t), w.view(), &examples, &mut expected);
                prop_assert!((sum - plain).abs() <= 1e-13 * plain.abs(), "{}: {} {}", entry.id, sum, plain);
                for (found, expected) in found.iter().zip(&expected) {
                    prop_assert!((found - expected).abs() <= 1e-12 * (1.0 + plain.abs()), "{}", entry.id);
                }
            }
        }

        #[test]
        fn every_processor_learns_the_same_bits((examples, w) in problems()) {
            let curve = &CrossEntropy;
            let mut here = vec![0.0; w.len()];
            let mut portable = here.clone();
            let sum = learn(curve, w.view(), &examples, &mut here);
            let many = Many { curve, w: w.view(), examples: &examples, gradient: &mut portable };
            let portable_sum = many.with_simd(pulp::Scalar::new());
            prop_assert_eq!(sum.to_bits(), portable_sum.to_bits());
            for (here, portable) in here.iter().zip(&portable) {
                prop_assert_eq!(here.to_bits(), portable.to_bits());
            }
        }
    }
}
