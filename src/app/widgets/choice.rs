//! A member of a family: a menu of its entries, and a row for each of its settings.

use egui::text::LayoutJob;
use egui::{ComboBox, Ui};

use super::columns::{self, Group, Item};
use super::explain;
use super::row::{self, Number};
use super::spread::Spread;
use crate::app::fonts;
use crate::catalog::{Choice, Entry, Kind, Setting, Value};
use crate::glossary;

/// What is said about an entry where one points at it.
#[must_use]
pub fn about<T: ?Sized>(entry: &Entry<T>) -> LayoutJob {
    let mut text = format!("{}\n{}", entry.about, entry.formula);
    if entry.source != "—" {
        text.push_str("\n— ");
        text.push_str(entry.source);
    }
    fonts::words(&text, fonts::BODY)
}

/// The items of a menu of `entries`, each with its formula.
#[must_use]
pub fn items<T: ?Sized>(entries: &[&'static Entry<T>], chosen: &str) -> Vec<Item> {
    let item = |entry: &&'static Entry<T>| Item {
        name: entry.name,
        line: entry.formula.to_owned(),
        tip: about(entry),
        chosen: entry.id == chosen,
        emblem: None,
    };
    entries.iter().map(item).collect()
}

/// A menu of `entries`; `Some` when another one was picked.
pub fn menu<T: ?Sized>(
    ui: &mut Ui,
    label: &str,
    entries: &[&'static Entry<T>],
    chosen: &Entry<T>,
) -> Option<&'static Entry<T>> {
    let contents = |ui: &mut Ui| {
        // What is chosen is asked about, where it has an entry of its own.
        let term = glossary::of(label, chosen.id).or_else(|| glossary::named(label));
        let row = row::label_of(ui, label, term);
        row.on_hover_text(explain::tip("", term, explain::CLICK));
        let mut picked = None;
        let combo = ComboBox::from_id_salt((label, "menu"))
            .width(ui.available_width())
            .truncate()
            .selected_text(chosen.name)
            .height(columns::height(ui))
            .show_ui(ui, |ui| {
                let items = items(entries, chosen.id);
                let place = columns::ui(ui, &[Group { title: "", items }], columns::WIDTH);
                picked = place.and_then(|(_, place)| entries.get(place).copied());
            });
        name(&combo.response, label, chosen.name);
        explain::about(&combo.response, term);
        combo.response.on_hover_text(about(chosen));
        picked.filter(|entry| entry.id != chosen.id)
    };
    // In a narrow panel a long name stands under what it is the name of.
    let is_long = ui.available_width() < row::taken(ui, label) + row::room(chosen.name) + ARROW;
    if is_long { ui.vertical(contents).inner } else { ui.horizontal(contents).inner }
}

/// What a menu's arrow and edges take, in points.
const ARROW: f32 = 56.0;

/// Tells a screen reader what a menu chooses, and what is chosen.
pub fn name(response: &egui::Response, label: &str, chosen: &str) {
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label);
        info.current_text_value = Some(chosen.to_owned());
        info
    });
}

/// A menu of `entries`, and rows for the settings of the chosen one.
pub fn ui<T: ?Sized>(
    ui: &mut Ui,
    label: &str,
    entries: &[&'static Entry<T>],
    choice: &mut Choice<T>,
) {
    if let Some(entry) = menu(ui, label, entries, choice.entry()) {
        *choice = Choice::new(entry);
    }
    settings(ui, choice);
}

/// A menu of a setting's names; the one that was picked.
fn named(
    ui: &mut Ui,
    setting: &Setting,
    names: &[&'static str],
    chosen: &str,
) -> Option<&'static str> {
    ui.horizontal(|ui| {
        row::label(ui, setting.label);
        let mut picked = None;
        let combo = ComboBox::from_id_salt((setting.key, "names"))
            .width(ui.available_width())
            .selected_text(chosen)
            .show_ui(ui, |ui| {
                for name in names {
                    if ui.selectable_label(*name == chosen, *name).clicked() {
                        picked = Some(*name);
                    }
                }
            });
        self::name(&combo.response, setting.label, chosen);
        combo.response.on_hover_text(fonts::words(setting.about, fonts::BODY));
        picked
    })
    .inner
}

/// A row for each setting.
pub fn settings<T: ?Sized>(ui: &mut Ui, choice: &mut Choice<T>) {
    some_settings(ui, choice, |_| true);
}

/// A row for each setting that `is_shown`.
pub fn some_settings<T: ?Sized>(
    ui: &mut Ui,
    choice: &mut Choice<T>,
    is_shown: impl Fn(&Setting) -> bool,
) {
    let rows: Vec<_> = choice
        .values()
        .filter(|(setting, _)| is_shown(setting))
        .map(|(setting, value)| (setting, value.clone()))
        .collect();
    for (setting, value) in rows {
        if let Some(changed) = setting_ui(ui, setting, &value) {
            // Rails and fields are kept inside the range, so a refusal can only be rounding at its very edge.
            let _ = choice.set(setting.key, changed);
        }
    }
}

/// The row of a number; what it was changed to.
pub fn number(ui: &mut Ui, setting: &Setting, value: f64) -> Option<f64> {
    setting_ui(ui, setting, &Value::Number(value))?.number()
}

/// The row of one setting; what it was changed to.
fn setting_ui(ui: &mut Ui, setting: &Setting, value: &Value) -> Option<Value> {
    match setting.kind {
        Kind::Number { default, range, scale } => {
            let number = Number {
                label: setting.label,
                about: setting.about,
                rail: range,
                allowed: range,
                spread: Spread::of(scale, range),
                marks: &[],
            };
            let now = value.number().unwrap_or(default);
            let changed = ui.push_id(setting.key, |ui| row::number(ui, &number, now)).inner;
            changed.map(|changed| Value::Number(changed.clamp(range.0, range.1)))
        }
        Kind::Choice { names } => {
            let chosen = value.choice().unwrap_or_default();
            named(ui, setting, names, chosen).map(Value::Choice)
        }
        Kind::Text { .. } | Kind::Path => text(ui, setting, value),
    }
}

/// A line to type a text or a path in.
fn text(ui: &mut Ui, setting: &Setting, value: &Value) -> Option<Value> {
    ui.horizontal(|ui| {
        row::label(ui, setting.label);
        let mut typed = value.to_string();
        let field = egui::TextEdit::singleline(&mut typed)
            .id_salt((setting.key, "text"))
            .desired_width(ui.available_width());
        let changed =
            ui.add(field).on_hover_text(fonts::words(setting.about, fonts::BODY)).changed();
        changed.then_some(Value::Text(typed))
    })
    .inner
}
