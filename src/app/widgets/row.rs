//! A row of the controls: what it is called, a rail, and the number itself.

use std::cell::{Cell, RefCell};

use egui::{DragValue, Label, Response, Sense, TextWrapMode, Ui, vec2};

use super::explain;
use super::limits;
use super::rail::{self, Rail};
use super::spread::{self, Spread};
use crate::app::{fonts, style};
use crate::figure::metrics::{self, Face};
use crate::glossary::{self, Term};

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
/// In rows of fewer points, names do not line up.
const NARROW: f32 = 190.0;
/// Rails shorter than this are of no use.
const LEAST_RAIL: f32 = 28.0;
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
        let term = glossary::named(number.label);
        let about = |part: Response| {
            explain::about(&part, term);
            part.on_hover_text(explain::tip(number.about, term, explain::CLICK))
        };
        let name = about(name);
        if width < LEAST_RAIL {
            // In a narrow panel a long name leaves room for the number only, which can be dragged too.
            let (field, typed) = field(ui, number, value);
            about(field).labelled_by(name.id);
            return typed;
        }
        let (rail, slid) = rail::ui(ui, &shape, value, width);
        let (field, typed) = field(ui, number, value);
        field.clone().labelled_by(rail.id);
        about(rail);
        about(field);
        slid.or(typed)
    })
    .inner
}

/// The name of a row, at the width that all names have; in a narrow panel as wide as it is.
///
/// One that is in the glossary can be clicked on.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    label_of(ui, text, glossary::named(text))
}

/// The width that the name of a row takes.
#[must_use]
pub fn taken(ui: &Ui, name: &str) -> f32 {
    if ui.available_width() < NARROW { room(name) } else { LABEL }
}

/// The width of a text in a row, in points.
#[must_use]
pub fn room(text: &str) -> f32 {
    let own = metrics::width(text, Face::Regular, fonts::BODY.into());
    #[expect(clippy::cast_possible_truncation, reason = "some tens of points")]
    let own = own.ceil() as f32 + 2.0;
    own
}

/// The same of a name that stands for this term.
pub fn label_of(ui: &mut Ui, text: &str, term: Option<&'static Term>) -> Response {
    let width = taken(ui, text);
    let size = vec2(width, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_width(width);
        let sense = if term.is_some() { Sense::CLICK } else { Sense::hover() };
        let label = ui.add(Label::new(text).wrap_mode(TextWrapMode::Truncate).sense(sense));
        if let Some(term) = term {
            explain::name(ui, &label, term);
            if label.hovered() {
                explain::underline(ui, &label);
            }
        }
        label
    })
    .inner
}

/// The number as text, to be typed over or dragged; what it was changed to.
pub fn field(ui: &mut Ui, number: &Number<'_>, value: f64) -> (Response, Option<f64>) {
    let whole = number.spread == Spread::Whole;
    let mut edited = value;
    let typed = Cell::new(None);
    let unread = RefCell::new(None);
    let speed = if whole { 0.2 } else { (0.01 * value.abs()).clamp(1e-5, 1e3) };
    let field = DragValue::new(&mut edited)
        .range(number.allowed.0..=number.allowed.1)
        .speed(if value.is_finite() { speed } else { 1.0 })
        .update_while_editing(false)
        .custom_formatter(|value, _| spread::shown(value))
        .custom_parser(|text| {
            let read = spread::read(text);
            typed.set(read);
            if read.is_none() {
                unread.replace(Some(text.to_owned()));
            }
            read
        });
    let size = vec2(VALUE, ui.spacing().interact_size.y);
    let response = style::fields(ui, |ui| ui.add_sized(size, field));
    let (least, most) = number.allowed;
    if let Some(typed) = typed.get().filter(|typed| *typed < least || most < *typed) {
        limits::refuse(ui.ctx(), number.label, typed, number.allowed);
    }
    if let Some(text) = unread.take().filter(|_| response.lost_focus()) {
        limits::refuse_text(ui.ctx(), number.label, &text, "a number");
    }
    let edited = if whole { edited.round() } else { edited };
    // A field shows fewer digits than a number has; what was not touched stays as it is.
    let changed = response.changed() && rail::differs(edited, value);
    (response, changed.then_some(edited))
}
