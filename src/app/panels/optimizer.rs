//! Who minimises: the base optimizer, and the ascent that says where it takes its gradient.

use egui::Ui;

use super::{clipping, own, variants};
use crate::app::commands::{Command, Commands};
use crate::app::widgets::choice;
use crate::app::widgets::spread::shown;
use crate::figure::palette::Theme;
use crate::optim::{ascent, base, mistake};
use crate::scene::Scene;
use crate::scene::number::LearningRate;
use crate::scene::run::{Aspect, RunSpec};

/// What is chosen, in a line.
#[must_use]
pub fn line(scene: &Scene) -> String {
    let base = own::names_of(scene, Aspect::Base, |spec| spec.base.entry().name);
    let ascent = own::names_of(scene, Aspect::Ascent, |spec| ascent::table::name(&spec.ascent));
    if scene.specs().iter().any(RunSpec::is_mistaken) {
        let mistake = own::names_of(scene, Aspect::Mistake, |spec| spec.mistake.entry().name);
        return format!("{base}, {ascent}, {mistake}");
    }
    format!("{base}, {ascent}")
}

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme, commands: &mut Commands) {
    let before = scene.specs();
    own::ui(ui, scene, theme, Aspect::Base, |ui, spec| {
        choice::ui(ui, "base", base::ALL.entries, &mut spec.base);
    });
    suit(scene, &before, commands);
    own::ui(ui, scene, theme, Aspect::Ascent, |ui, spec| {
        variants::ui(ui, &mut spec.ascent);
    });
    own::ui(ui, scene, theme, Aspect::Mistake, |ui, spec| {
        choice::ui(ui, "mistake", mistake::ALL.entries, &mut spec.mistake);
    });
    clipping::ui(ui, scene, theme);
}

/// Another base optimizer brings a learning rate that suits it: Adam's steps are about η long, descent's η ‖g‖.
fn suit(scene: &mut Scene, before: &[RunSpec], commands: &mut Commands) {
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
