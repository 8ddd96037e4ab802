//! What is laid over the panels: lists, questions, forms.

use super::commands::Commands;
use super::panels::figure::Looked;
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
        let Self { view, scene, preview, hung, figure_said, .. } = self;
        if let Some(form) = &mut view.form {
            let looked = Looked {
                size: figure_said,
                preview: preview.product(),
                is_busy: preview.is_busy(),
                hung,
                room: &mut view.preview_room,
            };
            panels::export::ui(ctx, form, scene, looked, commands);
        } else {
            *hung = None;
        }
        if let Some(table) = &mut self.view.table {
            panels::table::ui(ctx, table, commands);
        }
        if let Some(next) = &self.view.question {
            let name = self.scene.heading();
            panels::unsaved::ui(ctx, next, &name, self.file(), commands);
        }
        if let Some(open) = &mut self.view.glossary {
            panels::glossary::ui(ctx, open, self.view.theme, commands);
        }
    }
}
