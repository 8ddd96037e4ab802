//! A small mark that work is under way, once it takes longer than one would notice.

use egui::{Ui, vec2};

/// Work shorter than this is not worth a mark, in seconds.
const NOTICEABLE: f64 = 0.2;

/// Since when something has been busy.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Busy {
    since: Option<f64>,
}

impl Busy {
    /// Takes note of work under way at `now`, in seconds.
    pub fn working(&mut self, now: f64) {
        self.since.get_or_insert(now);
    }

    /// Takes note that there is none.
    pub fn resting(&mut self) {
        self.since = None;
    }

    /// Whether it has been busy for longer than one would notice.
    #[must_use]
    pub fn is_noticeable(self, now: f64) -> bool {
        self.since.is_some_and(|since| now - since > NOTICEABLE)
    }

    /// Shows the mark when it is time to; its place is kept when it is not.
    pub fn ui(self, ui: &mut Ui) {
        let size = 16.0;
        match self.since {
            Some(since) if ui.input(|input| input.time) - since > NOTICEABLE => {
                ui.add(egui::Spinner::new().size(size)).on_hover_text("computing");
            }
            Some(_) => {
                ui.allocate_space(vec2(size, size));
                ui.ctx().request_repaint_after_secs(0.1);
            }
            None => {
                ui.allocate_space(vec2(size, size));
            }
        }
    }
}
