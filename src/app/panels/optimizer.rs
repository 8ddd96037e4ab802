//! The base optimizer, and the learning rate.

use egui::Ui;

use super::own;
use crate::app::commands::{Command, Commands};
use crate::app::style;
use crate::app::widgets::choice;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::{Spread, shown};
use crate::figure::palette::Theme;
use crate::optim::base;
use crate::scene::Scene;
use crate::scene::number::LearningRate;
use crate::scene::run::Aspect;

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme, commands: &mut Commands) {
    style::section(ui, "Optimizer");
    let before = scene.specs();
    own::ui(ui, scene, theme, Aspect::Base, |ui, spec| {
        choice::ui(ui, "base", base::ALL.entries, &mut spec.base);
    });
    suit(scene, &before, commands);
    let number = Number {
        label: "η",
        about: "The learning rate η: the length of a step; plain descent is stable where η λ_max < 2",
        rail: (0.0, 2.0),
        allowed: (0.0, f64::MAX),
        spread: Spread::Log { floor: 1e-3 },
        marks: &[],
    };
    own::ui(ui, scene, theme, Aspect::Eta, |ui, spec| {
        if let Some(eta) = row::number(ui, &number, spec.eta.get()) {
            spec.eta = LearningRate::new(eta).unwrap_or(spec.eta);
        }
    });
}

/// Another base optimizer brings a learning rate that suits it: Adam's steps are about η long, descent's η ‖g‖.
fn suit(scene: &mut Scene, before: &[crate::scene::run::RunSpec], commands: &mut Commands) {
    let changed =
        |k: &usize| before.get(*k).is_some_and(|old| old.base.id() != scene.spec(*k).base.id());
    let changed: Vec<usize> = (0..scene.runs.len()).filter(changed).collect();
    let Some(&first) = changed.first() else { return };
    let base = scene.spec(first).base;
    let Ok(eta) = LearningRate::new(scene.suitable_eta(&base)) else { return };
    if changed.len() == scene.runs.len() {
        scene.shared.eta = eta;
        for own in scene.runs.owns_mut() {
            own.share(Aspect::Eta);
        }
    } else {
        for k in changed {
            let mut spec = scene.spec(k);
            spec.eta = eta;
            if let Some(own) = scene.runs.own_mut(k) {
                own.take(Aspect::Eta, &spec);
            }
        }
    }
    let name = base.entry().name;
    commands.push(Command::Say(format!(
        "η is {} now, which suits {name}; undo takes both back",
        shown(eta.get())
    )));
}
