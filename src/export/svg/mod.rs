//! A figure as SVG: self-contained, text as text, and the same bytes for the same figure.
//!
//! Lengths are in points and rounded to a hundredth, which no printer shows. The ground of a map is an embedded PNG,
//! in the file once however many maps stand on it. Of the fonts the glyphs that are used are embedded; a viewer that does
//! not know embedded fonts, and does not have them, takes another sans-serif, unless letters are [`Letters::Outlines`].

use std::fmt::{self, Write as _};
use std::sync::Arc;

use kurbo::Rect;

use super::page;
use crate::analysis::relief::Relief;
use crate::figure::painter::{Colour, Outline, Painter, Scope, Stroke, Text};
use crate::figure::palette::{Rgb, Theme};
use crate::figure::{Figure, lower};
use crate::origin::{Origin, picture};

mod fonts;
mod ground;
mod shapes;
mod text;

use shapes::Shape;
use text::{Escaped, Pt};

/// How letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Letters {
    /// As text, which can be selected and edited, in fonts that the file brings.
    #[default]
    Text,
    /// As outlines of the bundled fonts: the same in every viewer.
    Outlines,
}

/// The figure as a self-contained SVG document, its letters as text.
#[must_use]
pub fn write(figure: &Figure, theme: Theme) -> String {
    write_with(figure, theme, Letters::Text, None)
}

/// The figure as a self-contained SVG document, which carries what it was drawn from where that is told.
#[must_use]
pub fn write_with(
    figure: &Figure,
    theme: Theme,
    letters: Letters,
    origin: Option<&Origin>,
) -> String {
    write_on(page::Page::default(), figure, theme, letters, origin)
}

/// The same on a page of another size than the figure's.
#[must_use]
pub fn write_on(
    paper: page::Page,
    figure: &Figure,
    theme: Theme,
    letters: Letters,
    origin: Option<&Origin>,
) -> String {
    let mut page = Page { letters, ..Page::default() };
    // Writing to a string cannot fail.
    let _ = page.head(figure, paper.magnified, origin);
    if paper.is_clear {
        lower::bare(&mut page, figure, theme);
    } else {
        lower::figure(&mut page, figure, theme);
    }
    page.out.insert_str(page.after_head, &page.used.rules());
    page.out.push_str("</svg>\n");
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
    letters: Letters,
    /// What was written as text, for the fonts; and where they belong.
    used: fonts::Used,
    after_head: usize,
    /// The rectangles that something was clipped to, by the number of their clip path.
    clips: Vec<Rect>,
    /// The grounds that are in the file, by their number.
    grounds: Vec<Arc<Relief>>,
}

impl Page {
    fn head(&mut self, figure: &Figure, magnified: f64, origin: Option<&Origin>) -> fmt::Result {
        let [width, height] = figure.size.map(Pt);
        let [wide, high] = figure.size.map(|side| Pt(magnified * side));
        writeln!(
            self.out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{high}pt" viewBox="0 0 {width} {height}" font-family="IBM Plex Sans, Samscope Symbols, sans-serif" fill="none" stroke-linejoin="round" stroke-linecap="butt">"#
        )?;
        if let Some(title) = figure.title() {
            writeln!(self.out, "<title>{}</title>", Escaped(title))?;
        }
        if let Some(origin) = origin {
            // Line breaks of the text stand as they are.
            let text = origin.text();
            // What XML does not allow stands in it as TOML writes it.
            let text = text.replace('\u{FFFE}', "\\uFFFE").replace('\u{FFFF}', "\\uFFFF");
            let text = quick_xml::escape::escape(&text);
            writeln!(self.out, r#"<metadata id="{}">{text}</metadata>"#, picture::NAME)?;
        }
        self.after_head = self.out.len();
        Ok(())
    }

    /// The number of the clip path of a rectangle, which is written where it is new.
    fn clip(&mut self, place: Rect) -> Result<usize, fmt::Error> {
        if let Some(known) = self.clips.iter().position(|clip| *clip == place) {
            return Ok(known);
        }
        let k = self.clips.len();
        self.clips.push(place);
        writeln!(
            self.out,
            r#"<clipPath id="clip{k}"><path d="{}"/></clipPath>"#,
            Shape(&[Outline::Box(place)])
        )?;
        Ok(k)
    }

    fn filled(&mut self, outlines: &[Outline<'_>], colour: Colour) -> fmt::Result {
        if outlines.is_empty() {
            return Ok(());
        }
        let covers = Covers("fill-opacity", colour.opacity);
        writeln!(self.out, r#"<path d="{}" fill="{}"{covers}/>"#, Shape(outlines), Hex(colour.rgb))
    }

    fn stroked(&mut self, outlines: &[Outline<'_>], stroke: &Stroke) -> fmt::Result {
        let Stroke { colour, width, dash } = stroke;
        write!(
            self.out,
            r#"<path d="{}" stroke="{}" stroke-width="{}"{}"#,
            Shape(outlines),
            Hex(colour.rgb),
            Pt(*width),
            Covers("stroke-opacity", colour.opacity)
        )?;
        if !dash.is_empty() {
            let parts: Vec<String> = dash.iter().map(|part| Pt(*part).to_string()).collect();
            write!(self.out, r#" stroke-dasharray="{}""#, parts.join(" "))?;
        }
        self.out.write_str("/>\n")
    }

    fn opened(&mut self, scope: Scope<'_>) -> fmt::Result {
        match scope {
            Scope::Clip(place) => {
                let k = self.clip(place)?;
                writeln!(self.out, r#"<g clip-path="url(#clip{k})">"#)
            }
            Scope::Part { id, description } => writeln!(
                self.out,
                r#"<g id="{}"><desc>{}</desc>"#,
                Escaped(id),
                Escaped(description)
            ),
        }
    }
}

/// Writing to a string cannot fail, so that the results are of no interest.
impl Painter for Page {
    fn fill(&mut self, outlines: &[Outline<'_>], colour: Colour) {
        if colour.opacity < 1.0 {
            for outline in outlines {
                let _ = self.filled(&[*outline], colour);
            }
        } else {
            let _ = self.filled(outlines, colour);
        }
    }

    fn stroke(&mut self, outlines: &[Outline<'_>], stroke: &Stroke) {
        if !outlines.is_empty() {
            let _ = self.stroked(outlines, stroke);
        }
    }

    fn text(&mut self, text: &Text<'_>) {
        let _ = match self.letters {
            Letters::Text => {
                self.used.add(text);
                self.set(text)
            }
            Letters::Outlines => self.traced(text),
        };
    }

    fn image(&mut self, relief: &Arc<Relief>, theme: Theme, place: Rect) {
        let _ = self.ground(relief, theme, place);
    }

    fn enter(&mut self, scope: Scope<'_>) {
        let _ = self.opened(scope);
    }

    fn leave(&mut self) {
        self.out.push_str("</g>\n");
    }
}

/// A colour as SVG writes it.
struct Hex(Rgb);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// An attribute for paint that does not cover fully.
struct Covers(&'static str, f32);

impl fmt::Display for Covers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1 < 1.0 { write!(f, r#" {}="{}""#, self.0, Pt(f64::from(self.1))) } else { Ok(()) }
    }
}
