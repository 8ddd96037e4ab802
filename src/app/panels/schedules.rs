//! How η and ρ change over a run.

use egui::Ui;

use super::own;
use crate::app::widgets::choice;
use crate::figure::palette::Theme;
use crate::optim::schedule;
use crate::scene::Scene;
use crate::scene::run::Aspect;

/// What is chosen, in a line.
#[must_use]
pub fn line(scene: &Scene) -> String {
    let eta = own::names_of(scene, Aspect::EtaSchedule, |spec| spec.eta_schedule.entry().name);
    let rho = own::names_of(scene, Aspect::RhoSchedule, |spec| spec.rho_schedule.entry().name);
    format!("η {}, ρ {}", eta.to_lowercase(), rho.to_lowercase())
}

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme) {
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
}
