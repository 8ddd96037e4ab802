//! Widths and outlines of text in the bundled fonts.
//!
//! Text is shaped as `HarfBuzz` shapes it (kerning, marks such as the hat of ε̂ in their place), by the crate that egui
//! uses too: what is measured here is as wide in the window, in a PNG, and in an SVG where the fonts are installed. A
//! character that the face lacks is taken from the symbols; one that these lack as well is drawn as [`STAND_IN`].
//!
//! All lengths are in points for a text `size` points high, or in ems (parts of that height) for glyphs.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use kurbo::{Affine, BezPath};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};

use super::{Ink, fonts, scripts};

/// The weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Weight 400.
    Regular,
    /// Weight 600: headings and names.
    Strong,
}

impl Face {
    /// That of words in this ink: the names of runs are set strong.
    #[must_use]
    pub fn of_words(ink: Ink) -> Self {
        if matches!(ink, Ink::Run(_)) { Self::Strong } else { Self::Regular }
    }
}

/// What is drawn in place of a character that no bundled font has.
pub const STAND_IN: char = '□';

/// The advance width of `text` in points.
#[must_use]
pub fn width(text: &str, face: Face, size: f64) -> f64 {
    KNOWN.with_borrow_mut(|known| {
        let known = &mut known[usize::from(face == Face::Strong)];
        if let Some(ems) = known.get(text) {
            return size * ems;
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let ems = ems(text, face);
        known.insert(text.to_owned(), ems);
        size * ems
    })
}

/// Widths that a thread remembers of each face: most words of a frame are those of the frame before.
const REMEMBERED: usize = 4096;

thread_local! {
    /// Widths in ems by face and text.
    static KNOWN: RefCell<[HashMap<String, f64>; 2]> = RefCell::default();
}

/// The advance width of `text` in ems.
fn ems(text: &str, face: Face) -> f64 {
    let Some(faces) = &*FACES else { return 0.0 };
    let mut whole = 0.0;
    for piece in scripts::pieces(text) {
        let mut ems = 0.0;
        faces.shape(&piece.text, face, |shaped| ems = shaped.end);
        whole += ems * piece.script.size();
    }
    whole
}

/// The outline of `text` in points, its baseline from the origin to the right, y downwards.
#[must_use]
pub fn outline(text: &str, face: Face, size: f64) -> BezPath {
    let mut path = BezPath::new();
    let Some(faces) = &*FACES else { return path };
    let mut before = 0.0;
    for piece in scripts::pieces(text) {
        let (high, rise) = (size * piece.script.size(), size * piece.script.rise());
        let mut ems = 0.0;
        faces.shape(&piece.text, face, |glyph| {
            ems = glyph.end;
            let outlines = glyph.from.font.outline_glyphs();
            let Some(outline) = outlines.get(skrifa::GlyphId::new(glyph.id)) else { return };
            let at = (before + high * glyph.at[0], high * glyph.at[1] - rise);
            let place = Affine::translate(at) * Affine::scale(high / glyph.from.units);
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // A glyph without an outline, such as a space, draws nothing.
            let _ = outline.draw(settings, &mut Pen { path: &mut path, place });
        });
        before += high * ems;
    }
    path
}

/// The characters of `text` that no bundled font has, each once, in their order.
#[must_use]
pub fn lacking(text: &str) -> Vec<char> {
    let mut lacking = Vec::new();
    let Some(faces) = &*FACES else { return lacking };
    for letter in text.chars() {
        let has = |loaded: &Loaded| loaded.has(letter);
        let known = is_blank(letter) || has(&faces.regular) || has(&faces.symbols);
        if !known && !lacking.contains(&letter) {
            lacking.push(letter);
        }
    }
    lacking
}

/// A text broken into lines no wider than `most` points, unless a single word is; a no-break space breaks no line.
#[must_use]
pub fn broken(text: &str, most: f64, face: Face, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if width(&longer, face, size) <= most {
                *line = longer;
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}

/// A text in at most `count` lines no wider than `most` points; what does not fit is cut off the last one, with an
/// ellipsis.
#[must_use]
pub fn lines(text: &str, most: f64, face: Face, size: f64, count: usize) -> Vec<String> {
    let mut lines = broken(text, most, face, size);
    if lines.len() > count && count > 0 {
        let rest = lines.drain(count - 1..).collect::<Vec<_>>().join(" ");
        lines.push(rest);
    }
    lines.truncate(count);
    lines.iter().map(|line| cut(line, most, face, size)).collect()
}

/// The text, or as much of its beginning as is no wider than `most` points with an ellipsis after it.
#[must_use]
pub fn cut(text: &str, most: f64, face: Face, size: f64) -> String {
    if width(text, face, size) <= most {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let shortened = |end: usize| format!("{}…", text[..end].trim_end());
    let fits = ends.partition_point(|&end| width(&shortened(end), face, size) <= most);
    shortened(ends[..fits].last().copied().unwrap_or(0))
}

/// A font file, read.
struct Loaded {
    font: FontRef<'static>,
    shaper: ShaperData,
    units: f64,
}

impl Loaded {
    fn read(file: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(file).ok()?;
        let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        let shaper = ShaperData::new(&font);
        Some(Self { font, shaper, units: f64::from(units) })
    }

    fn has(&self, letter: char) -> bool {
        self.font.charmap().map(letter).is_some()
    }
}

/// The three fonts.
struct Faces {
    regular: Loaded,
    strong: Loaded,
    symbols: Loaded,
}

/// Read once; none only if a bundled file were no font, which a test excludes.
static FACES: LazyLock<Option<Faces>> = LazyLock::new(|| {
    Some(Faces {
        regular: Loaded::read(fonts::REGULAR)?,
        strong: Loaded::read(fonts::STRONG)?,
        symbols: Loaded::read(fonts::SYMBOLS)?,
    })
});

/// A glyph in its place.
struct Glyph<'a> {
    from: &'a Loaded,
    id: u32,
    /// Its origin in ems from the beginning of the text, y downwards.
    at: [f64; 2],
    /// Where the next glyph begins, in ems.
    end: f64,
    /// The byte of its run that it begins with.
    cluster: usize,
}

/// A bundled font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// [`fonts::REGULAR`].
    Regular,
    /// [`fonts::STRONG`].
    Strong,
    /// [`fonts::SYMBOLS`].
    Symbols,
}

/// Letters of one font and height, for painters that set glyphs.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Their font.
    pub font: Font,
    /// The letters.
    pub text: String,
    /// Their height in points.
    pub size: f64,
    /// Where they begin, in points from the beginning of the text, y downwards.
    pub at: [f64; 2],
    /// Each glyph: its number, where it stands from the beginning of the run in ems (y downwards), and the byte of the
    /// text that it begins with.
    pub glyphs: Vec<(u32, [f64; 2], usize)>,
}

