//! Where runs start, how far they go, and in which plane they are seen.

use std::cell::RefCell;

use egui::{DragValue, Label, RichText, Role, Ui, WidgetInfo};

use super::toolbar::sign;
use crate::analysis::slices;
use crate::app::widgets::choice;
use crate::app::widgets::limits;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::{self, Spread};
use crate::app::{fonts, style};
use crate::scene::Scene;
use crate::scene::number::Steps;

/// Where runs start, or the plane they are seen in, and how many steps they make, in a line.
#[must_use]
pub fn line(scene: &Scene) -> String {
    let steps = scene.steps.get();
    if scene.subject.dimension() == 2 {
        let start = scene.first_weights().iter().map(|&w| spread::shown(w)).collect::<Vec<_>>();
        format!("from ({}), {steps} steps", start.join(", "))
    } else {
        format!("{}, {steps} steps", scene.slice.entry().name)
    }
}

/// Shows the panel; `names` are those of the weights, `plane` says what the map is a part of.
pub fn ui(ui: &mut Ui, scene: &mut Scene, names: &[String], plane: &str) {
    if scene.subject.dimension() == 2 {
        weights(ui, scene, names);
    } else {
        choice::ui(ui, "map plane", slices::ALL.entries, &mut scene.slice);
        ui.add(Label::new(RichText::new(plane).size(fonts::SMALL).weak()).wrap());
    }
    steps(ui, scene);
}

/// The width of a weight.
const WEIGHT: f32 = 56.0;

/// The first weights, where there are two.
fn weights(ui: &mut Ui, scene: &mut Scene, names: &[String]) {
    ui.horizontal(|ui| {
        let label = row::label(ui, "start");
        label.on_hover_text("The first weights of the runs; drag the ring on a map");
        let mut weights = scene.first_weights().to_vec();
        let mut changed = false;
        for (k, weight) in weights.iter_mut().enumerate() {
            let name = names.get(k).map_or("weight", String::as_str);
            let unread = RefCell::new(None);
            let field = DragValue::new(weight)
                .speed(0.01)
                .update_while_editing(false)
                .custom_formatter(|value, _| spread::shown(value))
                .custom_parser(|text| {
                    let read = spread::read(text).filter(|value| value.is_finite());
                    if read.is_none() {
                        unread.replace(Some(text.to_owned()));
                    }
                    read
                });
            let size = [WEIGHT, ui.spacing().interact_size.y];
            let response = style::fields(ui, |ui| ui.add_sized(size, field));
            response.widget_info(|| {
                WidgetInfo::labeled(Role::SpinButton, true, format!("start, {name}"))
            });
            changed |= response.changed();
            if let Some(text) = unread.take().filter(|_| response.lost_focus()) {
                limits::refuse_text(ui.ctx(), &format!("start, {name}"), &text, "a finite number");
            }
            response.on_hover_text(format!("{name} at the start"));
        }
        if changed && weights.iter().all(|weight| weight.is_finite()) {
            scene.shared.start = Some(weights);
        }
        ui.add_enabled_ui(scene.shared.start.is_some(), |ui| {
            let name = "The problem's own start";
            if sign(ui, "↺", name, "Back to the problem's own start").clicked() {
                scene.shared.start = None;
            }
        });
    });
}

/// How many steps are made.
fn steps(ui: &mut Ui, scene: &mut Scene) {
    let most = Steps::MOST as f64;
    let number = Number {
        label: "steps",
        about: "How many steps every run makes",
        rail: (10.0, 2000.0),
        allowed: (1.0, most),
        spread: Spread::Log { floor: 10.0 },
        marks: &[],
    };
    if let Some(steps) = row::number(ui, &number, scene.steps.get() as f64) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates, and the number is checked next"
        )]
        let steps = Steps::new(steps.round() as usize);
        scene.steps = steps.unwrap_or(scene.steps);
    }
}
