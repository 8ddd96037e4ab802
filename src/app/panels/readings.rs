//! The numbers at the step shown: as many runs beside each other as the panel has room for, the others below.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Button, Color32, Label, Layout, Response, RichText, Sense, Ui, WidgetInfo, vec2,
};

use super::pointed;
use crate::app::widgets::{explain, told, trailing};
use crate::app::{fonts, style};
use crate::export::numbers;
use crate::figure::Ink;
use crate::figure::metrics::{self, Face};
use crate::figure::palette::Theme;
use crate::figure::picture::Picture;
use crate::figure::quantity::Quantity;
use crate::figure::readings::{Reading, readings};
use crate::glossary;

/// The width of names, and the height of a line.
const NAME: f32 = 74.0;
const LINE: f32 = 22.0;
/// The room of the bar that scrolls the panel.
const BAR: f32 = 8.0;
/// The least width of a column: a pair of weights.
const COLUMN: f32 = 94.0;
/// The size of numbers: a pair of weights must fit into a column.
const NUMBER: f32 = 12.0;
/// Lines of a run's name above its column.
const LINES: usize = 3;

/// Shows the numbers.
pub fn ui(ui: &mut Ui, picture: &Picture<'_>, theme: Theme, lit: &mut Option<Quantity>) {
    let runs = picture.runs();
    let readings = readings(picture);
    ui.add_space(style::GRID);
    ui.horizontal(|ui| {
        style::title(ui, "At this step");
        trailing::ui(ui, "readings", |_, _| {}, |ui| {
            let copy = Button::new(RichText::new("Copy numbers").size(fonts::SMALL));
            let hint = "Names and numbers as a table, for a sheet or a note; a single number can be selected";
            if ui.add(copy.frame_when_inactive(false)).on_hover_text(hint).clicked() {
                ui.copy_text(numbers::tabbed(picture));
            }
        });
    });
    let room = ui.available_width() - NAME - BAR;
    let abreast = abreast(runs.len(), room);
    let width = room / abreast as f32;
    for (group, part) in runs.chunks(abreast).enumerate() {
        if group > 0 {
            ui.add_space(2.0 * style::GRID);
        }
        let of = |reading: &Reading| {
            let values = reading.values.iter().skip(group * abreast).take(part.len()).cloned();
            Reading { values: values.collect(), ..reading.clone() }
        };
        let own: Vec<Reading> = readings.iter().map(of).collect();
        ui.push_id(group, |ui| table(ui, picture, part, &own, theme, width, lit));
    }
}

/// How many of so many columns stand beside each other, in groups as even as can be.
fn abreast(columns: usize, room: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    let most = ((room / COLUMN).max(1.0) as usize).max(1);
    // Two runs are compared beside each other, however narrow it is.
    let most = if columns == 2 { 2 } else { most };
    let groups = columns.div_ceil(most).max(1);
    columns.div_ceil(groups).max(1)
}

fn table(
    ui: &mut Ui,
    picture: &Picture<'_>,
    runs: &[usize],
    readings: &[Reading],
    theme: Theme,
    width: f32,
    lit: &mut Option<Quantity>,
) {
    told::is(ui, Role::Table, "Numbers at this step");
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let names: Vec<String> = runs.iter().map(|&run| picture.name(run)).collect();
    let heads: Vec<(&String, Ink)> =
        names.iter().zip(runs.iter().map(|&run| picture.ink(run))).collect();
    self::heads(ui, &heads, theme, width);
    for (row, reading) in readings.iter().enumerate() {
        let quantity = reading.quantity();
        let ground = (quantity.is_some() && quantity == *lit).then(|| pointed::light(theme));
        let line = pointed::row(ui, ground, |ui| line(ui, reading, &names, width, row + 1));
        if line.contains_pointer() && quantity.is_some() {
            *lit = quantity;
        }
        let term = glossary::named(&reading.name);
        explain::about(&line, term);
        line.on_hover_text(explain::tip(&reading.formula, term, explain::CLICK));
    }
}

