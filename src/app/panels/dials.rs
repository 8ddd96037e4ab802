//! What one turns first: the ball's radius ρ, the learning rate η and the norm p.

use egui::Ui;

use super::{guard, own};
use crate::app::style;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::Spread;
use crate::figure::palette::Theme;
use crate::lesson::controls::{Control, Controls};
use crate::math::norm::{Ball, Norm, Radius};
use crate::scene::Scene;
use crate::scene::number::LearningRate;
use crate::scene::run::{Aspect, RunSpec};

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme, controls: &Controls) {
    ui.add_space(style::GRID);
    guard::ui(ui, controls.access(Control::Rho), |ui| {
        own::ui(ui, scene, theme, Aspect::Rho, rho);
    });
    guard::ui(ui, controls.access(Control::Eta), |ui| {
        own::ui(ui, scene, theme, Aspect::Eta, eta);
    });
    guard::ui(ui, controls.access(Control::P), |ui| {
        own::ui(ui, scene, theme, Aspect::Norm, p);
    });
}

/// The row of ρ.
pub(super) fn rho(ui: &mut Ui, spec: &mut RunSpec) {
    let rho = Number {
        label: "ρ",
        about: "The radius ρ of the ball: ε̂ = argmax { gᵀε : ‖ε‖_p ≤ ρ}; with ρ = 0 it is the base optimizer",
        rail: (0.0, 2.0),
        allowed: (0.0, f64::MAX),
        spread: Spread::Log { floor: 1e-3 },
        marks: &[],
    };
    if let Some(rho) = row::number(ui, &rho, spec.ball.rho.get()) {
        spec.ball.rho = Radius::new(rho).unwrap_or(spec.ball.rho);
    }
}

/// The row of η.
pub(super) fn eta(ui: &mut Ui, spec: &mut RunSpec) {
    let eta = Number {
        label: "η",
        about: "The learning rate η: the length of a step; plain descent is stable where η λ_max < 2",
        rail: (0.0, 2.0),
        allowed: (0.0, f64::MAX),
        spread: Spread::Log { floor: 1e-3 },
        marks: &[],
    };
    if let Some(eta) = row::number(ui, &eta, spec.eta.get()) {
        spec.eta = LearningRate::new(eta).unwrap_or(spec.eta);
    }
}

/// The row of p.
pub(super) fn p(ui: &mut Ui, spec: &mut RunSpec) {
    let p = Number {
        label: "p",
        about: "The norm of the ball, ‖ε‖_p: a diamond at 1, a disc at 2, a square at ∞",
        rail: (1.0, f64::INFINITY),
        allowed: (1.0, f64::INFINITY),
        spread: Spread::Inverse,
        marks: &[1.0, 2.0, f64::INFINITY],
    };
    if let Some(p) = row::number(ui, &p, spec.ball.norm.p()) {
        let norm = Norm::new(p).unwrap_or(spec.ball.norm);
        spec.ball = Ball { norm, ..spec.ball };
    }
}
