//! Names that can be asked about: a click on one asks for its entry in the glossary, and so does F1 over it.

use egui::text::LayoutJob;
use egui::{Color32, Context, CursorIcon, Id, Response, Stroke, Ui};

use crate::app::fonts;
use crate::glossary::Term;

/// Where the term that was asked for waits.
fn asked() -> Id {
    Id::unique("term that was asked for")
}

/// Where the term waits that the pointer or the keyboard is on.
fn pointed() -> Id {
    Id::unique("term that is pointed at")
}

/// Begins a frame: what was pointed at in the last one may be gone.
pub fn begin(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<&'static str>(pointed()));
}

/// Asks for the entry of a term.
pub fn ask(ctx: &Context, term: &'static Term) {
    ctx.data_mut(|data| data.insert_temp(asked(), term.id.as_str()));
}

/// The term that was asked for, once.
#[must_use]
pub fn take(ctx: &Context) -> Option<&'static str> {
    ctx.data_mut(|data| data.remove_temp(asked()))
}

/// The term that the pointer or the keyboard is on.
#[must_use]
pub fn under(ctx: &Context) -> Option<&'static str> {
    ctx.data(|data| data.get_temp(pointed()))
}

/// Says that a part of the window is about a term, so that F1 over it opens its entry.
pub fn about(part: &Response, term: Option<&'static Term>) {
    if let Some(term) = term.filter(|_| part.contains_pointer() || part.has_focus()) {
        part.ctx.data_mut(|data| data.insert_temp(pointed(), term.id.as_str()));
    }
}

/// Makes a name one that can be clicked on, as it is seen to be under the pointer.
pub fn name(ui: &Ui, name: &Response, term: &'static Term) {
    about(name, Some(term));
    if name.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Help);
    }
    if name.clicked() {
        ask(ui.ctx(), term);
    }
}

/// A line under words that can be clicked on: in colour under the pointer.
pub fn underline(ui: &Ui, words: &Response) {
    let colour = if words.hovered() {
        ui.visuals().hyperlink_color
    } else {
        ui.visuals().weak_text_color().gamma_multiply(0.55)
    };
    let Response { rect, .. } = words;
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colour));
}

/// A tip with a line about the glossary below it, where there is an entry.
#[must_use]
pub fn tip(text: &str, term: Option<&'static Term>, hint: &str) -> LayoutJob {
    let mut tip = fonts::words(text, fonts::BODY);
    if term.is_some() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let font = fonts::regular(fonts::SMALL);
        fonts::append(&mut tip, &format!("{gap}{hint}"), 0.0, &font, Color32::PLACEHOLDER);
    }
    tip
}

/// What is said under a name that can be clicked on.
pub const CLICK: &str = "Click the name, or F1: its entry in the glossary";
