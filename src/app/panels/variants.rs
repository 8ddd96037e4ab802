//! The ascent of a run: a menu of those that papers have named, and the table that they are cells of.
//!
//! Rows are directions, columns radii, and the step is chosen above them; a click on a cell makes it the ascent, named or
//! not, and the table stays open.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, Grid, Label, PopupCloseBehavior, ScrollArea, Ui, vec2};

use crate::app::widgets::{choice, row};
use crate::app::{fonts, style};
use crate::catalog::Choice;
use crate::figure::step::GRADIENT_THERE;
use crate::optim::ascent::cell::Cell;
use crate::optim::ascent::{self, Ascent, direction, radius, step, table};

/// The width of a cell.
const WIDTH: f32 = 148.0;
/// The width of the table.
const WHOLE: f32 = 790.0;
/// Where none is chosen: what a click on a step alone makes.
const SAM: Cell = Cell { direction: "gradient", radius: "fixed", step: "there" };

/// A menu of ascents, their table, and rows for the settings of the chosen one.
pub(super) fn ui(ui: &mut Ui, chosen: &mut Choice<dyn Ascent>) {
    if let Some(entry) = choice::menu(ui, "ascent", ascent::ALL.entries, chosen.entry()) {
        *chosen = Choice::new(entry);
    }
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let words = fonts::words("Variants…", fonts::SMALL);
    let (button, picked) = ui
        .horizontal(|ui| {
            row::label(ui, "");
            MenuButton::new(words).config(stays).ui(ui, |ui| cells(ui, chosen))
        })
        .inner;
    let tip = "Direction × radius × step: every ascent is a cell, and an empty cell can be tried";
    button.on_hover_text(tip);
    if let Some(cell) = picked.and_then(|shown| shown.inner) {
        *chosen = table::choice(cell, chosen);
    }
    let now = chosen.clone();
    choice::some_settings(ui, chosen, |setting| !table::is_idle(&now, setting));
}

/// The table; the cell that was picked.
fn cells(ui: &mut Ui, chosen: &Choice<dyn Ascent>) -> Option<Cell> {
    let own = chosen.build().cell();
    let now = own.unwrap_or(SAM);
    let mut picked = None;
    ui.set_width(WHOLE.min(ui.ctx().content_rect().width() - 6.0 * style::GRID));
    ScrollArea::both().show(ui, |ui| {
        ui.label(fonts::words("The base is handed", fonts::SMALL));
        ui.horizontal(|ui| {
            for entry in step::ALL.entries {
                let is_chosen = own.is_some() && now.step == entry.id;
                let name = entry.name.replace("g_SAM", GRADIENT_THERE);
                let button = Button::selectable(is_chosen, fonts::words(&name, fonts::BODY));
                let response = ui.add(button);
                let tip = format!("{}\n{}\n— {}", entry.about, entry.formula, entry.source);
                if response.on_hover_text(fonts::words(&tip, fonts::BODY)).clicked() {
                    picked = Some(Cell { step: entry.id, ..now });
                }
            }
        });
        ui.add_space(style::GRID / 2.0);
        Grid::new("variants").spacing(vec2(4.0, 2.0)).show(ui, |ui| {
            ui.label(fonts::words("ε along ↓  as far as →", fonts::SMALL));
            for entry in radius::ALL.entries {
                let tip = format!("{}\n{}\n— {}", entry.about, entry.formula, entry.source);
                let head = Label::new(fonts::words(entry.name, fonts::SMALL));
                ui.add_sized(vec2(WIDTH, 18.0), head)
                    .on_hover_text(fonts::words(&tip, fonts::BODY));
            }
            ui.end_row();
            for entry in direction::ALL.entries {
                let tip = format!("{}\n{}\n— {}", entry.about, entry.formula, entry.source);
                ui.label(fonts::words(entry.name, fonts::SMALL))
                    .on_hover_text(fonts::words(&tip, fonts::BODY));
                for reach in radius::ALL.entries {
                    let cell = Cell { direction: entry.id, radius: reach.id, step: now.step };
                    if one(ui, cell, own) {
                        picked = Some(cell);
                    }
                }
                ui.end_row();
            }
        });
    });
    picked
}

/// One cell, where this one is chosen; whether it was clicked.
fn one(ui: &mut Ui, cell: Cell, chosen: Option<Cell>) -> bool {
    let is_chosen = chosen == Some(cell);
    let named = table::named(cell);
    let name = named.map_or("·", |entry| entry.name);
    let button = Button::selectable(is_chosen, fonts::words(name, fonts::BODY));
    let response = ui.add(button.min_size(vec2(WIDTH, 0.0)).truncate());
    let said = named.map_or("not named by a paper", |entry| entry.name);
    response.widget_info(|| {
        let label = format!("{cell}: {said}");
        egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, label)
    });
    let tip = named.map_or_else(
        || {
            let handed = cell.step().formula.replace("g_SAM", GRADIENT_THERE);
            let epsilon = cell.epsilon().replace("g_SAM", GRADIENT_THERE);
            fonts::words(
                &format!("No paper here has named it: try it\n{epsilon}\n{handed}"),
                fonts::BODY,
            )
        },
        choice::about,
    );
    response.on_hover_text(tip).clicked()
}
