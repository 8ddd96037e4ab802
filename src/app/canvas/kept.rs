//! Lines as triangles, kept from frame to frame: contours stay where they are while a run moves over them.
//!
//! Most of what a map costs are its contour lines: cutting them, bending them onto the screen and covering them with
//! triangles. Lines that are those of the frame before, in the same place, are the same triangles from then on.

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
    /// None while they were painted once: what moves in every frame would be kept in vain.
    mesh: Option<Arc<Mesh>>,
    used: bool,
}

/// What is known of lines that are to be painted.
pub(super) enum Known {
    /// They are other ones in every frame, as far as one knows.
    Nothing,
    /// They are those of the frame before.
    Twice,
    /// Their triangles.
    Mesh(Arc<Mesh>),
}

impl Kept {
    /// What is known of `lines`; from now on that they are painted.
    pub(super) fn known(&mut self, ctx: &Context, lines: &Lines) -> Known {
        match self.sheet(ctx, lines) {
            Some(sheet) => {
                sheet.used = true;
                sheet.mesh.clone().map_or(Known::Twice, Known::Mesh)
            }
            None => {
                let (lines, pixels_per_point) = (lines.clone(), ctx.pixels_per_point());
                self.sheets.push(Sheet { lines, pixels_per_point, mesh: None, used: true });
                Known::Nothing
            }
        }
    }

    /// Keeps what `lines` were painted as, and gives it.
    pub(super) fn keep(&mut self, ctx: &Context, lines: &Lines, shapes: Vec<Shape>) -> Arc<Mesh> {
        let options = ctx.tessellation_options(|options| *options);
        // Lines need no letters and no discs of the font's texture.
        let mut tessellator = Tessellator::new(ctx.pixels_per_point(), options, [1, 1], Vec::new());
        let mut mesh = Mesh::default();
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
        let mesh = Arc::new(mesh);
        if let Some(sheet) = self.sheet(ctx, lines) {
            sheet.mesh = Some(Arc::clone(&mesh));
        }
        mesh
    }

    fn sheet(&mut self, ctx: &Context, lines: &Lines) -> Option<&mut Sheet> {
        let pixels_per_point = ctx.pixels_per_point().to_bits();
        self.sheets.iter_mut().find(|sheet| {
            sheet.pixels_per_point.to_bits() == pixels_per_point && sheet.lines.are(lines)
        })
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
        assert!(matches!(kept.known(&ctx, &lines(2.0)), Known::Nothing));
        kept.tidy();
        assert!(matches!(kept.known(&ctx, &lines(2.0)), Known::Twice));
        let pen = egui::Stroke::new(1.0, egui::Color32::BLACK);
        let ends = [egui::pos2(0.0, 0.0), egui::pos2(9.0, 9.0)];
        let mesh = kept.keep(&ctx, &lines(2.0), vec![Shape::line_segment(ends, pen)]);
        assert!(!mesh.is_empty());
        kept.tidy();
        assert!(matches!(kept.known(&ctx, &lines(3.0)), Known::Nothing), "another scale, others");
        let again = kept.known(&ctx, &lines(2.0));
        assert!(matches!(again, Known::Mesh(found) if Arc::ptr_eq(&found, &mesh)));
        kept.tidy();
        kept.tidy();
        let left = kept.known(&ctx, &lines(2.0));
        assert!(matches!(left, Known::Nothing), "nobody painted them for a frame");
    }
}
