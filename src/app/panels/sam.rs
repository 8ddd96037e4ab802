//! Where the second run looks before it steps: the ascent, its radius and its norm.

use egui::Ui;

use crate::app::style;
use crate::app::widgets::choice;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::Spread;
use crate::math::norm::{Ball, Norm, Radius};
use crate::optim::ascent;
use crate::scene::Scene;

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene) {
    style::section(ui, "Sharpness-aware run");
    choice::ui(ui, "ascent", ascent::ALL.entries, &mut scene.ascent);
    let rho = Number {
        label: "ρ",
        about: "The radius ρ of the ball: ε̂ = argmax { gᵀε : ‖ε‖_p ≤ ρ}; with ρ = 0 both runs are one",
        rail: (0.0, 2.0),
        allowed: (0.0, f64::MAX),
        spread: Spread::Log { floor: 1e-3 },
        marks: &[],
    };
    if let Some(rho) = row::number(ui, &rho, scene.ball.rho.get()) {
        scene.ball.rho = Radius::new(rho).unwrap_or(scene.ball.rho);
    }
    let p = Number {
        label: "p",
        about: "The norm of the ball, ‖ε‖_p: a diamond at 1, a disc at 2, a square at ∞",
        rail: (1.0, f64::INFINITY),
        allowed: (1.0, f64::INFINITY),
        spread: Spread::Inverse,
        marks: &[1.0, 2.0, f64::INFINITY],
    };
    if let Some(p) = row::number(ui, &p, scene.ball.norm.p()) {
        let norm = Norm::new(p).unwrap_or(scene.ball.norm);
        scene.ball = Ball { norm, ..scene.ball };
    }
}
