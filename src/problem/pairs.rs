//! Linear models of two weights in `f32` lanes: several places in the plane of weights at a time, all examples at each.
//!
//! ```text
//! ∇L(w) = 1/n Σ ℓ′(w₁ φ₁ + w₂ φ₂, t) (φ₁, φ₂)
//! ```
//!
//! One example is read for several packs of places. Sums of a few examples are added to the sum of all, so that what
//! `f32` rounds away grows with the number of portions and not with that of examples.

use super::examples::Examples;
use super::flock::Slopes;
use super::lanes::Curve;
use crate::math::fast::{Lanes, Number as _};

/// Examples with two features each, in `f32`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    /// Both features and the target, example by example.
    all: Vec<[f32; 3]>,
}

/// Features and targets beyond this size leave `f32` less than three digits behind the point.
const LARGEST: f64 = 1e4;

impl Pairs {
    /// Those examples; none where they have not two features each, where there is none, or where `f32` would be too coarse.
    #[must_use]
    pub fn of(examples: &Examples) -> Option<Self> {
        if examples.features() != 2 || examples.count() == 0 {
            return None;
        }
        let mut all = Vec::with_capacity(examples.count());
        for (columns, count) in examples.parts(1) {
            all.extend((0..count).map(|i| [columns[0][i], columns[1][i], columns[2][i]]));
        }
        let is_small = all.iter().flatten().all(|x| x.abs() <= LARGEST);
        let single = |numbers: [f64; 3]| numbers.map(f32::rounded);
        is_small.then(|| Self { all: all.into_iter().map(single).collect() })
    }
}

/// The mean of a loss over some examples, as a function of two weights.
pub(super) struct Fit<'a, C> {
    pub(super) curve: &'a C,
    pub(super) pairs: &'a Pairs,
}

/// Examples whose sum is made before it is added to that of the others.
const PORTION: usize = 64;

impl<C: Curve> Slopes for Fit<'_, C> {
    #[inline(always)]
    fn slopes<L: Lanes, const N: usize>(
        &self,
        l: L,
        [u, v]: [[L::Pack; N]; 2],
        _: &mut Vec<L::Pack>,
    ) -> [[L::Pack; N]; 2] {
        let zero = l.number(0.0);
        let (mut total_u, mut total_v) = ([zero; N], [zero; N]);
        for portion in self.pairs.all.chunks(PORTION) {
            let (mut sum_u, mut sum_v) = ([zero; N], [zero; N]);
            for [x, y, target] in portion {
                let [x, y, target] = [l.single(*x), l.single(*y), l.single(*target)];
                let mut z = u;
                for k in 0..N {
                    z[k] = l.mul_add(x, u[k], l.mul(y, v[k]));
                }
                let found = self.curve.values_and_slopes(l, z, [target; N]);
                for k in 0..N {
                    let (_, slope) = found[k];
                    sum_u[k] = l.mul_add(slope, x, sum_u[k]);
                    sum_v[k] = l.mul_add(slope, y, sum_v[k]);
                }
            }
            for k in 0..N {
                total_u[k] = l.add(total_u[k], sum_u[k]);
                total_v[k] = l.add(total_v[k], sum_v[k]);
            }
        }
        let part = l.number(1.0 / self.pairs.all.len() as f64);
        for k in 0..N {
            total_u[k] = l.mul(total_u[k], part);
            total_v[k] = l.mul(total_v[k], part);
        }
        [total_u, total_v]
    }

    fn cost(&self) -> f64 {
        /// An exponential and what is around it.
        const OF_AN_EXAMPLE: f64 = 20.0;
        OF_AN_EXAMPLE * self.pairs.all.len() as f64
    }
}
