//! A formula of one's own, typed under the menu of problems.
//!
//! It is applied as soon as it can be read; until then the last good one stays, and a caret stands under what is wrong.

use egui::{Color32, Label, RichText, TextEdit, Ui, WidgetInfo};

use crate::app::widgets::choice;
use crate::app::{fonts, style};
use crate::catalog::{Setting, Value};
use crate::figure::metrics::{self, Face};
use crate::figure::words;
use crate::problem::expression::{Expression, LONGEST};
use crate::problem::landscapes::{self, FORMULA, OWN, has};
use crate::scene::run::RunSpec;
use crate::scene::{Scene, Subject, keys};

/// What is typed, and the formula of the scene that it was typed over.
#[derive(Debug, Clone, PartialEq)]
struct Typed {
    text: String,
    applied: String,
}

/// Shows the formula of `scene`; nothing where it has none.
pub(super) fn ui(ui: &mut Ui, scene: &mut Scene) {
    let Some(applied) = formula(&scene.subject) else { return };
    let id = ui.scope_id().with("formula as it is typed");
    let kept = ui.data(|data| data.get_temp::<Typed>(id)).filter(|kept| kept.applied == applied);
    let mut typed = kept.unwrap_or_else(|| Typed { text: applied.clone(), applied });
    let field = TextEdit::multiline(&mut typed.text)
        .id_salt("formula")
        .desired_rows(1)
        .char_limit(LONGEST)
        .return_key(None)
        .desired_width(ui.available_width());
    let field = style::fields(ui, |ui| ui.add(field));
    let is_changed = field.changed();
    field.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::TextInput, true, "Formula");
        info.current_text_value = Some(typed.text.clone());
        info
    });
    for setting in OWN.settings {
        field.clone().on_hover_text(fonts::words(setting.about, fonts::BODY));
    }
    if is_changed && let Ok(next) = with(scene, &typed.text) {
        *scene = next;
        typed.applied = formula(&scene.subject).unwrap_or_default();
    }
    if let Some((drawing, words)) = wrong(scene, &typed) {
        let colour = ui.visuals().error_fg_color;
        if let Some(drawing) = drawing {
            draw(ui, &drawing, colour);
        }
        let words = RichText::new(words).size(fonts::SMALL).color(colour);
        ui.add(Label::new(words).wrap());
    }
    let flaws = words::flaws(&scene.subject, scene.shown_window());
    if !flaws.is_empty() {
        ui.add(Label::new(RichText::new(flaws).size(fonts::SMALL)).wrap());
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
    if let Subject::Formula(landscape) = &mut scene.subject {
        let now = landscape.clone();
        let is_parameter = |setting: &Setting| setting.key != FORMULA && has(&now, setting);
        choice::some_settings(ui, landscape, is_parameter);
        for (setting, value) in landscapes::free(landscape) {
            let changed = choice::number(ui, setting, value);
            // A rail is kept inside the range.
            let _ = changed.map(|value| landscapes::set_free(landscape, setting.key, value));
        }
    }
}

/// Shows a line with a caret under it; letters differ in width, so that the caret is put where the letters end.
fn draw(ui: &mut Ui, drawing: &str, colour: Color32) {
    let Some((line, caret)) = drawing.split_once('\n') else { return };
    let before: String = line.chars().take(caret.chars().count().saturating_sub(1)).collect();
    let width = metrics::width(&before, Face::Regular, fonts::SMALL.into());
    let small = |text: &str| RichText::new(text).size(fonts::SMALL).color(colour);
    ui.add(Label::new(small(line)).truncate());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        #[expect(clippy::cast_possible_truncation, reason = "points on a screen")]
        ui.add_space((width as f32).min(ui.available_width()));
        ui.label(small("^"));
    });
}

/// The formula that a subject is, as it was typed.
fn formula(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Formula(landscape) => {
            landscape.value(FORMULA).and_then(Value::text).map(str::to_owned)
        }
        Subject::Fit(_) => None,
    }
}

/// What is wrong with what is typed, if anything is: where, and in words.
fn wrong(scene: &Scene, typed: &Typed) -> Option<(Option<String>, String)> {
    let error = with(scene, &typed.text).err()?;
    let drawing = Expression::read(typed.text.trim()).err();
    let drawing = drawing.map(|error| error.drawing(typed.text.trim()));
    Some((drawing, error.to_string()))
}

/// `scene` with another formula; its η and ρ follow unless they were changed by hand; its start and parameters stay.
fn with(scene: &Scene, text: &str) -> Result<Scene, keys::BadEdit> {
    let before = scene.subject.view();
    let mut own = keys::own(text.trim())?;
    if let Subject::Formula(old) = &scene.subject {
        let stays = |(setting, _): &(&'static Setting, &Value)| {
            setting.key != FORMULA && has(&own, setting)
        };
        let keys: Vec<&str> = own.values().filter(stays).map(|(setting, _)| setting.key).collect();
        for key in keys {
            if let Some(value) = old.value(key) {
                own.set(key, value.clone())?;
            }
        }
    }
    if let Subject::Formula(old) = &scene.subject {
        landscapes::keep_free(&mut own, old)?;
    }
    own.try_build().map_err(|error| keys::BadEdit::Refused(error.to_string()))?;
    let fresh = scene.on(Subject::Formula(own));
    let is_as_came = |now: f64, came: f64| now.to_bits() == came.to_bits();
    let old = &scene.shared;
    let keeps_eta = !is_as_came(old.eta.get(), before.eta);
    let keeps_rho = !is_as_came(old.ball.rho.get(), before.rho);
    let shared = RunSpec {
        eta: if keeps_eta { old.eta } else { fresh.shared.eta },
        ball: if keeps_rho { old.ball } else { fresh.shared.ball },
        ..old.clone()
    };
    Ok(Scene { subject: fresh.subject, shared, ..scene.clone() })
}
