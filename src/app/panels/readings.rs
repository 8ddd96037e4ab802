//! The numbers at the step shown, all runs beside each other.

use egui::{Align, Button, Layout, Response, RichText, ScrollArea, Ui, vec2};

use super::pointed;
use crate::app::widgets::trailing;
use crate::app::{fonts, style};
use crate::figure::Ink;
use crate::figure::palette::Theme;
use crate::figure::picture::Picture;
use crate::figure::quantity::Quantity;
use crate::figure::readings::readings;

/// The width of names, and the height of a line.
const NAME: f32 = 70.0;
const LINE: f32 = 22.0;
/// The room of the bar that scrolls the table.
const BAR: f32 = 8.0;
/// The least width of a column: a pair of weights.
const COLUMN: f32 = 94.0;

/// Shows the numbers.
pub fn ui(ui: &mut Ui, picture: &Picture<'_>, theme: Theme, lit: &mut Option<Quantity>) {
    let runs = picture.runs();
    ui.add_space(style::GRID);
    ui.horizontal(|ui| {
        style::title(ui, "At this step");
        trailing::ui(ui, "readings", |_, _| {}, |ui| {
            let copy = Button::new(RichText::new("Copy numbers").size(fonts::SMALL));
            let hint = "Names and numbers as a table, for a sheet or a note; a single number can be selected";
            if ui.add(copy.frame_when_inactive(false)).on_hover_text(hint).clicked() {
                ui.copy_text(table_of(picture, &runs));
            }
        });
    });
    let width = (ui.available_width() - NAME - BAR) / runs.len().max(1) as f32;
    if width < COLUMN && runs.len() > 2 {
        // More runs than columns have room for: they are scrolled sideways.
        ScrollArea::horizontal().id_salt("readings").show(ui, |ui| {
            ui.vertical(|ui| table(ui, picture, &runs, theme, COLUMN, lit));
        });
    } else {
        table(ui, picture, &runs, theme, width, lit);
    }
}

/// The numbers as a text of lines and tabs.
fn table_of(picture: &Picture<'_>, runs: &[usize]) -> String {
    let names = runs.iter().map(|&run| picture.name(run).to_owned());
    let head = std::iter::once(String::new()).chain(names).collect::<Vec<_>>();
    let lines = readings(picture)
        .into_iter()
        .map(|reading| std::iter::once(reading.name).chain(reading.values).collect::<Vec<_>>());
    std::iter::once(head).chain(lines).map(|cells| cells.join("\t") + "\n").collect()
}

fn table(
    ui: &mut Ui,
    picture: &Picture<'_>,
    runs: &[usize],
    theme: Theme,
    width: f32,
    lit: &mut Option<Quantity>,
) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let strong = |&run: &usize| {
        let name = RichText::new(picture.name(run)).font(fonts::strong(fonts::SMALL));
        name.color(style::word(theme, Ink::Run(run)))
    };
    line(ui, RichText::new(""), runs.iter().map(strong), width);
    for reading in readings(picture) {
        let name = RichText::new(&reading.name).size(fonts::SMALL).weak();
        let numbers = reading.values.iter().map(|text| RichText::new(text).size(NUMBER));
        let quantity = reading.quantity();
        let ground = (quantity.is_some() && quantity == *lit).then(|| pointed::light(theme));
        let row = pointed::row(ui, ground, |ui| line(ui, name, numbers, width));
        if row.contains_pointer() && quantity.is_some() {
            *lit = quantity;
        }
        row.on_hover_text(fonts::words(&reading.formula, fonts::BODY));
    }
}

/// The size of numbers: a pair of weights must fit into a column.
const NUMBER: f32 = 12.0;

/// A name and a number a run, the numbers in columns that end at the right.
fn line(
    ui: &mut Ui,
    name: RichText,
    numbers: impl Iterator<Item = RichText>,
    column: f32,
) -> Response {
    ui.horizontal(|ui| {
        let cell = |ui: &mut Ui, width: f32, layout: Layout, text: RichText| {
            ui.allocate_ui_with_layout(vec2(width, LINE), layout, |ui| {
                ui.set_min_size(vec2(width, LINE));
                ui.add(egui::Label::new(text).truncate().selectable(true));
            });
        };
        cell(ui, NAME, Layout::left_to_right(Align::Center), name);
        for number in numbers {
            cell(ui, column, Layout::right_to_left(Align::Center), number);
        }
    })
    .response
}
