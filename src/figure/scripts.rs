//! Sub- and superscripts: letters of 70 % that stand lower or higher.
//!
//! The characters that Unicode has for them are drawn at half the height, where 10⁻⁵ and 10⁻⁸ look alike. They are set
//! as the digits and letters that they stand for, and so are the subscripts of a few symbols, `λ_max` among them, for
//! which Unicode has none.

/// The height of a script in heights of its text.
pub const SIZE: f64 = 0.7;

/// Where letters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// On the baseline.
    Level,
    /// Above it: an exponent.
    Raised,
    /// Below it: an index.
    Lowered,
}

impl Script {
    /// How far its baseline is above that of the text, in heights of the text.
    #[must_use]
    pub const fn rise(self) -> f64 {
        match self {
            Self::Level => 0.0,
            Self::Raised => 0.34,
            Self::Lowered => -0.15,
        }
    }

    /// Its height, in heights of the text.
    #[must_use]
    pub const fn size(self) -> f64 {
        match self {
            Self::Level => 1.0,
            Self::Raised | Self::Lowered => SIZE,
        }
    }
}

/// Letters of a text that stand alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The letters.
    pub text: String,
    /// Where they stand.
    pub script: Script,
}

const RAISED: [(char, char); 14] = [
    ('⁰', '0'),
    ('¹', '1'),
    ('²', '2'),
    ('³', '3'),
    ('⁴', '4'),
    ('⁵', '5'),
    ('⁶', '6'),
    ('⁷', '7'),
    ('⁸', '8'),
    ('⁹', '9'),
    ('⁻', '−'),
    ('⁺', '+'),
    ('ᵀ', 'T'),
    ('ᶻ', 'z'),
];
const LOWERED: [(char, char); 15] = [
    ('₀', '0'),
    ('₁', '1'),
    ('₂', '2'),
    ('₃', '3'),
    ('₄', '4'),
    ('₅', '5'),
    ('₆', '6'),
    ('₇', '7'),
    ('₈', '8'),
    ('₉', '9'),
    ('ₘ', 'm'),
    ('ₐ', 'a'),
    ('ₓ', 'x'),
    ('ₚ', 'p'),
    ('₋', '−'),
];
/// Symbols with an index after a stroke: what stands before it, and the index.
const INDEXED: [(&str, &str); 13] = [
    ("λ", "max"),
    ("λ", "w"),
    ("‖", "p"),
    ("‖", "q"),
    ("‖", "∞"),
    ("L", "B"),
    ("L", "j"),
    ("g", "B"),
    ("g", "SAM"),
    ("g", "s"),
    ("g", "v"),
    ("g", "⊥"),
    ("f", "B"),
];

fn script(letter: char) -> (char, Script) {
    let among = |table: &[(char, char)]| table.iter().find(|pair| pair.0 == letter).map(|p| p.1);
    if let Some(plain) = among(&RAISED) {
        (plain, Script::Raised)
    } else if let Some(plain) = among(&LOWERED) {
        (plain, Script::Lowered)
    } else {
        (letter, Script::Level)
    }
}

/// The index that `text` has where an underscore stands, if what is before it is a symbol that has one.
fn index(before: &str, after: &str) -> Option<&'static str> {
    let is_end =
        |index: &str| !after[index.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let fits = |(symbol, index): &&(&'static str, &'static str)| {
        before.ends_with(symbol)
            && after.starts_with(index)
            && is_end(index)
            && !is_word(before, symbol)
    };
    INDEXED.iter().find(fits).map(|pair| pair.1)
}

/// Whether the symbol is only the last letter of a word, as in a key; beside other symbols, as in ρ²λ, it is none.
fn is_word(before: &str, symbol: &str) -> bool {
    let rest = before.strip_suffix(symbol).unwrap_or_default();
    rest.ends_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// Whether a text has letters that are not on its baseline.
#[must_use]
pub fn has_any(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| script(c).1 != Script::Level) || text.contains('_')
}

/// The text in pieces that stand alike, in order.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece> {
    if !has_any(text) {
        return vec![Piece { text: text.to_owned(), script: Script::Level }];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |letter: char, script: Script| match pieces.last_mut() {
        Some(last) if last.script == script => last.text.push(letter),
        Some(_) | None => pieces.push(Piece { text: letter.to_string(), script }),
    };
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let next = at + letter.len_utf8();
        let indexed = if letter == '_' { index(&text[..at], &text[next..]) } else { None };
        if let Some(index) = indexed {
            index.chars().for_each(|letter| add(letter, Script::Lowered));
            at = next + index.len();
        } else {
            let (plain, script) = script(letter);
            add(plain, script);
            at = next;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(String, Script)> {
        pieces(text).into_iter().map(|piece| (piece.text, piece.script)).collect()
    }

    #[test]
    fn exponents_are_raised_and_indices_lowered() {
        use Script::{Level, Lowered, Raised};
        let own = |text: &str, script| (text.to_owned(), script);
        assert_eq!(said("1 × 10⁻⁵"), [own("1 × 10", Level), own("−5", Raised)]);
        assert_eq!(said("λ_max 3"), [own("λ", Level), own("max", Lowered), own(" 3", Level)]);
        assert_eq!(said("λₘₐₓ(w)"), [own("λ", Level), own("max", Lowered), own("(w)", Level)]);
        assert_eq!(said("‖ε‖_p"), [own("‖ε‖", Level), own("p", Lowered)]);
        assert_eq!(said("∇L_B(w)"), [own("∇L", Level), own("B", Lowered), own("(w)", Level)]);
        assert_eq!(said("‖g_B‖"), [own("‖g", Level), own("B", Lowered), own("‖", Level)]);
        let rise = [own("½ρ", Level), own("2", Raised), own("λ", Level), own("max", Lowered)];
        assert_eq!(said("½ρ²λ_max"), rise);
    }

    #[test]
    fn an_underscore_of_a_key_stays_one() {
        for text in ["bowl_curvature", "all_B", "L_Box", "", "my_run", "L_", "svg_SAM"] {
            let only: String = pieces(text).into_iter().map(|piece| piece.text).collect();
            assert_eq!(only, text);
        }
    }
}
