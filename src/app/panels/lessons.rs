//! The list of lessons.

use egui::{
    Button, EventFilter, Id, Key, Modal, Modifiers, Response, RichText, ScrollArea, TextWrapMode,
    Ui, vec2,
};

use crate::app::commands::{Command, Commands};
use crate::app::turn::Turn;
use crate::app::{fonts, style};
use crate::lesson::{Lesson, builtin};

/// Shows the list; arrow keys and Enter choose from it, from the lesson on that is open.
pub fn ui(ctx: &egui::Context, open: Option<&Lesson>, commands: &mut Commands) {
    let most = (ctx.content_rect().height() - 220.0).max(120.0);
    let modal = Modal::new(Id::unique("lessons")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(460.0_f32.min(ctx.content_rect().width() - 80.0));
        ui.heading("Lessons");
        ui.add_space(style::GRID);
        let mut rows = Vec::new();
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            for (k, (name, lesson)) in builtin::all().enumerate() {
                let row = row(ui, k + 1, name, lesson);
                if row.has_focus() {
                    row.scroll_to_me(None);
                }
                if row.clicked() {
                    commands.push(Command::Lesson(Turn::Open(name)));
                }
                rows.push(row.id);
            }
        });
        let first = builtin::all().position(|(_, lesson)| Some(lesson) == open).unwrap_or(0);
        walk(ui, &rows, first);
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

/// A lesson of the list, with the name that the command line has for it.
fn row(ui: &mut Ui, number: usize, name: &str, lesson: &Lesson) -> Response {
    let text =
        RichText::new(format!("{number}  {}", lesson.title)).font(fonts::regular(fonts::BODY));
    let short = RichText::new(name).font(fonts::regular(fonts::SMALL)).weak();
    let wide = ui.available_width();
    let button = Button::new(text)
        .frame_when_inactive(false)
        .wrap_mode(TextWrapMode::Truncate)
        .right_text(short)
        .min_size(vec2(wide, 0.0));
    ui.add(button).on_hover_text(fonts::words(&lesson.about, fonts::SMALL))
}

/// Moves the keyboard up and down the list from row `first` on, over what is scrolled away too.
fn walk(ui: &Ui, rows: &[Id], first: usize) {
    let focused = ui.memory(|memory| memory.focused());
    let place = rows.iter().position(|row| Some(*row) == focused);
    let wanted = match place {
        None if focused.is_none() => rows.get(first),
        None => None,
        Some(place) => {
            let id = rows[place];
            let own = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, own));
            let [down, up] = [Key::ArrowDown, Key::ArrowUp]
                .map(|key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)));
            let to = (place + down).saturating_sub(up).min(rows.len() - 1);
            rows.get(to).filter(|_| to != place)
        }
    };
    if let Some(id) = wanted {
        ui.memory_mut(|memory| memory.request_focus(*id));
    }
}
