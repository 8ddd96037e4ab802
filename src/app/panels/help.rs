//! The list of keys, and whether pictures move.

use egui::{Grid, Id, Modal, RichText, ScrollArea};

use crate::app::commands::{Command, Commands};
use crate::app::motion::Motion;
use crate::app::{fonts, shortcuts, style};

/// What the mouse does, and the keys that are egui's own.
const MORE: &str = "\
On a map: scroll to zoom, drag to move it, drag the ring to move the start, double-click for the whole map.
The name of a number or a control, an underlined word of a lesson: a click opens its entry in the glossary.
While it stands, a lens shows the step: drag it to another corner.
On a chart: drag to move the playhead.
On the data while points are edited (E): a click adds one, a drag moves it, a right click or Delete takes it out.
By keys there: N goes to the next point, arrows move it (Shift ten times as far), 0 and 1 say its class, Insert adds one.
Ctrl + and Ctrl − make everything larger or smaller, Ctrl 0 as it was.";

/// The list is no wider than this, and leaves so much of the window beside it, in points.
const WIDEST: f32 = 880.0;
const AROUND: f32 = 72.0;
/// Windows as wide as this have room for two columns.
const TWO_COLUMNS: f32 = 940.0;
/// What stands above and below the part that scrolls, and the edges of the window.
const ABOVE_AND_BELOW: f32 = 210.0;

/// The room of the scroll bar at the right.
const BAR: f32 = 14.0;

/// Shows the list.
pub fn ui(ctx: &egui::Context, chosen: Option<Motion>, commands: &mut Commands) {
    let modal = Modal::new(Id::unique("keys")).frame(style::sheet(ctx)).show(ctx, |ui| {
        let screen = ctx.content_rect();
        ui.set_max_width(WIDEST.min(screen.width() - AROUND));
        ui.heading("Keys");
        ui.add_space(style::GRID);
        // Two columns of keys, read downwards, where they have room.
        let columns = if screen.width() >= TWO_COLUMNS { 2 } else { 1 };
        let most = (screen.height() - ABOVE_AND_BELOW).max(80.0);
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            let rows = shortcuts::ALL.len().div_ceil(columns);
            // The bar lies over what it scrolls.
            ui.set_max_width(ui.available_width() - BAR);
            Grid::new("keys").num_columns(2 * columns).spacing([16.0, 4.0]).show(ui, |ui| {
                for row in 0..rows {
                    for shortcut in shortcuts::ALL.iter().skip(row).step_by(rows) {
                        ui.label(RichText::new(shortcut.label).font(fonts::strong(fonts::BODY)));
                        ui.label(shortcut.about);
                    }
                    ui.end_row();
                }
            });
            ui.add_space(style::GRID);
            ui.label(RichText::new(MORE).weak());
        });
        ui.add_space(style::GRID);
        let mut reduced = chosen.unwrap_or(Motion::of(ctx)) == Motion::Reduced;
        let hint = "The story of a step, folds and buttons; as it comes it is as the system has it";
        let less = ui.checkbox(&mut reduced, "Less motion: movements are shown at their end");
        if less.on_hover_text(hint).changed() {
            let motion = if reduced { Motion::Reduced } else { Motion::Full };
            commands.push(Command::Move(motion));
        }
        ui.add_space(style::GRID);
        ui.button("Close").clicked()
    });
    if modal.inner || modal.should_close() {
        commands.push(Command::Close);
    }
}
