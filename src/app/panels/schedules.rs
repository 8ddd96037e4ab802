//! How η and ρ change over a run; folded away, since they seldom do.

use egui::{CollapsingHeader, RichText, Ui};

use crate::app::fonts;
use crate::app::style::GRID;
use crate::app::widgets::choice;
use crate::optim::schedule;
use crate::scene::Scene;

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene) {
    ui.add_space(GRID);
    let title = RichText::new("Schedules").font(fonts::strong(fonts::SMALL)).weak();
    CollapsingHeader::new(title).id_salt("schedules").show_unindented(ui, |ui| {
        ui.push_id("η", |ui| {
            choice::ui(ui, "η over time", schedule::ALL.entries, &mut scene.eta_schedule);
        });
        ui.push_id("ρ", |ui| {
            choice::ui(ui, "ρ over time", schedule::ALL.entries, &mut scene.rho_schedule);
        });
    });
}
