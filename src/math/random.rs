//! One seed, one named stream per purpose.
//!
//! Drawing one more number for the batches must not move a point of the data, so every purpose has its own
//! stream of one documented, portable generator, `ChaCha` with 8 rounds (D. J. Bernstein, 2008), the streams told
//! apart by its stream number.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution as _, Open01, StandardNormal};

/// The generator behind every random number of the program.
pub type Stream = ChaCha8Rng;

/// Where the random numbers of one scene come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streams {
    seed: u64,
}

impl Streams {
    /// The streams of `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// Draws the data points.
    #[must_use]
    pub fn dataset(self) -> Stream {
        self.numbered(1)
    }

    /// Shuffles the mini-batches.
    #[must_use]
    pub fn batches(self) -> Stream {
        self.numbered(2)
    }

    /// Draws perturbations, for ascents that throw dice.
    #[must_use]
    pub fn ascent(self) -> Stream {
        self.numbered(3)
    }

    /// Splits data into training and test points.
    #[must_use]
    pub fn split(self) -> Stream {
        self.numbered(4)
    }

    /// Draws a network's first weights.
    #[must_use]
    pub fn weights(self) -> Stream {
        self.numbered(5)
    }

    /// Draws random directions of a slice.
    #[must_use]
    pub fn directions(self) -> Stream {
        self.numbered(6)
    }

    /// Drops units of a network while it is trained.
    #[must_use]
    pub fn dropout(self) -> Stream {
        self.numbered(7)
    }

    /// Drops units in the second pass of a run that drops others there by mistake.
    #[must_use]
    pub fn dropout_by_mistake(self) -> Stream {
        self.numbered(8)
    }

    fn numbered(self, purpose: u64) -> Stream {
        let mut stream = ChaCha8Rng::seed_from_u64(self.seed);
        stream.set_stream(purpose);
        stream
    }
}

/// Where the ziggurat of [`StandardNormal`] ends and its tail begins, the R of J. Doornik (2005), "An improved ziggurat
/// method to generate normal random samples".
const TAIL: f64 = 3.654_152_885_361_009;
/// Words of the generator behind one uniform number.
const WORDS: u128 = 2;

/// A standard normal number, the same on every platform.
///
/// That of [`StandardNormal`], from the same words of the stream: but beyond ±3.654 it takes the platform's logarithm,
/// whose last bit differs from one to the other. Such a number, one in four thousand, is drawn again from the pair of
/// uniform numbers that it was made of, `R − ln(u)/R`, with the logarithm of `libm`.
pub fn normal(stream: &mut Stream) -> f64 {
    let x: f64 = StandardNormal.sample(stream);
    if x.abs() <= TAIL {
        return x;
    }
    let after = stream.get_word_pos();
    // The tail draws pairs until one is accepted: the last two numbers, of which the first one counts.
    stream.set_word_pos(after.wrapping_sub(2 * WORDS));
    let u: f64 = stream.sample(Open01);
    stream.set_word_pos(after);
    (TAIL - libm::log(u) / TAIL).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_numbers_are_those_of_the_ziggurat_but_for_a_last_bit_in_the_tails() {
        let [mut ours, mut theirs] = [0, 0].map(|_| Streams::new(11).dataset());
        let mut beyond = 0;
        for _ in 0..200_000 {
            let found = normal(&mut ours);
            let expected: f64 = StandardNormal.sample(&mut theirs);
            assert_eq!(ours.get_word_pos(), theirs.get_word_pos());
            if expected.abs() > TAIL {
                beyond += 1;
                let bits = found.to_bits().abs_diff(expected.to_bits());
                assert!(bits <= 2, "{found} for {expected}");
            } else {
                assert_eq!(found.to_bits(), expected.to_bits());
            }
        }
        // Two tails of 1.29e-4 each make 52 of them, give or take three times seven.
        assert!((30..=75).contains(&beyond), "{beyond}");
    }
}
