//! Lines as triangles, kept from frame to frame: contours stay where they are while a run moves over them.
//!
//! Most of what a map costs are its contour lines: cutting them, bending them onto the screen and covering them with
//! triangles. Lines that are those of the frame before, in the same place, are the same triangles.

use std::sync::Arc;

use egui::epaint::Tessellator;
use egui::{Context, Mesh, Shape};

use crate::figure::painter::Lines;

/// The lines that were painted lately.
#[derive(Default)]
pub(super) struct Kept {
    sheets: Vec<Sheet>,
}

struct Sheet {
    lines: Lines,
    pixels_per_point: f32,
    mesh: Arc<Mesh>,
    used: bool,
}

impl Kept {
    /// The triangles of `lines`, if they were painted lately.
    pub(super) fn find(&mut self, ctx: &Context, lines: &Lines) -> Option<Arc<Mesh>> {
        let pixels_per_point = ctx.pixels_per_point().to_bits();
        let sheet = self.sheets.iter_mut().find(|sheet| {
            sheet.pixels_per_point.to_bits() == pixels_per_point && sheet.lines.are(lines)
        })?;
        sheet.used = true;
        Some(Arc::clone(&sheet.mesh))
    }

    /// Keeps what `lines` were painted as, and gives it.
    pub(super) fn keep(&mut self, ctx: &Context, lines: Lines, shapes: Vec<Shape>) -> Arc<Mesh> {
        let pixels_per_point = ctx.pixels_per_point();
        let options = ctx.tessellation_options(|options| *options);
        // Lines need no letters and no discs of the font's texture.
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        let mut mesh = Mesh::default();
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
        let mesh = Arc::new(mesh);
        self.sheets.push(Sheet { lines, pixels_per_point, mesh: Arc::clone(&mesh), used: true });
        mesh
    }

    /// Forgets what was not painted since the last time.
    pub(super) fn tidy(&mut self) {
        self.sheets.retain_mut(|sheet| std::mem::take(&mut sheet.used));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::painter::{Colour, Stroke};
    use kurbo::{Affine, Rect};

    fn lines(scale: f64) -> Lines {
        let colour = Colour { rgb: [0, 0, 0], opacity: 1.0 };
        Lines {
            points: vec![vec![[0.0, 0.0], [1.0, 2.0]].into()],
            onto: Affine::scale(scale),
            within: Rect::new(0.0, 0.0, 100.0, 100.0),
            strokes: vec![Stroke::new(colour, 1.0)],
        }
    }

    #[test]
    fn lines_are_kept_as_long_as_they_are_painted() {
        let ctx = Context::default();
        let mut kept = Kept::default();
        let pen = egui::Stroke::new(1.0, egui::Color32::BLACK);
        let ends = [egui::pos2(0.0, 0.0), egui::pos2(9.0, 9.0)];
        let mesh = kept.keep(&ctx, lines(2.0), vec![Shape::line_segment(ends, pen)]);
        assert!(!mesh.is_empty());
        kept.tidy();
        assert!(kept.find(&ctx, &lines(3.0)).is_none(), "at another scale they are others");
        assert!(kept.find(&ctx, &lines(2.0)).is_some_and(|found| Arc::ptr_eq(&found, &mesh)));
        kept.tidy();
        kept.tidy();
        assert!(kept.find(&ctx, &lines(2.0)).is_none(), "nobody painted them for a frame");
    }
}
