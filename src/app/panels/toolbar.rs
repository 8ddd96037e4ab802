//! The bar at the top: which scene, undo, how it looks, and what can be taken away.

use egui::text::LayoutJob;
use egui::{Button, Response, Ui};

use super::ground;
use super::scenes::{self, Known};
use crate::app::commands::{Command, Commands};
use crate::app::files::{Image, Kind};
use crate::app::history::History;
use crate::app::turn::Turn;
use crate::app::view::View;
use crate::app::widgets::busy::Busy;
use crate::app::widgets::trailing;
use crate::app::{fonts, style};
use crate::figure::Ink;
use crate::figure::palette::{Audience, Theme};
use crate::figure::panels::Maps;
use crate::scene::Scene;

/// Shows the bar.
pub fn ui(
    ui: &mut Ui,
    scene: &Scene,
    known: &Known<'_>,
    view: &View,
    history: &History,
    busy: Busy,
    commands: &mut Commands,
) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let accent = style::ink(view.theme, Ink::Run(1));
        let mut name = LayoutJob::default();
        let (font, text) = (fonts::strong(fonts::LARGE), ui.visuals().text_color());
        fonts::append(&mut name, "sam", 0.0, &font, accent);
        fonts::append(&mut name, "scope", 0.0, &font, text);
        ui.label(name);
        ui.add_space(style::GRID);
        let bar = Bar::of(view.audience, ui.max_rect().width());
        let shown = |ui: &mut Ui, width: f32| {
            scenes::ui(ui, scene, known, (width - BUSY).clamp(96.0, 520.0), commands);
            ui.add_space(2.0);
            busy.ui(ui);
        };
        let mut asked = Commands::default();
        trailing::ui(ui, "bar", shown, |ui| {
            buttons(ui, (scene, bar), view, history, &mut asked);
        });
        commands.extend(asked.take());
    });
}

/// The room of the sign that says that work is going on.
const BUSY: f32 = 28.0;

/// What the bar has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bar {
    /// Everything.
    Wide,
    /// What matters least is behind a button.
    Narrow,
    /// What one needs before a room.
    Presenting,
}

/// A bar of fewer points has no room for all buttons beside the scene's name.
const NARROW: f32 = 1180.0;

impl Bar {
    fn of(audience: Audience, width: f32) -> Self {
        match audience {
            Audience::Room => Self::Presenting,
            Audience::Desk if width < NARROW => Self::Narrow,
            Audience::Desk => Self::Wide,
        }
    }
}

fn buttons(
    ui: &mut Ui,
    (scene, bar): (&Scene, Bar),
    view: &View,
    history: &History,
    commands: &mut Commands,
) {
    if bar != Bar::Presenting {
        let undo =
            ui.add_enabled_ui(history.can_undo(), |ui| sign(ui, "↶", "Undo", "Undo (Ctrl Z)"));
        if undo.inner.clicked() {
            commands.push(Command::Undo);
        }
        let redo = ui
            .add_enabled_ui(history.can_redo(), |ui| sign(ui, "↷", "Redo", "Redo (Ctrl Shift Z)"));
        if redo.inner.clicked() {
            commands.push(Command::Redo);
        }
        ui.add_space(style::GRID);
        if toggle(ui, "Lessons", "Lessons (Shift L)").clicked() {
            commands.push(Command::Lesson(Turn::List));
        }
    }
    match bar {
        Bar::Wide => views(ui, scene, view, commands),
        Bar::Narrow => {
            let more = ui.menu_button("…", |ui| views(ui, scene, view, commands));
            more.response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "More"));
            more.response.on_hover_text("What is shown");
        }
        Bar::Presenting => {
            if toggle(ui, "Exit", "Back to the controls (P or Esc)").clicked() {
                commands.push(Command::TogglePresenting);
            }
        }
    }
    theme(ui, view.theme, commands);
    if sign(ui, "?", "Keys", "The keys (?)").clicked() {
        commands.push(Command::ToggleHelp);
    }
    ui.add_space(style::GRID);
    save(ui, commands);
}

/// What changes what is shown.
fn views(ui: &mut Ui, scene: &Scene, view: &View, commands: &mut Commands) {
    ground::ui(ui, scene, commands);
    let overlay = match view.maps {
        Maps::SideBySide => "One map",
        Maps::Overlaid => "A map each",
    };
    for (text, hint, command) in [
        (overlay, "All runs on one map, or a map each (O)", Command::ToggleOverlaid),
        (
            "Ends",
            "Where each start ends, where runs end otherwise, or the loss (B)",
            Command::NextLayer,
        ),
        ("Atlas", "How a run ends over two settings (A)", Command::ToggleAtlas),
        ("Details", "Data and readings (D)", Command::ToggleDetails),
        ("Glossary", "What every term means (F1)", Command::ToggleGlossary),
        ("Present", "Large type for a room, panels folded (P)", Command::TogglePresenting),
    ] {
        if toggle(ui, text, hint).clicked() {
            commands.push(command);
        }
    }
}

fn save(ui: &mut Ui, commands: &mut Commands) {
    const FORMATS: [(&str, Kind); 8] = [
        ("Figure as PNG…", Kind::Figure(Image::Png)),
        ("Figure as SVG…", Kind::Figure(Image::Svg)),
        ("Figure as PDF…", Kind::Figure(Image::Pdf)),
        ("Film as GIF or APNG…", Kind::Figure(Image::Gif)),
        ("Table of all steps as CSV…", Kind::Table),
        ("Numbers of the charts as CSV…", Kind::Charts),
        ("Window as it stands…", Kind::Window),
        ("Scene as TOML…", Kind::Scene),
    ];
    ui.menu_button("Export ▾", |ui| {
        for (text, kind) in FORMATS {
            if ui.button(text).clicked() {
                commands.push(Command::AskFile(kind));
            }
        }
        ui.separator();
        for (text, hint, command) in [
            ("Copy picture", "The figure as it is seen, as pixels (Shift C)", Command::CopyPicture),
            ("Copy numbers", "Those at this step and how runs end, as a table (Shift N)", Command::CopyNumbers),
        ] {
            if ui.button(text).on_hover_text(hint).clicked() {
                commands.push(command);
            }
        }
        let hint = "One word for chat and slides; pasted into a samscope window it opens this scene at this step";
        if ui.button("Copy scene as text").on_hover_text(hint).clicked() {
            commands.push(Command::CopyWord);
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
