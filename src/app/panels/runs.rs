//! The runs that are compared: shown, hidden, added, renamed, removed.

use std::sync::Arc;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Button, Checkbox, Color32, Galley, Layout, PopupCloseBehavior, RichText, TextEdit, Ui,
    vec2,
};

use super::own::{SWATCH, swatch};
use crate::app::commands::{Command, Commands};
use crate::app::{fonts, style};
use crate::catalog::Choice;
use crate::figure::Ink;
use crate::figure::palette::Theme;
use crate::figure::route;
use crate::optim::mistake::{self, Mistake};
use crate::scene::run::{Own, RunName, Runs};
use crate::scene::{Scene, names};

/// What is done to a run of the list.
enum Wish {
    Hide(usize),
    Show(usize),
    Duplicate(usize),
    Rename(usize, String),
    Remove(usize),
    /// Say why it ended so.
    Why(usize),
    /// A copy beside it that may change at this step.
    Fork(usize),
    /// A copy beside it that makes this mistake.
    Mistake(usize, Choice<dyn Mistake>),
}

/// Why there are not more.
const MOST: &str = "Six runs are the most that can be told apart";

/// Shows the panel.
///
/// `steps` are those that runs stand at.
pub fn ui(ui: &mut Ui, scene: &mut Scene, theme: Theme, steps: &[usize], commands: &mut Commands) {
    style::section(ui, "Runs");
    let mut wish = None;
    let labels = names::labels(scene);
    for (k, label) in labels.iter().enumerate() {
        let step = steps.get(k).copied().unwrap_or(0);
        wish = row(ui, scene, theme, (k, step), label).or(wish);
        if let Some(other) = scene.same_before(k).and_then(|other| labels.get(other)) {
            same(ui, other);
        }
    }
    ui.horizontal(|ui| {
        let room = scene.runs.len() < Runs::MOST;
        let add = ui.add_enabled(room, Button::new("Add a run").frame_when_inactive(false));
        let hint =
            if room { "One more run, like the last; then give it what differs" } else { MOST };
        if add.on_hover_text(hint).on_disabled_hover_text(hint).clicked() {
            wish = Some(Wish::Duplicate(scene.runs.len() - 1));
        }
        if scene.runs != Runs::default() {
            let two = Button::new("Back to two").frame_when_inactive(false);
            if ui.add(two).on_hover_text("The base optimizer alone, and with the ascent").clicked()
            {
                scene.runs = Runs::default();
            }
        }
    });
    if let Some(Wish::Why(k)) = wish {
        commands.push(Command::AskWhy(Some(k)));
    } else if let Some(Wish::Fork(k)) = wish {
        commands.push(Command::Fork(Some(k)));
    } else if let Some(wish) = wish
        && let Err(refusal) = grant(scene, wish)
    {
        commands.push(Command::Say(refusal));
    }
}

/// Says of a run that lies under another what it is.
fn same(ui: &mut Ui, other: &str) {
    ui.horizontal(|ui| {
        ui.add_space(ui.spacing().icon_width + style::GRID);
        let said = RichText::new(format!("the same as {other} so far")).size(fonts::SMALL).weak();
        let hint = "Its curves lie under the other's; ≠ beside a control gives each run its own";
        ui.add(egui::Label::new(said).truncate()).on_hover_text(hint);
    });
}

