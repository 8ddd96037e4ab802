//! Telling the story of a step: which phase, and how far its movement is.

use egui::Ui;

use super::motion::Motion;
use crate::figure::phase::{Phase, Told};

/// How long the movement of a phase takes, in seconds.
const MOVES: f64 = 0.9;

/// A story that is being told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Telling {
    phase: Phase,
    /// When its movement began; none before the first frame of it.
    since: Option<f64>,
    part: f64,
}

/// Where the story goes when it leaves its last or first phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It stays in the step.
    Within,
    /// To the first phase of the next step.
    NextStep,
    /// To the last phase of the step before.
    StepBefore,
}

impl Telling {
    /// The beginning of a step's story.
    #[must_use]
    pub fn begun() -> Self {
        Self::at(Phase::Gradient)
    }

    fn at(phase: Phase) -> Self {
        Self { phase, since: None, part: 0.0 }
    }

    /// Where it is.
    #[must_use]
    pub fn told(self) -> Told {
        Told { phase: self.phase, part: self.part }
    }

    /// Moves to where it is at `now`, in seconds; says whether it still moves.
    pub fn advance(&mut self, now: f64, motion: Motion) -> bool {
        let since = *self.since.get_or_insert(now);
        self.part = match motion {
            Motion::Reduced => 1.0,
            Motion::Full => ((now - since) / MOVES).clamp(0.0, 1.0),
        };
        self.part < 1.0
    }

    /// The next phase; a movement that is not over is brought to its end first.
    pub fn on(&mut self) -> Turn {
        if self.part < 1.0 && self.since.is_some() {
            (self.since, self.part) = (Some(f64::NEG_INFINITY), 1.0);
            return Turn::Within;
        }
        match Phase::numbered(self.phase.number() + 1) {
            Some(next) => {
                *self = Self::at(next);
                Turn::Within
            }
            None => Turn::NextStep,
        }
    }

    /// The phase before, as it was at its end.
    pub fn back(&mut self) -> Turn {
        let ended = |phase| Self { phase, since: Some(f64::NEG_INFINITY), part: 1.0 };
        match Phase::numbered(self.phase.number() - 1) {
            Some(before) => {
                *self = ended(before);
                Turn::Within
            }
            None => {
                *self = ended(Phase::Step);
                Turn::StepBefore
            }
        }
    }
}

/// Moves the story of the step on to this frame, where one is told.
pub fn move_on(telling: &mut Option<Telling>, ui: &Ui) {
    let now = ui.input(|input| input.time);
    let motion = Motion::of(ui.ctx());
    if telling.as_mut().is_some_and(|telling| telling.advance(now, motion)) {
        ui.ctx().request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_through_five_phases_and_to_the_next_step() {
        let mut telling = Telling::begun();
        for phase in Phase::ALL {
            assert_eq!(telling.told().phase, phase);
            telling.advance(0.0, Motion::Reduced);
            let turn = telling.on();
            assert_eq!(turn, if phase == Phase::Step { Turn::NextStep } else { Turn::Within });
        }
    }

    #[test]
    fn a_movement_is_brought_to_its_end_before_the_next_phase() {
        let mut telling = Telling::begun();
        assert!(telling.advance(5.0, Motion::Full));
        assert!(telling.advance(5.0 + 0.5 * MOVES, Motion::Full));
        assert!((telling.told().part - 0.5).abs() < 1e-12);
        assert_eq!(telling.on(), Turn::Within);
        assert_eq!(telling.told(), Told::at_the_end_of(Phase::Gradient));
        assert!(!telling.advance(5.0 + 0.6 * MOVES, Motion::Full));
        telling.on();
        assert_eq!(telling.told(), Told { phase: Phase::Ball, part: 0.0 });
    }

    #[test]
    fn back_shows_what_was_seen() {
        let mut telling = Telling::begun();
        telling.advance(0.0, Motion::Reduced);
        telling.on();
        assert_eq!(telling.back(), Turn::Within);
        assert_eq!(telling.told(), Told::at_the_end_of(Phase::Gradient));
        assert_eq!(telling.back(), Turn::StepBefore);
        assert_eq!(telling.told(), Told::at_the_end_of(Phase::Step));
    }
}
