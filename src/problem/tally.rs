//! Sums of losses under way, side by side, to the same bits on every processor.
//!
//! ```text
//! s_k = Σ ℓ(z_i, t_i) over i ≡ k (mod 16),     Σ ℓ = ((s_0 + s_8) + (s_4 + s_12)) + …
//! ```
//!
//! Logarithms are not taken an example at a time. With `P` the product of all `σ(|z_i|)` and `Q = 1 − P`,
//!
//! ```text
//! Σ ln(1 + e^{−|z_i|}) = −ln P = ln(1 + Q/P),     Q ← Q + σ(−|z_i|) P,     P ← P − σ(−|z_i|) P
//! ```
//!
//! one logarithm serves many examples, and since `Q` only ever adds what is positive, the sum keeps its digits even
//! where every `σ` is nearly 1.

use pulp::Simd;

use crate::math::fast::{Lanes as _, Strict};
use crate::problem::examples::BLOCK;

/// Blocks of examples after which a tally is closed: half to the power of this many examples is still a normal number.
pub(super) const BLOCKS: usize = 60;

/// Some lanes of a tally.
#[derive(Debug, Clone, Copy)]
pub struct Tally<S: Simd> {
    sum: S::f64s,
    /// `P`.
    kept: S::f64s,
    /// `Q`.
    gone: S::f64s,
}

impl<S: Simd> Tally<S> {
    /// Nothing was added yet.
    #[inline(always)]
    pub(super) fn empty(l: Strict<S>) -> Self {
        let (zero, one) = (l.splat(0.0), l.splat(1.0));
        Self { sum: zero, kept: one, gone: zero }
    }

    /// Adds a loss.
    #[inline(always)]
    pub fn add(&mut self, l: Strict<S>, value: S::f64s) {
        self.sum = l.add(self.sum, value);
    }

    /// Adds `ln(1 + e^{−|z|})`, given `σ(−|z|)`.
    #[inline(always)]
    pub fn add_tail(&mut self, l: Strict<S>, unlikely: S::f64s) {
        let part = l.mul(unlikely, self.kept);
        self.gone = l.add(self.gone, part);
        self.kept = l.sub(self.kept, part);
    }
}

/// A tally of a block of lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tallies {
    sum: [f64; BLOCK],
    kept: [f64; BLOCK],
    gone: [f64; BLOCK],
}

impl Tallies {
    pub(super) const EMPTY: Self =
        Self { sum: [0.0; BLOCK], kept: [1.0; BLOCK], gone: [0.0; BLOCK] };

    /// The lanes of pack `pack`.
    #[inline(always)]
    pub(super) fn load<S: Simd>(&self, pack: usize) -> Tally<S> {
        let [sum, kept, gone] =
            [&self.sum, &self.kept, &self.gone].map(|lanes| Strict::<S>::packs(lanes)[pack]);
        Tally { sum, kept, gone }
    }

    /// Puts the lanes of pack `pack` back.
    #[inline(always)]
    pub(super) fn store<S: Simd>(&mut self, pack: usize, tally: Tally<S>) {
        Strict::<S>::packs_mut(&mut self.sum)[pack] = tally.sum;
        Strict::<S>::packs_mut(&mut self.kept)[pack] = tally.kept;
        Strict::<S>::packs_mut(&mut self.gone)[pack] = tally.gone;
    }

    /// Everything that was added to the first `count` lanes.
    pub(super) fn total(mut self, count: usize) -> f64 {
        self.sum[count..].fill(0.0);
        // Most losses have no tails.
        if self.gone.iter().all(|gone| gone.to_bits() == 0) {
            return total(self.sum) + 0.0;
        }
        self.kept[count..].fill(1.0);
        self.gone[count..].fill(0.0);
        let mut lanes = BLOCK;
        while lanes > 1 {
            lanes /= 2;
            for k in 0..lanes {
                self.gone[k] += self.gone[k + lanes] * self.kept[k];
                self.kept[k] *= self.kept[k + lanes];
            }
        }
        let tails = if self.gone[0] > 0.0 { libm::log1p(self.gone[0] / self.kept[0]) } else { 0.0 };
        total(self.sum) + tails
    }
}

/// The sum of a block of lanes, halves first.
pub(super) fn total(mut lanes: [f64; BLOCK]) -> f64 {
    let mut count = BLOCK;
    while count > 1 {
        count /= 2;
        for k in 0..count {
            lanes[k] += lanes[k + count];
        }
    }
    lanes[0]
}
