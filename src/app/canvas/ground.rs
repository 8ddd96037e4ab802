//! What painting keeps from frame to frame: the ground of maps as textures, uploaded once for each relief and theme, lines
//! and surfaces as triangles.

use std::sync::Arc;

use egui::{Color32, ColorImage, Context, Mesh, TextureHandle, TextureId, TextureOptions};
use kurbo::Affine;

use super::block::Faces;
use super::kept::Kept;
use crate::analysis::relief::Relief;
use crate::figure::palette::{Theme, Tints};
use crate::figure::relief;
use crate::figure::surface::Surface;

/// The textures and the lines that were painted lately.
#[derive(Default)]
pub struct Ground {
    /// What does not move of maps in relief.
    pub stages: relief::kept::Kept,
    pub(super) lines: Kept,
    sheets: Vec<Sheet>,
    blocks: Vec<Block>,
    /// The colours that were mixed last.
    tints: Option<(Theme, Tints)>,
}

struct Sheet {
    relief: Arc<Relief>,
    theme: Theme,
    texture: TextureHandle,
    used: bool,
}

/// A surface as triangles.
struct Block {
    surface: Arc<Surface>,
    theme: Theme,
    texture: TextureId,
    faces: Faces,
    /// Where it was laid out, a map each, and its triangles there; whether lately.
    laid: Vec<(Affine, Vec<Arc<Mesh>>, bool)>,
}

impl Ground {
    /// The triangles of `surface` in the colours of `theme`, laid out by `onto`, the farthest first.
    pub(super) fn block(
        &mut self,
        ctx: &Context,
        surface: &Arc<Surface>,
        theme: Theme,
        onto: Affine,
    ) -> Vec<Arc<Mesh>> {
        let texture = self.texture(ctx, &surface.ground, theme);
        let known = self.blocks.iter().position(|block| {
            let same = Arc::ptr_eq(&block.surface, surface) || block.surface == *surface;
            same && (block.theme, block.texture) == (theme, texture)
        });
        let place = known.unwrap_or_else(|| {
            let faces = Faces::of(surface, texture, self.tints(theme));
            let surface = Arc::clone(surface);
            self.blocks.push(Block { surface, theme, texture, faces, laid: Vec::new() });
            self.blocks.len() - 1
        });
        let Block { faces, laid, .. } = &mut self.blocks[place];
        if let Some((_, meshes, used)) = laid.iter_mut().find(|(there, ..)| *there == onto) {
            *used = true;
            return meshes.clone();
        }
        let meshes = faces.laid(onto);
        laid.push((onto, meshes.clone(), true));
        meshes
    }

    /// The texture of `relief` in the colours of `theme`.
    pub fn texture(&mut self, ctx: &Context, relief: &Arc<Relief>, theme: Theme) -> TextureId {
        let known = self
            .sheets
            .iter_mut()
            .find(|sheet| sheet.theme == theme && Arc::ptr_eq(&sheet.relief, relief));
        if let Some(sheet) = known {
            sheet.used = true;
            return sheet.texture.id();
        }
        let picture = image(relief, self.tints(theme));
        let texture = ctx.load_texture("ground", picture, TextureOptions::LINEAR);
        let id = texture.id();
        self.sheets.push(Sheet { relief: Arc::clone(relief), theme, texture, used: true });
        id
    }

    /// The colours of `theme`.
    pub(super) fn tints(&mut self, theme: Theme) -> &Tints {
        let mixed = self.tints.take().filter(|(mixed, _)| *mixed == theme);
        let (_, tints) = self.tints.insert(mixed.unwrap_or_else(|| (theme, Tints::of(theme))));
        tints
    }

    /// Forgets what was not painted since the last time.
    pub fn tidy(&mut self) {
        self.lines.tidy();
        self.sheets.retain_mut(|sheet| std::mem::take(&mut sheet.used));
        self.blocks.retain_mut(|block| {
            block.laid.retain_mut(|(_, _, used)| std::mem::take(used));
            !block.laid.is_empty()
        });
    }
}

/// The relief as a picture: its first row is at the lower edge, a picture's at the upper.
fn image(relief: &Relief, tints: &Tints) -> ColorImage {
    let pixels = (0..relief.rows)
        .rev()
        .flat_map(|row| row * relief.columns..(row + 1) * relief.columns)
        .map(|k| {
            let [red, green, blue] = tints.of_pixel(relief, k);
            Color32::from_rgb(red, green, blue)
        })
        .collect();
    ColorImage::new([relief.columns, relief.rows], pixels)
}
