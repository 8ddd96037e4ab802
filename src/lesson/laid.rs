//! The text of a page in lines, for a sheet and for the window alike.

use super::Page;
use super::text::{Block, Span, Tone};
use crate::figure::metrics::Face;
use crate::figure::prose::{self, Letters, Said};
use crate::figure::{Ink, formula};

/// Heights of letters, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// Of headings.
    pub heading: f64,
    /// Of text.
    pub text: f64,
}

impl Sizes {
    /// Text of this height, and headings that suit it.
    #[must_use]
    pub fn of(text: f64) -> Self {
        Self { heading: 1.3 * text, text }
    }
}

/// Text in its place, from the top left.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Laid {
    /// The letters.
    pub letters: Vec<Letters>,
    /// How high it is, in points.
    pub height: f64,
}

/// From line to line, in heights of the text.
const PITCH: f64 = 1.42;
/// Between blocks, and between a heading and what follows, in heights of the text.
const APART: f64 = 0.62;
/// How far items, formulas and code are set in, in heights of the text.
const INDENT: f64 = 1.25;

/// The text of a page, its question and its task, in lines no wider than `width` points.
#[must_use]
pub fn page(page: &Page, width: f64, sizes: Sizes) -> Laid {
    let mut laid = Laid::default();
    for block in &page.blocks {
        laid.block(block, width, sizes);
    }
    if !page.question.is_empty() {
        laid.apart(sizes.text);
        laid.spans(&strong(&page.question), Ink::Text, [0.0, width], sizes.text);
    }
    if let Some(goal) = &page.goal {
        laid.apart(sizes.text);
        let inset = INDENT * sizes.text;
        laid.marked("▸", inset, sizes.text);
        laid.spans(&strong(&goal.task), Ink::Text, [inset, width], sizes.text);
    }
    laid
}

/// Some lines of text in one ink.
#[must_use]
pub fn line(spans: &[Span], ink: Ink, width: f64, size: f64) -> Laid {
    let mut laid = Laid::default();
    laid.spans(spans, ink, [0.0, width], size);
    laid
}

/// The same of plain words.
#[must_use]
pub fn words(text: &str, ink: Ink, width: f64, size: f64) -> Laid {
    line(&[Span { text: text.to_owned(), tone: Tone::Plain }], ink, width, size)
}

/// A formula in a line of its own.
#[must_use]
pub fn formula(text: &str, width: f64, size: f64) -> Laid {
    let mut laid = Laid::default();
    laid.formula(text, [0.0, width], size);
    laid
}

fn strong(spans: &[Span]) -> Vec<Span> {
    let heavier = |span: &Span| Span {
        text: span.text.clone(),
        tone: if span.tone == Tone::Plain { Tone::Strong } else { span.tone },
    };
    spans.iter().map(heavier).collect()
}

impl Laid {
    fn block(&mut self, block: &Block, width: f64, sizes: Sizes) {
        let Sizes { heading, text } = sizes;
        let inset = INDENT * text;
        match block {
            Block::Heading(spans) => {
                self.apart(heading);
                self.spans(&strong(spans), Ink::Text, [0.0, width], heading);
            }
            Block::Paragraph(spans) => {
                self.apart(text);
                self.spans(spans, Ink::Text, [0.0, width], text);
            }
            Block::Item(marker, spans) => {
                self.apart(0.5 * text);
                self.marked(marker, inset, text);
                self.spans(spans, Ink::Text, [inset, width], text);
            }
            Block::Formula(formula) => {
                self.apart(text);
                self.formula(formula, [inset, width], 1.12 * text);
            }
            Block::Code(code) => {
                self.apart(0.3 * text);
                let spans = [Span { text: code.clone(), tone: Tone::Code }];
                self.spans(&spans, Ink::Text, [inset, width], text);
            }
        }
    }

    /// Typesets a formula between these edges; one that is too wide for it is text like any other.
    fn formula(&mut self, formula: &str, [left, right]: [f64; 2], size: f64) {
        // Lessons number their runs as they like: weights are no run's.
        let set = formula::typeset(formula, size, Ink::Text, None);
        if set.width > right - left {
            let spans = [Span { text: formula.to_owned(), tone: Tone::Formula }];
            return self.spans(&spans, Ink::Text, [left, right], size);
        }
        let leading = 0.5 * (PITCH - 1.0) * size;
        let baseline = self.height + leading + set.ascent;
        self.letters.extend(set.letters([left, baseline]));
        self.height = baseline + set.descent + leading;
    }

    /// Leaves room before the next block, unless it is the first.
    fn apart(&mut self, size: f64) {
        if !self.letters.is_empty() {
            self.height += APART * size;
        }
    }

    /// Sets the dot or the number of an item beside the line that comes.
    fn marked(&mut self, marker: &str, inset: f64, size: f64) {
        let (text, face, ink) = (marker.to_owned(), Face::Regular, Ink::Text);
        let at = [0.15 * inset, self.height + 0.5 * PITCH * size];
        self.letters.push(Letters { at, text, face, ink, size, strokes: Vec::new() });
    }

    /// Sets spans between these edges.
    fn spans(&mut self, spans: &[Span], ink: Ink, [left, right]: [f64; 2], size: f64) {
        let said: Vec<Said> = spans.iter().flat_map(|span| self::said(span, ink)).collect();
        for line in prose::lines(&said, right - left, size) {
            let middle = self.height + 0.5 * PITCH * size;
            self.letters.extend(line.into_iter().map(|letters| letters.moved([left, middle])));
            self.height += PITCH * size;
        }
    }
}

/// A span as words of one weight and ink: in formulas ε and ρ have the ink of the ball on the map.
fn said(span: &Span, ink: Ink) -> Vec<Said> {
    let of = |text: &str, face, ink| Said { text: text.to_owned(), face, ink };
    match span.tone {
        Tone::Plain => vec![of(&span.text, Face::Regular, ink)],
        Tone::Strong | Tone::Code => vec![of(&span.text, Face::Strong, ink)],
        Tone::Formula => {
            // A formula is not broken where a line ends, if it has room in one.
            let text = span.text.replace(' ', "\u{A0}");
            coloured(&text)
                .into_iter()
                .map(|(text, is_ball)| {
                    of(text, Face::Regular, if is_ball { Ink::Epsilon } else { ink })
                })
                .collect()
        }
    }
}

/// A formula in pieces, and which of them name the ball.
fn coloured(text: &str) -> Vec<(&str, bool)> {
    const OF_THE_BALL: [char; 2] = ['ε', 'ρ'];
    const HAT: char = '\u{302}';
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(OF_THE_BALL) {
        let (before, after) = rest.split_at(at);
        let own =
            |(k, letter): (usize, char)| k > 0 && !(letter == HAT || OF_THE_BALL.contains(&letter));
        let end = after.char_indices().enumerate().find(|(k, (_, letter))| own((*k, *letter)));
        let end = end.map_or(after.len(), |(_, (at, _))| at);
        if !before.is_empty() {
            pieces.push((before, false));
        }
        pieces.push((&after[..end], true));
        rest = &after[end..];
    }
    if !rest.is_empty() {
        pieces.push((rest, false));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_the_ball_have_its_ink() {
        assert_eq!(coloured("ε̂ = ρ g"), [("ε̂", true), (" = ", false), ("ρ", true), (" g", false)]);
        assert_eq!(coloured("L(w)"), [("L(w)", false)]);
    }
}
