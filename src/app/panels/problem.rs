//! What is minimised: a formula, or a model on data.

use std::num::NonZeroUsize;

use egui::{ComboBox, TextEdit, Ui};

use super::toolbar::sign;
use super::{formula, own};
use crate::app::style;
use crate::app::widgets::choice;
use crate::app::widgets::columns::{self, Group};
use crate::app::widgets::limits;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::Spread;
use crate::catalog::Choice;
use crate::figure::palette::Theme;
use crate::problem::batches::{BatchSize, Order};
use crate::problem::landscapes::{self, FORMULA, OWN};
use crate::problem::{datasets, losses, models};
use crate::scene::number::{Penalty, TestShare};
use crate::scene::run::{Aspect, RunSpec};
use crate::scene::{Fit, Scene, Subject, keys};

/// What is minimised, in a line.
#[must_use]
pub fn line(scene: &Scene) -> String {
    scene.subject.name()
}

/// Shows the panel.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme) {
    subject(ui, scene);
    match &mut scene.subject {
        Subject::Formula(landscape) if landscape.id() == FORMULA => formula::ui(ui, scene),
        Subject::Formula(landscape) => choice::settings(ui, landscape),
        Subject::Fit(fit) => fitted(ui, fit),
    }
    seed(ui, scene);
    if matches!(scene.subject, Subject::Fit(_)) {
        own::ui(ui, scene, theme, Aspect::Batch, batch);
        if scene.specs().iter().any(|spec| spec.batch != BatchSize::Full) {
            own::ui(ui, scene, theme, Aspect::Order, order);
        }
        test_part(ui, scene);
    }
    penalty(ui, scene);
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
    let [of_data, of_formula] = match &scene.subject {
        Subject::Formula(landscape) => ["", landscape.id()],
        Subject::Fit(fit) => [fit.data.id(), ""],
    };
    // One's own formula is the last of the formulas.
    let formulas: Vec<_> = landscapes::ALL.entries.iter().copied().chain([&OWN]).collect();
    let mut picked = None;
    let combo = ComboBox::from_id_salt("subject")
        .width(ui.available_width())
        .truncate()
        .height(columns::height(ui))
        .selected_text(chosen)
        .show_ui(ui, |ui| {
            let groups = [
                Group { title: "Data", items: choice::items(datasets::ALL.entries, of_data) },
                Group { title: "Formulas", items: choice::items(&formulas, of_formula) },
            ];
            picked = match columns::ui(ui, &groups, columns::WIDTH) {
                Some((0, place)) => datasets::ALL.entries.get(place).and_then(|entry| {
                    let fit = keys::fit_for(Choice::new(entry), None, None, old.as_ref());
                    fit.ok().map(Subject::Fit)
                }),
                Some((_, place)) => {
                    formulas.get(place).map(|entry| Subject::Formula(Choice::new(entry)))
                }
                None => None,
            };
        });
    choice::name(&combo.response, "Problem", chosen);
    combo.response.on_hover_text(about);
    if let Some(subject) = picked {
        *scene = scene.on(subject);
    }
}

fn fitted(ui: &mut Ui, fit: &mut Fit) {
    // Points are looked at in their own view, not in a line of text.
    choice::some_settings(ui, &mut fit.data, |setting| setting.key != datasets::POINTS);
    let data = fit.data.build();
    let models: Vec<_> = models::fitting(&*data).collect();
    choice::ui(ui, "model", &models, &mut fit.model);
    let losses: Vec<_> = losses::fitting(data.task()).collect();
    choice::ui(ui, "loss", &losses, &mut fit.loss);
}

fn seed(ui: &mut Ui, scene: &mut Scene) {
    const ABOUT: &str =
        "Where random numbers come from; the same seed gives the same picture, everywhere";
    ui.horizontal(|ui| {
        let label = row::label(ui, "seed");
        if let Some(seed) = seed_field(ui, scene.seed, label.id, ABOUT) {
            scene.seed = seed;
        }
        label.on_hover_text(ABOUT);
        if sign(ui, "⟳", "Another seed", "Another sample of the same kind").clicked() {
            // An odd multiplier visits every seed before it comes back, and looks like dice.
            scene.seed = (scene.seed.wrapping_mul(1_103_515_245).wrapping_add(12_345)) % 100_000;
        }
    });
}

