//! What runs change at a step: for each change its step, and what holds from there on.

use egui::{Button, DragValue, RichText, Ui};

use super::own::{Sign, heading, inset, with_sign, word};
use super::{dials, guard, variants};
use crate::app::widgets::choice;
use crate::app::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::route;
use crate::lesson::controls::{Access, Control, Controls};
use crate::optim::base;
use crate::scene::number::Steps;
use crate::scene::run::then::At;
use crate::scene::run::{Aspect, Changes, RunSpec, Then};
use crate::scene::{Scene, names};

/// Whether a run changes at a step, so that there is something to show.
#[must_use]
pub fn are_there(scene: &Scene) -> bool {
    scene.runs.iter().any(|run| run.own.then.is_some())
}

/// What changes, in a line.
#[must_use]
pub fn line(scene: &Scene) -> String {
    let specs = scene.specs();
    let said = specs.iter().filter(|spec| !spec.then.is_empty()).map(names::whole);
    said.collect::<Vec<_>>().join(", ")
}

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme, controls: &Controls) {
    let labels = names::labels(scene);
    for (k, label) in labels.iter().enumerate() {
        let spec = scene.spec(k);
        if spec.then.is_empty() {
            continue;
        }
        let mut then: Vec<Then> = spec.then.iter().cloned().collect();
        let mut gone = None;
        let route = route::of(scene, k);
        inset(ui, theme, route, |ui| {
            heading(ui, theme, route, label);
            let most = scene.steps.get();
            for (place, change) in then.iter_mut().enumerate() {
                let before = spec.at(change.at.get() - 1);
                let kept =
                    ui.push_id(("change", k, place), |ui| one(ui, change, &before, most, controls));
                if !kept.inner {
                    gone = Some(place);
                }
            }
        });
        if let Some(place) = gone {
            then.remove(place);
        }
        // Two at one step are none that a run can have: what was there stays.
        if let (Ok(then), Some(own)) = (Changes::of(then), scene.runs.own_mut(k)) {
            own.then = Some(then).filter(|then| !then.is_empty());
        }
    }
}

/// One change of a run that is made with `before` until then; false when it is to go.
fn one(ui: &mut Ui, then: &mut Then, before: &RunSpec, most: usize, controls: &Controls) -> bool {
    let mut is_kept = true;
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new("from step").font(fonts::strong(fonts::SMALL)));
        let mut at = then.at.get();
        let field = DragValue::new(&mut at)
            .range(1..=most.clamp(1, Steps::MOST))
            .speed(0.2)
            .update_while_editing(false);
        let field = style::fields(ui, |ui| ui.add(field)).labelled_by(label.id);
        field.on_hover_text("How many steps are made before; the next is the first that differs");
        then.at = At::new(at).unwrap_or(then.at);
        let button = ui.add(Button::new("Remove").frame_when_inactive(false).small());
        let name = format!("Remove the change at step {at}");
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        is_kept = !button.on_hover_text("Go on as before").clicked();
    });
    for aspect in Then::ASPECTS {
        let control = match aspect {
            Aspect::Rho => Control::Rho,
            Aspect::Eta => Control::Eta,
            Aspect::Norm => Control::P,
            _ => Control::Optimizer,
        };
        let after = before.with(&then.own());
        let is_ball = matches!(aspect, Aspect::Rho | Aspect::Norm);
        if is_ball && !after.has_ascent() {
            continue;
        }
        let access = controls.access(control);
        if access != Access::Hidden {
            guard::ui(ui, access, |ui| row(ui, then, after, aspect));
        }
    }
    is_kept
}

/// What one aspect is from there on; where it is said, a sign takes it back.
fn row(ui: &mut Ui, then: &mut Then, after: RunSpec, aspect: Aspect) {
    let mut spec = after.clone();
    let own = then.own();
    let hint = format!("Go on with the {} from before", word(aspect));
    let sign = Sign { text: "=", hint: &hint, more: "nothing of it changes at this step" };
    let back = with_sign(ui, own.has(aspect).then_some(&sign), |ui| match aspect {
        Aspect::Base => choice::ui(ui, "base", base::ALL.entries, &mut spec.base),
        Aspect::Ascent => variants::ui(ui, &mut spec.ascent),
        Aspect::Eta => dials::eta(ui, &mut spec),
        Aspect::Rho => dials::rho(ui, &mut spec),
        Aspect::Norm => dials::p(ui, &mut spec),
        // Nothing else changes at a step.
        _ => {}
    });
    let mut own = own;
    if back {
        own.share(aspect);
    } else if spec != after {
        own.take(aspect, &spec);
    }
    *then = Then::of(then.at, own);
}
