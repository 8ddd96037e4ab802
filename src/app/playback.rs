//! Time is an index: playing, pausing and scrubbing are ways to choose a step.

/// The step shown, and whether it moves by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Playback {
    step: usize,
    /// Steps a second.
    pub speed: f64,
    clock: Clock,
}

/// Whether the step moves by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Clock {
    /// It stands.
    Paused,
    /// It will move as soon as there is a run to show.
    Winding,
    /// It moves, and showed `step` at `time`.
    Running { time: f64, step: usize },
}

/// The speeds to choose from, in steps a second.
pub const SPEEDS: [f64; 6] = [2.0, 5.0, 10.0, 20.0, 50.0, 200.0];

impl Playback {
    /// About to play from the first step.
    #[must_use]
    pub fn from_the_start() -> Self {
        Self { step: 0, speed: 20.0, clock: Clock::Winding }
    }

    /// The step shown of runs with so many steps.
    #[must_use]
    pub fn step(&self, last: usize) -> usize {
        self.step.min(last)
    }

    /// Whether the step moves by itself.
    #[must_use]
    pub fn is_playing(&self) -> bool {
        self.clock != Clock::Paused
    }

    /// Shows `step`, and stands there.
    pub fn go_to(&mut self, step: usize) {
        self.step = step;
        self.clock = Clock::Paused;
    }

    /// Shows `step`, and goes on from there if it moves by itself: what a step is has changed.
    pub fn count_from(&mut self, step: usize) {
        self.step = step;
        if self.is_playing() {
            self.clock = Clock::Winding;
        }
    }

    /// Shows the step so many steps away, and stands there.
    pub fn step_by(&mut self, steps: isize, last: usize) {
        self.go_to(self.step(last).saturating_add_signed(steps).min(last));
    }

    /// Plays or pauses; at the end it plays from the start.
    pub fn toggle(&mut self, last: usize) {
        if self.is_playing() {
            self.clock = Clock::Paused;
        } else {
            self.step = if self.step(last) == last { 0 } else { self.step };
            self.clock = Clock::Winding;
        }
    }

    /// Another speed, from the step that is shown.
    pub fn set_speed(&mut self, speed: f64) {
        self.speed = speed;
        if self.is_playing() {
            self.clock = Clock::Winding;
        }
    }

    /// Moves the step to where it is at `now`, in seconds; says in how many seconds it moves again.
    pub fn advance(&mut self, now: f64, last: usize) -> Option<f64> {
        let (since, first) = match self.clock {
            Clock::Paused => return None,
            Clock::Winding => (now, self.step(last)),
            Clock::Running { time, step } => (time, step),
        };
        self.clock = Clock::Running { time: since, step: first };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates, and time does not run backwards"
        )]
        let made = ((now - since) * self.speed) as usize;
        self.step = first.saturating_add(made).min(last);
        if self.step == last {
            self.clock = Clock::Paused;
            return None;
        }
        Some((made + 1) as f64 / self.speed - (now - since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_plays_to_the_end_and_stops_there() {
        let mut playback = Playback::from_the_start();
        let wait = playback.advance(10.0, 40).unwrap();
        assert!((wait - 0.05).abs() < 1e-9);
        playback.advance(10.51, 40);
        assert_eq!(playback.step(40), 10);
        assert_eq!(playback.advance(13.0, 40), None);
        assert_eq!(playback.step(40), 40);
        assert!(!playback.is_playing());
    }

    #[test]
    fn playing_again_at_the_end_starts_over() {
        let mut playback = Playback::from_the_start();
        playback.go_to(40);
        playback.toggle(40);
        playback.advance(0.0, 40);
        assert_eq!(playback.step(40), 0);
    }

    #[test]
    fn a_shorter_run_shows_its_last_step() {
        let mut playback = Playback::from_the_start();
        playback.go_to(40);
        assert_eq!(playback.step(7), 7);
        playback.step_by(-1, 7);
        assert_eq!(playback.step(7), 6);
    }
}
