//! The list of keys.

use egui::{Align2, Grid, RichText, Window};

use crate::app::commands::{Command, Commands};
use crate::app::{fonts, shortcuts};

/// Shows the list.
pub fn ui(ctx: &egui::Context, commands: &mut Commands) {
    let mut open = true;
    Window::new("Keys")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ctx, |ui| {
            Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
                for shortcut in shortcuts::ALL {
                    ui.label(RichText::new(shortcut.label).font(fonts::strong(fonts::BODY)));
                    ui.label(shortcut.about);
                    ui.end_row();
                }
            });
            ui.add_space(8.0);
            ui.label(RichText::new("On a map: scroll to zoom, drag to move it, drag the ring to move the start, double-click for the whole map.\nOn a chart: drag to move the playhead.\nCtrl + and Ctrl − make everything larger or smaller, Ctrl 0 as it was.").weak());
        });
    if !open {
        commands.push(Command::ToggleHelp);
    }
}
