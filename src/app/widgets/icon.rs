//! The signs of a player, drawn rather than lettered, so that all of them are of one size.
//!
//! ```text
//! ┃◀  ◀┃  ▶  ❚❚  ┃▶  ▶┃
//! ```

use egui::{Color32, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::app::style;

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// To the start.
    First,
    /// One back.
    Back,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// One on.
    On,
    /// To the end.
    Last,
}

/// How much a button wants to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As its neighbours.
    Plain,
    /// Before all others: filled with the accent.
    Main,
}

/// The height and width of a sign, and of a bar of it.
const SIGN: Vec2 = vec2(11.0, 13.0);
const BAR: f32 = 3.0;
/// The main button against the others.
const MAIN: Vec2 = vec2(48.0, 36.0);

/// A button with a sign, and the name that assistive technology reads.
pub fn button(ui: &mut Ui, icon: Icon, weight: Weight, name: &str, hint: &str) -> Response {
    let size = match weight {
        Weight::Plain => style::sign_size() + vec2(2.0, 4.0),
        Weight::Main => MAIN,
    };
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    let look = *ui.style().interact(&response);
    let visuals = ui.visuals();
    let accent = visuals.hyperlink_color;
    let (fill, colour) = match weight {
        Weight::Main => {
            let under = if response.hovered() { 0.15 } else { 0.0 };
            (accent.lerp_to_gamma(visuals.text_color(), under), visuals.extreme_bg_color)
        }
        Weight::Plain if response.hovered() => (look.weak_bg_fill, look.fg_stroke.color),
        Weight::Plain => (Color32::TRANSPARENT, look.fg_stroke.color),
    };
    ui.painter().rect_filled(rect, 6.0, fill);
    if response.has_focus() {
        let edge = Stroke::new(1.5, accent);
        ui.painter().rect_stroke(rect.expand(2.0), 6.0, edge, StrokeKind::Inside);
    }
    let size = if weight == Weight::Main { 1.3 * SIGN } else { SIGN };
    ui.painter().extend(shapes(icon, Rect::from_center_size(rect.center(), size), colour));
    response.on_hover_text(hint)
}

/// The sign in `rect`.
fn shapes(icon: Icon, rect: Rect, colour: Color32) -> Vec<Shape> {
    let bar = |left: f32| {
        let bar = Rect::from_min_size(pos2(left, rect.top()), vec2(BAR, rect.height()));
        Shape::rect_filled(bar, 0.5, colour)
    };
    let triangle = |base: f32, tip: f32| {
        let corners: [Pos2; 3] =
            [pos2(base, rect.top()), pos2(tip, rect.center().y), pos2(base, rect.bottom())];
        Shape::convex_polygon(corners.to_vec(), colour, Stroke::NONE)
    };
    let (left, right) = (rect.left(), rect.right());
    match icon {
        Icon::First => vec![bar(left - 1.0), triangle(right, left + BAR)],
        Icon::Back => vec![triangle(right - BAR - 1.0, left - 1.0), bar(right - BAR + 1.0)],
        Icon::Play => vec![triangle(left + 1.0, right + 1.0)],
        Icon::Pause => vec![bar(left + 1.0), bar(right - BAR - 1.0)],
        Icon::On => vec![bar(left - 1.0), triangle(left + BAR + 1.0, right + 1.0)],
        Icon::Last => vec![triangle(left, right - BAR), bar(right - BAR + 1.0)],
    }
}
