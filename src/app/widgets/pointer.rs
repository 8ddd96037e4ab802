//! A pointer that the last row sees, in place of the system's small one.

use egui::{Color32, Context, CursorIcon, Id, LayerId, Order, Pos2, Shape, Stroke, vec2};

use crate::app::style;
use crate::figure::Ink;
use crate::figure::palette::Theme;

/// How long the arrow is, in points.
const LONG: f32 = 26.0;
/// The corners of the arrow, in its lengths from its tip: a triangle that leans to the right.
const WINGS: [[f32; 2]; 2] = [[0.0, 1.0], [0.72, 0.70]];

/// Paints the pointer where it is over the window, over everything else.
pub fn ui(ctx: &Context, theme: Theme) {
    let Some(tip) = ctx.pointer_latest_pos() else { return };
    let writes = ctx.output(|output| output.cursor_icon == CursorIcon::Text);
    if writes {
        return;
    }
    ctx.set_cursor_icon(CursorIcon::None);
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("pointer")));
    painter.add(arrow(tip, style::ink(theme, Ink::Epsilon), style::ink(theme, Ink::Paper)));
}

fn arrow(tip: Pos2, fill: Color32, edge: Color32) -> Shape {
    let [left, right] = WINGS.map(|[x, y]| tip + LONG * vec2(x, y));
    Shape::convex_polygon(vec![tip, right, left], fill, Stroke::new(2.0, edge))
}
