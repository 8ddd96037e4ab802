//! For whoever listens: one sentence of the step that is shown, and a start that the keyboard moves.

use egui::accesskit::Live;
use egui::{EventFilter, Id, Key, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::commands::{Command, Commands};
use crate::app::style;
use crate::app::view::View;
use crate::figure::picture::Picture;
use crate::figure::{Ink, live, numerals};

/// Tells what the step shown is like, once it stands: a step that passes by is not told.
pub fn tell(ui: &Ui, picture: &Picture<'_>, view: &View) {
    let id = Id::unique("live");
    let place = Rect::from_min_size(ui.max_rect().min, vec2(1.0, 1.0));
    let response = ui.interact(place, id, Sense::hover());
    let told = if view.playback.is_playing() { String::new() } else { live::told(picture) };
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, told.as_str()));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(Live::Polite));
}

/// A press of an arrow moves the start by this part of the map, with the shift key by ten times as much.
const PART: f64 = 0.01;

/// The start of the runs at `at` on screen, which the arrow keys move while it has the keyboard.
pub fn start(ui: &Ui, picture: &Picture<'_>, at: Pos2, view: &View, commands: &mut Commands) {
    const REACH: f32 = 12.0;
    let Ok([x, y]) = <[f64; 2]>::try_from(picture.asked.first_weights().to_vec()) else { return };
    let id = Id::unique("start of the runs");
    let place = Rect::from_center_size(at, vec2(2.0 * REACH, 2.0 * REACH));
    let response = ui.interact(place, id, Sense::focusable_noninteractive());
    let name = format!("start at {}, moved by arrow keys", numerals::point([x, y]));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_str()));
    if !response.has_focus() {
        return;
    }
    let arrows =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
    ui.painter().circle_stroke(at, REACH, Stroke::new(2.0, style::ink(view.theme, Ink::Run(1))));
    let [across, up] = ui.input(|input| {
        let stride = if input.modifiers.shift { 10.0 } else { 1.0 };
        let presses = |key: Key| input.num_presses(key) as f64;
        [
            stride * (presses(Key::ArrowRight) - presses(Key::ArrowLeft)),
            stride * (presses(Key::ArrowUp) - presses(Key::ArrowDown)),
        ]
    });
    if across != 0.0 || up != 0.0 {
        let [width, height] = picture.look.window.span();
        let to = [x + across * PART * width, y + up * PART * height];
        commands.push(Command::MoveStart(to.map(super::maps::tidy(picture.look.window))));
    }
}
