//! A figure as PDF: one page of vectors, its fonts embedded and subset, its text selectable, the same bytes for the same
//! figure.
//!
//! A point of the figure is a point of the page, unless the page is told otherwise. The ground of a map is a picture, in the file once however many maps
//! stand on it. What the figure was drawn from stands in the document's keywords, as a word that
//! [`short`] reads.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use kurbo::{BezPath, PathEl, Rect};

use super::ground::{alphas, pixels, sides};
use super::page::Page;
use super::png::CannotDraw;
use crate::analysis::relief::Relief;
use crate::figure::metrics::{self, Run};
use crate::figure::painter::{Colour, Outline, Painter, Scope, Stroke, Text};
use crate::figure::palette::Theme;
use crate::figure::{Figure, fonts, lower};
use crate::origin::{Origin, short};

/// The figure as the bytes of a PDF file, which carries what it was drawn from where that is told.
///
/// # Errors
/// When the page has no size, or the document cannot be put together.
pub fn write(
    figure: &Figure,
    theme: Theme,
    origin: Option<&Origin>,
) -> Result<Vec<u8>, CannotDraw> {
    write_on(Page::default(), figure, theme, origin)
}

/// The same on a page of another size than the figure's.
///
/// # Errors
/// As [`write()`].
pub fn write_on(
    paper: Page,
    figure: &Figure,
    theme: Theme,
    origin: Option<&Origin>,
) -> Result<Vec<u8>, CannotDraw> {
    let cannot = |why: &str| CannotDraw::because(why);
    let [width, height] = figure.size.map(|side| single(paper.magnified * side));
    let page = PageSettings::from_wh(width, height).ok_or_else(|| cannot("it has no size"))?;
    let fonts = Fonts::load().ok_or_else(|| cannot("a bundled font cannot be read"))?;
    let mut document = Document::new_with(SerializeSettings::default());
    document.set_metadata(about(figure, origin));
    let mut page = document.start_page_with(page);
    {
        let surface = page.surface();
        let mut sheet = Sheet { surface, fonts, grounds: Vec::new(), scopes: Vec::new() };
        let magnified = single(paper.magnified);
        sheet.surface.push_transform(&Transform::from_scale(magnified, magnified));
        if paper.is_clear {
            lower::bare(&mut sheet, figure, theme);
        } else {
            lower::figure(&mut sheet, figure, theme);
        }
        sheet.surface.pop();
    }
    page.finish();
    document.finish().map_err(|error| cannot(&format!("{error:?}")))
}

fn about(figure: &Figure, origin: Option<&Origin>) -> Metadata {
    let version = env!("CARGO_PKG_VERSION");
    let mut about = Metadata::new().creator(format!("samscope {version}"));
    if let Some(title) = figure.title() {
        about = about.title(title.to_owned());
    }
    let said: Vec<String> = figure.panes.iter().map(|(_, pane)| pane.said()).collect();
    about = about.description(said.join(" ")).language("en".to_owned());
    match origin {
        Some(origin) => about.keywords(vec![short::write(origin)]),
        None => about,
    }
}

struct Fonts {
    regular: Font,
    strong: Font,
    symbols: Font,
}

impl Fonts {
    fn load() -> Option<Self> {
        let font = |file: &'static [u8]| Font::new(file.into(), 0);
        Some(Self {
            regular: font(fonts::REGULAR)?,
            strong: font(fonts::STRONG)?,
            symbols: font(fonts::SYMBOLS)?,
        })
    }

    fn of(&self, font: metrics::Font) -> Font {
        match font {
            metrics::Font::Regular => self.regular.clone(),
            metrics::Font::Strong => self.strong.clone(),
            metrics::Font::Symbols => self.symbols.clone(),
        }
    }
}

struct Sheet<'p> {
    surface: Surface<'p>,
    fonts: Fonts,
    /// The grounds that were needed.
    grounds: Vec<(Arc<Relief>, Image)>,
    /// What is open: whether something was pushed for it.
    scopes: Vec<bool>,
}

