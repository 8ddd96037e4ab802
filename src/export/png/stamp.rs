//! A piece of a picture as pixels, to be laid on it as often as one likes.

use kurbo::{Affine, Rect};
use tiny_skia::{Mask, Pixmap, PixmapPaint, Transform};

use super::brush::single;

/// What of a plane can be seen in a picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sight {
    /// In pixels.
    place: Rect,
    /// Pixels a point.
    scale: f64,
}

impl Sight {
    pub(super) fn of(picture: &Pixmap, scale: f64) -> Self {
        let [width, height] = [picture.width(), picture.height()].map(f64::from);
        Self { place: Rect::new(0.0, 0.0, width, height), scale }
    }
}

/// Pixels and where they lie.
pub(super) struct Stamp {
    /// What they may cover, in points.
    pub(super) bounds: Rect,
    /// The upper left one.
    corner: [i32; 2],
    pixels: Pixmap,
}

impl Stamp {
    /// What `paint` paints within these bounds, as far as it is in sight; it is given the transformation of points to
    /// pixels.
    pub(super) fn of(
        bounds: Rect,
        Sight { place, scale }: Sight,
        paint: impl FnOnce(&mut Pixmap, Transform),
    ) -> Option<Self> {
        let seen = Affine::scale(scale).transform_rect_bbox(bounds).expand().intersect(place);
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within the picture")]
        let corner = [seen.x0 as i32, seen.y0 as i32];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "alike")]
        let mut pixels = Pixmap::new(seen.width() as u32, seen.height() as u32)?;
        let zoom = Transform::from_scale(single(scale), single(scale));
        paint(&mut pixels, zoom.post_translate(single(-seen.x0), single(-seen.y0)));
        Some(Self { bounds, corner, pixels })
    }

    /// Lays it on a picture.
    pub(super) fn lay(&self, picture: &mut Pixmap, mask: Option<&Mask>) {
        let [x, y] = self.corner;
        let (paint, as_it_is) = (PixmapPaint::default(), Transform::identity());
        picture.draw_pixmap(x, y, self.pixels.as_ref(), &paint, as_it_is, mask);
    }
}
