//! What is laid over the panels: lists, questions, forms.

use super::commands::Commands;
use super::{App, panels};

impl App {
    /// Shows what is open in front, the last on top.
    pub(super) fn windows(&mut self, ctx: &egui::Context, commands: &mut Commands) {
        if self.view.help {
            panels::help::ui(ctx, self.view.motion, commands);
        }
        if let Some(run) = self.view.why {
            panels::why::ui(ctx, &self.scene, &self.engine, run, self.view.theme, commands);
        }
        if self.view.lessons {
            let open = self.teaching.as_ref().map(|teaching| &teaching.lesson);
            panels::lessons::ui(ctx, open, commands);
        }
        if let Some(filming) = &self.filming {
            filming.ui(ctx, commands);
        }
        if let Some(form) = &mut self.view.form {
            panels::export::ui(ctx, form, commands);
        }
        if let Some(open) = &mut self.view.glossary {
            panels::glossary::ui(ctx, open, self.view.theme, commands);
        }
    }
}
