//! Dropout: units that a training step leaves out.
//!
//! ```text
//! a ← m ⊙ a / (1 − rate),     m_iu = 0 with probability `rate`, 1 otherwise, for every example i and hidden unit u
//! ```
//!
//! N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov (2014), "Dropout: a simple way to prevent
//! neural networks from overfitting", JMLR 15; scaled while training, so that nothing is left to do afterwards. The dice
//! are thrown once a step: every gradient of a SAM step sees the same units.

use std::borrow::Cow;

use rand::RngExt as _;

use super::Batch;
use crate::math::random::Stream;

/// How many units are dropped, of how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropout {
    /// The part that is dropped, at least 0 and below 1.
    pub rate: f64,
    /// The hidden units of an example, at most [`MOST`].
    pub units: usize,
}

/// The most hidden units that can be dropped from.
pub const MOST: usize = 128;

/// The units dropped from one example, a bit each.
pub type Dropped = u128;

/// The units that one step drops, example by example; none until they are thrown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noise {
    dropped: Vec<Dropped>,
}

impl Noise {
    /// Nothing is dropped.
    #[must_use]
    pub const fn none() -> Self {
        Self { dropped: Vec::new() }
    }

    /// Whether nothing is dropped.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.dropped.is_empty()
    }

    /// Throws the dice anew for the examples of `batch`, out of `examples` in all.
    pub fn throw(
        &mut self,
        dropout: Dropout,
        examples: usize,
        batch: Batch<'_>,
        stream: &mut Stream,
    ) {
        self.dropped.resize(examples, 0);
        let mut throw = || {
            (0..dropout.units.min(MOST)).fold(0, |row: Dropped, unit| {
                row | (Dropped::from(stream.random::<f64>() < dropout.rate) << unit)
            })
        };
        match batch {
            Batch::Whole => self.dropped.fill_with(throw),
            Batch::Members(members) => members.iter().for_each(|&k| self.dropped[k] = throw()),
        }
    }

    /// What is dropped from the examples of `batch`, in its order; empty where nothing is.
    #[must_use]
    pub fn of(&self, batch: Batch<'_>) -> Cow<'_, [Dropped]> {
        match batch {
            Batch::Members(members) if !self.is_none() => {
                members.iter().map(|&k| self.dropped[k]).collect()
            }
            Batch::Members(_) | Batch::Whole => Cow::Borrowed(&self.dropped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Streams;

    #[test]
    fn about_the_rate_is_dropped_and_nothing_at_rate_zero() {
        let mut stream = Streams::new(1).dropout();
        let mut noise = Noise::none();
        for rate in [0.0, 0.3, 0.9] {
            noise.throw(Dropout { rate, units: 96 }, 500, Batch::Whole, &mut stream);
            let dropped: u32 = noise.of(Batch::Whole).iter().map(|row| row.count_ones()).sum();
            // Five standard deviations of a binomial.
            let (mean, spread) = (48_000.0 * rate, 5.0 * (48_000.0 * rate * (1.0 - rate)).sqrt());
            assert!((f64::from(dropped) - mean).abs() <= spread, "{rate}: {dropped}");
        }
    }

    #[test]
    fn a_part_of_a_batch_sees_what_the_batch_sees() {
        let mut stream = Streams::new(1).dropout();
        let mut noise = Noise::none();
        let batch = Batch::Members(&[7, 2, 5]);
        noise.throw(Dropout { rate: 0.5, units: 20 }, 9, batch, &mut stream);
        let whole = noise.of(batch).into_owned();
        assert_eq!(noise.of(Batch::Members(&[2, 5])), &whole[1..]);
        assert_ne!(whole[0], whole[1]);
    }
}
