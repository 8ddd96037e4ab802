//! The numbers at the step shown, both runs beside each other.

use egui::{Align, Layout, Response, RichText, Ui, vec2};

use crate::app::{fonts, style};
use crate::figure::Ink;
use crate::figure::palette::Theme;
use crate::figure::picture::{Lane, Picture};
use crate::figure::words;

/// The width of names, and the height of a line.
const NAME: f32 = 74.0;
const LINE: f32 = 22.0;

/// Shows the numbers.
pub fn ui(ui: &mut Ui, picture: &Picture<'_>, theme: Theme) {
    style::section(ui, "At this step");
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let strong = |lane, ink| {
        let name = RichText::new(picture.name(lane)).font(fonts::strong(fonts::SMALL));
        name.color(style::ink(theme, ink))
    };
    let heads = [strong(Lane::Base, Ink::Base), strong(Lane::Sam, Ink::Sam)];
    line(ui, RichText::new(""), heads);
    for reading in words::readings(picture) {
        let name = RichText::new(&reading.name).size(fonts::SMALL).weak();
        let numbers = [&reading.base, &reading.sam].map(|text| RichText::new(text).size(NUMBER));
        line(ui, name, numbers).on_hover_text(&reading.formula);
    }
}

/// The size of numbers: a pair of weights must fit into a column.
const NUMBER: f32 = 12.5;

/// A name and two numbers, the numbers in columns that end at the right.
fn line(ui: &mut Ui, name: RichText, numbers: [RichText; 2]) -> Response {
    let column = ((ui.available_width() - NAME) / 2.0).max(60.0);
    ui.horizontal(|ui| {
        let cell = |ui: &mut Ui, width: f32, layout: Layout, text: RichText| {
            ui.allocate_ui_with_layout(vec2(width, LINE), layout, |ui| {
                ui.set_min_size(vec2(width, LINE));
                ui.add(egui::Label::new(text).truncate());
            });
        };
        cell(ui, NAME, Layout::left_to_right(Align::Center), name);
        for number in numbers {
            cell(ui, column, Layout::right_to_left(Align::Center), number);
        }
    })
    .response
}
