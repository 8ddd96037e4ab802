//! The question before a scene is lost: save it, lose it, or go on with it.

use std::path::Path;

use egui::{Id, Modal, RichText, Ui};

use crate::app::commands::{Answer, Command, Commands, Next};
use crate::app::style;

/// The width of the window.
const WIDTH: f32 = 400.0;

/// Asks; `name` is what the scene is called, `file` its own file if it has one.
pub fn ui(
    ctx: &egui::Context,
    next: &Next,
    name: &str,
    file: Option<&Path>,
    commands: &mut Commands,
) {
    let modal = Modal::new(Id::unique("unsaved")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 64.0));
        ui.heading("Save changes?");
        ui.add_space(style::GRID);
        let then = match next {
            Next::Close => "closing the window",
            Next::Do(_) => "opening another scene",
        };
        ui.label(format!("“{name}” was changed. Without saving, {then} loses that."));
        ui.add_space(2.0 * style::GRID);
        buttons(ui, file)
    });
    let is_closed = modal.should_close().then_some(Answer::Keep);
    commands.extend(modal.inner.or(is_closed).map(Command::Answer));
}

fn buttons(ui: &mut Ui, file: Option<&Path>) -> Option<Answer> {
    ui.horizontal(|ui| {
        let text = if file.is_some() { "Save" } else { "Save…" };
        let save = ui.button(RichText::new(text).strong());
        // The first time the answer that loses nothing has the keyboard.
        if ui.memory(|memory| memory.focused().is_none()) {
            save.request_focus();
        }
        if save.clicked() {
            return Some(Answer::Save);
        }
        if ui.button("Discard").clicked() {
            return Some(Answer::Discard);
        }
        ui.button("Keep editing").clicked().then_some(Answer::Keep)
    })
    .inner
}
