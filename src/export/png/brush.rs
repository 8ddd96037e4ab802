//! Shapes and colours as `tiny-skia` takes them.

use kurbo::{BezPath, PathEl};
use tiny_skia::{Paint, Path, PathBuilder};

use crate::figure::painter::{Colour, Outline};

pub(super) fn paint_of(Colour { rgb: [red, green, blue], opacity }: Colour) -> Paint<'static> {
    let mut paint = Paint::default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    let alpha = (255.0 * opacity).round() as u8;
    paint.set_color_rgba8(red, green, blue, alpha);
    paint
}

pub(super) fn path_of(outline: &Outline<'_>) -> Option<Path> {
    bezier(&outline.to_path())
}

pub(super) fn bezier(path: &BezPath) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let at = |point: kurbo::Point| (single(point.x), single(point.y));
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                let (x, y) = at(to);
                builder.move_to(x, y);
            }
            PathEl::LineTo(to) => {
                let (x, y) = at(to);
                builder.line_to(x, y);
            }
            PathEl::QuadTo(by, to) => {
                let ((bx, by), (x, y)) = (at(by), at(to));
                builder.quad_to(bx, by, x, y);
            }
            PathEl::CurveTo(a, b, to) => {
                let ((ax, ay), (bx, by), (x, y)) = (at(a), at(b), at(to));
                builder.cubic_to(ax, ay, bx, by, x, y);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}

#[expect(clippy::cast_possible_truncation, reason = "pixels need no more digits")]
pub(super) fn single(length: f64) -> f32 {
    length as f32
}