impl Sheet<'_> {
    fn fill_with(&mut self, colour: Colour) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill {
            paint: paint(colour).into(),
            opacity: opacity(colour),
            rule: FillRule::NonZero,
        }));
    }

    fn stroke_with(&mut self, colour: Colour, width: f64, dash: &[f64]) {
        let array: Vec<f32> = dash.iter().map(|&part| single(part)).collect();
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(krilla::paint::Stroke {
            paint: paint(colour).into(),
            width: single(width),
            miter_limit: 4.0,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            opacity: opacity(colour),
            dash: (!array.is_empty()).then_some(StrokeDash { array, offset: 0.0 }),
        }));
    }

    /// Sets a run of glyphs that begins `x` points right of the anchor's place.
    fn run(&mut self, run: &Run, x: f64) {
        let font = self.fonts.of(run.font);
        let ends: Vec<usize> = run.glyphs.iter().map(|(_, _, cluster)| *cluster).collect();
        let mut pen = 0.0;
        let glyphs: Vec<KrillaGlyph> = run
            .glyphs
            .iter()
            .enumerate()
            .map(|(k, &(id, at, cluster))| {
                // The letters of a glyph go up to those of the next one that has others.
                let next = ends[k..].iter().find(|end| **end > cluster);
                let next = next.copied().unwrap_or(run.text.len());
                // Every glyph is put where it stands: its advance leads to the next.
                let to = run.glyphs.get(k + 1).map_or(at[0], |(_, next, _)| next[0]);
                let glyph = KrillaGlyph {
                    glyph_id: GlyphId::new(id),
                    text_range: cluster..next,
                    x_advance: single(to - pen),
                    x_offset: single(at[0] - pen),
                    y_offset: single(-at[1]),
                    y_advance: 0.0,
                    location: None,
                };
                pen = to;
                glyph
            })
            .collect();
        let start = Point::from_xy(single(x + run.at[0]), single(run.at[1]));
        self.surface.draw_glyphs(start, &glyphs, font, &run.text, single(run.size), false);
    }
}

impl Painter for Sheet<'_> {
    fn fill(&mut self, outlines: &[Outline<'_>], colour: Colour) {
        self.fill_with(colour);
        for path in outlines.iter().filter_map(path_of) {
            self.surface.draw_path(&path);
        }
    }

    fn stroke(&mut self, outlines: &[Outline<'_>], stroke: &Stroke) {
        self.stroke_with(stroke.colour, stroke.width, &stroke.dash);
        for path in outlines.iter().filter_map(path_of) {
            self.surface.draw_path(&path);
        }
    }

    fn text(&mut self, text: &Text<'_>) {
        if let Some(halo) = text.halo {
            self.stroke_with(halo.colour, 2.0 * halo.reach, &[]);
            let outlines = text.outlines();
            for path in outlines.iter().filter_map(|(path, _)| bezier(path)) {
                self.surface.draw_path(&path);
            }
        }
        let [left, top] = text.at.map(single);
        self.surface.push_transform(&Transform::from_translate(left, top));
        self.surface.push_transform(&Transform::from_rotate(single(-text.angle.to_degrees())));
        for (part, x) in text.laid() {
            self.fill_with(Colour { rgb: part.rgb, opacity: 1.0 });
            for run in metrics::runs(part.text, part.face, text.size) {
                self.run(&run, x);
            }
        }
        self.surface.pop();
        self.surface.pop();
    }

    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: Rect) {
        let known = self.grounds.iter().find(|(known, _)| Arc::ptr_eq(known, relief));
        let image = match known {
            Some((_, image)) => image.clone(),
            None => {
                let Ok(image) = Image::from_custom(Ground::of(relief, theme), true) else { return };
                self.grounds.push((Arc::clone(relief), image.clone()));
                image
            }
        };
        let size = Size::from_wh(single(place.width()), single(place.height()));
        let Some(size) = size else { return };
        let corner = Transform::from_translate(single(place.x0), single(place.y0));
        self.surface.push_transform(&corner);
        self.surface.draw_image(image, size);
        self.surface.pop();
    }

    fn enter(&mut self, scope: Scope<'_>) {
        let clip = match scope {
            Scope::Clip(place) => path_of(&Outline::Box(place)),
            Scope::Part { .. } => None,
        };
        if let Some(path) = &clip {
            self.surface.push_clip_path(path, &FillRule::NonZero);
        }
        self.scopes.push(clip.is_some());
    }

    fn leave(&mut self) {
        if self.scopes.pop() == Some(true) {
            self.surface.pop();
        }
    }
}

/// The pixels of a ground.
#[derive(Clone)]
struct Ground {
    pixels: Arc<[u8]>,
    alphas: Option<Arc<[u8]>>,
    size: (u32, u32),
}

impl Ground {
    fn of(relief: &Relief, theme: Theme) -> Self {
        let [columns, rows] = sides(relief);
        let alphas = alphas(relief).map(Arc::from);
        let pixels = pixels(relief, theme).flatten().collect();
        Self { pixels, alphas, size: (columns, rows) }
    }
}

impl Hash for Ground {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.size.hash(state);
        self.pixels.hash(state);
        self.alphas.hash(state);
    }
}

impl CustomImage for Ground {
    fn color_channel(&self) -> &[u8] {
        &self.pixels
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        self.alphas.as_deref()
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        ImageColorspace::Rgb
    }
}

fn paint(Colour { rgb: [red, green, blue], .. }: Colour) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn opacity(colour: Colour) -> NormalizedF32 {
    NormalizedF32::new(colour.opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
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
            PathEl::CurveTo(first, second, to) => {
                let ((ax, ay), (bx, by), (x, y)) = (at(first), at(second), at(to));
                builder.cubic_to(ax, ay, bx, by, x, y);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}

#[expect(clippy::cast_possible_truncation, reason = "a page needs no more digits")]
fn single(length: f64) -> f32 {
    length as f32
}
