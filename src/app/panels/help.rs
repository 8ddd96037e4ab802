//! The list of keys.

use egui::{Frame, Grid, Id, Margin, Modal, RichText, ScrollArea, Ui};

use crate::app::commands::{Command, Commands};
use crate::app::{fonts, shortcuts, style};

/// What the mouse does.
const MORE: &str = "\
On a map: scroll to zoom, drag to move it, drag the ring to move the start, double-click for the whole map.
The name of a number or a control, an underlined word of a lesson: a click opens its entry in the glossary.
While it stands, a lens shows the step: drag it to another corner.
On a chart: drag to move the playhead.";

/// In a window narrower than this the keys stand in one column, else in two, read downwards.
const NARROW: f32 = 980.0;
/// The height of the rest of the window, and what is left for the keys at least.
const AROUND: f32 = 150.0;
const LEAST: f32 = 120.0;
/// The room of the bar that scrolls.
const BAR: i8 = 10;

/// Shows the list.
pub fn ui(ctx: &egui::Context, commands: &mut Commands) {
    let room = ctx.content_rect().size();
    let modal = Modal::new(Id::unique("keys")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_max_width(720.0_f32.min(room.x - 80.0));
        ui.heading("Keys");
        ui.add_space(style::GRID);
        let columns = if room.x < NARROW { 1 } else { 2 };
        ScrollArea::vertical().max_height((room.y - AROUND).max(LEAST)).show(ui, |ui| {
            let inset = Margin { right: BAR, ..Margin::ZERO };
            Frame::new().inner_margin(inset).show(ui, |ui| {
                keys(ui, columns);
                ui.add_space(style::GRID);
                ui.label(RichText::new(MORE).weak());
            });
        });
        ui.add_space(style::GRID);
        ui.button("Close").clicked()
    });
    if modal.inner || modal.should_close() {
        commands.push(Command::Close);
    }
}

fn keys(ui: &mut Ui, columns: usize) {
    let rows = shortcuts::ALL.len().div_ceil(columns);
    Grid::new("keys").num_columns(2 * columns).spacing([16.0, 4.0]).show(ui, |ui| {
        for row in 0..rows {
            for shortcut in shortcuts::ALL.iter().skip(row).step_by(rows) {
                ui.label(RichText::new(shortcut.label).font(fonts::strong(fonts::BODY)));
                ui.label(shortcut.about);
            }
            ui.end_row();
        }
    });
}
