//! A row of the controls: what it is called, a rail, and the number itself.

use std::cell::Cell;

use egui::{DragValue, Label, Response, Sense, TextWrapMode, Ui, vec2};

use super::limits;
use super::rail::{self, Rail};
use super::spread::{self, Spread};
use crate::app::{fonts, style};

/// A number that can be slid and typed.
#[derive(Debug, Clone, Copy)]
pub struct Number<'a> {
    /// Its symbol, or a word or two.
    pub label: &'a str,
    /// What it does, with the formula it enters.
    pub about: &'a str,
    /// Both ends of the rail.
    pub rail: (f64, f64),
    /// What may be typed; at least what can be slid to.
    pub allowed: (f64, f64),
    /// How the rail is spread.
    pub spread: Spread,
    /// Values that are marked on the rail.
    pub marks: &'a [f64],
}

/// The width of labels, so that rails line up.
pub const LABEL: f32 = 84.0;
/// The width of typed numbers, so that they line up.
pub const VALUE: f32 = 56.0;

/// Shows the number; `Some` when it was changed.
pub fn number(ui: &mut Ui, number: &Number<'_>, value: f64) -> Option<f64> {
    ui.horizontal(|ui| {
        let name = label(ui, number.label);
        let width = ui.available_width() - VALUE - ui.spacing().item_spacing.x;
        let shape = Rail {
            name: number.label,
            range: number.rail,
            spread: number.spread,
            marks: number.marks,
        };
        let (rail, slid) = rail::ui(ui, &shape, value, width.max(40.0));
        let (field, typed) = field(ui, number, value);
        field.clone().labelled_by(rail.id);
        for part in [name, rail, field] {
            part.on_hover_text(fonts::words(number.about, fonts::BODY));
        }
        slid.or(typed)
    })
    .inner
}

/// The name of a row, at the width that all names have.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    let size = vec2(LABEL, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_width(LABEL);
        ui.add(Label::new(text).wrap_mode(TextWrapMode::Truncate).sense(Sense::hover()))
    })
    .inner
}

/// The number as text, to be typed over or dragged.
fn field(ui: &mut Ui, number: &Number<'_>, value: f64) -> (Response, Option<f64>) {
    let whole = number.spread == Spread::Whole;
    let mut edited = value;
    let typed = Cell::new(None);
    let speed = if whole { 0.2 } else { (0.01 * value.abs()).clamp(1e-5, 1e3) };
    let field = DragValue::new(&mut edited)
        .range(number.allowed.0..=number.allowed.1)
        .speed(if value.is_finite() { speed } else { 1.0 })
        .update_while_editing(false)
        .custom_formatter(|value, _| spread::shown(value))
        .custom_parser(|text| {
            let read = spread::read(text);
            typed.set(read);
            read
        });
    let size = vec2(VALUE, ui.spacing().interact_size.y);
    let response = style::fields(ui, |ui| ui.add_sized(size, field));
    let (least, most) = number.allowed;
    if let Some(typed) = typed.get().filter(|typed| *typed < least || most < *typed) {
        limits::refuse(ui.ctx(), number.label, typed, number.allowed);
    }
    let edited = if whole { edited.round() } else { edited };
    // A field shows fewer digits than a number has; what was not touched stays as it is.
    let changed = response.changed() && rail::differs(edited, value);
    (response, changed.then_some(edited))
}
