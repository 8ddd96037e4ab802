//! The data view while points are changed by hand: a click adds one, a drag moves it, a right click or Delete takes it out,
//! 0 and 1 say its class; with the keyboard alone arrows move the point that N walks to.

use egui::{CursorIcon, EventFilter, Key, Modifiers, PointerButton, Pos2, Stroke, Ui};

use crate::app::canvas::Shown;
use crate::app::commands::{Command, Commands};
use crate::app::editing::Editing;
use crate::app::style;
use crate::figure::Ink;
use crate::figure::palette::Theme;
use crate::problem::points::{Edit, Points};

/// A point within so many points of the screen is meant.
const NEAR: f32 = 9.0;
/// The part of what is in sight that an arrow key moves a point by, and that with Shift.
const STEPS: [f64; 2] = [0.01, 0.1];
/// The ring around the point that keys act on.
const RING: f32 = 7.0;

/// Takes what hands and keys do on the data view that was `shown`.
pub(super) fn ui(
    ui: &Ui,
    shown: &Shown,
    points: &Points,
    editing: &mut Editing,
    theme: Theme,
    commands: &mut Commands,
) {
    let response = &shown.response;
    if std::mem::take(&mut editing.asks_keyboard) {
        response.request_focus();
    }
    hands(ui, shown, points, editing, commands);
    if response.has_focus() {
        let own = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, own));
        keys(ui, points, editing, commands);
    }
    let picked = editing.picked.and_then(|picked| points.places.get(picked));
    if let Some(at) = picked.and_then(|at| shown.projection.screen(*at)) {
        let ring = Stroke::new(2.0, style::ink(theme, Ink::Epsilon));
        ui.painter().with_clip_rect(shown.projection.frame).circle_stroke(at, RING, ring);
    }
}

/// The point under a place on screen.
fn under(shown: &Shown, points: &Points, at: Pos2) -> Option<usize> {
    let apart = |place: &[f64; 2]| shown.projection.screen(*place).map(|it| it.distance(at));
    let all = points.places.iter().enumerate().filter_map(|(k, place)| Some((k, apart(place)?)));
    // The last of several is drawn over the others.
    let nearest = all.rev().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (nearest.1 <= NEAR).then_some(nearest.0)
}

fn hands(ui: &Ui, shown: &Shown, points: &Points, editing: &mut Editing, commands: &mut Commands) {
    let response = &shown.response;
    let at = |place: Pos2| shown.projection.data(place);
    let pointer = response.interact_pointer_pos();
    if response.drag_started_by(PointerButton::Primary) {
        // Where the drag began, not where it has come to.
        let origin = ui.input(|input| input.pointer.press_origin()).or(pointer);
        editing.held = origin.and_then(|origin| under(shown, points, origin));
        editing.picked = editing.held.or(editing.picked);
        response.request_focus();
    }
    if let (Some(held), Some(place)) = (editing.held, pointer)
        && response.dragged_by(PointerButton::Primary)
    {
        let to = editing.tidy(at(place));
        if points.places.get(held).is_some_and(|now| now.map(f64::to_bits) != to.map(f64::to_bits))
        {
            commands.push(Command::Point(Edit::Move(held, to)));
        }
    }
    if response.drag_stopped() {
        editing.held = None;
    }
    if response.clicked()
        && let Some(place) = pointer
    {
        response.request_focus();
        match under(shown, points, place) {
            Some(k) => editing.picked = Some(k),
            None => {
                commands.push(Command::Point(Edit::Add(editing.tidy(at(place)), editing.class)));
            }
        }
    }
    if response.secondary_clicked()
        && let Some(k) = pointer.and_then(|place| under(shown, points, place))
    {
        commands.push(Command::Point(Edit::Remove(k)));
    }
    if let Some(place) = response.hover_pos() {
        let is_on = editing.held.is_some() || under(shown, points, place).is_some();
        ui.set_cursor_icon(if is_on { CursorIcon::Grab } else { CursorIcon::Crosshair });
    }
}

fn keys(ui: &Ui, points: &Points, editing: &mut Editing, commands: &mut Commands) {
    let pressed =
        |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let plain = |key: Key| pressed(Modifiers::NONE, key);
    if plain(Key::Escape) || plain(Key::E) {
        commands.push(Command::TogglePoints);
    }
    for (class, key) in [(0, Key::Num0), (1, Key::Num1)] {
        if plain(key) {
            relabel(points, editing, class, commands);
        }
    }
    let count = points.places.len();
    let back = pressed(Modifiers::SHIFT, Key::N);
    if back || plain(Key::N) {
        let next = match editing.picked {
            Some(picked) if back => (picked + count - 1) % count.max(1),
            Some(picked) => (picked + 1) % count.max(1),
            None => 0,
        };
        editing.picked = Some(next);
    }
    if plain(Key::Insert) || plain(Key::A) {
        let at = editing.tidy(editing.sight.centre());
        commands.push(Command::Point(Edit::Add(at, editing.class)));
    }
    let Some(picked) = editing.picked else { return };
    if plain(Key::Delete) || plain(Key::Backspace) {
        commands.push(Command::Point(Edit::Remove(picked)));
    }
    let arrows = [
        (Key::ArrowLeft, [-1.0, 0.0]),
        (Key::ArrowRight, [1.0, 0.0]),
        (Key::ArrowDown, [0.0, -1.0]),
        (Key::ArrowUp, [0.0, 1.0]),
    ];
    for (key, way) in arrows {
        for (modifiers, step) in [(Modifiers::SHIFT, STEPS[1]), (Modifiers::NONE, STEPS[0])] {
            if pressed(modifiers, key)
                && let Some(from) = points.places.get(picked)
            {
                let span = editing.sight.span();
                let to = std::array::from_fn(|axis| from[axis] + step * way[axis] * span[axis]);
                commands.push(Command::Point(Edit::Move(picked, editing.tidy(to))));
            }
        }
    }
}

/// Makes the point that is picked, and those that are added, of this class.
pub(super) fn relabel(points: &Points, editing: &mut Editing, class: u8, commands: &mut Commands) {
    editing.class = class;
    let label = editing.picked.and_then(|picked| points.labels.as_ref()?.get(picked).copied());
    if let (Some(picked), true) = (editing.picked, label.is_none_or(|label| label != class)) {
        commands.push(Command::Point(Edit::Label(picked, class)));
    }
}
