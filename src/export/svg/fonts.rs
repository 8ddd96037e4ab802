//! The letters of a page as fonts in it: of each bundled font the glyphs that are used, and no more.
//!
//! ```text
//! @font-face { font-family: "IBM Plex Sans"; font-weight: 400; src: url(data:font/ttf;base64,…) }
//! ```
//!
//! Browsers show them; a viewer that knows no embedded fonts takes those that it has, and at last any sans-serif.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::figure::fonts;
use crate::figure::metrics::Face;
use crate::figure::painter::Text;
use crate::figure::scripts;

/// A bundled font: its file, what a page calls it, its weight, and the face that asks for it.
struct Bundled {
    bytes: &'static [u8],
    family: &'static str,
    weight: u16,
    face: Option<Face>,
}

static BUNDLED: [Bundled; 3] = [
    Bundled {
        bytes: fonts::REGULAR,
        family: "IBM Plex Sans",
        weight: 400,
        face: Some(Face::Regular),
    },
    Bundled {
        bytes: fonts::STRONG,
        family: "IBM Plex Sans",
        weight: 600,
        face: Some(Face::Strong),
    },
    // What the others lack, whichever asks for it.
    Bundled { bytes: fonts::SYMBOLS, family: "Samscope Symbols", weight: 400, face: None },
];

/// The letters that were written in each face.
#[derive(Debug, Default)]
pub(super) struct Used {
    regular: BTreeSet<char>,
    strong: BTreeSet<char>,
}

impl Used {
    /// Takes in what a line of text says.
    pub(super) fn add(&mut self, text: &Text<'_>) {
        for part in text.parts {
            let letters = match part.face {
                Face::Regular => &mut self.regular,
                Face::Strong => &mut self.strong,
            };
            // Spaces at the ends of spans are set as those that do not break.
            letters.extend(part.text.contains(' ').then_some('\u{A0}'));
            // Raised and lowered letters are set as usual ones, smaller.
            for piece in scripts::pieces(part.text) {
                letters.extend(piece.text.chars());
            }
        }
    }

    /// The rules of style that bring the fonts; nothing for a page without text.
    pub(super) fn rules(&self) -> String {
        let mut rules = String::new();
        for font in &BUNDLED {
            let letters: Vec<char> = match font.face {
                Some(Face::Regular) => self.regular.iter().copied().collect(),
                Some(Face::Strong) => self.strong.iter().copied().collect(),
                None => {
                    let all = self.regular.union(&self.strong).copied();
                    all.filter(|letter| !has(fonts::REGULAR, *letter)).collect()
                }
            };
            if let Some(bytes) = part(font.bytes, &letters) {
                let rule = Rule { font, bytes: &bytes };
                // Writing to a string cannot fail.
                let _ = write!(rules, "{rule}");
            }
        }
        if rules.is_empty() { rules } else { format!("<style>\n{rules}</style>\n") }
    }
}

struct Rule<'a> {
    font: &'a Bundled,
    bytes: &'a [u8],
}

impl fmt::Display for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bundled { family, weight, .. } = self.font;
        let data = STANDARD.encode(self.bytes);
        writeln!(
            f,
            "@font-face {{ font-family: \"{family}\"; font-weight: {weight}; src: url(data:font/ttf;base64,{data}) }}"
        )
    }
}

/// Whether the font in `bytes` has a glyph for this letter.
fn has(bytes: &[u8], letter: char) -> bool {
    let font = skrifa::FontRef::new(bytes);
    font.is_ok_and(|font| skrifa::MetadataProvider::charmap(&font).map(letter).is_some())
}

/// The font in `bytes` with the glyphs of these letters alone; none where it has none of them.
fn part(bytes: &[u8], letters: &[char]) -> Option<Vec<u8>> {
    let charmap = skrifa::FontRef::new(bytes).ok()?;
    let charmap = skrifa::MetadataProvider::charmap(&charmap);
    let glyph = |letter: &char| u16::try_from(charmap.map(*letter)?.to_u32()).ok();
    let mut glyphs: BTreeSet<u16> = letters.iter().filter_map(glyph).collect();
    if glyphs.is_empty() {
        return None;
    }
    // What stands for a missing letter comes first in every font.
    glyphs.insert(0);
    let glyphs: Vec<u16> = glyphs.into_iter().collect();
    let file = ReadScope::new(bytes).read::<FontData<'_>>().ok()?;
    let provider = file.table_provider(0).ok()?;
    subset(&provider, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unicode).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_font_knows_its_letters_and_no_others() {
        let whole = skrifa::FontRef::new(fonts::REGULAR).unwrap();
        let bytes = part(fonts::REGULAR, &['S', 'A', 'M', 'ρ', '漢']).unwrap();
        assert!(bytes.len() < 20_000, "{}", bytes.len());
        let font = skrifa::FontRef::new(&bytes).unwrap();
        let width = |font: &skrifa::FontRef<'_>, letter| {
            let glyph = skrifa::MetadataProvider::charmap(font).map(letter)?;
            let (size, place) =
                (skrifa::prelude::Size::new(100.0), skrifa::prelude::LocationRef::default());
            skrifa::MetadataProvider::glyph_metrics(font, size, place).advance_width(glyph)
        };
        for letter in ['S', 'A', 'M', 'ρ'] {
            assert_eq!(width(&font, letter), width(&whole, letter), "{letter}");
            assert!(width(&font, letter).is_some());
        }
        assert_eq!(width(&font, 'B'), None);
        assert_eq!(part(fonts::REGULAR, &['漢']), None);
        assert_eq!(part(fonts::REGULAR, &['a', 'b']), part(fonts::REGULAR, &['b', 'a']));
    }
}
