//! The mark that says where a run will end: set by a click, or moved by arrow keys until Enter.

use egui::{
    EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::maps::tidy;
use crate::app::canvas::Shown;
use crate::app::commands::{Command, Commands};
use crate::app::style;
use crate::app::turn::Turn;
use crate::app::view::View;
use crate::figure::picture::Picture;
use crate::figure::{Ink, numerals};

/// Keys that say that the mark is where it is meant to be.
const SAID: [Key; 2] = [Key::Enter, Key::Space];
/// How far the mark reaches, in points.
const REACH: f32 = 9.0;
/// From where to where its hairs go, from the middle.
const HAIR: [f32; 2] = [6.5, 13.0];
/// A press of an arrow moves it by this part of the map, with the shift key by ten times as much.
const PART: f64 = 0.01;

/// Takes clicks on the maps where the page asks for a prediction, and shows it on each.
pub fn ui(
    ui: &Ui,
    picture: &Picture<'_>,
    plots: &[Shown],
    view: &mut View,
    commands: &mut Commands,
) {
    if !view.prediction.is_asked {
        return;
    }
    let window = picture.look.window;
    for plot in plots {
        let at = plot.response.interact_pointer_pos();
        let clicked = at.filter(|at| plot.response.clicked() && !plot.is_on_lens(*at));
        if let Some(at) = clicked.and_then(|at| plot.data(at)) {
            commands.push(Command::Lesson(Turn::Predict(at.map(tidy(window)))));
        }
    }
    let Some(at) = view.prediction.at else { return };
    for plot in plots {
        mark(ui, plot, at, view);
    }
    // One mark is enough for the keyboard; they move together.
    if let Some(plot) = plots.first() {
        keys(ui, plot, picture, at, view, commands);
    }
}

/// A ring with four hairs, on paper so that it stands on any ground; open in the middle, where a run may be.
fn mark(ui: &Ui, plot: &Shown, at: [f64; 2], view: &View) {
    let frame = plot.projection.frame;
    let seen = plot.screen(at).filter(|at| frame.contains(*at));
    let Some(at) = seen else { return };
    let painter = ui.painter().with_clip_rect(frame);
    let [paper, ink] = [Ink::Paper, Ink::Text].map(|ink| style::ink(view.theme, ink));
    for stroke in [Stroke::new(5.0, paper), Stroke::new(2.0, ink)] {
        painter.circle_stroke(at, REACH, stroke);
        for way in [Vec2::X, Vec2::Y] {
            for side in [-1.0, 1.0] {
                painter
                    .line_segment([at + side * HAIR[0] * way, at + side * HAIR[1] * way], stroke);
            }
        }
    }
}

fn keys(
    ui: &Ui,
    plot: &Shown,
    picture: &Picture<'_>,
    at: [f64; 2],
    view: &mut View,
    commands: &mut Commands,
) {
    let Some(place) = plot.screen(at) else { return };
    let id = Id::unique("prediction");
    let place = Rect::from_center_size(place, vec2(2.0 * REACH, 2.0 * REACH));
    let response = ui.interact(place, id, Sense::focusable_noninteractive());
    let name = format!(
        "you say that it ends at {}, moved by arrow keys, said by Enter or Space",
        numerals::point(at)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_str()));
    if std::mem::take(&mut view.prediction.is_aimed) {
        response.request_focus();
    }
    if !response.has_focus() {
        return;
    }
    let arrows =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
    let accent = Stroke::new(2.0, style::ink(view.theme, Ink::Run(1)));
    ui.painter().circle_stroke(place.center(), REACH + 4.0, accent);
    let [across, up] = ui.input(|input| {
        let stride = if input.modifiers.shift { 10.0 } else { 1.0 };
        let presses = |key: Key| input.num_presses(key) as f64;
        [
            stride * (presses(Key::ArrowRight) - presses(Key::ArrowLeft)),
            stride * (presses(Key::ArrowUp) - presses(Key::ArrowDown)),
        ]
    });
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        // One gets away from the mark before one leaves anything else.
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    if ui.input_mut(|input| SAID.iter().any(|key| input.consume_key(Modifiers::NONE, *key))) {
        // It is said: the mark gives the keyboard back, and the run answers.
        ui.memory_mut(|memory| memory.surrender_focus(id));
        if !view.playback.is_playing() {
            commands.push(Command::TogglePlay);
        }
    }
    if across != 0.0 || up != 0.0 {
        let window = picture.look.window;
        let [width, height] = window.span();
        let to = [at[0] + across * PART * width, at[1] + up * PART * height];
        commands.push(Command::Lesson(Turn::Predict(to.map(tidy(window)))));
    }
}
