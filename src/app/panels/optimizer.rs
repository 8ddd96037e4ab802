//! The base optimizer of both runs, and the learning rate.

use egui::Ui;

use crate::app::style;
use crate::app::widgets::choice;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::Spread;
use crate::optim::base;
use crate::scene::Scene;
use crate::scene::number::LearningRate;

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene) {
    style::section(ui, "Optimizer, of both runs");
    choice::ui(ui, "base", base::ALL.entries, &mut scene.base);
    let number = Number {
        label: "η",
        about: "The learning rate η in w ← w − η g; descent is stable where η λ_max < 2",
        rail: (0.0, 2.0),
        allowed: (0.0, f64::MAX),
        spread: Spread::Log { floor: 1e-3 },
        marks: &[],
    };
    if let Some(eta) = row::number(ui, &number, scene.eta.get()) {
        scene.eta = LearningRate::new(eta).unwrap_or(scene.eta);
    }
}
