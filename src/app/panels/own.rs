//! A control of something that runs share or have of their own: once for all, or once a run, told by its ink.

use egui::{Color32, Frame, Layout, Margin, RichText, Stroke, Ui, pos2, vec2};

use crate::app::{fonts, style};
use crate::figure::lower::strokes::dashes;
use crate::figure::palette::Theme;
use crate::figure::route::{self, Route};
use crate::scene::run::{Aspect, RunSpec, Runs};
use crate::scene::{Scene, names};

/// Shows `control` for what all runs share, and again for each run that has `aspect` of its own.
///
/// One click makes it each run's own, another shares it again.
pub(super) fn ui(
    ui: &mut Ui,
    scene: &mut Scene,
    theme: Theme,
    aspect: Aspect,
    mut control: impl FnMut(&mut Ui, &mut RunSpec),
) {
    let concerned: Vec<usize> =
        (0..scene.runs.len()).filter(|&k| concerns(scene, k, aspect)).collect();
    let has_own = |k: &usize| scene.runs.get(*k).is_some_and(|run| run.own.has(aspect));
    let owners: Vec<usize> = concerned.iter().copied().filter(has_own).collect();
    let labels = names::labels(scene);
    if owners.len() < concerned.len() || concerned.is_empty() {
        let hint = format!("Give each run its own {}", word(aspect));
        let sign = Sign { text: "≠", hint: &hint, more: "it is then set run by run" };
        let sign = (concerned.len() > 1).then_some(&sign);
        if !owners.is_empty() {
            // Without a name of its own it would be read as one of the runs'.
            ui.add_space(style::GRID / 2.0);
            let others = RichText::new("All other runs").font(fonts::strong(fonts::SMALL));
            ui.label(others.weak());
        }
        let split = with_sign(ui, sign, |ui| {
            control(ui, &mut scene.shared);
        });
        if split {
            for &k in &concerned {
                let spec = scene.spec(k);
                if let Some(own) = scene.runs.own_mut(k) {
                    own.take(aspect, &spec);
                }
            }
            return;
        }
    }
    for &k in &owners {
        let mut spec = scene.spec(k);
        let before = spec.clone();
        let label = labels.get(k).map_or("", String::as_str);
        let hint = format!("Share {} with the other runs again", word(aspect));
        let sign = Sign { text: "=", hint: &hint, more: "what it is now is left" };
        let route = route::of(scene, k);
        let share = inset(ui, theme, route, |ui| {
            heading(ui, theme, route, label);
            let own = |ui: &mut Ui| with_sign(ui, Some(&sign), |ui| control(ui, &mut spec));
            ui.push_id(("own", k), own).inner
        });
        let Some(own) = scene.runs.own_mut(k) else { continue };
        if share {
            own.share(aspect);
        } else if spec != before {
            own.take(aspect, &spec);
        }
    }
    if !owners.is_empty() {
        ui.add_space(style::GRID);
    }
}

/// From the edge of the panel to what is a run's own, and to the line in its ink before that.
const INSET: i8 = 10;
const TO_LINE: f32 = 2.0;

/// What belongs to one run, behind a line in its ink: what comes after it does not.
pub(super) fn inset<R>(
    ui: &mut Ui,
    theme: Theme,
    route: Route,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let frame = Frame::new().inner_margin(Margin { left: INSET, ..Margin::ZERO });
    let shown = frame.show(ui, contents);
    let rect = shown.response.rect;
    let stroke = Stroke::new(2.0, style::ink(theme, route.ink));
    ui.painter().vline(rect.left() + TO_LINE, rect.y_range().shrink(2.0), stroke);
    shown.inner
}

/// What an aspect is called.
pub(super) fn word(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Base => "base",
        Aspect::Mistake => "mistake",
        Aspect::Ascent => "ascent",
        Aspect::Eta => "η",
        Aspect::EtaSchedule => "η over time",
        Aspect::Rho => "ρ",
        Aspect::Norm => "p",
        Aspect::RhoSchedule => "ρ over time",
        Aspect::Batch => "batch",
        Aspect::Order => "order",
        Aspect::Start => "start",
        Aspect::SeedBatches => "seed of batches",
        Aspect::SeedAscent => "seed of the ascent",
        Aspect::Clip => "clipping",
        Aspect::Then => "changes",
    }
}

