//! The step shown in formulas, with its numbers and its sentence: of the run whose lens is on a map of all.

use egui::text::LayoutJob;
use egui::{Button, Label, RichText, Ui, vec2};

use super::pointed;
use crate::app::widgets::trailing;
use crate::app::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::picture::{Picture, Sight};
use crate::figure::quantity::Quantity;
use crate::figure::step::Term;
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
    // While the step moves by itself nobody could read it to its end.
    let still = picture.look.lens != Sight::Hidden;
    let sentence = if still { step::sentence(picture, run) } else { String::new() };
    ui.add_space(style::GRID);
    ui.horizontal(|ui| {
        let title = format!("The step of {}", picture.name(run));
        trailing::ui(
            ui,
            "step",
            |ui, width| {
                ui.set_max_width(width);
                let title = RichText::new(title).font(fonts::strong(fonts::SMALL)).weak();
                ui.add(Label::new(title).wrap());
            },
            |ui| {
                let copy = Button::new(RichText::new("Copy step").size(fonts::SMALL));
                let hint = "Formulas, numbers and the sentence as text; a part can be selected";
                if ui.add(copy.frame_when_inactive(false)).on_hover_text(hint).clicked() {
                    ui.copy_text(text_of(&terms, &sentence));
                }
            },
        );
    });
    ui.add_space(2.0);
    // A formula with its numbers has room for one line.
    ui.spacing_mut().item_spacing = vec2(7.0, 1.0);
    ui.spacing_mut().interact_size.y = LINE;
    for term in &terms {
        let colour = style::word(theme, term.ink);
        let text = |text: &str| {
            let mut job = LayoutJob::default();
            fonts::append(&mut job, text, 0.0, &fonts::regular(SIZE), colour);
            job
        };
        let ground = (Some(term.quantity) == *lit).then(|| pointed::light(theme));
        let row = pointed::row(ui, ground, |ui| {
            let row = ui.horizontal_wrapped(|ui| {
                for part in parts(term) {
                    let label = Label::new(text(part)).selectable(true);
                    // Numbers are not broken; a formula that is longer than a line is.
                    let is_formula = part == term.formula;
                    ui.add(if is_formula { label } else { label.extend() });
                }
            });
            row.response
        });
        if row.contains_pointer() {
            *lit = Some(term.quantity);
        }
    }
    ui.allocate_ui(vec2(ui.available_width(), SENTENCE), |ui| {
        ui.set_min_height(SENTENCE);
        let mut words = LayoutJob::default();
        let colour = style::ink(theme, Ink::Text);
        fonts::append(&mut words, &sentence, 0.0, &fonts::regular(fonts::SMALL), colour);
        ui.add(Label::new(words).wrap().selectable(true));
    });
    ui.add_space(style::GRID);
}

/// A formula, its coordinates and its length: those of them that there are.
fn parts(term: &Term) -> impl Iterator<Item = &str> {
    [&term.formula, &term.value, &term.length].into_iter().map(|s| &**s).filter(|s| !s.is_empty())
}

/// The step as text: a line a formula, its numbers behind tabs, and the sentence.
fn text_of(terms: &[Term], sentence: &str) -> String {
    let lines = terms.iter().map(|term| parts(term).collect::<Vec<_>>().join("\t"));
    let sentence = Some(sentence.to_owned()).filter(|sentence| !sentence.is_empty());
    lines.chain(sentence).map(|line| line + "\n").collect()
}
