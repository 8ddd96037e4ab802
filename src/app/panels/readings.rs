//! The numbers at the step shown, both runs beside each other.

use egui::{Align, Grid, Layout, RichText, Ui};

use crate::app::{fonts, style};
use crate::figure::Ink;
use crate::figure::palette::Theme;
use crate::figure::picture::Picture;
use crate::figure::words;

/// Shows the numbers.
pub fn ui(ui: &mut Ui, picture: &Picture<'_>, theme: Theme) {
    style::section(ui, "At this step");
    let name = picture.scene.base.entry().name;
    let ascent = picture.scene.ascent.entry().name;
    let number = |ui: &mut Ui, text: RichText| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text)).inner
    };
    let column = ((ui.available_width() - 96.0 - 24.0) / 2.0).max(64.0);
    Grid::new("readings").num_columns(3).spacing([12.0, 3.0]).min_col_width(column).show(
        ui,
        |ui| {
            ui.label("");
            for (text, ink) in [(name, Ink::Base), (ascent, Ink::Sam)] {
                let heading = RichText::new(text).font(fonts::strong(fonts::SMALL));
                number(ui, heading.color(style::ink(theme, ink)));
            }
            ui.end_row();
            for reading in words::readings(picture) {
                let label = ui.label(RichText::new(&reading.name).weak());
                label.on_hover_text(&reading.formula);
                number(ui, RichText::new(&reading.base)).on_hover_text(&reading.formula);
                number(ui, RichText::new(&reading.sam)).on_hover_text(&reading.formula);
                ui.end_row();
            }
        },
    );
}
