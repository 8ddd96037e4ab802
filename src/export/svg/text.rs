//! Numbers and words of a page.

use std::fmt::{self, Write as _};

use super::Page;
use crate::figure::sheet::TITLE;
use crate::figure::{Anchor, Ink, Mark};

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

/// Words on the page.
pub(super) struct Words<'a> {
    pub(super) at: [f64; 2],
    pub(super) text: &'a str,
    pub(super) ink: Ink,
    pub(super) size: f32,
    pub(super) anchor: Anchor,
    pub(super) angle: f32,
    pub(super) strong: bool,
    pub(super) halo: bool,
}

impl<'a> Words<'a> {
    pub(super) fn new(at: [f64; 2], text: &'a str, ink: Ink, size: f32, anchor: Anchor) -> Self {
        Self { at, text, ink, size, anchor, angle: 0.0, strong: false, halo: false }
    }
}

/// From the middle of digits and capitals down to the baseline, against the height of the letters.
pub(super) const TO_BASELINE: f64 = 0.35;

impl Page {
    pub(super) fn free_words(&mut self, mark: &Mark) -> fmt::Result {
        let Mark::Label { at, offset, text, ink, size, anchor, angle } = mark else {
            return Ok(());
        };
        let at = [at[0] + f64::from(offset[0]), at[1] + f64::from(offset[1])];
        let strong = *size >= TITLE || matches!(ink, Ink::Run(_));
        self.words(&Words { angle: *angle, strong, ..Words::new(at, text, *ink, *size, *anchor) })
    }

    pub(super) fn words(&mut self, words: &Words<'_>) -> fmt::Result {
        if words.text.is_empty() {
            return Ok(());
        }
        let [x, y] = words.at;
        let size = f64::from(words.size);
        let anchor = match words.anchor {
            Anchor::Left => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::Right => r#" text-anchor="end""#,
        };
        let weight = if words.strong { r#" font-weight="600""# } else { "" };
        let (turn, x, y) = if words.angle == 0.0 {
            (String::new(), x, y + TO_BASELINE * size)
        } else {
            let degrees = Pt(-f64::from(words.angle).to_degrees());
            let turn = format!(r#" transform="translate({} {}) rotate({degrees})""#, Pt(x), Pt(y));
            (turn, 0.0, TO_BASELINE * size)
        };
        let halo = if words.halo {
            let paper = self.colour(Ink::Paper);
            format!(
                r#" stroke="{paper}" stroke-width="2.4" stroke-opacity="0.75" paint-order="stroke""#
            )
        } else {
            String::new()
        };
        writeln!(
            self.out,
            r#"<text x="{}" y="{}"{turn} font-size="{size}"{weight}{anchor} fill="{}"{halo}>{}</text>"#,
            Pt(x),
            Pt(y),
            self.colour(words.ink),
            Escaped(words.text)
        )
    }
}
