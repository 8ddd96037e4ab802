//! The bar at the top: which scene, undo, how it looks, and what can be taken away.

use egui::{Align, Button, Layout, Response, RichText, Ui};

use crate::app::commands::{Command, Commands};
use crate::app::files::{Image, Kind};
use crate::app::history::History;
use crate::app::view::{Maps, View};
use crate::app::widgets::busy::Busy;
use crate::app::{fonts, style};
use crate::figure::Ink;
use crate::figure::palette::Theme;
use crate::scene::{Scene, builtin};

/// Shows the bar.
pub fn ui(
    ui: &mut Ui,
    scene: &Scene,
    view: &View,
    history: &History,
    busy: Busy,
    commands: &mut Commands,
) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let accent = style::ink(view.theme, Ink::Run(1));
        ui.label(RichText::new("sam").font(fonts::strong(fonts::LARGE)).color(accent));
        ui.add_space(-5.0);
        ui.label(RichText::new("scope").font(fonts::strong(fonts::LARGE)));
        ui.add_space(style::GRID);
        scenes(ui, scene, commands);
        ui.add_space(2.0);
        busy.ui(ui);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            save(ui, commands);
            ui.add_space(style::GRID);
            if sign(ui, "?", "Keys", "The keys (F1)").clicked() {
                commands.push(Command::ToggleHelp);
            }
            theme(ui, view.theme, commands);
            if toggle(ui, "Present", "Large type for a room, panels folded (P)").clicked() {
                commands.push(Command::TogglePresenting);
            }
            if toggle(ui, "Details", "Data and readings (D)").clicked() {
                commands.push(Command::ToggleDetails);
            }
            let overlay = match view.maps {
                Maps::SideBySide => "One map",
                Maps::Overlaid => "A map each",
            };
            if toggle(ui, overlay, "All runs on one map, or a map each (O)").clicked() {
                commands.push(Command::ToggleOverlaid);
            }
            ui.add_space(style::GRID);
            let redo = ui.add_enabled_ui(history.can_redo(), |ui| {
                sign(ui, "↷", "Redo", "Redo (Ctrl Shift Z)")
            });
            if redo.inner.clicked() {
                commands.push(Command::Redo);
            }
            let undo =
                ui.add_enabled_ui(history.can_undo(), |ui| sign(ui, "↶", "Undo", "Undo (Ctrl Z)"));
            if undo.inner.clicked() {
                commands.push(Command::Undo);
            }
        });
    });
}

fn scenes(ui: &mut Ui, scene: &Scene, commands: &mut Commands) {
    let title = format!("{} ▾", scene.heading());
    let button = Button::new(title).frame_when_inactive(false).truncate();
    let width = (ui.available_width() - 500.0).clamp(120.0, 420.0);
    let menu = ui.scope(|ui| {
        ui.set_max_width(width);
        egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
            for name in builtin::names() {
                let Ok(built_in) = builtin::find(name) else { continue };
                if ui.button(built_in.heading()).clicked() {
                    commands.push(Command::Show(Box::new(built_in)));
                }
            }
            ui.separator();
            if ui.button("Open scene…").clicked() {
                commands.push(Command::AskFile(Kind::OpenScene));
            }
            if ui.button("Save scene…").clicked() {
                commands.push(Command::AskFile(Kind::Scene));
            }
        })
    });
    menu.inner.0.on_hover_text("Scenes to begin with, and files of your own");
}

fn save(ui: &mut Ui, commands: &mut Commands) {
    const FORMATS: [(&str, Kind); 5] = [
        ("Figure as PNG…", Kind::Figure(Image::Png)),
        ("Figure as SVG…", Kind::Figure(Image::Svg)),
        ("Table of all steps as CSV…", Kind::Table),
        ("Window as it stands…", Kind::Window),
        ("Scene as TOML…", Kind::Scene),
    ];
    ui.menu_button("Export ▾", |ui| {
        for (text, kind) in FORMATS {
            if ui.button(text).clicked() {
                commands.push(Command::AskFile(kind));
            }
        }
    });
}

fn theme(ui: &mut Ui, theme: Theme, commands: &mut Commands) {
    let (text, name) = if theme.is_dark() { ("☀", "Light") } else { ("☾", "Dark") };
    if sign(ui, text, name, "Light or dark (T)").clicked() {
        commands.push(Command::ToggleTheme);
    }
}

fn toggle(ui: &mut Ui, text: &str, hint: &str) -> Response {
    ui.add(Button::new(text).frame_when_inactive(false)).on_hover_text(hint)
}

/// A square button with one sign, and the name that assistive technology reads.
pub fn sign(ui: &mut Ui, text: &str, name: &str, hint: &str) -> Response {
    let button = Button::new(text).frame_when_inactive(false).min_size(style::sign_size());
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    response.on_hover_text(hint)
}
