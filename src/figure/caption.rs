//! The sentence under a plot: two lines, or more of smaller letters; whole clauses are left out where it has no room.

use super::Pane;
use super::metrics::{self, Face};

impl Pane {
    /// What it shows, in words: its sentence, then the rest of its description.
    #[must_use]
    pub fn said(&self) -> String {
        let sentence = self.caption.trim_end_matches('.');
        // A description may begin with the sentence, of which a small plot has room for a part.
        if self.description.starts_with(sentence) {
            return self.description.clone();
        }
        // It may say the sentence where it stands in the window.
        let rest = self.description.replacen(&format!("{sentence}. "), "", 1);
        format!("{sentence}. {rest}").trim_end().to_owned()
    }
}

/// So many lines are set in the usual letters.
const LINES: usize = 2;
/// From line to line, in heights of the text.
const PITCH: f64 = 1.28;
const TIGHT: f64 = 1.14;
/// What letters need above the middle of the first line and below that of the last, in points: so much lies between a
/// plot's axis and its sentence, and after it.
const AROUND: f64 = 18.0;

/// A sentence in lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    /// Its lines.
    pub lines: Vec<String>,
    /// The height of its letters, in points.
    pub size: f64,
    /// From line to line, in points.
    pub pitch: f64,
}

impl Caption {
    /// A sentence no wider than `width`, in letters of the first of two sizes, or of the second where it is long.
    #[must_use]
    pub fn of(sentence: &str, width: f64, [usual, small]: [f64; 2]) -> Self {
        let sentence = kept_together(sentence);
        let lines = |size| metrics::broken(&sentence, width, Face::Regular, size);
        let short = lines(usual);
        if short.len() <= LINES {
            return Self { lines: short, size: usual, pitch: PITCH * usual };
        }
        Self { lines: lines(small), size: small, pitch: TIGHT * small }
    }

    /// The height that it needs below the axis of its plot, in points.
    #[must_use]
    pub fn height(&self) -> f64 {
        AROUND + self.lines.len().saturating_sub(1) as f64 * self.pitch
    }
}

/// A sentence in which no line begins with the dot that ends a part.
#[must_use]
pub fn kept_together(sentence: &str) -> String {
    sentence.replace(" · ", "\u{A0}· ")
}

/// As much of a sentence as has room below a plot.
#[must_use]
pub fn within(sentence: &str, [width, height]: [f64; 2], sizes: [f64; 2]) -> String {
    shortened(sentence, |said| {
        let caption = Caption::of(said, width, sizes);
        let wide = |line: &String| metrics::width(line, Face::Regular, caption.size);
        caption.lines.iter().all(|line| wide(line) <= width) && caption.height() <= height
    })
    .to_owned()
}

/// The height that so many lines of the smaller letters need below the axis of their plot, in points.
#[must_use]
pub fn height_of(lines: usize, [_, small]: [f64; 2]) -> f64 {
    AROUND + lines.saturating_sub(1) as f64 * TIGHT * small
}

/// As many whole parts of a sentence, parted by dots, as have room below a plot.
#[must_use]
pub fn parts_within(sentence: &str, [width, height]: [f64; 2], sizes: [f64; 2]) -> String {
    let parts: Vec<&str> = sentence.split(" · ").collect();
    let first = |count: usize| parts[..count].join(" · ");
    let fits = |count: &usize| Caption::of(&first(*count), width, sizes).height() <= height;
    (1..=parts.len()).rev().find(fits).map(first).unwrap_or_default()
}

/// A sentence without the last of its clauses that do not fit.
#[must_use]
pub fn shortened(sentence: &str, fits: impl Fn(&str) -> bool) -> &str {
    let mut said = sentence;
    let is_whole = |said: &str| said.matches('(').count() == said.matches(')').count();
    while !(said.is_empty() || is_whole(said) && fits(said)) {
        let ends = [". ", "; ", ": ", ", ", " · "].into_iter().filter_map(|end| said.rfind(end));
        said = &said[..ends.max().unwrap_or(0)];
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [f64; 2] = [12.5, 11.0];
    const SAID: &str = "Left the narrow basin at step 13; rattles in the wide one, 0.2 above it";

    #[test]
    fn a_long_sentence_is_set_smaller_and_loses_its_last_clauses_first() {
        assert_eq!(Caption::of(SAID, 400.0, SIZES).size, 12.5);
        assert_eq!(Caption::of(SAID, 130.0, SIZES).size, 11.0);
        assert_eq!(within(SAID, [400.0, 36.0], SIZES), SAID);
        let shorter = within(SAID, [130.0, 36.0], SIZES);
        assert_eq!(shorter, "Left the narrow basin at step 13");
        assert_eq!(within(SAID, [20.0, 36.0], SIZES), "");
    }

    #[test]
    fn no_line_begins_with_a_dot() {
        let said = "Still moving after 400 steps · loss 0.129 · oscillating";
        for width in 60..400 {
            let caption = Caption::of(said, f64::from(width), SIZES);
            assert!(caption.lines.iter().all(|line| !line.starts_with('·')), "{caption:?}");
        }
    }
}