/// What the runs that `aspect` concerns have of it, in words: each once, in the order of runs.
pub(super) fn names_of<N: Into<String>>(
    scene: &Scene,
    aspect: Aspect,
    name: impl Fn(&RunSpec) -> N,
) -> String {
    let concerned = (0..scene.runs.len()).filter(|&k| concerns(scene, k, aspect));
    let mut names: Vec<String> = concerned.map(|k| name(&scene.spec(k)).into()).collect();
    if names.is_empty() {
        names.push(name(&scene.shared).into());
    }
    let mut once = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once.join(" or ")
}

/// A sign beside a control, and what a click on it does.
pub(super) struct Sign<'a> {
    pub(super) text: &'a str,
    /// Its name.
    pub(super) hint: &'a str,
    /// What follows from it.
    pub(super) more: &'a str,
}

/// Whether run `k` makes use of `aspect`: a run without an ascent has no ball, and the default two differ in nothing but
/// the ascent, which is not told again.
fn concerns(scene: &Scene, k: usize, aspect: Aspect) -> bool {
    let is_alone = !scene.spec(k).has_ascent();
    match aspect {
        Aspect::Mistake | Aspect::Rho | Aspect::Norm | Aspect::RhoSchedule | Aspect::SeedAscent => {
            !is_alone
        }
        Aspect::Ascent => !(is_alone && scene.runs.get(k) == Runs::default().get(0)),
        Aspect::Base
        | Aspect::Eta
        | Aspect::EtaSchedule
        | Aspect::Batch
        | Aspect::Order
        | Aspect::Start
        | Aspect::SeedBatches
        | Aspect::Clip
        | Aspect::Then => true,
    }
}

/// The width of the column of signs at the right of controls, and their height.
const SIGN: [f32; 2] = [28.0, 24.0];

/// Shows a control with a sign at its right, if it has one; true when that was clicked.
pub(super) fn with_sign(
    ui: &mut Ui,
    sign: Option<&Sign<'_>>,
    control: impl FnOnce(&mut Ui),
) -> bool {
    // Rows without one end where those with one do.
    let width = ui.available_width() - SIGN[0];
    let Some(Sign { text, hint, more }) = sign else {
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(width);
            control(ui);
        });
        return false;
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.x = style::GRID;
            control(ui);
        });
        ui.add_space(4.0);
        // A wide sign would make its row grow beyond those without one.
        ui.spacing_mut().button_padding.x = 4.0;
        let sign = RichText::new(*text).size(fonts::BODY);
        let button = egui::Button::new(sign).min_size(vec2(SIGN[0] - 4.0, SIGN[1]));
        let response = ui.add(button);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, *hint));
        response.on_hover_text(format!("{hint}: {more}")).clicked()
    })
    .inner
}

/// The name of a run over a control of its own, in its ink.
pub(super) fn heading(ui: &mut Ui, theme: Theme, route: Route, label: &str) {
    ui.horizontal_wrapped(|ui| {
        swatch(ui, theme, route);
        let colour = style::word(theme, route.ink);
        ui.label(RichText::new(label).font(fonts::strong(fonts::SMALL)).color(colour));
    });
}

/// A piece of a run's line.
pub(super) fn swatch(ui: &mut Ui, theme: Theme, route: Route) {
    let (rect, _) = ui.allocate_exact_size(vec2(SWATCH, 14.0), egui::Sense::hover());
    let ink: Color32 = style::ink(theme, route.ink);
    let y = rect.center().y;
    let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
    let stroke = Stroke::new(2.5, ink);
    #[expect(clippy::cast_possible_truncation, reason = "points on a screen")]
    let lengths: Vec<f32> = dashes(route.dash, 2.0).iter().map(|length| *length as f32).collect();
    if lengths.is_empty() {
        ui.painter().line_segment(ends, stroke);
        return;
    }
    let dashes: Vec<f32> = lengths.iter().copied().step_by(2).collect();
    let gaps: Vec<f32> = lengths.iter().copied().skip(1).step_by(2).collect();
    ui.painter().extend(egui::Shape::dashed_line_with_offset(&ends, stroke, &dashes, &gaps, 0.0));
}

/// The length of a run's line beside its name.
pub(super) const SWATCH: f32 = 28.0;
