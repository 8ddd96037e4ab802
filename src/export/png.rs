//! A figure as PNG: painted with `tiny-skia`, letters as outlines of the bundled fonts and no others.

use std::sync::Arc;

use kurbo::{BezPath, PathEl, Rect};
use tiny_skia::{
    Color, FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pattern,
    Pixmap, PremultipliedColorU8, SpreadMode, StrokeDash, Transform,
};

use super::ground::{self, pixels};
use super::page::{self, Page};
use crate::analysis::relief::Relief;
use crate::figure::painter::{Colour, Outline, Painter, Scope, Stroke, Text};
use crate::figure::palette::Theme;
use crate::figure::{Figure, Ink, lower};
use crate::origin::{Origin, picture};

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
    paint_on(&mut Grounds::new(), figure, theme, scale)
}

/// The same, where the grounds of pictures before it, in the same theme, need not be mixed again.
///
/// # Errors
/// As [`render`].
pub(super) fn paint_on(
    grounds: &mut Grounds,
    figure: &Figure,
    theme: Theme,
    scale: f64,
) -> Result<Pixmap, CannotDraw> {
    let known = std::mem::take(grounds);
    let mut sheet = Sheet { grounds: known, ..Sheet::blank(figure.size, scale)? };
    // A pixel that the sheet covers in part would else be dark.
    let [red, green, blue] = theme.ink(Ink::Paper);
    sheet.picture.fill(Color::from_rgba8(red, green, blue, 255));
    lower::figure(&mut sheet, figure, theme);
    *grounds = sheet.grounds;
    Ok(sheet.picture)
}

/// Grounds as pixels, of one theme.
pub(super) type Grounds = Vec<(Arc<Relief>, Pixmap)>;

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

fn blank(size: [f64; 2], scale: f64) -> Result<Pixmap, CannotDraw> {
    let [width, height] = sides(size, scale)?;
    let picture = Pixmap::new(width, height);
    picture.ok_or_else(|| CannotDraw("it has no pixels; use a larger scale or size".to_owned()))
}

/// A picture that is being painted.
struct Sheet {
    picture: Pixmap,
    /// Pixels a point.
    scale: f64,
    /// What is open; a clip with where it lets paint through.
    scopes: Vec<Option<Mask>>,
    /// The grounds that were needed, as pixels.
    grounds: Grounds,
}

impl Sheet {
    fn blank(size: [f64; 2], scale: f64) -> Result<Self, CannotDraw> {
        let picture = blank(size, scale)?;
        Ok(Self { picture, scale, scopes: Vec::new(), grounds: Vec::new() })
    }

    fn mask(&self) -> Option<&Mask> {
        mask(&self.scopes)
    }

    fn zoom(&self) -> Transform {
        Transform::from_scale(single(self.scale), single(self.scale))
    }

    fn fill_path(&mut self, path: &Path, colour: Colour) {
        let zoom = self.zoom();
        let mask = mask(&self.scopes);
        self.picture.fill_path(path, &paint_of(colour), FillRule::Winding, zoom, mask);
    }

    fn stroke_path(&mut self, path: &Path, stroke: &tiny_skia::Stroke, colour: Colour) {
        let zoom = self.zoom();
        let mask = mask(&self.scopes);
        self.picture.stroke_path(path, &paint_of(colour), stroke, zoom, mask);
    }

    /// The pixels of a ground, made when they are first needed.
    fn ground(&mut self, relief: &Arc<Relief>, theme: Theme) -> Option<usize> {
        if let Some(k) = self.grounds.iter().position(|(known, _)| Arc::ptr_eq(known, relief)) {
            return Some(k);
        }
        let [columns, rows] = ground::sides(relief);
        let mut ground = Pixmap::new(columns, rows)?;
        for (to, [red, green, blue]) in ground.pixels_mut().iter_mut().zip(pixels(relief, theme)) {
            *to = PremultipliedColorU8::from_rgba(red, green, blue, u8::MAX)?;
        }
        let alphas = ground::alphas(relief).unwrap_or_default();
        for (to, _) in ground.pixels_mut().iter_mut().zip(alphas).filter(|(_, alpha)| *alpha == 0) {
            *to = PremultipliedColorU8::TRANSPARENT;
        }
        self.grounds.push((Arc::clone(relief), ground));
        Some(self.grounds.len() - 1)
    }
}

