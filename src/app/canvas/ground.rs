//! What painting keeps from frame to frame: the ground of maps as textures, uploaded once for each relief and theme, and
//! lines as triangles.

use std::sync::Arc;

use egui::{Color32, ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use super::kept::Kept;
use crate::analysis::relief::Relief;
use crate::figure::palette::{Theme, Tints};

/// The textures and the lines that were painted lately.
#[derive(Default)]
pub struct Ground {
    pub(super) lines: Kept,
    sheets: Vec<Sheet>,
    /// The colours that were mixed last.
    tints: Option<(Theme, Tints)>,
}

struct Sheet {
    relief: Arc<Relief>,
    theme: Theme,
    texture: TextureHandle,
    used: bool,
}

impl Ground {
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
