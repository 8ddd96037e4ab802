//! A figure as PNG: painted with `tiny-skia`, letters as outlines of the bundled fonts and no others.

use tiny_skia::{Color, Pixmap};

use super::page::{self, Page};
use crate::figure::palette::Theme;
use crate::figure::{Figure, Ink, lower};
use crate::origin::{Origin, picture};

mod brush;
mod known;
mod sheet;
mod stamp;

use sheet::Sheet;

pub(super) use known::Known;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the figure cannot be drawn: {0}")]
pub struct CannotDraw(String);

impl CannotDraw {
    /// For this reason.
    pub(super) fn because(why: &str) -> Self {
        Self(why.to_owned())
    }
}

/// The most pixels that a picture may have: four bytes each, and one more while something is clipped.
const MOST_PIXELS: f64 = 100e6;

/// How fine a picture is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grain {
    /// Pixels a point of the figure.
    pub scale: f64,
    /// Pixels an inch of the page, which the file says.
    pub dpi: f64,
    /// Whether there is nothing behind the figure.
    pub is_clear: bool,
}

impl From<f64> for Grain {
    /// So many pixels a point, on a page where a point is a point.
    fn from(scale: f64) -> Self {
        Self { scale, dpi: page::POINTS * scale, is_clear: false }
    }
}

impl Grain {
    /// So many pixels an inch of a page.
    #[must_use]
    pub fn on(page: Page, dpi: f64) -> Self {
        Self { scale: page.magnified * dpi / page::POINTS, dpi, is_clear: page.is_clear }
    }
}

/// The picture as the bytes of a PNG file, which says how large it is on paper.
///
/// # Errors
/// When the picture is too large to hold.
pub fn render(
    figure: &Figure,
    theme: Theme,
    grain: impl Into<Grain>,
) -> Result<Vec<u8>, CannotDraw> {
    carrying(figure, theme, grain, None)
}

/// The same, carrying what it was drawn from where that is told.
///
/// # Errors
/// As [`render`].
pub fn carrying(
    figure: &Figure,
    theme: Theme,
    grain: impl Into<Grain>,
    origin: Option<&Origin>,
) -> Result<Vec<u8>, CannotDraw> {
    let grain = grain.into();
    encoded(&painted(figure, theme, grain)?, grain, origin)
}

/// The picture at this grain, on paper or on nothing.
///
/// # Errors
/// As [`render`].
pub fn painted(figure: &Figure, theme: Theme, grain: Grain) -> Result<Pixmap, CannotDraw> {
    if !grain.is_clear {
        return paint(figure, theme, grain.scale);
    }
    let mut sheet = Sheet::blank(figure.size, grain.scale)?;
    lower::bare(&mut sheet, figure, theme);
    Ok(sheet.picture)
}

/// A picture as the bytes of a PNG file.
pub(super) fn encoded(
    picture: &Pixmap,
    grain: Grain,
    origin: Option<&Origin>,
) -> Result<Vec<u8>, CannotDraw> {
    // Where the paper covers everything, there is no transparency to keep.
    let (kind, bytes): (_, Vec<u8>) = if grain.is_clear {
        let colours = picture.pixels().iter().map(|pixel| pixel.demultiply());
        let bytes = colours.flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()]);
        (png::ColorType::Rgba, bytes.collect())
    } else {
        let bytes = picture.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]);
        (png::ColorType::Rgb, bytes.collect())
    };
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(kind);
    encoder.set_depth(png::BitDepth::Eight);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    let density = (1000.0 * grain.dpi / page::MILLIMETRES).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: density,
        yppu: density,
        unit: png::Unit::Meter,
    }));
    let named = origin
        .map_or(Ok(()), |origin| encoder.add_itxt_chunk(picture::NAME.to_owned(), origin.text()));
    let written = named.and_then(|()| encoder.write_header()).and_then(|mut writer| {
        writer.write_image_data(&bytes)?;
        writer.finish()
    });
    written.map_err(|error| CannotDraw(error.to_string()))?;
    Ok(file)
}

/// The picture at `scale` pixels a point.
///
/// # Errors
/// As [`render`].
pub fn paint(figure: &Figure, theme: Theme, scale: f64) -> Result<Pixmap, CannotDraw> {
    paint_on(&mut Known::default(), figure, theme, scale)
}

/// The same, where grounds and words of the picture before it, in the same theme and scale, need not be painted again.
///
/// # Errors
/// As [`render`].
pub(super) fn paint_on(
    known: &mut Known,
    figure: &Figure,
    theme: Theme,
    scale: f64,
) -> Result<Pixmap, CannotDraw> {
    let mut sheet = Sheet::blank(figure.size, scale)?;
    sheet.known = std::mem::take(known);
    // A pixel that the sheet covers in part would else be dark.
    let [red, green, blue] = theme.ink(Ink::Paper);
    sheet.picture.fill(Color::from_rgba8(red, green, blue, 255));
    lower::figure(&mut sheet, figure, theme);
    *known = sheet.used;
    Ok(sheet.picture)
}

/// Width and height in pixels of a picture of this size in points.
///
/// # Errors
/// When it is too large to hold, or nothing.
pub(super) fn sides(size: [f64; 2], scale: f64) -> Result<[u32; 2], CannotDraw> {
    let [width, height] = size.map(|side| (side * scale).ceil());
    if !(scale > 0.0 && width * height <= MOST_PIXELS) {
        return Err(CannotDraw(format!(
            "{width} × {height} pixels are not between 1 and {} million; use another scale or size",
            MOST_PIXELS / 1e6
        )));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just checked")]
    Ok([width as u32, height as u32])
}
