//! How η and ρ change over a run; folded away, since they seldom do.

use egui::{CollapsingHeader, RichText, Ui};

use super::own;
use crate::app::fonts;
use crate::app::style::GRID;
use crate::app::widgets::choice;
use crate::figure::palette::Theme;
use crate::optim::schedule;
use crate::scene::Scene;
use crate::scene::run::Aspect;

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme) {
    ui.add_space(GRID);
    let title = RichText::new("Schedules").font(fonts::strong(fonts::SMALL)).weak();
    CollapsingHeader::new(title).id_salt("schedules").show_unindented(ui, |ui| {
        ui.push_id("η", |ui| {
            own::ui(ui, scene, theme, Aspect::EtaSchedule, |ui, spec| {
                choice::ui(ui, "η over time", schedule::ALL.entries, &mut spec.eta_schedule);
            });
        });
        ui.push_id("ρ", |ui| {
            own::ui(ui, scene, theme, Aspect::RhoSchedule, |ui, spec| {
                choice::ui(ui, "ρ over time", schedule::ALL.entries, &mut spec.rho_schedule);
            });
        });
    });
}
