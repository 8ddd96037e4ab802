//! Prose: words of several weights and inks, broken into lines, for sheets and panels alike.
//!
//! Lengths are measured in the bundled fonts, so that lines break at the same words in a file and in the window.

use super::Ink;
use super::metrics::{self, Face};

/// Words of one weight and one ink. A no-break space breaks no line.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Their weight.
    pub face: Face,
    /// Their ink.
    pub ink: Ink,
}

/// Letters in their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Letters {
    /// Their left end, in the middle of their height, in points.
    pub at: [f64; 2],
    /// What they say.
    pub text: String,
    /// Their weight.
    pub face: Face,
    /// Their ink.
    pub ink: Ink,
    /// Their height in points.
    pub size: f64,
    /// Strokes from there, of a formula: their points and their width.
    pub strokes: Vec<(Vec<[f64; 2]>, f64)>,
}

impl Letters {
    /// Where they end, in points.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.at[0] + metrics::width(&self.text, self.face, self.size)
    }

    /// The same, so many points farther right and down.
    #[must_use]
    pub fn moved(self, [right, down]: [f64; 2]) -> Self {
        Self { at: [self.at[0] + right, self.at[1] + down], ..self }
    }
}

/// What is said, in lines no wider than `width` points, each with its letters at height zero; a word that is wider is
/// broken where it must be.
#[must_use]
pub fn lines(said: &[Said], width: f64, size: f64) -> Vec<Vec<Letters>> {
    let space = metrics::width(" ", Face::Regular, size);
    let mut lines: Vec<Vec<Letters>> = Vec::new();
    let mut right = 0.0;
    for word in words(said).into_iter().flat_map(|word| fitting(word, width, size)) {
        let long: f64 = word.iter().map(|part| metrics::width(&part.text, part.face, size)).sum();
        let begins = lines.is_empty() || right + space + long > width;
        if begins {
            lines.push(Vec::new());
            right = 0.0;
        }
        let Some(line) = lines.last_mut() else { continue };
        for (k, part) in word.into_iter().enumerate() {
            let gap = if k == 0 && !begins { " " } else { "" };
            match line.last_mut() {
                Some(last) if last.face == part.face && last.ink == part.ink => {
                    last.text.push_str(gap);
                    last.text.push_str(&part.text);
                }
                Some(_) | None => {
                    let left = if gap.is_empty() { right } else { right + space };
                    let Said { text, face, ink } = part;
                    line.push(Letters {
                        at: [left, 0.0],
                        text,
                        face,
                        ink,
                        size,
                        strokes: Vec::new(),
                    });
                }
            }
            right = line.last().map_or(0.0, Letters::right);
        }
    }
    lines
}

/// A word: parts that no line break comes between.
type Word = Vec<Said>;

fn words(said: &[Said]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_open = false;
    for Said { text, face, ink } in said {
        for (k, piece) in text.split(is_space).enumerate() {
            is_open &= k == 0;
            if piece.is_empty() {
                continue;
            }
            let part = Said { text: piece.to_owned(), face: *face, ink: *ink };
            match words.last_mut() {
                Some(word) if is_open => word.push(part),
                Some(_) | None => words.push(vec![part]),
            }
            is_open = true;
        }
    }
    words
}

fn is_space(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{A0}'
}

/// A word, or the pieces of one that is wider than a line: at its no-break spaces, else wherever a line ends.
fn fitting(word: Word, width: f64, size: f64) -> Vec<Word> {
    let long: f64 = word.iter().map(|part| metrics::width(&part.text, part.face, size)).sum();
    if long <= width {
        return vec![word];
    }
    let mut pieces: Vec<Word> = Vec::new();
    for Said { text, face, ink } in word {
        for (k, piece) in text.split('\u{A0}').enumerate() {
            for (j, piece) in chopped(piece, face, width, size).into_iter().enumerate() {
                let part = Said { text: piece, face, ink };
                match pieces.last_mut() {
                    Some(last)
                        if k == 0
                            && j == 0
                            && reach(last, size) + reach(std::slice::from_ref(&part), size)
                                <= width =>
                    {
                        last.push(part);
                    }
                    Some(_) | None => pieces.push(vec![part]),
                }
            }
        }
    }
    pieces
}

fn reach(word: &[Said], size: f64) -> f64 {
    word.iter().map(|part| metrics::width(&part.text, part.face, size)).sum()
}

/// A text in pieces no wider than a line, or of a single letter.
fn chopped(text: &str, face: Face, width: f64, size: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in text.chars() {
        let Some(last) = pieces.last_mut() else { break };
        last.push(letter);
        if last.chars().count() > 1 && metrics::width(last, face, size) > width {
            last.pop();
            pieces.push(letter.to_string());
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str, face: Face) -> Said {
        Said { text: text.to_owned(), face, ink: Ink::Text }
    }

    #[test]
    fn a_comma_stays_with_its_word_and_a_line_with_its_words() {
        let parts = [
            said("the radius ", Face::Regular),
            said("ρ", Face::Strong),
            said(", then", Face::Regular),
        ];
        let all = lines(&parts, 1e3, 12.0);
        assert_eq!(all.len(), 1);
        let texts: Vec<&str> = all[0].iter().map(|letters| letters.text.as_str()).collect();
        assert_eq!(texts, ["the radius", "ρ", ", then"]);
        let narrow = lines(&parts, metrics::width("the radius", Face::Regular, 12.0), 12.0);
        assert_eq!(narrow[1][0].text, "ρ", "{narrow:?}");
    }

    proptest! {
        #[test]
        fn no_letters_leave_their_line_and_none_are_lost(
            texts in prop::collection::vec("[a-zρ ]{0,30}", 1..5),
            width in 30.0..300.0f64,
        ) {
            let faces = [Face::Regular, Face::Strong];
            let parts: Vec<Said> = texts.iter().enumerate().map(|(k, text)| said(text, faces[k % 2])).collect();
            let set = lines(&parts, width, 12.0);
            for line in &set {
                prop_assert!(line.iter().all(|letters| letters.right() <= width + 0.5));
                prop_assert!(line.windows(2).all(|pair| pair[0].right() <= pair[1].at[0] + 0.01));
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let shown: String = set.iter().flatten().map(|it| letters(&it.text)).collect();
            prop_assert_eq!(shown, letters(&texts.concat()));
        }
    }
}
