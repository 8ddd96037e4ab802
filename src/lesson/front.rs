//! Front matter: TOML between two lines of `+++`, and the Markdown after it.
//!
//! ```text
//! +++                      the lesson's
//! title = "…"
//! +++
//! +++                      a page's
//! set = { rho = 0.1 }
//! +++
//! # Markdown
//! ```

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::error::BadLesson;

/// What stands in a line of its own before and after front matter.
const FENCE: &str = "+++";

/// Front matter with the text that follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Section<'a> {
    /// The TOML.
    pub(crate) front: &'a str,
    /// The line of its first `+++`.
    pub(crate) line: usize,
    /// The Markdown.
    pub(crate) body: &'a str,
    /// The first line of it.
    pub(crate) body_line: usize,
}

/// Takes a lesson apart.
///
/// # Errors
/// When there is text before the first front matter, or one is not closed.
pub(crate) fn sections(text: &str) -> Result<Vec<Section<'_>>, BadLesson> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut opened: Option<(usize, usize)> = None;
    let mut body = 0;
    let mut at = 0;
    for (k, line) in text.split_inclusive('\n').enumerate() {
        let (number, next) = (k + 1, at + line.len());
        if line.trim_end() == FENCE {
            match opened.take() {
                None => {
                    close(&mut sections, &text[body..at])?;
                    opened = Some((number, next));
                }
                Some((line, from)) => {
                    let front = &text[from..at];
                    sections.push(Section { front, line, body: "", body_line: number + 1 });
                    body = next;
                }
            }
        }
        at = next;
    }
    if let Some((line, _)) = opened {
        return Err(BadLesson::new(
            line,
            "this front matter is not closed; end it with a line of +++",
        ));
    }
    close(&mut sections, text.get(body..).unwrap_or_default())?;
    Ok(sections)
}

/// Gives the last section the text that was found after it.
fn close<'a>(sections: &mut [Section<'a>], body: &'a str) -> Result<(), BadLesson> {
    match sections.last_mut() {
        Some(last) => last.body = body,
        None if body.trim().is_empty() => {}
        None => {
            let blank = body.lines().take_while(|line| line.trim().is_empty()).count();
            return Err(BadLesson::new(
                blank + 1,
                "a lesson begins with front matter: a line of +++, then title = \"…\", then +++; samscope lesson --new FILE.md writes one to start from",
            ));
        }
    }
    Ok(())
}

/// Where the keys of front matter stand.
pub(crate) struct Places<'a> {
    text: &'a str,
    first: usize,
    keys: Option<DeTable<'a>>,
}

impl<'a> Places<'a> {
    /// Those of a section's front matter.
    pub(crate) fn of(section: &Section<'a>) -> Self {
        let keys = DeTable::parse(section.front).ok().map(toml::Spanned::into_inner);
        Self { text: section.front, first: section.line, keys }
    }

    /// Those of a text that is TOML as a whole.
    pub(crate) fn of_text(text: &'a str) -> Self {
        let keys = DeTable::parse(text).ok().map(toml::Spanned::into_inner);
        Self { text, first: 0, keys }
    }

    /// The line of a byte of the front matter.
    pub(crate) fn line_at(&self, byte: usize) -> usize {
        1 + self.first + self.text.bytes().take(byte).filter(|&byte| byte == b'\n').count()
    }

    /// The line of the key at the end of `path`, or of the last one before it that is there.
    pub(crate) fn line(&self, path: &[String]) -> usize {
        let found = self.keys.as_ref().and_then(|keys| span(keys, path));
        found.map_or(self.first, |span| self.line_at(span.start))
    }
}

/// Where a key of a table, of a table in it, or of one in a list of them, stands.
fn span(table: &DeTable<'_>, path: &[String]) -> Option<Range<usize>> {
    let (first, rest) = path.split_first()?;
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == first.as_str())?;
    deeper(value.get_ref(), rest).or_else(|| Some(key.span()))
}

fn deeper(value: &DeValue<'_>, path: &[String]) -> Option<Range<usize>> {
    match value {
        DeValue::Table(table) => span(table, path),
        DeValue::Array(list) => {
            let (place, rest) = path.split_first()?;
            let item = list.get(place.parse::<usize>().ok()?)?;
            deeper(item.get_ref(), rest).or_else(|| Some(item.span()))
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "+++\ntitle = \"A\"\n+++\n\n+++\nstep = 3\nset = { rho = 1 }\n[goal]\nrun = \"sam\"\n[[claim]]\nleft = true\n[[claim]]\nleft = false\n+++\n# One\nmore\n";

    #[test]
    fn a_lesson_is_taken_apart_at_its_fences() {
        let sections = sections(TEXT).unwrap();
        assert_eq!(sections.len(), 2);
        assert_eq!((sections[0].front, sections[0].line), ("title = \"A\"\n", 1));
        assert_eq!((sections[1].body, sections[1].body_line), ("# One\nmore\n", 15));
    }

    #[test]
    fn every_key_has_its_line() {
        let sections = sections(TEXT).unwrap();
        let places = Places::of(&sections[1]);
        let line = |path: &[&str]| {
            places.line(&path.iter().map(|&key| key.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(line(&["step"]), 6);
        assert_eq!(line(&["set", "rho"]), 7);
        assert_eq!(line(&["goal", "run"]), 9);
        assert_eq!(line(&["claim", "1", "left"]), 13);
        assert_eq!(line(&["set", "none"]), 7);
        assert_eq!(line(&["none"]), 5);
    }

    #[test]
    fn what_is_not_closed_or_not_begun_is_said() {
        assert_eq!(sections("+++\ntitle = 1\n").unwrap_err().line, 1);
        assert_eq!(sections("\n\nhello\n+++\n+++\n").unwrap_err().line, 3);
        assert!(sections("").unwrap().is_empty());
    }
}
