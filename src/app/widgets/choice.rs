//! A member of a family: a menu of its entries, and a row for each of its settings.

use egui::{ComboBox, Ui};

use super::row::{self, Number};
use super::spread::Spread;
use crate::catalog::{Choice, Entry, Scale, Setting};

/// What is said about an entry where one points at it.
#[must_use]
pub fn about<T: ?Sized>(entry: &Entry<T>) -> String {
    let mut text = format!("{}\n{}", entry.about, entry.formula);
    if entry.source != "—" {
        text.push_str("\n— ");
        text.push_str(entry.source);
    }
    text
}

/// A menu of `entries`; `Some` when another one was picked.
pub fn menu<T: ?Sized>(
    ui: &mut Ui,
    label: &str,
    entries: &[&'static Entry<T>],
    chosen: &Entry<T>,
) -> Option<&'static Entry<T>> {
    ui.horizontal(|ui| {
        row::label(ui, label);
        let mut picked = None;
        let combo = ComboBox::from_id_salt((label, "menu"))
            .width(ui.available_width())
            .truncate()
            .selected_text(chosen.name)
            .show_ui(ui, |ui| {
                for entry in entries {
                    let item = ui.selectable_label(entry.id == chosen.id, entry.name);
                    if item.on_hover_text(about(entry)).clicked() {
                        picked = Some(*entry);
                    }
                }
            });
        name(&combo.response, label, chosen.name);
        combo.response.on_hover_text(about(chosen));
        picked.filter(|entry| entry.id != chosen.id)
    })
    .inner
}

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

/// A menu of the names that a setting's whole numbers stand for; the number of the one that was picked.
fn named(ui: &mut Ui, setting: &Setting, names: &[&str], value: f64) -> Option<f64> {
    let is = |place: usize| (place as f64 - value).abs() < 0.5;
    let chosen = (0..names.len()).find(|&place| is(place)).map_or("", |place| names[place]);
    ui.horizontal(|ui| {
        row::label(ui, setting.label);
        let mut picked = None;
        let combo = ComboBox::from_id_salt((setting.key, "names"))
            .width(ui.available_width())
            .selected_text(chosen)
            .show_ui(ui, |ui| {
                for (place, name) in names.iter().enumerate() {
                    if ui.selectable_label(is(place), *name).clicked() {
                        picked = Some(place as f64);
                    }
                }
            });
        self::name(&combo.response, setting.label, chosen);
        combo.response.on_hover_text(setting.about);
        picked
    })
    .inner
}

/// A row for each setting.
pub fn settings<T: ?Sized>(ui: &mut Ui, choice: &mut Choice<T>) {
    let rows: Vec<_> = choice.values().collect();
    for (setting, value) in rows {
        if let Scale::Named(names) = setting.scale {
            if let Some(picked) = named(ui, setting, names, value) {
                let _ = choice.set(setting.key, picked);
            }
            continue;
        }
        let number = Number {
            label: setting.label,
            about: setting.about,
            rail: setting.range,
            allowed: setting.range,
            spread: Spread::of(setting.scale, setting.range),
            marks: &[],
        };
        let changed = ui.push_id(setting.key, |ui| row::number(ui, &number, value)).inner;
        if let Some(value) = changed {
            // Rails and fields are kept inside the range, so a refusal can only be rounding at its very edge.
            let _ = choice.set(setting.key, value.clamp(setting.range.0, setting.range.1));
        }
    }
}
