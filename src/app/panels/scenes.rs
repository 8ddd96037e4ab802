//! The menu of scenes: those that come with the program, by the names they have everywhere, and files of one's own.

use std::path::{Path, PathBuf};

use egui::containers::menu::MenuButton;
use egui::{Button, ScrollArea, Ui};

use crate::app::commands::{Command, Commands};
use crate::app::files::Kind;
use crate::app::fonts;
use crate::app::widgets::columns::{self, Group, Item};
use crate::app::widgets::emblem::Emblem;
use crate::figure::caption;
use crate::figure::metrics::{self, Face};
use crate::paper::builtin as papers;
use crate::problem::datasets::Task;
use crate::scene::{Fit, Scene, Subject, builtin};
use crate::typed::{echo, echo_path};

/// What is known of files.
#[derive(Debug)]
pub struct Known<'a> {
    /// The file of the scene.
    pub file: Option<&'a Path>,
    /// Whether the scene would be lost.
    pub is_unsaved: bool,
    /// The files that were opened and saved last.
    pub recent: &'a [PathBuf],
}

/// Shows the menu, no wider than `width`.
pub fn ui(ui: &mut Ui, scene: &Scene, known: &Known<'_>, width: f32, commands: &mut Commands) {
    let name = builtin::name_of(scene);
    let heading = scene.heading();
    let title = name.map_or_else(|| heading.clone(), |name| format!("{name}: {heading}"));
    let room = width - 2.0 * ui.spacing().button_padding.x - 4.0;
    let mark = if known.is_unsaved { "● " } else { "" };
    let room = room - if known.is_unsaved { MARK } else { 0.0 };
    let said = format!("{mark}{} ▾", fitted(&title, &heading, name, room));
    let button = Button::new(said).frame_when_inactive(false).truncate();
    let menu = ui.scope(|ui| {
        ui.set_max_width(width);
        MenuButton::from_button(button).ui(ui, |ui| {
            ScrollArea::vertical().max_height(columns::height(ui)).show(ui, |ui| {
                menu(ui, name, &scene.title, known, commands);
            });
        })
    });
    let button = menu.inner.0;
    button.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::Button, true, "Scenes");
        info.current_text_value = Some(title.clone());
        info
    });
    let changed = if known.is_unsaved { "\nChanged since it was opened or saved" } else { "" };
    button.on_hover_text(format!("{title}\nScenes to begin with, and files of your own{changed}"));
}

/// What the scene is called, with as many clauses as have room; its name alone where no clause has.
fn fitted<'a>(title: &'a str, heading: &'a str, name: Option<&'a str>, room: f32) -> &'a str {
    let fits = |said: &str| {
        let wide = metrics::width(&format!("{said} ▾"), Face::Regular, fonts::BODY.into());
        wide <= f64::from(room)
    };
    [caption::shortened(title, fits), name.unwrap_or_default(), caption::shortened(heading, fits)]
        .into_iter()
        .find(|said| !said.is_empty())
        .unwrap_or(heading)
}

/// The room of the mark of a scene that was changed.
const MARK: f32 = 16.0;

/// The width of a column: the longest title has one line.
const WIDTH: f32 = 400.0;

/// The gallery of papers, each with its claims.
fn gallery(ui: &mut Ui, chosen: &str, commands: &mut Commands) {
    let items = papers::all().map(|(name, paper)| Item {
        name,
        line: paper.title.clone(),
        tip: fonts::words(&format!("{}\n{}", paper.source, paper.about), fonts::BODY),
        chosen: paper.scene.title == chosen,
        emblem: Some(emblem(&paper.scene)),
    });
    let groups = [Group { title: "Papers that run", items: items.collect() }];
    ScrollArea::vertical().max_height(columns::height(ui)).show(ui, |ui| {
        let picked =
            columns::ui(ui, &groups, WIDTH).and_then(|(_, place)| papers::all().nth(place));
        if let Some((_, paper)) = picked {
            commands.push(Command::Show(Box::new(paper.scene.clone())));
            ui.close();
        }
    });
}

fn menu(
    ui: &mut Ui,
    chosen: Option<&str>,
    chosen_title: &str,
    known: &Known<'_>,
    commands: &mut Commands,
) {
    let items = builtin::all().map(|(name, scene)| Item {
        name,
        line: scene.heading(),
        tip: fonts::words(&scene.about, fonts::BODY),
        chosen: chosen == Some(name),
        emblem: Some(emblem(scene)),
    });
    let groups = [Group { title: "Scenes to begin with", items: items.collect() }];
    let picked = columns::ui(ui, &groups, WIDTH).and_then(|(_, place)| builtin::all().nth(place));
    if let Some((_, scene)) = picked {
        commands.push(Command::Show(Box::new(scene.clone())));
        ui.close();
    }
    ui.menu_button("Papers that run", |ui| gallery(ui, chosen_title, commands));
    ui.separator();
    files(ui, known, commands);
}

/// What is done with files of one's own.
fn files(ui: &mut Ui, known: &Known<'_>, commands: &mut Commands) {
    let mut item = |ui: &mut Ui, text: &str, hint: &str, command: Command| {
        if ui.button(text).on_hover_text(hint).clicked() {
            commands.push(command);
            ui.close();
        }
    };
    item(ui, "New scene", "The one that the program opens with (Ctrl N)", Command::New);
    item(ui, "Open scene…", "Ctrl O", Command::AskFile(Kind::OpenScene));
    if !known.recent.is_empty() {
        ui.menu_button("Recent files", |ui| {
            for path in known.recent {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let hint = echo_path(path).to_string();
                item(ui, &echo(&name), &hint, Command::Recent(path.clone()));
            }
        });
    }
    if let Some(file) = known.file {
        let hint = format!("{} (Ctrl Alt S)", echo_path(file));
        item(ui, "Save scene", &hint, Command::SaveScene);
    }
    item(ui, "Save scene as…", "A file of its own", Command::AskFile(Kind::Scene));
}

/// The kind of picture that stands for a scene.
fn emblem(scene: &Scene) -> Emblem {
    match &scene.subject {
        Subject::Formula(_) => Emblem::Contours,
        Subject::Fit(_) if scene.subject.dimension() > 16 => Emblem::Network,
        Subject::Fit(Fit { data, .. }) => match data.build().task() {
            Task::Regression => Emblem::Line,
            Task::Classification => Emblem::Classes,
        },
    }
}
