//! The list of lessons.

use egui::{Button, Id, Modal, RichText, ScrollArea, TextWrapMode};

use crate::app::commands::{Command, Commands};
use crate::app::turn::Turn;
use crate::app::{fonts, style};
use crate::lesson::builtin;

/// Shows the list; arrow keys and Enter choose from it.
pub fn ui(ctx: &egui::Context, commands: &mut Commands) {
    let most = (ctx.content_rect().height() - 220.0).max(120.0);
    let modal = Modal::new(Id::unique("lessons")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(460.0_f32.min(ctx.content_rect().width() - 80.0));
        ui.heading("Lessons");
        ui.add_space(style::GRID);
        let mut first = None;
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            for (k, (name, lesson)) in builtin::all().enumerate() {
                let text = RichText::new(format!("{}  {}", k + 1, lesson.title))
                    .font(fonts::regular(fonts::BODY));
                let button =
                    Button::new(text).frame_when_inactive(false).wrap_mode(TextWrapMode::Truncate);
                let row = ui.add(button).on_hover_text(fonts::words(&lesson.about, fonts::SMALL));
                if first.is_none() {
                    first = Some(row.id);
                }
                if row.has_focus() {
                    row.scroll_to_me(None);
                }
                if row.clicked() {
                    commands.push(Command::Lesson(Turn::Open(name)));
                }
            }
        });
        if let Some(first) = first.filter(|_| ui.memory(|memory| memory.focused().is_none())) {
            ui.memory_mut(|memory| memory.request_focus(first));
        }
        ui.add_space(style::GRID);
        ui.horizontal(|ui| {
            let open = ui
                .button("Open lesson…")
                .on_hover_text("A Markdown file; one can be dropped on the window too");
            if open.clicked() {
                commands.push(Command::Lesson(Turn::Ask));
            }
            ui.button("Close").clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        commands.push(Command::Close);
    }
}
