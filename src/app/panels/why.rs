//! Why a run ended as it did: sentences, each of which opens the rerun that it is about.

use egui::{Id, Modal, ProgressBar, RichText, ScrollArea, Ui};

use crate::app::commands::{Command, Commands};
use crate::app::{fonts, style};
use crate::engine::Engine;
use crate::engine::products::because::Inquired;
use crate::figure::because::{Because, Line, because};
use crate::figure::palette::Theme;
use crate::figure::route;
use crate::scene::{Scene, names};
use crate::why::Difference;

/// The width of the window: a sentence in two lines.
const WIDTH: f32 = 520.0;

/// The height of the rest of the window, and what is left for the sentences at least.
const AROUND: f32 = 200.0;
const LEAST: f32 = 120.0;
/// From the upper edge of a button down to that of its words.
const TO_WORDS: f32 = 4.0;

/// Shows what is known of run `run`.
pub fn ui(
    ctx: &egui::Context,
    scene: &Scene,
    engine: &Engine,
    run: usize,
    theme: Theme,
    commands: &mut Commands,
) {
    let modal = Modal::new(Id::unique("why")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 48.0));
        choice(ui, scene, run, theme, commands);
        ui.add_space(style::GRID);
        let inquired = engine
            .product::<Inquired>()
            .filter(|found| found.run == run && engine.comparison() == Some(&found.comparison));
        let part = inquired.map_or(0.0, |found| found.part);
        let found = inquired.and_then(|found| Some((found, found.why.as_deref()?)));
        if let Some((found, why)) = found {
            let height = (ctx.content_rect().height() - AROUND).max(LEAST);
            // As high as what it holds: by itself it would stay as high as it was while there was nothing in it.
            let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
            area.show(ui, |ui| {
                said(ui, &because(why), &found.comparison.scene, run, commands);
            });
        }
        if part < 1.0 {
            let words =
                if found.is_some() { "looking for the nearest ρ" } else { "running it again" };
            #[expect(clippy::cast_possible_truncation, reason = "a part of a bar")]
            ui.add(ProgressBar::new(part as f32).text(words));
        }
        ui.add_space(style::GRID);
        ui.button("Close").clicked()
    });
    if modal.inner || modal.should_close() {
        commands.push(Command::Close);
    }
}

/// The question, and the other runs that it could be asked of.
fn choice(ui: &mut Ui, scene: &Scene, run: usize, theme: Theme, commands: &mut Commands) {
    ui.horizontal_wrapped(|ui| {
        ui.heading("Why did it end so?");
        for (place, label) in names::labels(scene).into_iter().enumerate() {
            let ink = style::word(theme, route::of(scene, place).ink);
            let text = RichText::new(label).font(fonts::strong(fonts::BODY)).color(ink);
            if ui.selectable_label(place == run, text).clicked() {
                commands.push(Command::AskWhy(Some(place)));
            }
        }
    });
}

/// The sentences.
fn said(ui: &mut Ui, said: &Because, scene: &Scene, run: usize, commands: &mut Commands) {
    ui.label(RichText::new(format!("{}.", said.end)).weak());
    ui.add_space(style::GRID);
    for Line { text, change, difference } in &said.lines {
        ui.horizontal_top(|ui| {
            let open = ui.button("Open");
            let hint = "The run beside the changed one, as a scene; undo comes back";
            let label = format!("open: {text}");
            open.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if open.on_hover_text(hint).clicked() {
                commands.push(Command::ShowOverlaid(Box::new(change.beside(scene, run))));
            }
            let words = fonts::words(text, fonts::BODY);
            let sentence = if *difference == Difference::Elsewhere {
                egui::Label::new(words)
            } else {
                egui::Label::new(RichText::new(text).weak())
            };
            ui.vertical(|ui| {
                ui.add_space(TO_WORDS);
                ui.add(sentence.wrap());
            });
        });
    }
    if !said.same.is_empty() {
        ui.add_space(style::GRID);
        ui.label(RichText::new(&said.same).weak());
    }
}
