//! How fast a film is and how often it is played, in the units that files count in.

/// How fast, and how often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    rate: f64,
    /// How often it is played.
    pub plays: Plays,
}

/// How often a film is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plays {
    /// Again and again.
    Forever,
    /// So many times.
    Times(u16),
}

/// Why a film cannot be so fast.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadPace {
    /// No rate.
    #[error(
        "{0} is no frame rate; use a number of frames a second from 0.1 to 100, for instance 20"
    )]
    Rate(f64),
    /// Too fast for a GIF.
    #[error(
        "a GIF shows 50 frames a second at most, since it counts hundredths of a second and viewers slow down 1 of them; use --fps 50, a larger --stride, or an animated PNG"
    )]
    Gif,
}

/// Frames a second where nothing is said: what the window plays with.
const USUAL: f64 = 20.0;
/// Frames a second, at the least and at the most.
const RATES: [f64; 2] = [0.1, 100.0];
/// Frames a second of a GIF at the most: viewers show a delay of less than two hundredths as ten.
const FASTEST_GIF: f64 = 50.0;
/// How long the last frame stands before a film begins again, in seconds: so long that its end is seen.
const STAND: f64 = 1.5;

impl Default for Pace {
    fn default() -> Self {
        Self { rate: USUAL, plays: Plays::Forever }
    }
}

impl Pace {
    /// So many frames a second.
    ///
    /// # Errors
    /// When it is no number of frames that is shown.
    pub fn new(rate: f64, plays: Plays) -> Result<Self, BadPace> {
        let [least, most] = RATES;
        if least <= rate && rate <= most {
            Ok(Self { rate, plays })
        } else {
            Err(BadPace::Rate(rate))
        }
    }

    /// Frames a second.
    #[must_use]
    pub fn rate(self) -> f64 {
        self.rate
    }

    /// How long the `k`-th of `count` frames stands, in hundredths of a second: whole ones, which together are as long as
    /// the frames are.
    pub(super) fn hundredths(self, k: usize, count: usize) -> u16 {
        self.ticks(k, count, 100.0)
    }

    /// The same in thousandths.
    pub(super) fn thousandths(self, k: usize, count: usize) -> u16 {
        self.ticks(k, count, 1000.0)
    }

    /// Whether a GIF can be as fast.
    ///
    /// # Errors
    /// When it cannot.
    pub(super) fn check_gif(self) -> Result<(), BadPace> {
        if self.rate > FASTEST_GIF { Err(BadPace::Gif) } else { Ok(()) }
    }

    fn ticks(self, k: usize, count: usize, a_second: f64) -> u16 {
        let begins = |k: usize| (a_second * k as f64 / self.rate).round();
        let ticks = if k + 1 == count {
            a_second * STAND.max(1.0 / self.rate)
        } else {
            begins(k + 1) - begins(k)
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
        let ticks = ticks as u16;
        ticks
    }

    /// The rate as a fraction of whole numbers, as encoders want it.
    pub(super) fn fraction(self) -> (usize, usize) {
        let thousand = (1000.0 * self.rate).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "100 to 100 000"
        )]
        let thousand = thousand as usize;
        if thousand.is_multiple_of(1000) { (thousand / 1000, 1) } else { (thousand, 1000) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn frames_stand_as_long_together_as_their_rate_says(rate in 0.2f64..50.0, count in 2usize..400) {
            let pace = Pace::new(rate, Plays::Forever).unwrap();
            let all: u32 = (0..count - 1).map(|k| u32::from(pace.hundredths(k, count))).sum();
            prop_assert!((f64::from(all) / 100.0 - (count - 1) as f64 / rate).abs() <= 0.005 + 1e-9);
            prop_assert!(pace.check_gif().is_ok() && (0..count).all(|k| pace.hundredths(k, count) >= 2));
        }
    }

    #[test]
    fn a_rate_that_nobody_can_show_is_refused() {
        for rate in [0.0, -3.0, 101.0, f64::NAN, f64::INFINITY] {
            assert!(Pace::new(rate, Plays::Forever).is_err(), "{rate}");
        }
        let fast = Pace::new(60.0, Plays::Times(1)).unwrap();
        assert_eq!(fast.check_gif(), Err(BadPace::Gif));
        assert_eq!(fast.fraction(), (60, 1));
        assert_eq!(Pace::new(23.976, Plays::Forever).unwrap().fraction(), (23_976, 1000));
    }
}
