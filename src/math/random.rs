//! One seed, one named stream per purpose.
//!
//! Drawing one more number for the batches must not move a point of the data, so every purpose has its own
//! stream of one documented, portable generator, `ChaCha` with 8 rounds (D. J. Bernstein, 2008), the streams told
//! apart by its stream number.

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

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

    fn numbered(self, purpose: u64) -> Stream {
        let mut stream = ChaCha8Rng::seed_from_u64(self.seed);
        stream.set_stream(purpose);
        stream
    }
}