/// Does what was wished for; says why not in words.
fn grant(scene: &mut Scene, wish: Wish) -> Result<(), String> {
    let runs = &mut scene.runs;
    match wish {
        Wish::Hide(k) => runs.hide(k),
        Wish::Show(k) => runs.show(k),
        Wish::Remove(k) => runs.remove(k),
        Wish::Why(_) | Wish::Fork(_) => {}
        Wish::Mistake(k, mistake) => {
            runs.duplicate(k).map_err(|error| error.to_string())?;
            if let Some(own) = runs.own_mut(k + 1) {
                own.mistake = Some(mistake);
            }
        }
        Wish::Duplicate(k) => runs.duplicate(k).map_err(|error| error.to_string())?,
        Wish::Rename(k, name) => {
            let name = RunName::new(&name).map_err(|error| error.to_string())?;
            runs.rename(k, name).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// One run: whether it is shown, its name in its ink, and a menu.
fn row(
    ui: &mut Ui,
    scene: &Scene,
    theme: Theme,
    (k, step): (usize, usize),
    label: &str,
) -> Option<Wish> {
    let run = scene.runs.get(k)?;
    let mut wish = None;
    let spacing = ui.spacing().clone();
    let taken = spacing.interact_size.x + SWATCH + MENU + 4.0 * spacing.item_spacing.x;
    let route = route::of(scene, k);
    let ink = if scene.spec(k).is_mistaken() { Ink::Mistake } else { route.ink };
    let name = name(ui, label, ui.available_width() - taken, style::word(theme, ink));
    let height = name.size().y.max(spacing.interact_size.y);
    let line = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), line, |ui| {
        let mut shown = !run.hidden;
        let tick = ui.add(Checkbox::without_text(&mut shown));
        tick.widget_info(|| {
            egui::WidgetInfo::selected(
                egui::Role::CheckBox,
                true,
                !run.hidden,
                format!("show {label}"),
            )
        });
        if tick.on_hover_text("Show it on maps, in charts and readings").changed() {
            wish = Some(if shown { Wish::Show(k) } else { Wish::Hide(k) });
        }
        swatch(ui, theme, route);
        let own = if run.own == Own::default() {
            "all its settings are shared"
        } else {
            "some settings are its own"
        };
        let said = format!("{} in tables and files; {own}", run.name.as_str());
        ui.add(egui::Label::new(name)).on_hover_text(said);
        ui.add_space((ui.available_width() - MENU).max(0.0));
        let dots = Button::new("…").frame_when_inactive(false).min_size(vec2(MENU, 0.0));
        // A click into the name does not close the menu it stands in.
        let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let button = MenuButton::from_button(dots).config(stays);
        ui.spacing_mut().button_padding.x = 4.0;
        let (response, menu) = button.ui(ui, |ui| menu(ui, scene, k, step));
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, format!("menu of {label}"))
        });
        wish = menu.and_then(|inner| inner.inner).or(wish.take());
    });
    wish
}

/// The width of the button that opens a run's menu.
const MENU: f32 = 28.0;

/// The name of a run: smaller and in lines where it is long.
fn name(ui: &Ui, label: &str, room: f32, colour: Color32) -> Arc<Galley> {
    let laid = |size: f32, rows: usize| {
        let mut job = LayoutJob::default();
        fonts::append(&mut job, label, 0.0, &fonts::strong(size), colour);
        job.wrap = TextWrapping { max_width: room, max_rows: rows, ..TextWrapping::default() };
        ui.painter().layout_job(job)
    };
    let whole = laid(fonts::BODY, 1);
    if whole.elided { laid(fonts::SMALL, 3) } else { whole }
}

/// What can be done to a run.
fn menu(ui: &mut Ui, scene: &Scene, k: usize, step: usize) -> Option<Wish> {
    let run = scene.runs.get(k)?;
    let mut wish = None;
    if ui.button("Why did it end so?").clicked() {
        wish = Some(Wish::Why(k));
        ui.close();
    }
    let room = scene.runs.len() < Runs::MOST;
    let copy = ui.add_enabled(room, Button::new("Duplicate"));
    if copy.on_disabled_hover_text(MOST).clicked() {
        wish = Some(Wish::Duplicate(k));
        ui.close();
    }
    let fork = ui.add_enabled(room && step > 0, Button::new(format!("Fork at step {step}")));
    let hint = "A copy that goes the same way up to the step shown, and may change there (Shift B)";
    let not = if room { "A run is forked after its first step; play, or step on" } else { MOST };
    let fork = fork.on_hover_text(hint).on_disabled_hover_text(not);
    if fork.clicked() {
        wish = Some(Wish::Fork(k));
        ui.close();
    }
    ui.add_enabled_ui(room, |ui| {
        ui.menu_button("What goes wrong if it…", |ui| {
            for entry in mistake::ALL.entries.iter().skip(1) {
                let item =
                    ui.button(entry.name).on_hover_text(crate::app::widgets::choice::about(entry));
                if item.clicked() {
                    wish = Some(Wish::Mistake(k, Choice::new(entry)));
                    ui.close();
                }
            }
        });
    });
    let remove = ui.add_enabled(scene.runs.len() > 1, Button::new("Remove"));
    if remove.on_disabled_hover_text("One run is the least").clicked() {
        wish = Some(Wish::Remove(k));
        ui.close();
    }
    ui.separator();
    ui.horizontal(|ui| {
        let label = ui.label("name");
        let id = ui.scope_id().with(("name of a run", k));
        let mut text = ui
            .data(|data| data.get_temp::<String>(id))
            .unwrap_or_else(|| run.name.as_str().to_owned());
        let field =
            style::fields(ui, |ui| ui.add(TextEdit::singleline(&mut text).desired_width(120.0)));
        let field = field.labelled_by(label.id);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if entered {
            wish = Some(Wish::Rename(k, text.clone()));
            ui.data_mut(|data| data.remove::<String>(id));
            ui.close();
        } else {
            ui.data_mut(|data| data.insert_temp(id, text));
        }
    });
    wish
}