/// The names of runs over their columns, in as many lines as they take.
fn heads(ui: &mut Ui, heads: &[(&String, Ink)], theme: Theme, width: f32) {
    let laid: Vec<LayoutJob> = heads
        .iter()
        .map(|&(name, ink)| {
            let mut job = LayoutJob::default();
            let (font, colour) = (fonts::strong(fonts::SMALL), style::word(theme, ink));
            fonts::append(&mut job, name, 0.0, &font, colour);
            let max_width = width - BETWEEN;
            job.wrap = TextWrapping { max_width, max_rows: LINES, ..TextWrapping::default() };
            job.halign = Align::RIGHT;
            job
        })
        .collect();
    let laid: Vec<_> = laid.into_iter().map(|job| ui.painter().layout_job(job)).collect();
    let height = laid.iter().map(|galley| galley.size().y).fold(LINE - 4.0, f32::max) + 4.0;
    ui.horizontal(|ui| {
        told::is(ui, Role::Row, "Runs");
        ui.allocate_exact_size(vec2(NAME, height), egui::Sense::hover());
        for (galley, &(name, _)) in laid.into_iter().zip(heads) {
            let column = Layout::bottom_up(Align::Max);
            ui.allocate_ui_with_layout(vec2(width, height), column, |ui| {
                ui.set_min_size(vec2(width, height));
                told::is(ui, Role::ColumnHeader, name);
                let is_cut = galley.elided;
                let head = ui.add(Label::new(galley));
                if is_cut {
                    head.on_hover_text(name);
                }
            });
        }
    });
}

/// The room between the names of two columns.
const BETWEEN: f32 = 8.0;

/// A name and a number a run, the numbers in columns that end at the right.
fn line(ui: &mut Ui, reading: &Reading, runs: &[String], column: f32, row: usize) -> Response {
    ui.horizontal(|ui| {
        told::is(ui, Role::Row, &reading.name);
        let quiet = ui.visuals().weak_text_color();
        let mut name = LayoutJob::default();
        fonts::append(&mut name, &reading.name, 0.0, &fonts::regular(fonts::SMALL), quiet);
        cell(ui, NAME, Layout::left_to_right(Align::Center), |ui| {
            told::is(ui, Role::RowHeader, &reading.name);
            let Some(term) = glossary::named(&reading.name) else {
                ui.add(Label::new(name).truncate().selectable(true));
                return;
            };
            let label = ui.add(Label::new(name).truncate().sense(Sense::CLICK));
            label.widget_info(|| WidgetInfo::labeled(Role::Link, true, &reading.name));
            explain::name(ui, &label, term);
            if label.hovered() {
                explain::underline(ui, &label);
            }
        });
        for (k, (value, run)) in reading.values.iter().zip(runs).enumerate() {
            cell(ui, column, Layout::right_to_left(Align::Center), |ui| {
                told::is_cell(ui, &format!("{} of {run}", reading.name), value, [row, k + 1]);
                let mut number = LayoutJob::default();
                let (value, size) = fitted(value, column - BETWEEN);
                let font = fonts::regular(size);
                fonts::append(&mut number, value, 0.0, &font, Color32::PLACEHOLDER);
                ui.add(Label::new(number).truncate().selectable(true));
            });
        }
    })
    .response
}

/// A value and how large it is set where there is so much room: without its standard error, which is copied and told all
/// the same, before in smaller digits.
fn fitted(value: &str, room: f32) -> (&str, f32) {
    let mean = value.split_once(" ± ").map_or(value, |(mean, _)| mean);
    let fits = |(value, size): &(&str, f32)| {
        metrics::width(value, Face::Regular, f64::from(*size)) + TIGHT <= f64::from(room)
    };
    let smaller = (mean, NUMBER - 1.0);
    [(value, NUMBER), (mean, NUMBER)].into_iter().find(fits).unwrap_or(smaller)
}

/// Letters are set to whole pixels, which may take a little more.
const TIGHT: f64 = 3.0;

fn cell(ui: &mut Ui, width: f32, layout: Layout, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, LINE), layout, |ui| {
        ui.set_min_size(vec2(width, LINE));
        add(ui);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_stand_beside_each_other_in_even_groups() {
        let narrow = 2.5 * COLUMN;
        assert_eq!([1, 2, 3, 4, 5, 6].map(|runs| abreast(runs, narrow)), [1, 2, 2, 2, 2, 2]);
        let wide = 3.2 * COLUMN;
        assert_eq!([1, 2, 3, 4, 5, 6].map(|runs| abreast(runs, wide)), [1, 2, 3, 2, 3, 3]);
        assert_eq!(abreast(2, COLUMN), 2);
        assert_eq!(abreast(0, 0.0), 1);
    }
}
