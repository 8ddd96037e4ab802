//! From plain text to the tree of a formula.
//!
//! ```text
//! row      = { chain | operator }
//! chain    = atom { atom }                 without a space between them
//! fraction = chain "/" chain               spaces around the stroke or none
//! atom     = word | "√" atom | fence, each with "_" and "^" after it
//! ```

use std::iter::Peekable;
use std::str::Chars;

/// A part of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// Letters, a number or a sign.
    Word(String),
    /// Parts beside each other, with a space before those that had one.
    Row(Vec<(bool, Self)>),
    /// One above the other.
    Fraction(Box<Self>, Box<Self>),
    /// Under a root.
    Root(Box<Self>),
    /// With letters lower and higher behind it.
    Script { base: Box<Self>, low: Option<Box<Self>>, high: Option<Box<Self>> },
    /// Between two brackets or strokes.
    Fence { open: char, close: char, inner: Box<Self> },
}

/// The tree of `text`.
pub(super) fn parse(text: &str) -> Node {
    Parser { rest: text.chars().peekable(), depth: 0 }.row(None)
}

/// Deeper brackets than these are set as letters: no formula has them, and a text of a million must not end the program.
const DEEPEST: usize = 24;

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    depth: usize,
}

impl Parser<'_> {
    fn row(&mut self, until: Option<char>) -> Node {
        let mut parts: Vec<(bool, Node)> = Vec::new();
        let mut over: Option<(bool, Node)> = None;
        loop {
            let spaced = self.skip_spaces();
            let Some(&next) = self.rest.peek() else { break };
            if Some(next) == until {
                break;
            }
            if next == '/' && over.is_none() && parts.last().is_some_and(|(_, it)| !is_sign(it)) {
                self.rest.next();
                over = parts.pop();
                continue;
            }
            let node = self.chain(until);
            parts.push(match over.take() {
                Some((spaced, above)) => {
                    (spaced, Node::Fraction(Box::new(bare(above)), Box::new(bare(node))))
                }
                None => (spaced && !parts.is_empty(), node),
            });
        }
        // A stroke that nothing follows is one.
        if let Some((spaced, above)) = over {
            parts.push((spaced, above));
            parts.push((false, Node::Word("/".to_owned())));
        }
        match parts.len() {
            1 => parts.remove(0).1,
            _ => Node::Row(parts),
        }
    }

    /// Atoms without a space between them, up to a sign.
    fn chain(&mut self, until: Option<char>) -> Node {
        let mut atoms = vec![(false, self.atom(until))];
        while let Some(&next) = self.rest.peek() {
            let ends = next.is_whitespace() || next == '/' || Some(next) == until;
            if ends || is_sign_letter(next) || atoms.last().is_some_and(|(_, it)| is_sign(it)) {
                break;
            }
            atoms.push((false, self.atom(until)));
        }
        if atoms.len() == 1 { atoms.remove(0).1 } else { Node::Row(atoms) }
    }

    fn atom(&mut self, until: Option<char>) -> Node {
        let Some(next) = self.rest.next() else { return Node::Row(Vec::new()) };
        let base = match next {
            '√' if self.rest.peek().is_some_and(|c| !c.is_whitespace()) => {
                Node::Root(Box::new(bare(self.atom(until))))
            }
            '(' | '[' | '{' | '⌊' | '‖' | '|' if self.depth < DEEPEST => self.fence(next),
            _ if next.is_ascii_digit() => self.number(next),
            _ if is_letter(next) => self.word(next),
            _ => Node::Word(next.to_string()),
        };
        self.scripts(base, until)
    }

    fn fence(&mut self, open: char) -> Node {
        let close = match open {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '⌊' => '⌋',
            stroke => stroke,
        };
        // Without its other half it is a sign like any other.
        let closes = self.rest.clone().any(|letter| letter == close);
        if !closes {
            return Node::Word(open.to_string());
        }
        self.depth += 1;
        let inner = Box::new(self.row(Some(close)));
        self.depth -= 1;
        if self.rest.next_if_eq(&close).is_none() {
            return Node::Row(vec![(false, Node::Word(open.to_string())), (false, *inner)]);
        }
        Node::Fence { open, close, inner }
    }

    fn scripts(&mut self, base: Node, until: Option<char>) -> Node {
        let (mut low, mut high) = (None, None);
        while let Some(&next) = self.rest.peek() {
            let place = match next {
                '_' if low.is_none() => &mut low,
                '^' if high.is_none() => &mut high,
                _ => break,
            };
            let mut ahead = self.rest.clone();
            ahead.next();
            if ahead.peek().is_none_or(|c| c.is_whitespace() || Some(*c) == until) {
                break;
            }
            self.rest.next();
            let first = self.rest.next();
            let script = match first {
                Some(open @ ('(' | '{')) if self.depth < DEEPEST => match self.fence(open) {
                    Node::Fence { inner, .. } => *inner,
                    other => other,
                },
                Some('−') => Node::Row(vec![
                    (false, Node::Word("−".to_owned())),
                    (
                        false,
                        self.rest.next().map_or_else(|| Node::Row(Vec::new()), |c| self.plain(c)),
                    ),
                ]),
                Some(letter) => self.plain(letter),
                None => break,
            };
            *place = Some(Box::new(script));
        }
        if low.is_none() && high.is_none() {
            return base;
        }
        Node::Script { base: Box::new(base), low, high }
    }

    fn plain(&mut self, first: char) -> Node {
        if first.is_ascii_digit() {
            self.number(first)
        } else if is_letter(first) {
            self.word(first)
        } else {
            Node::Word(first.to_string())
        }
    }

    /// A number with its power of ten: "0.1", "1e-8".
    fn number(&mut self, first: char) -> Node {
        let mut text = first.to_string();
        while let Some(letter) =
            self.rest.next_if(|c| c.is_ascii_digit() || *c == '.' || is_script(*c))
        {
            text.push(letter);
        }
        let mut ahead = self.rest.clone();
        if ahead.next() == Some('e') {
            let signed = ahead.next_if(|c| matches!(c, '-' | '−')).is_some();
            if ahead.peek().is_some_and(char::is_ascii_digit) {
                let count = 1 + usize::from(signed);
                text.extend(self.rest.by_ref().take(count));
                while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
                    text.push(digit);
                }
            }
        }
        // A full stop ends a sentence.
        Node::Word(text)
    }

    fn word(&mut self, first: char) -> Node {
        let mut text = first.to_string();
        while let Some(letter) = self.rest.next_if(|c| is_letter(*c)) {
            text.push(letter);
        }
        Node::Word(text)
    }

    fn skip_spaces(&mut self) -> bool {
        let mut any = false;
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {
            any = true;
        }
        any
    }
}

/// Without brackets that only hold together what a rule or a root does now.
fn bare(node: Node) -> Node {
    match node {
        Node::Fence { open: '(', inner, .. } => *inner,
        other => other,
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic()
        || is_script(letter)
        || matches!(letter, '\u{300}'..='\u{36f}' | '′' | '∇')
}

/// Raised and lowered digits, which are no letters.
fn is_script(letter: char) -> bool {
    matches!(letter, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '⁻' | '⁺' | '₀'..='₉' | '₋')
}

fn is_sign_letter(letter: char) -> bool {
    matches!(
        letter,
        '=' | '+' | '−' | '-' | '·' | '×' | '<' | '>' | '≤' | '≥' | '←' | ',' | ':' | ';'
    )
}

fn is_sign(node: &Node) -> bool {
    matches!(node, Node::Word(text) if text.chars().all(is_sign_letter))
}
