//! What is minimised: a formula, or a model on data; and where both runs start.

use std::num::NonZeroUsize;

use egui::{ComboBox, DragValue, RichText, Ui};

use super::toolbar::sign;
use crate::app::style;
use crate::app::widgets::choice;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::{self, Spread};
use crate::catalog::Choice;
use crate::problem::batches::{BatchSize, Order};
use crate::problem::{datasets, landscapes, losses, models};
use crate::scene::number::Steps;
use crate::scene::{Fit, Scene, Subject, keys};

/// Shows the panel; `names` are those of the weights.
pub fn ui(ui: &mut Ui, scene: &mut Scene, names: &[String]) {
    style::section(ui, "Problem");
    subject(ui, scene);
    match &mut scene.subject {
        Subject::Formula(landscape) => choice::settings(ui, landscape),
        Subject::Fit(fit) => fitted(ui, fit),
    }
    seed(ui, scene);
    if matches!(scene.subject, Subject::Fit(_)) {
        batch(ui, scene);
    }
    start(ui, scene, names);
}

/// One menu for everything that can be minimised, in two groups.
fn subject(ui: &mut Ui, scene: &mut Scene) {
    let (chosen, about, old) = match &scene.subject {
        Subject::Formula(landscape) => {
            (landscape.entry().name, choice::about(landscape.entry()), None)
        }
        Subject::Fit(fit) => {
            (fit.data.entry().name, choice::about(fit.data.entry()), Some(fit.clone()))
        }
    };
    let mut picked = None;
    let combo = ComboBox::from_id_salt("subject")
        .width(ui.available_width())
        .truncate()
        .selected_text(chosen)
        .show_ui(ui, |ui| {
            ui.label(RichText::new("Data").small().weak());
            for entry in datasets::ALL.entries {
                let item = ui.selectable_label(entry.name == chosen, entry.name);
                if item.on_hover_text(choice::about(entry)).clicked() {
                    let fit = keys::fit_for(Choice::new(entry), None, None, old.as_ref());
                    picked = fit.ok().map(Subject::Fit);
                }
            }
            ui.add_space(style::GRID);
            ui.label(RichText::new("Formulas").small().weak());
            for entry in landscapes::ALL.entries {
                let item = ui.selectable_label(entry.name == chosen, entry.name);
                if item.on_hover_text(choice::about(entry)).clicked() {
                    picked = Some(Subject::Formula(Choice::new(entry)));
                }
            }
        });
    choice::name(&combo.response, "Problem", chosen);
    combo.response.on_hover_text(about);
    if let Some(subject) = picked {
        *scene = scene.on(subject);
    }
}

fn fitted(ui: &mut Ui, fit: &mut Fit) {
    choice::settings(ui, &mut fit.data);
    let task = fit.data.build().task();
    choice::ui(ui, "model", &models::fitting(task), &mut fit.model);
    choice::ui(ui, "loss", &losses::fitting(task), &mut fit.loss);
}

fn seed(ui: &mut Ui, scene: &mut Scene) {
    const ABOUT: &str =
        "Where random numbers come from; the same seed gives the same picture, everywhere";
    ui.horizontal(|ui| {
        let label = row::label(ui, "seed");
        let field = ui.add(
            DragValue::new(&mut scene.seed)
                .speed(0.1)
                .update_while_editing(false)
                .custom_parser(|text| text.trim().parse::<u32>().ok().map(f64::from)),
        );
        field.labelled_by(label.id).on_hover_text(ABOUT);
        label.on_hover_text(ABOUT);
        if sign(ui, "⟳", "Another seed", "Another sample of the same kind").clicked() {
            // An odd multiplier visits every seed before it comes back, and looks like dice.
            scene.seed = (scene.seed.wrapping_mul(1_103_515_245).wrapping_add(12_345)) % 100_000;
        }
    });
}

fn batch(ui: &mut Ui, scene: &mut Scene) {
    const ABOUT: &str =
        "How many examples a step sees; both gradients of a SAM step see the same ones";
    ui.horizontal(|ui| {
        row::label(ui, "batch").on_hover_text(ABOUT);
        let full = scene.batch == BatchSize::Full;
        if ui.selectable_label(full, "full").on_hover_text("Every step sees all examples").clicked()
        {
            scene.batch = BatchSize::Full;
        }
        let mut size = match scene.batch {
            BatchSize::Full => 32,
            BatchSize::Of(size) => size.get(),
        };
        if ui.selectable_label(!full, "of").on_hover_text(ABOUT).clicked() {
            scene.batch = NonZeroUsize::new(size).map_or(BatchSize::Full, BatchSize::Of);
        }
        ui.add_enabled_ui(!full, |ui| {
            let field = ui.add(
                DragValue::new(&mut size).range(1..=100_000).speed(0.2).update_while_editing(false),
            );
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "batch size")
            });
            if field.changed() {
                scene.batch = NonZeroUsize::new(size).map_or(BatchSize::Full, BatchSize::Of);
            }
        });
    });
    if scene.batch != BatchSize::Full {
        ui.horizontal(|ui| {
            row::label(ui, "order");
            for (order, text, about) in [
                (Order::Shuffled, "shuffled", "A new shuffle every epoch, from the seed"),
                (Order::Sequential, "in order", "First to last, as the data came"),
            ] {
                if ui.selectable_label(scene.order == order, text).on_hover_text(about).clicked() {
                    scene.order = order;
                }
            }
        });
    }
}

/// The first weights, when they fit into a row, and how many steps are made from there.
fn start(ui: &mut Ui, scene: &mut Scene, names: &[String]) {
    let mut weights = scene.first_weights().to_vec();
    if weights.len() == 2 {
        ui.horizontal(|ui| {
            row::label(ui, "start")
                .on_hover_text("The first weights of both runs; drag the ring on a map");
            let mut changed = false;
            for (k, weight) in weights.iter_mut().enumerate() {
                let name = names.get(k).map_or("weight", String::as_str);
                let field = ui.add_sized(
                    [56.0, ui.spacing().interact_size.y],
                    DragValue::new(weight)
                        .speed(0.01)
                        .update_while_editing(false)
                        .custom_formatter(|value, _| spread::shown(value))
                        .custom_parser(|text| spread::read(text).filter(|value| value.is_finite())),
                );
                field.widget_info(|| {
                    egui::WidgetInfo::labeled(
                        egui::Role::SpinButton,
                        true,
                        format!("start, {name}"),
                    )
                });
                changed |= field.changed();
                field.on_hover_text(format!("{name} at the start"));
            }
            if changed && weights.iter().all(|weight| weight.is_finite()) {
                scene.start = Some(weights);
            }
            let its_own = scene.start.is_none();
            ui.add_enabled_ui(!its_own, |ui| {
                if sign(ui, "↺", "The problem's own start", "Back to the problem's own start")
                    .clicked()
                {
                    scene.start = None;
                }
            });
        });
    }
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let most = Steps::MOST as f64;
    let number = Number {
        label: "steps",
        about: "How many steps both runs make",
        rail: (10.0, 2000.0),
        allowed: (1.0, most),
        spread: Spread::Log { floor: 10.0 },
        marks: &[],
    };
    if let Some(steps) = row::number(ui, &number, scene.steps.get() as f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked next")]
        let steps = Steps::new(steps.round() as usize);
        scene.steps = steps.unwrap_or(scene.steps);
    }
}
