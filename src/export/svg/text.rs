//! Numbers and text of a page.

use std::fmt::{self, Write as _};

use super::{Covers, Hex, Page};
use crate::figure::Anchor;
use crate::figure::metrics::Face;
use crate::figure::painter::{GAP, Part, Text};
use crate::figure::scripts::{self, Piece, Script};

use super::shapes::Traced;

/// A length in points, rounded to a hundredth and without a tail of zeros.
pub(super) struct Pt(pub(super) f64);

impl fmt::Display for Pt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (self.0 * 100.0).round() / 100.0;
        // Adding zero turns −0 into 0; what is no number is far off the page.
        if rounded.is_finite() { write!(f, "{}", rounded + 0.0) } else { write!(f, "-99999") }
    }
}

/// A text with what XML takes for its own replaced, and without what it does not allow at all.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                control if control.is_control() => f.write_char(' ')?,
                '\u{FFFE}' | '\u{FFFF}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// A text with its sub- and superscripts as spans.
struct Set<'a> {
    text: &'a str,
    size: f64,
}

impl fmt::Display for Set<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !scripts::has_any(self.text) {
            return write!(f, "{}", Escaped(self.text));
        }
        let mut risen = 0.0;
        for Piece { text, script } in scripts::pieces(self.text) {
            let down = Pt(self.size * (risen - script.rise()));
            risen = script.rise();
            let size = match script {
                Script::Level => String::new(),
                Script::Raised | Script::Lowered => {
                    format!(r#" font-size="{}""#, Pt(self.size * script.size()))
                }
            };
            // Some viewers drop a space at the end of a span.
            let text = match text.strip_prefix(' ') {
                Some(rest) => format!("\u{A0}{rest}"),
                None => text,
            };
            let text = match text.strip_suffix(' ') {
                Some(rest) => format!("{rest}\u{A0}"),
                None => text,
            };
            if script == Script::Level && down.0 == 0.0 {
                write!(f, "{}", Escaped(&text))?;
            } else {
                write!(f, r#"<tspan dy="{down}"{size}>{}</tspan>"#, Escaped(&text))?;
            }
        }
        Ok(())
    }
}

impl Page {
    /// A line of text; its halo is an element of its own before it, since not every viewer strokes before it fills.
    pub(super) fn set(&mut self, text: &Text<'_>) -> fmt::Result {
        if let Some(halo) = text.halo {
            let paint = format!(
                r#" aria-hidden="true" stroke="{}" stroke-width="{}"{}"#,
                Hex(halo.colour.rgb),
                Pt(2.0 * halo.reach),
                Covers("stroke-opacity", halo.colour.opacity)
            );
            self.element(text, &paint, |_| String::new())?;
        }
        self.element(text, "", |part| format!(r#" fill="{}""#, Hex(part.rgb)))
    }

    /// A line of text as the outlines of its letters.
    pub(super) fn traced(&mut self, text: &Text<'_>) -> fmt::Result {
        let outlines = text.outlines();
        if let Some(halo) = text.halo {
            let covers = Covers("stroke-opacity", halo.colour.opacity);
            for (path, _) in &outlines {
                writeln!(
                    self.out,
                    r#"<path d="{}" stroke="{}" stroke-width="{}"{covers}/>"#,
                    Traced(path),
                    Hex(halo.colour.rgb),
                    Pt(2.0 * halo.reach)
                )?;
            }
        }
        for ((path, rgb), part) in outlines.iter().zip(text.parts) {
            writeln!(
                self.out,
                r#"<path aria-label="{}" d="{}" fill="{}"/>"#,
                Escaped(part.text),
                Traced(path),
                Hex(*rgb)
            )?;
        }
        Ok(())
    }

    fn element(
        &mut self,
        text: &Text<'_>,
        paint: &str,
        fill: impl Fn(&Part<'_>) -> String,
    ) -> fmt::Result {
        let [x, y] = text.at.map(Pt);
        let place = if text.angle == 0.0 {
            format!(r#"x="{x}" y="{y}""#)
        } else {
            let degrees = Pt(-text.angle.to_degrees());
            format!(r#"transform="translate({x} {y}) rotate({degrees})""#)
        };
        let anchor = match text.anchor {
            Anchor::Left => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::Right => r#" text-anchor="end""#,
        };
        write!(self.out, r#"<text {place} font-size="{}"{anchor}{paint}"#, Pt(text.size))?;
        if let [only] = text.parts {
            let said = Set { text: only.text, size: text.size };
            write!(self.out, "{}{}>{said}", weight(only.face), fill(only))?;
        } else {
            self.out.write_str(">")?;
            for (k, part) in text.parts.iter().enumerate() {
                let gap = if k > 0 { format!(r#" dx="{GAP}""#) } else { String::new() };
                let (weight, fill) = (weight(part.face), fill(part));
                let said = Set { text: part.text, size: text.size };
                write!(self.out, "<tspan{gap}{fill}{weight}>{said}</tspan>")?;
            }
        }
        self.out.write_str("</text>\n")
    }
}

fn weight(face: Face) -> &'static str {
    match face {
        Face::Regular => "",
        Face::Strong => r#" font-weight="600""#,
    }
}
