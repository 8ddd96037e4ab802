//! How far long work is, with the time that is left: on one line of a terminal, and now and then in a log.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// Work that is over sooner says nothing.
const LONG: Duration = Duration::from_secs(1);
/// Between two times that it is said.
const OFTEN: Duration = Duration::from_millis(200);
/// The same where there is no terminal, and every time leaves a line.
const LONG_IN_A_LOG: Duration = Duration::from_secs(5);
const OFTEN_IN_A_LOG: Duration = Duration::from_secs(30);

/// Progress of long work on the error stream.
pub(super) struct Progress {
    began: Instant,
    said: Option<Instant>,
    is_terminal: bool,
}

impl Progress {
    /// Nothing is done yet.
    pub(super) fn new() -> Self {
        Self { began: Instant::now(), said: None, is_terminal: io::stderr().is_terminal() }
    }

    /// This part is done, from 0 to 1.
    pub(super) fn at(&mut self, part: f64) {
        let now = Instant::now();
        let (long, often) =
            if self.is_terminal { (LONG, OFTEN) } else { (LONG_IN_A_LOG, OFTEN_IN_A_LOG) };
        let is_due = match self.said {
            None => now.duration_since(self.began) >= long,
            Some(said) => now.duration_since(said) >= often,
        };
        if is_due {
            self.said = Some(now);
            let words = words(part, now.duration_since(self.began));
            let _ = if self.is_terminal {
                write!(io::stderr(), "\r{words}\x1b[K").and_then(|()| io::stderr().flush())
            } else {
                writeln!(io::stderr(), "{words}")
            };
        }
    }
}

impl Drop for Progress {
    /// Leaves the line as it was.
    fn drop(&mut self) {
        if self.is_terminal && self.said.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// "42 %, about 3 min left".
fn words(part: f64, spent: Duration) -> String {
    let part = part.clamp(0.0, 1.0);
    let percent = (100.0 * part).floor();
    // Before a hundredth is done the time left is a guess.
    if part < 0.01 {
        return format!("{percent} %");
    }
    let left = (spent.as_secs_f64() * (1.0 - part) / part).ceil();
    match left {
        left if left < 90.0 => format!("{percent} %, about {left} s left"),
        left if left < 5400.0 => format!("{percent} %, about {} min left", (left / 60.0).ceil()),
        left => format!("{percent} %, about {} h left", (left / 3600.0).ceil()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_said_in_a_unit_that_suits_it() {
        let after = |part, seconds| words(part, Duration::from_secs(seconds));
        assert_eq!(after(0.001, 5), "0 %");
        assert_eq!(after(0.5, 5), "50 %, about 5 s left");
        assert_eq!(after(0.25, 60), "25 %, about 3 min left");
        assert_eq!(after(0.1, 3600), "10 %, about 9 h left");
    }
}
