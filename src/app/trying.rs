//! The claims of the paper that is open, tried on a thread of their own, one after the other.

use web_time::Instant;

use super::App;
use super::toasts::Tone;
use crate::engine::Engine;
use crate::engine::slot::{Job, Progress, Task};
use crate::paper::builtin;
use crate::paper::trial::{Verdict, verdict};

/// The trial of a paper that comes with the program, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial(pub &'static str);

/// What came of its claims so far, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The paper's name.
    pub name: &'static str,
    /// The verdicts.
    pub verdicts: Vec<Verdict>,
}

impl Job for Trial {
    type Product = Tried;

    fn begin(&self) -> Box<dyn Task<Tried>> {
        let tried = Tried { name: self.0, verdicts: Vec::new() };
        Box::new(Trying(tried))
    }
}

struct Trying(Tried);

impl Task<Tried> for Trying {
    /// Tries one claim; a trial cannot be cut, and nobody waits for the one that was dropped.
    fn advance(&mut self, _: Instant) -> Progress<Tried> {
        let claims = builtin::find(self.0.name).map_or(&[][..], |paper| &paper.claims);
        if let Some(claim) = claims.get(self.0.verdicts.len()) {
            self.0.verdicts.push(verdict(claim, &mut Engine::in_place()));
        }
        if self.0.verdicts.len() < claims.len() {
            Progress::Preview(self.0.clone())
        } else {
            Progress::Done(self.0.clone())
        }
    }
}

impl App {
    /// Tries the claims of the paper that the scene is from.
    pub(super) fn try_claims(&mut self) {
        match builtin::of_scene(&self.scene.title) {
            Some((name, _)) => {
                self.trial.want(Trial(name));
                self.trial.poll();
            }
            None => self.trial.leave(),
        }
        if let Some(failure) = self.trial.take_failure() {
            self.toasts.say(Tone::Bad, format!("a claim could not be tried: {failure}"));
        }
    }
}
