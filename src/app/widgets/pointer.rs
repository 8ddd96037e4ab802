//! A pointer that the last row sees, in place of the system's small one.

use egui::{
    Color32, Context, CursorIcon, Event, Id, LayerId, Order, Pos2, Shape, Stroke, Vec2, vec2,
};

use crate::app::style;
use crate::figure::Ink;
use crate::figure::palette::Theme;

/// How long the arrow is, in points.
const LONG: f32 = 26.0;
/// The corners of the arrow, in its lengths from its tip: a triangle that leans to the right.
const WINGS: [[f32; 2]; 2] = [[0.0, 1.0], [0.72, 0.70]];

/// Paints the pointer where it is over the window, over everything else; from a key on not until it moves again.
pub fn ui(ctx: &Context, theme: Theme) {
    let Some(tip) = ctx.pointer_latest_pos() else { return };
    if is_put_away(ctx) {
        ctx.set_cursor_icon(CursorIcon::None);
        return;
    }
    let writes = ctx.output(|output| output.cursor_icon == CursorIcon::Text);
    if writes {
        return;
    }
    ctx.set_cursor_icon(CursorIcon::None);
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("pointer")));
    painter.add(arrow(tip, style::ink(theme, Ink::Epsilon), style::ink(theme, Ink::Paper)));
}

/// Whether keys are used and the pointer is not: whoever walks a lesson with a remote has it nowhere.
fn is_put_away(ctx: &Context) -> bool {
    let id = Id::unique("pointer put away");
    let (moves, types) = ctx.input(|input| {
        let is_key = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
        let is_used = input.pointer.delta() != Vec2::ZERO || input.pointer.any_down();
        // Whoever took a key has taken it out of the events of the frame.
        (is_used || input.smooth_scroll_delta() != Vec2::ZERO, input.raw.events.iter().any(is_key))
    });
    let was = ctx.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let is = !moves && (types || was);
    ctx.data_mut(|data| data.insert_temp(id, is));
    is
}

fn arrow(tip: Pos2, fill: Color32, edge: Color32) -> Shape {
    let [left, right] = WINGS.map(|[x, y]| tip + LONG * vec2(x, y));
    Shape::convex_polygon(vec![tip, right, left], fill, Stroke::new(2.0, edge))
}