/// `text` as runs of glyphs, its baseline from the origin to the right, in points for a text `size` points high.
#[must_use]
pub fn runs(text: &str, face: Face, size: f64) -> Vec<Run> {
    let Some(faces) = &*FACES else { return Vec::new() };
    let mut runs = Vec::new();
    let mut x = 0.0;
    for piece in scripts::pieces(text) {
        let (high, rise) = (size * piece.script.size(), size * piece.script.rise());
        for (from, text) in faces.split(&piece.text, face) {
            let mut glyphs = Vec::new();
            let end = flush(from, &text, 0.0, &mut |glyph| {
                glyphs.push((glyph.id, glyph.at, glyph.cluster));
            });
            runs.push(Run { font: faces.font(from), text, size: high, at: [x, -rise], glyphs });
            x += high * end;
        }
    }
    runs
}

impl Faces {
    /// Shapes `text` and hands its glyphs to `each` in order.
    fn shape<'a>(&'a self, text: &str, face: Face, mut each: impl FnMut(Glyph<'a>)) {
        let mut pen = 0.0;
        for (from, run) in self.split(text, face) {
            pen = flush(from, &run, pen, &mut each);
        }
    }

    /// The letters of `text` by the font that has them, in order; what is in none is its stand-in.
    fn split(&self, text: &str, face: Face) -> Vec<(&Loaded, String)> {
        let first = match face {
            Face::Regular => &self.regular,
            Face::Strong => &self.strong,
        };
        let mut runs: Vec<(&Loaded, String)> = Vec::new();
        for letter in text.chars() {
            let letter = if letter.is_control() { ' ' } else { letter };
            let (letter, wanted) = if first.has(letter) {
                (letter, first)
            } else if self.symbols.has(letter) {
                (letter, &self.symbols)
            } else if is_blank(letter) {
                (' ', first)
            } else {
                (STAND_IN, &self.symbols)
            };
            match runs.last_mut() {
                Some((from, run)) if std::ptr::eq(wanted, *from) => run.push(letter),
                _ => runs.push((wanted, letter.to_string())),
            }
        }
        runs
    }

    fn font(&self, of: &Loaded) -> Font {
        if std::ptr::eq(of, &self.strong) {
            Font::Strong
        } else if std::ptr::eq(of, &self.symbols) {
            Font::Symbols
        } else {
            Font::Regular
        }
    }
}

/// Shapes a run of one font from `pen` on; gives where it ends, in ems.
fn flush<'a>(from: &'a Loaded, run: &str, mut pen: f64, each: &mut impl FnMut(Glyph<'a>)) -> f64 {
    if run.is_empty() {
        return pen;
    }
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(run);
    buffer.guess_segment_properties();
    let shaper = from.shaper.shaper(&from.font).build();
    let shaped = shaper.shape(buffer, ShapeOptions::new());
    for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let em = |units: i32| f64::from(units) / from.units;
        let at = [pen + em(place.x_offset), -em(place.y_offset)];
        pen += em(place.x_advance);
        let cluster = info.cluster as usize;
        each(Glyph { from, id: info.glyph_id, at, end: pen, cluster });
    }
    pen
}

/// Whether a character shows nothing, so that a font need not have it.
fn is_blank(letter: char) -> bool {
    // Joiners and variation selectors change how their neighbours look, where a font knows them.
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' | '\u{2060}' | '\u{FEFF}')
}

/// Puts a glyph's outline, whose y goes upwards, into a path whose y goes downwards.
struct Pen<'a> {
    path: &'a mut BezPath,
    place: Affine,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> kurbo::Point {
        self.place * kurbo::Point::new(f64::from(x), -f64::from(y))
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx, cy), self.at(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(ax, ay), self.at(bx, by), self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

#[cfg(test)]
mod tests;
