//! A slider: egui's, for any [`Spread`] and with marks that its handle snaps to.

use egui::accesskit::{Action, ActionData};
use egui::{
    EventFilter, Key, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::spread::Spread;

/// What a rail is about.
#[derive(Debug, Clone, Copy)]
pub struct Rail<'a> {
    /// What a screen reader calls it.
    pub name: &'a str,
    /// Both ends.
    pub range: (f64, f64),
    /// What lies between.
    pub spread: Spread,
    /// Values that are marked, and that the handle comes to rest at.
    pub marks: &'a [f64],
}

/// How close to a mark the handle comes to rest at it, in points.
const PULL: f32 = 5.0;
/// How far an arrow key moves the handle, as a part of the rail.
const ARROW: f64 = 0.01;
/// The handle's radius.
const RADIUS: f32 = 6.0;

/// Shows the rail; `Some` when it was moved.
pub fn ui(ui: &mut Ui, rail: &Rail<'_>, value: f64, width: f32) -> (Response, Option<f64>) {
    let height = ui.spacing().interact_size.y;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click_and_drag());
    let wish = wish(ui, rail, value, rect, &response).filter(|wish| differs(*wish, value));
    let shown = wish.unwrap_or(value);
    describe(ui, rail, shown, &response);
    paint(ui, rail, shown, rect, &response);
    (response, wish)
}

/// Whether a number is another one, bit for bit: what was not touched stays as it is.
#[must_use]
pub fn differs(a: f64, b: f64) -> bool {
    a.to_bits() != b.to_bits()
}

/// Where the centre of the handle may be.
fn track(rect: Rect) -> egui::Rangef {
    rect.x_range().shrink(RADIUS)
}

fn wish(ui: &Ui, rail: &Rail<'_>, value: f64, rect: Rect, response: &Response) -> Option<f64> {
    if let Some(pointer) = response.interact_pointer_pos() {
        return Some(under(rail, rect, pointer));
    }
    let asked = ui.input(|input| {
        input
            .accesskit_action_requests(response.id, Action::SetValue)
            .filter_map(|request| match request.data {
                Some(ActionData::NumericValue(value)) => Some(value),
                Some(_) | None => None,
            })
            .last()
    });
    if let Some(asked) = asked.filter(|asked| !asked.is_nan()) {
        return Some(asked.clamp(rail.range.0, rail.range.1));
    }
    let presses = presses(ui, response);
    (presses != 0).then(|| {
        if rail.spread == Spread::Whole {
            return (value + f64::from(presses)).clamp(rail.range.0, rail.range.1);
        }
        let place = rail.spread.place(rail.range, value) + f64::from(presses) * ARROW;
        rail.spread.roundest(rail.range, place, 0.4 * ARROW)
    })
}

/// The value that a pointer means.
fn under(rail: &Rail<'_>, rect: Rect, pointer: Pos2) -> f64 {
    let track = track(rect);
    let place_of = |x: f32| f64::from((x - track.min) / track.span());
    let place = place_of(pointer.x);
    let pull = f64::from(PULL / track.span());
    let mark = rail
        .marks
        .iter()
        .copied()
        .find(|&mark| (rail.spread.place(rail.range, mark) - place).abs() <= pull);
    mark.unwrap_or_else(|| {
        let reach = f64::from(0.5 / track.span());
        rail.spread.roundest(rail.range, place, reach)
    })
}

/// How often the value was asked to grow, less how often to shrink, by keys or by assistive technology.
fn presses(ui: &Ui, response: &Response) -> i32 {
    let count = |count: usize| i32::try_from(count).unwrap_or(0);
    let mut presses = ui.input(|input| {
        count(input.num_accesskit_action_requests(response.id, Action::Increment))
            - count(input.num_accesskit_action_requests(response.id, Action::Decrement))
    });
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        presses += ui.input(|input| {
            let stride = if input.modifiers.shift { 10 } else { 1 };
            stride
                * (count(input.num_presses(Key::ArrowRight))
                    - count(input.num_presses(Key::ArrowLeft)))
        });
    }
    presses
}

fn describe(ui: &Ui, rail: &Rail<'_>, value: f64, response: &Response) {
    response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), value, rail.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(rail.range.0);
        node.set_max_numeric_value(rail.range.1);
        node.add_action(Action::SetValue);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
}

fn paint(ui: &Ui, rail: &Rail<'_>, value: f64, rect: Rect, response: &Response) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let visuals = ui.style().interact(response);
    let accent = ui.visuals().hyperlink_color;
    let track = track(rect);
    let x = |value: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a place on the rail")]
        let place = rail.spread.place(rail.range, value) as f32;
        track.min + place * track.span()
    };
    let painter = ui.painter();
    let middle = rect.center().y;
    let line = |from: f32, to: f32| {
        Rect::from_min_max(Pos2::new(from, middle - 1.5), Pos2::new(to, middle + 1.5))
    };
    painter.rect_filled(line(track.min, track.max), 1.5, ui.visuals().widgets.hovered.bg_fill);
    painter.rect_filled(line(track.min, x(value)), 1.5, accent);
    for &mark in rail.marks {
        let tick = Stroke::new(1.0, ui.visuals().weak_text_color());
        painter.vline(x(mark), middle + 5.0..=middle + 9.0, tick);
    }
    let grown = if response.hovered() || response.dragged() { 1.0 } else { 0.0 };
    let centre = Pos2::new(x(value), middle);
    let edge = Stroke::new(1.5, if ui.is_enabled() { accent } else { visuals.fg_stroke.color });
    painter.circle(centre, RADIUS - 0.5 + grown, ui.visuals().extreme_bg_color, edge);
    if response.has_focus() {
        painter.rect_stroke(rect, 4.0, Stroke::new(1.5, accent), StrokeKind::Inside);
    }
}
