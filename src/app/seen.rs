//! What is seen of the window from outside: by tests, and by whoever opens it.

use super::App;
use super::view::View;
use crate::engine::Engine;
use crate::figure::picture::Against;
use crate::optim::moment::Moment;
use crate::scene::Scene;

impl App {
    /// What is asked for now.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Where one looks now.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What followed from it.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What followed from it, to go on with in another window.
    #[must_use]
    pub fn into_engine(self) -> Engine {
        self.engine
    }

    /// What was said lately.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        let trouble = self.view.form.iter().map(|form| form.trouble.as_str());
        self.toasts.texts().chain(trouble.filter(|trouble| !trouble.is_empty()))
    }

    /// Puts the playhead at a moment, and counts what it counts.
    pub fn stand_at(&mut self, at: Moment) {
        self.view.against = match at {
            Moment::Step(_) => Against::Steps,
            Moment::Gradients(_) => Against::Gradients,
        };
        self.view.playback.go_to(at.count());
    }
}
