//! Forking a run where it stands: a copy beside it that goes the same way up to there, and may change from there on.

use super::App;
use super::toasts::Tone;
use crate::lesson::controls::{Access, Control};
use crate::scene::names;
use crate::scene::run::Then;
use crate::scene::run::then::At;

impl App {
    /// Forks run `place`, or the last that is shown, at the step that it stands at; says why not where it cannot.
    pub(super) fn fork(&mut self, place: Option<usize>) {
        let controls = self.controls();
        if controls.access(Control::Runs) != Access::Free {
            return;
        }
        let Some(place) = place.or_else(|| self.scene.shown_runs().last()) else { return };
        match self.forked(place) {
            Ok(said) => self.toasts.say(Tone::Good, said),
            Err(why) => self.toasts.say(Tone::Bad, why),
        }
    }

    fn forked(&mut self, place: usize) -> Result<String, String> {
        let moment = self.view.moment(self.view.playback.step(self.last()));
        let path = self.engine.comparison().and_then(|comparison| comparison.runs.get(place));
        let step = path.map_or(0, |path| moment.step_of(path));
        let at = At::new(step).map_err(|_| {
            "a run is forked after its first step; play, or step on, and press Shift B again"
                .to_owned()
        })?;
        let name = names::labels(&self.scene).into_iter().nth(place).unwrap_or_default();
        let then = self.scene.spec(place).then.forked(Then::nothing(at));
        let then = then.map_err(|why| why.to_string())?;
        self.scene.runs.duplicate(place).map_err(|why| why.to_string())?;
        if let Some(own) = self.scene.runs.own_mut(place + 1) {
            own.then = Some(then);
        }
        Ok(format!("A copy of {name} changes at step {step}: say how at the left"))
    }
}
