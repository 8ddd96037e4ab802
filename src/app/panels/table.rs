//! A table of points before it is opened: how it is written and which columns are meant, found and to be changed, with its
//! first rows, and what is wrong with it.

use egui::{Align, ComboBox, Grid, Id, Layout, Modal, RichText, ScrollArea, Ui};

use crate::app::commands::{Command, Commands};
use crate::app::table::{Found, Table};
use crate::app::widgets::{choice, row};
use crate::app::{fonts, style};
use crate::problem::points::Glance;
use crate::typed::echo_path;

/// The width of the window, and how many rows of the table it shows.
const WIDTH: f32 = 560.0;
const ROWS: usize = 8;
/// What stands above and below the part that scrolls, and the least height of that.
const AROUND: f32 = 190.0;
const LEAST: f32 = 120.0;
/// So many columns are shown, and letters of a cell.
const COLUMNS: usize = 12;
const LETTERS: usize = 16;
/// The width of menus of columns.
const MENU: f32 = 150.0;

/// Shows the window.
pub fn ui(ctx: &egui::Context, table: &mut Table, commands: &mut Commands) {
    let modal = Modal::new(Id::unique("table")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 64.0));
        let name = table.path.file_name().unwrap_or(table.path.as_os_str()).to_string_lossy();
        ui.heading(format!("Points of {}", crate::typed::echo(&name)))
            .on_hover_text(echo_path(&table.path).to_string());
        ui.add_space(style::GRID);
        let before = table.wanted.clone();
        match table.found.as_ref().map(|found| &found.glance) {
            None => {
                ui.label(RichText::new("reading…").weak());
            }
            Some(Err(why)) => {
                ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
            }
            Some(Ok(glance)) => {
                let glance = glance.clone();
                let most = (ctx.content_rect().height() - AROUND).max(LEAST);
                let area = ScrollArea::vertical().max_height(most).min_scrolled_height(most);
                area.show(ui, |ui| {
                    writing(ui, table, &glance);
                    columns(ui, table, &glance);
                    ui.add_space(style::GRID);
                    rows(ui, &glance);
                });
            }
        }
        if table.wanted != before {
            commands.push(Command::ReadTable);
        }
        ui.add_space(style::GRID);
        let is_ready = said(ui, table.found.as_ref().filter(|found| found.wanted == table.wanted));
        ui.add_space(style::GRID);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_enabled_ui(is_ready, |ui| {
                if ui.button(RichText::new("Open").strong()).clicked() {
                    commands.push(Command::TakeTable);
                }
            });
            if ui.button("Cancel").clicked() {
                commands.push(Command::Close);
            }
        });
    });
    if modal.should_close() {
        commands.push(Command::Close);
    }
}

/// How the table is written.
fn writing(ui: &mut Ui, table: &mut Table, glance: &Glance) {
    let wanted = &mut table.wanted;
    let separators = ["comma", "semicolon", "tab", "space"];
    if let Some(other) = one_of(ui, "separator", &separators, glance.separator) {
        wanted.separator = Some(other.to_owned());
        // Columns of another separator are other columns.
        (wanted.x, wanted.y, wanted.label) = (None, None, None);
    }
    if let Some(other) = one_of(ui, "decimals", &["point", "comma"], glance.decimal) {
        wanted.decimal = Some(other.to_owned());
    }
    let header = if glance.has_header { "names" } else { "numbers" };
    if let Some(other) = one_of(ui, "first line", &["names", "numbers"], header) {
        wanted.header = Some(if other == "names" { "yes" } else { "no" }.to_owned());
    }
}

/// One of a few words; what was clicked on that is not chosen.
fn one_of<'w>(ui: &mut Ui, name: &str, words: &[&'w str], chosen: &str) -> Option<&'w str> {
    ui.horizontal(|ui| {
        row::label_of(ui, name, None);
        let mut picked = None;
        for &word in words {
            let id = ui.scope_id().with((name, word));
            let item = ui.push_id(id, |ui| ui.selectable_label(word == chosen, word)).inner;
            if item.clicked() && word != chosen {
                picked = Some(word);
            }
        }
        picked
    })
    .inner
}

/// Which columns are meant.
fn columns(ui: &mut Ui, table: &mut Table, glance: &Glance) {
    let found = glance.columns.clone().unwrap_or_default();
    let wanted = &mut table.wanted;
    for (k, (name, said)) in
        [("x", &mut wanted.x), ("y", &mut wanted.y), ("label", &mut wanted.label)]
            .into_iter()
            .enumerate()
    {
        ui.horizontal(|ui| {
            row::label_of(ui, name, None);
            let now = found[k].and_then(|column| glance.names.get(column)).cloned();
            let text = now.clone().unwrap_or_else(|| if k == 2 { "none" } else { "—" }.to_owned());
            let combo = ComboBox::from_id_salt(("column", k))
                .width(MENU)
                .selected_text(&text)
                .show_ui(ui, |ui| {
                    if k == 2 && ui.selectable_label(now.is_none(), "none").clicked() {
                        *said = Some("none".to_owned());
                    }
                    for (column, other) in glance.names.iter().enumerate() {
                        let is_now = found[k] == Some(column);
                        if ui.selectable_label(is_now, other).clicked() {
                            // By number: names may stand twice.
                            *said = Some((column + 1).to_string());
                        }
                    }
                });
            choice::name(&combo.response, name, &text);
        });
    }
}

/// The first rows, with what each column is taken for.
fn rows(ui: &mut Ui, glance: &Glance) {
    let found = glance.columns.clone().unwrap_or_default();
    let role = |column: usize| {
        let place = found.iter().position(|known| *known == Some(column));
        place.map_or("", |place| ["x", "y", "label"][place])
    };
    let short = |cell: &str| {
        let cut: String = cell.chars().take(LETTERS).collect();
        if cut.len() < cell.len() { format!("{cut}…") } else { cut }
    };
    let small = |text: String| RichText::new(text).size(fonts::SMALL);
    let names: Vec<&String> = glance.names.iter().take(COLUMNS).collect();
    ScrollArea::horizontal().show(ui, |ui| {
        Grid::new("first rows").striped(true).spacing([16.0, 3.0]).show(ui, |ui| {
            for (column, name) in names.iter().enumerate() {
                let text = match role(column) {
                    "" => short(name),
                    role => format!("{} = {role}", short(name)),
                };
                let head = RichText::new(text).font(fonts::strong(fonts::SMALL));
                ui.label(if role(column).is_empty() { head.weak() } else { head });
            }
            ui.end_row();
            for row in glance.rows.iter().take(ROWS) {
                for (column, cell) in row.iter().take(COLUMNS).enumerate() {
                    let text = small(short(cell));
                    ui.label(if role(column).is_empty() { text.weak() } else { text });
                }
                ui.end_row();
            }
            if glance.rows.len() > ROWS {
                for _ in &names {
                    ui.label(small("…".to_owned()).weak());
                }
                ui.end_row();
            }
        });
    });
}

/// What comes of the table, or what is wrong with it; whether it can be opened.
fn said(ui: &mut Ui, found: Option<&Found>) -> bool {
    match found.map(|found| (&found.scene, &found.told)) {
        None => {
            ui.label("");
            false
        }
        Some((Err(why), _)) => {
            ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
            false
        }
        Some((Ok(_), told)) => {
            ui.label(told);
            true
        }
    }
}
