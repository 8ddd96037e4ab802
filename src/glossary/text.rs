//! Terms in texts, and the parts of a text that are formulas.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::{Term, all};

/// The words of all terms by their first letter, since every word of a page is looked up in every frame.
static WORDS: LazyLock<BTreeMap<char, Vec<(&'static str, &'static Term)>>> = LazyLock::new(|| {
    let mut words: BTreeMap<char, Vec<_>> = BTreeMap::new();
    for term in all() {
        for word in &term.words {
            words.entry(initial(word)).or_default().push((word.as_str(), term));
        }
    }
    words
});

/// The first letter of a text, as a small one.
fn initial(text: &str) -> char {
    text.chars().flat_map(char::to_lowercase).next().unwrap_or_default()
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words.
    Words(&'a str),
    /// What stood between two `$`.
    Formula(&'a str),
}

impl<'a> Part<'a> {
    /// What it says, either way.
    #[must_use]
    pub fn text(self) -> &'a str {
        match self {
            Self::Words(text) | Self::Formula(text) => text,
        }
    }
}

/// A text in its parts: every second one is a formula.
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let pieces = text.split('$').enumerate();
    pieces
        .map(|(k, piece)| if k % 2 == 0 { Part::Words(piece) } else { Part::Formula(piece) })
        .filter(|part| !part.text().is_empty())
}

/// Where terms stand in a text, as whole words; where several begin at one place, the longest.
#[must_use]
pub fn in_text(text: &str) -> Vec<(Range<usize>, &'static Term)> {
    let mut found = Vec::new();
    let mut from = 0;
    let starts = text.char_indices().map(|(at, _)| at).filter(|&at| begins(text, at));
    for at in starts.collect::<Vec<_>>() {
        if at < from {
            continue;
        }
        let words = WORDS.get(&initial(&text[at..])).into_iter().flatten();
        let fits = words.filter_map(|(word, term)| Some((ends(&text[at..], word)?, *term)));
        let best = fits.max_by_key(|(length, _)| *length);
        if let Some((length, term)) = best {
            found.push((at..at + length, term));
            from = at + length;
        }
    }
    found
}

/// Whether a word begins here.
fn begins(text: &str, at: usize) -> bool {
    let is_new = |before: char| !is_of_a_word(before);
    text[..at].chars().next_back().is_none_or(is_new)
        && text[at..].chars().next().is_some_and(char::is_alphanumeric)
}

/// How long `word` is where `text` begins with it, as a whole word, in small letters or large.
fn ends(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for letter in word.chars() {
        let (_, own) = rest.next()?;
        // A symbol is what it is: w is not W.
        let is_same = own == letter
            || (own == '\u{A0}' && letter == ' ')
            || (word.len() > 2 && own.to_lowercase().eq(letter.to_lowercase()));
        if !is_same {
            return None;
        }
    }
    let (end, next) = rest.next().map_or((text.len(), None), |(at, next)| (at, Some(next)));
    next.is_none_or(|next| !is_of_a_word(next)).then_some(end)
}

/// Whether a letter goes on with a word or a symbol: `λ_max`, `ε̂` and `m-SAM` are one.
fn is_of_a_word(letter: char) -> bool {
    const HAT: char = '\u{302}';
    letter.is_alphanumeric() || matches!(letter, '_' | '-' | '′' | HAT)
}
