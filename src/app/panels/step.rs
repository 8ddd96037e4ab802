//! The step shown in formulas, with its numbers and its sentence: of the run whose lens is on a map of all.

use egui::{RichText, Ui, vec2};

use super::pointed;
use crate::app::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::picture::{Picture, Sight};
use crate::figure::quantity::Quantity;
use crate::figure::{Ink, lens, step};

/// The height of formulas and of their lines.
const SIZE: f32 = 11.0;
const LINE: f32 = 17.0;
/// The height of the sentence: it does not push the numbers below it about from step to step.
const SENTENCE: f32 = 64.0;

/// Shows the step of the last run that looks around.
pub fn ui(ui: &mut Ui, picture: &Picture<'_>, theme: Theme, lit: &mut Option<Quantity>) {
    let runs = picture.runs();
    let Some(run) = lens::looking(picture, &runs) else { return };
    let terms = step::terms(picture, run);
    if terms.is_empty() {
        return;
    }
    style::section(ui, &format!("The step of {}", picture.name(run)));
    // A formula with its numbers has room for one line.
    ui.spacing_mut().item_spacing = vec2(7.0, 1.0);
    ui.spacing_mut().interact_size.y = LINE;
    for term in terms {
        let text = |text: &str| RichText::new(text).size(SIZE).color(style::ink(theme, term.ink));
        let ground = (Some(term.quantity) == *lit).then(|| pointed::light(theme));
        let row = pointed::row(ui, ground, |ui| {
            let said = [&term.formula, &term.value, &term.length];
            let row = ui.horizontal_wrapped(|ui| {
                for part in said.into_iter().filter(|part| !part.is_empty()) {
                    ui.label(text(part));
                }
            });
            row.response
        });
        if row.contains_pointer() {
            *lit = Some(term.quantity);
        }
    }
    // While the step moves by itself nobody could read it to its end.
    let still = picture.look.lens != Sight::Hidden;
    let sentence = if still { step::sentence(picture, run) } else { String::new() };
    ui.allocate_ui(vec2(ui.available_width(), SENTENCE), |ui| {
        ui.set_min_height(SENTENCE);
        let words = RichText::new(sentence).size(fonts::SMALL).color(style::ink(theme, Ink::Text));
        ui.label(words);
    });
    ui.add_space(style::GRID);
}
