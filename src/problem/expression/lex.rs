//! Words of a formula: numbers, names and signs, each with its place.

use super::error::{BadFormula, quoted};
use super::functions::is_factor;

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Number(f64),
    Name(String),
    /// A sign, one letter; the many ways to write one are made one here: `·` and `×` are `*`.
    Sign(char),
    /// `²` or `³`.
    Raised(i32),
}

/// A word, and the place of its first letter.
pub(super) type Placed = (Word, usize);

/// The words of `text`.
pub(super) fn words(text: &str) -> Result<Vec<Placed>, BadFormula> {
    let letters: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let start = at;
        let word = match letter {
            _ if letter.is_whitespace() => {
                at += 1;
                continue;
            }
            '0'..='9' | '.' => {
                at = end_of_number(&letters, at);
                let digits: String = letters[start..at].iter().collect();
                number(&digits, start)?
            }
            '*' if letters.get(at + 1) == Some(&'*') => {
                at += 2;
                Word::Sign('^')
            }
            _ => {
                at += 1;
                match sign(letter) {
                    Some(word) => word,
                    None if is_letter(letter) => {
                        let more = |letter: &&char| {
                            letter.is_ascii_digit() || **letter == '_' || is_letter(**letter)
                        };
                        at += letters[at..].iter().take_while(more).count();
                        let name = &letters[start..at];
                        if name.iter().all(|letter| is_factor(*letter)) {
                            // axy² is a·x·y², so that each letter is a word.
                            let each = name.iter().zip(start..);
                            words.extend(each.map(|(x, at)| (Word::Name(x.to_string()), at)));
                            continue;
                        }
                        Word::Name(name.iter().collect())
                    }
                    None => return Err(stray(letter, start)),
                }
            }
        };
        words.push((word, start));
    }
    Ok(words)
}

/// Whether names may have this letter; π is a name by itself.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && letter != 'π'
}

/// The word that one letter is by itself.
fn sign(letter: char) -> Option<Word> {
    Some(match letter {
        '+' | '/' | '^' | '(' | ')' | '|' | ',' | '√' => Word::Sign(letter),
        '-' | '−' | '–' => Word::Sign('-'),
        '*' | '·' | '×' | '⋅' => Word::Sign('*'),
        '÷' => Word::Sign('/'),
        '²' => Word::Raised(2),
        '³' => Word::Raised(3),
        'π' => Word::Name("pi".to_owned()),
        _ => return None,
    })
}

/// Where the number that starts at `at` ends. `2e3` is a number, and the e of `2e` and `2exp(x)` is none of its.
fn end_of_number(letters: &[char], mut at: usize) -> usize {
    let digits = |from: usize| letters[from..].iter().take_while(|x| x.is_ascii_digit()).count();
    at += digits(at);
    if letters.get(at) == Some(&'.') {
        at += 1 + digits(at + 1);
    }
    if matches!(letters.get(at), Some('e' | 'E')) {
        let signed = usize::from(matches!(letters.get(at + 1), Some('+' | '-' | '−')));
        let from = (at + 1 + signed).min(letters.len());
        // 2e-x is 2·e − x.
        if digits(from) > 0 {
            return from + digits(from);
        }
    }
    at
}

fn number(digits: &str, place: usize) -> Result<Word, BadFormula> {
    match digits.replace('−', "-").parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Word::Number(number)),
        Ok(_) => {
            let what = format!("the number {} is too large", quoted(digits));
            Err(BadFormula::new(place, what, "the largest is about 1.8e308"))
        }
        Err(_) => {
            let what = format!("{} is no number", quoted(digits));
            Err(BadFormula::new(place, what, "write one like 2, 0.5 or 1e-3"))
        }
    }
}

/// A letter that no formula has, and what it was probably meant to be.
fn stray(letter: char, place: usize) -> BadFormula {
    let instead = match letter {
        '=' => "write only what stands right of it",
        '[' | ']' | '{' | '}' => "brackets are ( and )",
        '\\' => "write words without it, as sqrt(x)",
        '!' | '%' => "there is no such operation; use + - * / ^",
        '‖' => "write sqrt(x^2 + y^2) for the norm",
        _ => "use x, y, numbers, + - * / ^, ( ), | | and functions such as exp(x)",
    };
    BadFormula::new(place, format!("{} has no place here", quoted(&letter.to_string())), instead)
}
