//! The data with what each run predicts, and a hand for changing points.

use egui::{Button, Rect, RichText, Sense, Ui, UiBuilder, vec2};

use super::handled;
use crate::app::canvas::axes::Margins;
use crate::app::canvas::ground::Ground;
use crate::app::canvas::{self, Hands};
use crate::app::commands::{Command, Commands};
use crate::app::editing::Editing;
use crate::app::fonts;
use crate::app::layout::{self, Spot};
use crate::app::widgets::legend;
use crate::figure::Pane;
use crate::figure::data;
use crate::figure::palette::Theme;
use crate::figure::picture::Picture;
use crate::problem::points::Points;

/// The height of the data against their width.
const SHAPE: f32 = 0.95;
/// The least height that is left for the readings under them.
const READINGS: f32 = 260.0;

/// What a plot leaves free at its right, where its legend ends with it.
const RIGHT: f32 = 8.0;
/// The height of what is said under the data while points are changed.
const HANDLES: f32 = 48.0;

/// Shows the data, if the problem has any; points can be changed where somebody does that.
pub fn ui(
    ui: &mut Ui,
    picture: &Picture<'_>,
    theme: Theme,
    ground: &mut Ground,
    editing: &mut Option<Editing>,
    commands: &mut Commands,
) {
    let Some(pane) = data::data(picture) else { return };
    let points = editing.is_some().then(|| picture.asked.points().ok()).flatten();
    let width = ui.available_width();
    let height = (SHAPE * width).min((ui.available_height() - READINGS).max(160.0));
    let below = match points {
        Some(_) => HANDLES,
        None => legend::ROW * legend::rows(&pane, width - RIGHT) as f32,
    };
    let (rect, _) = ui.allocate_exact_size(vec2(width, height + 2.0 + below), Sense::hover());
    let spot = layout::spot(rect, below);
    match (editing, points) {
        (Some(editing), Some(points)) => {
            let pane = data::handled(pane, &points, editing.sight);
            let shown = plot(ui, &pane, theme, ground, spot);
            handled::ui(ui, &shown, &points, editing, theme, commands);
            handles(ui, spot.caption, &points, editing, commands);
        }
        _ => show(ui, &pane, theme, ground, spot),
    }
    toggle(ui, spot.heading, commands);
}

/// Shows the data, if the problem has any, in a place of their own.
pub fn at(ui: &mut Ui, picture: &Picture<'_>, theme: Theme, ground: &mut Ground, spot: Spot) {
    let Some(pane) = data::data(picture) else { return };
    let rect = spot.heading.union(spot.cell);
    let below = legend::ROW * legend::rows(&pane, rect.width() - RIGHT) as f32;
    show(ui, &pane, theme, ground, layout::spot(rect, below));
}

fn show(ui: &mut Ui, pane: &Pane, theme: Theme, ground: &mut Ground, spot: Spot) {
    plot(ui, pane, theme, ground, spot);
    let under = Rect::from_min_max(spot.caption.min, spot.caption.max - vec2(RIGHT, 0.0));
    legend::paint(ui.painter(), pane, theme, under);
}

/// The heading and the plot.
fn plot(ui: &mut Ui, pane: &Pane, theme: Theme, ground: &mut Ground, spot: Spot) -> canvas::Shown {
    let heading = canvas::heading(ui, pane, theme, fonts::BODY, spot.heading.width());
    let at = spot.heading.left_center() - vec2(0.0, heading.size().y / 2.0);
    ui.painter().galley(at, heading, ui.visuals().text_color());
    let margins = Margins::of(pane);
    let place = (margins.plot(spot.cell), margins);
    canvas::show(ui, pane, place, theme, Hands::Drag, ground)
}

/// The button at the end of the heading that begins and ends changing points.
fn toggle(ui: &mut Ui, heading: Rect, commands: &mut Commands) {
    /// The room of the button.
    const WIDTH: f32 = 92.0;
    let place = heading.with_min_x(heading.right() - WIDTH);
    let mut child = ui.new_child(
        UiBuilder::new()
            .id_salt("edit points")
            .max_rect(place)
            .layout(egui::Layout::right_to_left(egui::Align::Center)),
    );
    let text = RichText::new("Edit points").size(fonts::SMALL);
    let button = Button::new(text).frame_when_inactive(false);
    let hint = "A click adds a point or chooses one, a drag moves it, a right click or Delete takes it out, 0 and 1 say its class; E begins and ends it";
    if child.add(button).on_hover_text(hint).clicked() {
        commands.push(Command::TogglePoints);
    }
}

/// What is said and chosen under the data while points are changed.
fn handles(
    ui: &mut Ui,
    place: Rect,
    points: &Points,
    editing: &mut Editing,
    commands: &mut Commands,
) {
    let mut child = ui.new_child(UiBuilder::new().id_salt("handles").max_rect(place));
    child.spacing_mut().item_spacing = vec2(4.0, 2.0);
    let small = |text: &str| RichText::new(text).size(fonts::SMALL);
    child.horizontal(|ui| {
        if let Some(labels) = &points.labels {
            let now = editing.picked.and_then(|picked| labels.get(picked).copied());
            let now = now.unwrap_or(editing.class);
            for class in [0, 1] {
                let chip = ui.selectable_label(now == class, small(&format!("class {class}")));
                let hint = format!("The point in the ring, and those that are added ({class})");
                if chip.on_hover_text(hint).clicked() {
                    handled::relabel(points, editing, class, commands);
                }
            }
        }
        let done = ui.button(small("Done"));
        if done.on_hover_text("Esc, or E").clicked() {
            commands.push(Command::TogglePoints);
        }
    });
    child.add(
        egui::Label::new(small("click adds, drag moves, right click removes").weak()).truncate(),
    );
}
