//! Text: where its baseline lies, and what lifts it off the ground.

use super::Lowering;
use crate::figure::metrics::Face;
use crate::figure::painter::{Colour, Halo, Outline, Part, Stroke, Text};
use crate::figure::prose::Letters;
use crate::figure::sheet::TEXT;
use crate::figure::{Anchor, Ink, Mark};

/// From the middle of digits and capitals down to the baseline, in heights of the text: half of Plex's capital
/// height, 0.698.
pub(super) const TO_BASELINE: f64 = 0.35;
/// How far a halo reaches, in points, and how much it covers.
const HALO: f64 = 1.3;
const HALO_COVERS: f32 = 0.8;

/// Text of one ink.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Words<'a> {
    /// What it says.
    pub(super) text: &'a str,
    /// Its place, in the middle of its height.
    pub(super) at: [f64; 2],
    pub(super) ink: Ink,
    pub(super) size: f64,
    pub(super) anchor: Anchor,
    pub(super) angle: f64,
    pub(super) face: Face,
    pub(super) halo: bool,
}

impl<'a> Words<'a> {
    /// Level text in the normal weight.
    pub(super) fn new(at: [f64; 2], text: &'a str, ink: Ink, size: f64, anchor: Anchor) -> Self {
        Self { text, at, ink, size, anchor, angle: 0.0, face: Face::Regular, halo: false }
    }
}

impl Lowering<'_> {
    /// Paints text of one ink.
    pub(super) fn words(&mut self, words: &Words<'_>) {
        if words.text.is_empty() || !words.at.iter().all(|x| x.is_finite()) {
            return;
        }
        let down = TO_BASELINE * words.size;
        let (sine, cosine) = (libm::sin(words.angle), libm::cos(words.angle));
        let at = [words.at[0] + down * sine, words.at[1] + down * cosine];
        let paper = self.colour(Ink::Paper, HALO_COVERS);
        self.painter.text(&Text {
            parts: &[Part { text: words.text, face: words.face, rgb: self.theme.word(words.ink) }],
            at,
            size: words.size,
            anchor: words.anchor,
            angle: words.angle,
            halo: words.halo.then_some(Halo { colour: paper, reach: HALO }),
        });
    }

    /// Paints words that stand by themselves, so many points from an origin.
    pub(super) fn free_words(&mut self, mark: &Mark, origin: [f64; 2]) {
        let Mark::Label { ink, size, .. } = mark else { return };
        self.words_in(mark, origin, face(*ink, *size));
    }

    /// The same within a text, where size alone makes no title.
    pub(super) fn body_words(&mut self, mark: &Mark, origin: [f64; 2]) {
        let Mark::Label { ink, .. } = mark else { return };
        self.words_in(mark, origin, Face::of_words(*ink));
    }

    fn words_in(&mut self, mark: &Mark, [left, top]: [f64; 2], face: Face) {
        let Mark::Label { at, offset, text, ink, size, anchor, angle } = mark else { return };
        let at = [left + at[0] + f64::from(offset[0]), top + at[1] + f64::from(offset[1])];
        let words = Words::new(at, text, *ink, f64::from(*size), *anchor);
        self.words(&Words { angle: f64::from(*angle), face, ..words });
    }

    /// The colour of words, for strokes that belong to them.
    pub(super) fn word_colour(&self, ink: Ink) -> Colour {
        Colour { rgb: self.theme.word(ink), ..self.colour(ink, 1.0) }
    }

    /// Paints letters of prose, so many points from an origin.
    pub(super) fn letters(&mut self, letters: &Letters, [left, top]: [f64; 2]) {
        let Letters { at, text, face, ink, size, strokes } = letters;
        let words = Words::new([left + at[0], top + at[1]], text, *ink, *size, Anchor::Left);
        self.words(&Words { face: *face, ..words });
        for (points, width) in strokes {
            let moved: Vec<[f64; 2]> =
                points.iter().map(|[x, y]| [left + at[0] + x, top + at[1] + y]).collect();
            let stroke = Stroke::new(self.word_colour(*ink), *width);
            self.painter.stroke(&[Outline::Line(&moved)], &stroke);
        }
    }
}

/// The weight of free words: titles and the names of runs are set strong.
fn face(ink: Ink, size: f32) -> Face {
    if size > TEXT { Face::Strong } else { Face::of_words(ink) }
}
