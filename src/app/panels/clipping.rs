//! How long gradients may be, and which.

use egui::{ComboBox, Ui};

use super::own;
use crate::app::fonts;
use crate::app::widgets::choice;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::Spread;
use crate::figure::palette::Theme;
use crate::optim::clip::{Clip, Place};
use crate::scene::Scene;
use crate::scene::run::Aspect;

/// Bounds that can be slid to; smaller ones are typed.
const RAIL: (f64, f64) = (0.05, f64::INFINITY);

/// Shows the row, and where there is a bound the one below it.
pub(super) fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme) {
    let bound = Number {
        label: "clip",
        about: "Gradients longer than this are shortened to it, min(1, c/‖v‖₂) v; ∞ leaves them",
        rail: RAIL,
        allowed: (f64::MIN_POSITIVE, f64::INFINITY),
        spread: Spread::Inverse,
        marks: &[1.0],
    };
    own::ui(ui, scene, theme, Aspect::Clip, |ui, spec| {
        if let Some(most) = row::number(ui, &bound, spec.clip.most()) {
            spec.clip = Clip::new(most, spec.clip.place).unwrap_or(spec.clip);
        }
        if !spec.clip.is_none() {
            place(ui, &mut spec.clip.place);
        }
    });
}

/// Which gradient is clipped.
fn place(ui: &mut Ui, place: &mut Place) {
    let word = |place: Place| match place {
        Place::Before => "g, before the ascent",
        Place::After => "what the base is handed",
    };
    ui.horizontal(|ui| {
        row::label(ui, "clipped");
        let combo = ComboBox::from_id_salt("clipped")
            .width(ui.available_width())
            .selected_text(word(*place))
            .show_ui(ui, |ui| {
                for one in [Place::After, Place::Before] {
                    if ui.selectable_label(*place == one, word(one)).clicked() {
                        *place = one;
                    }
                }
            });
        choice::name(&combo.response, "clipped", word(*place));
        let about = "Before the ascent only ε by ρ g gets shorter; SAM’s keeps its length ρ";
        combo.response.on_hover_text(fonts::words(about, fonts::BODY));
    });
}