/// The width of a seed: the largest has twenty digits, and the field does not move what stands beside it.
const SEED: f32 = 112.0;

/// A seed as text, since half of all seeds are beyond what a number field can hold; `Some` when another was typed.
fn seed_field(ui: &mut Ui, seed: u64, label: egui::Id, about: &str) -> Option<u64> {
    let id = ui.scope_id().with("seed as it is typed");
    let typed = ui.data(|data| data.get_temp::<String>(id));
    let mut text = typed.unwrap_or_else(|| seed.to_string());
    let is_seed = text.trim().parse::<u64>().is_ok();
    let mut edit = TextEdit::singleline(&mut text).desired_width(SEED);
    if !is_seed {
        edit = edit.text_color(ui.visuals().error_fg_color);
    }
    let field = style::fields(ui, |ui| ui.add(edit)).labelled_by(label).on_hover_text(about);
    if field.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
        return None;
    }
    ui.data_mut(|data| data.remove::<String>(id));
    let read = text.trim().parse::<u64>().ok();
    if read.is_none() && field.lost_focus() {
        let seeds = format!("a whole number from 0 to {}", u64::MAX);
        limits::refuse_text(ui.ctx(), "seed", &text, &seeds);
    }
    read.filter(|read| field.lost_focus() && *read != seed)
}

/// More examples than this no step sees.
const MOST_EXAMPLES: f64 = 100_000.0;

fn batch(ui: &mut Ui, spec: &mut RunSpec) {
    const ABOUT: &str =
        "How many examples a step sees; both gradients of a SAM step see the same ones";
    ui.horizontal(|ui| {
        row::label(ui, "batch").on_hover_text(ABOUT);
        let full = spec.batch == BatchSize::Full;
        if ui.selectable_label(full, "full").on_hover_text("Every step sees all examples").clicked()
        {
            spec.batch = BatchSize::Full;
        }
        let size = match spec.batch {
            BatchSize::Full => 32,
            BatchSize::Of(size) => size.get(),
        };
        if ui.selectable_label(!full, "of").on_hover_text(ABOUT).clicked() {
            spec.batch = NonZeroUsize::new(size).map_or(BatchSize::Full, BatchSize::Of);
        }
        ui.add_enabled_ui(!full, |ui| {
            let number = Number {
                label: "batch size",
                about: ABOUT,
                rail: (1.0, MOST_EXAMPLES),
                allowed: (1.0, MOST_EXAMPLES),
                spread: Spread::Whole,
                marks: &[],
            };
            let (field, typed) = row::field(ui, &number, size as f64);
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::SpinButton, true, number.label)
            });
            field.on_hover_text(ABOUT);
            if let Some(typed) = typed {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a whole number within limits"
                )]
                let size = typed as usize;
                spec.batch = NonZeroUsize::new(size).map_or(BatchSize::Full, BatchSize::Of);
            }
        });
    });
}

fn order(ui: &mut Ui, spec: &mut RunSpec) {
    ui.horizontal(|ui| {
        row::label(ui, "order");
        for (order, text, about) in [
            (Order::Shuffled, "shuffled", "A new shuffle every epoch, from the seed"),
            (Order::Sequential, "sequential", "First to last, as the data came"),
        ] {
            if ui.selectable_label(spec.order == order, text).on_hover_text(about).clicked() {
                spec.order = order;
            }
        }
    });
}

fn test_part(ui: &mut Ui, scene: &mut Scene) {
    let number = Number {
        label: "test part",
        about: "The part of the data that no step sees; its loss is drawn beside the other",
        rail: (0.0, TestShare::MOST),
        allowed: (0.0, TestShare::MOST),
        spread: Spread::Linear,
        marks: &[],
    };
    if let Some(part) = row::number(ui, &number, scene.test.get()) {
        scene.test = TestShare::new(part).unwrap_or(scene.test);
    }
}

fn penalty(ui: &mut Ui, scene: &mut Scene) {
    let number = Number {
        label: "L2 penalty",
        about: "λ in L(w) + ½ λ ‖w‖², part of the loss and of both gradients of a step",
        rail: (0.0, 1.0),
        allowed: (0.0, Penalty::MOST),
        spread: Spread::Log { floor: 1e-4 },
        marks: &[],
    };
    if let Some(l2) = row::number(ui, &number, scene.l2.get()) {
        scene.l2 = Penalty::new(l2).unwrap_or(scene.l2);
    }
}
