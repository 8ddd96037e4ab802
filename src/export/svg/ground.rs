//! The grounds of maps: pictures, each in the file once however many maps stand on it.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::Page;
use crate::analysis::relief::Relief;
use crate::figure::palette::Theme;
use crate::figure::{Figure, Mark};

/// The grounds of a figure, each once however many maps stand on it.
pub(super) fn grounds(figure: &Figure) -> Vec<Arc<Relief>> {
    let mut grounds: Vec<Arc<Relief>> = Vec::new();
    for (_, pane) in &figure.panes {
        for mark in &pane.marks {
            if let Mark::Terrain { relief, .. } = mark
                && !grounds.iter().any(|known| Arc::ptr_eq(known, relief))
            {
                grounds.push(Arc::clone(relief));
            }
        }
    }
    grounds
}

impl Page {
    pub(super) fn write_grounds(&mut self) -> fmt::Result {
        for k in 0..self.grounds.len() {
            let png = raster(&self.grounds[k], self.theme);
            writeln!(
                self.out,
                r#"<defs><image id="ground{k}" width="1" height="1" preserveAspectRatio="none" href="data:image/png;base64,{}"/></defs>"#,
                BASE64.encode(png)
            )?;
        }
        Ok(())
    }
}

/// A ground as the bytes of a PNG file, the first row at the top.
fn raster(relief: &Relief, theme: Theme) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(3 * relief.columns * relief.rows);
    for row in (0..relief.rows).rev() {
        for column in 0..relief.columns {
            let k = row * relief.columns + column;
            bytes.extend(theme.terrain(relief.tone[k], relief.shade[k]));
        }
    }
    let mut file = Vec::new();
    let sides = [relief.columns, relief.rows].map(|side| u32::try_from(side).unwrap_or(0));
    let mut encoder = png::Encoder::new(&mut file, sides[0], sides[1]);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Writing to memory fails only for a picture without pixels, and such a ground has nothing to show.
    let _ = encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes));
    file
}