/// Where the open scopes let paint through, if they hide anything.
fn mask(scopes: &[Option<Mask>]) -> Option<&Mask> {
    scopes.iter().rev().find_map(Option::as_ref)
}

impl Painter for Sheet {
    fn fill(&mut self, outlines: &[Outline<'_>], colour: Colour) {
        for path in outlines.iter().filter_map(path_of) {
            self.fill_path(&path, colour);
        }
    }

    fn stroke(&mut self, outlines: &[Outline<'_>], stroke: &Stroke) {
        let pen = tiny_skia::Stroke {
            width: single(stroke.width),
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            dash: StrokeDash::new(stroke.dash.iter().map(|&part| single(part)).collect(), 0.0),
            ..tiny_skia::Stroke::default()
        };
        for path in outlines.iter().filter_map(path_of) {
            self.stroke_path(&path, &pen, stroke.colour);
        }
    }

    fn text(&mut self, text: &Text<'_>) {
        let outlines = text.outlines();
        let letters: Vec<_> =
            outlines.iter().filter_map(|(path, rgb)| Some((bezier(path)?, *rgb))).collect();
        if let Some(halo) = text.halo {
            let pen = tiny_skia::Stroke {
                width: single(2.0 * halo.reach),
                line_join: LineJoin::Round,
                ..tiny_skia::Stroke::default()
            };
            for (path, _) in &letters {
                self.stroke_path(path, &pen, halo.colour);
            }
        }
        for (path, rgb) in &letters {
            self.fill_path(path, Colour { rgb: *rgb, opacity: 1.0 });
        }
    }

    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: Rect) {
        let Some(k) = self.ground(relief, theme) else { return };
        let Some(path) = path_of(&Outline::Box(place)) else { return };
        let (zoom, mask) = (self.zoom(), mask(&self.scopes));
        let (_, ground) = &self.grounds[k];
        let stretch = Transform::from_row(
            single(place.width() / f64::from(ground.width())),
            0.0,
            0.0,
            single(place.height() / f64::from(ground.height())),
            single(place.x0),
            single(place.y0),
        );
        let shader =
            Pattern::new(ground.as_ref(), SpreadMode::Pad, FilterQuality::Bilinear, 1.0, stretch);
        let paint = Paint { shader, ..Paint::default() };
        self.picture.fill_path(&path, &paint, FillRule::Winding, zoom, mask);
    }

    fn enter(&mut self, scope: Scope<'_>) {
        let clip = match scope {
            Scope::Part { .. } => None,
            Scope::Clip(place) => path_of(&Outline::Box(place)).and_then(|path| {
                let zoom = self.zoom();
                if let Some(mask) = self.mask() {
                    let mut mask = mask.clone();
                    mask.intersect_path(&path, FillRule::Winding, true, zoom);
                    return Some(mask);
                }
                let mut mask = Mask::new(self.picture.width(), self.picture.height())?;
                mask.fill_path(&path, FillRule::Winding, true, zoom);
                Some(mask)
            }),
        };
        self.scopes.push(clip);
    }

    fn leave(&mut self) {
        self.scopes.pop();
    }
}

fn paint_of(Colour { rgb: [red, green, blue], opacity }: Colour) -> Paint<'static> {
    let mut paint = Paint::default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    let alpha = (255.0 * opacity).round() as u8;
    paint.set_color_rgba8(red, green, blue, alpha);
    paint
}

fn path_of(outline: &Outline<'_>) -> Option<Path> {
    bezier(&outline.to_path())
}

fn bezier(path: &BezPath) -> Option<Path> {
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
fn single(length: f64) -> f32 {
    length as f32
}
