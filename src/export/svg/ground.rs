//! The grounds of maps: pictures, each in the file once however many maps stand on it.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use kurbo::Rect;

use super::Page;
use super::text::Pt;
use crate::analysis::relief::Relief;
use crate::export::ground::{alphas, pixels, sides};
use crate::figure::palette::Theme;

impl Page {
    pub(super) fn ground(
        &mut self,
        relief: &Arc<Relief>,
        theme: Theme,
        place: Rect,
    ) -> fmt::Result {
        let k = match self.grounds.iter().position(|known| Arc::ptr_eq(known, relief)) {
            Some(k) => k,
            None => {
                self.grounds.push(Arc::clone(relief));
                let k = self.grounds.len() - 1;
                writeln!(
                    self.out,
                    r#"<defs><image id="ground{k}" width="1" height="1" preserveAspectRatio="none" href="data:image/png;base64,{}"/></defs>"#,
                    BASE64.encode(raster(relief, theme))
                )?;
                k
            }
        };
        writeln!(
            self.out,
            r##"<use href="#ground{k}" transform="translate({} {}) scale({} {})"/>"##,
            Pt(place.x0),
            Pt(place.y0),
            Pt(place.width()),
            Pt(place.height())
        )
    }
}

/// A ground as the bytes of a PNG file.
fn raster(relief: &Relief, theme: Theme) -> Vec<u8> {
    let colours = pixels(relief, theme);
    let (kind, bytes): (_, Vec<u8>) = match alphas(relief) {
        None => (png::ColorType::Rgb, colours.flatten().collect()),
        Some(alphas) => {
            let covering = colours.zip(alphas).flat_map(|([r, g, b], alpha)| [r, g, b, alpha]);
            (png::ColorType::Rgba, covering.collect())
        }
    };
    let mut file = Vec::new();
    let [columns, rows] = sides(relief);
    let mut encoder = png::Encoder::new(&mut file, columns, rows);
    encoder.set_color(kind);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    // Writing to memory fails only for a picture without pixels, and such a ground has nothing to show.
    let _ = encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes));
    file
}
