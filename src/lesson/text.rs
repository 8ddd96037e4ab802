//! The text of a page: Markdown as blocks of spans.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::error::BadLesson;
use super::formula;
use crate::figure::metrics;

/// A part of a page that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// An item of a list, with its dot or number.
    Item(String, Vec<Span>),
    /// A formula in a line of its own.
    Formula(String),
    /// A line of code.
    Code(String),
}

/// Words that are set alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// How they are set.
    pub tone: Tone,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As they come.
    Plain,
    /// In the heavier weight.
    Strong,
    /// As what is typed.
    Code,
    /// As a formula.
    Formula,
}

impl Block {
    /// What it says, on one line.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Heading(spans) | Self::Paragraph(spans) => said(spans),
            Self::Item(marker, spans) => format!("{marker} {}", said(spans)),
            Self::Formula(text) | Self::Code(text) => text.clone(),
        }
    }

    /// What it says apart from formulas, in its spans.
    pub fn spans(&self) -> &[Span] {
        match self {
            Self::Heading(spans) | Self::Paragraph(spans) | Self::Item(_, spans) => spans,
            Self::Formula(_) | Self::Code(_) => &[],
        }
    }
}

fn said(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// A line of Markdown as spans: that of a question or a task.
///
/// # Errors
/// When it is more than a paragraph.
pub(super) fn line(text: &str, line: usize) -> Result<Vec<Span>, BadLesson> {
    if text.trim().is_empty() {
        return Err(BadLesson::new(line, "this text is empty; write some, or leave the key out"));
    }
    match <[Block; 1]>::try_from(blocks(text, line)?) {
        Ok([Block::Paragraph(spans)]) => Ok(spans),
        Ok(_) | Err(_) => Err(BadLesson::new(
            line,
            "this is one line of text; leave out headings, lists and blank lines",
        )),
    }
}

/// The blocks of a Markdown text whose first line is `first`.
///
/// # Errors
/// When it has something that a page cannot show, or a character that no font has.
pub(super) fn blocks(text: &str, first: usize) -> Result<Vec<Block>, BadLesson> {
    let count = text.chars().count();
    if count > MOST {
        return Err(BadLesson::new(
            first,
            format!(
                "this text has {count} letters, and {MOST} at most have room on a page; make several pages of it"
            ),
        ));
    }
    let mut reader = Reader { text, first, ..Reader::default() };
    let options = Options::ENABLE_MATH
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_SMART_PUNCTUATION;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.is_closed(&event, range.clone())?;
        reader.take(event, range.start)?;
    }
    Ok(reader.blocks)
}

/// Whether the formula that `text` begins with ends before its braces do, or has one too many; Markdown itself takes it
/// for text then.
fn is_unbalanced(text: &str) -> bool {
    let inside = text.trim_start_matches('$');
    let Some(end) = inside.find('$') else { return false };
    let mut open = 0_i32;
    for letter in inside[..end].chars() {
        open += i32::from(letter == '{') - i32::from(letter == '}');
        if open < 0 {
            return true;
        }
    }
    open != 0
}

/// Letters of a page at most; sixty words beside a picture are some four hundred.
const MOST: usize = 6000;

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    first: usize,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    /// The lists that are open: the number of the next item, where they are numbered.
    lists: Vec<Option<u64>>,
    marker: Option<String>,
    strong: usize,
    is_code: bool,
}

impl Reader<'_> {
    fn bad(&self, at: usize, what: impl Into<String>) -> BadLesson {
        let before = self.text.bytes().take(at).filter(|&byte| byte == b'\n').count();
        BadLesson::new(self.first + before, what)
    }

    fn no(&self, at: usize, what: &str) -> BadLesson {
        self.bad(at, format!("a page cannot show {what}; use headings, paragraphs, lists, **bold**, `code` and $formulas$"))
    }

    /// Whether what begins with a mark ends with one: Markdown itself takes it for text, or for code up to the end.
    fn is_closed(&self, event: &Event<'_>, range: Range<usize>) -> Result<(), BadLesson> {
        let said = self.text.get(range.clone()).unwrap_or_default();
        match event {
            // Markdown hands on a mark without its other one sign by sign, and one that is meant as a sign after its \\.
            Event::Text(_)
                if !self.is_code
                    && said.starts_with('*')
                    && !self.text[..range.start].ends_with(['\\', '*'])
                    && self.text[range.start..].starts_with("**") =>
            {
                Err(self.bad(range.start, "bold begins or ends here and its other ** is missing"))
            }
            Event::Text(_) if !self.is_code => {
                let escaped = self.text[..range.start].ends_with('\\');
                match said.find('$').filter(|at| *at > 0 || !escaped) {
                    Some(at) => {
                        let at = range.start + at;
                        let what = if is_unbalanced(&self.text[at..]) {
                            "a formula that begins here has a { without a }, or a } without a {"
                        } else {
                            "a formula begins or ends here and its other $ is missing; write \\$ for the sign itself"
                        };
                        Err(self.bad(at, what))
                    }
                    None => Ok(()),
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                let fence: String = said.chars().take_while(|c| ['`', '~'].contains(c)).collect();
                let last = said.trim_end().lines().skip(1).last().unwrap_or_default();
                if last.trim_start().starts_with(&fence) {
                    Ok(())
                } else {
                    Err(self.bad(
                        range.start,
                        format!("this code is not closed; end it with a line of {fence}"),
                    ))
                }
            }
            _ => Ok(()),
        }
    }

    fn take(&mut self, event: Event<'_>, at: usize) -> Result<(), BadLesson> {
        match event {
            Event::Start(tag) => self.open(&tag, at)?,
            Event::End(tag) => self.close(tag),
            Event::Text(words) if self.is_code => {
                self.has_letters(&words, at)?;
                let lines = words.lines().map(|line| Block::Code(line.to_owned()));
                self.blocks.extend(lines);
            }
            Event::Text(words) => self.add(&words, self.tone(), at)?,
            Event::Code(words) => self.add(&words, Tone::Code, at)?,
            Event::InlineMath(typed) => {
                let text = formula::plain(&typed).map_err(|what| self.bad(at, what))?;
                self.add(&text, Tone::Formula, at)?;
            }
            Event::DisplayMath(typed) => {
                let text = formula::plain(&typed).map_err(|what| self.bad(at, what))?;
                self.has_letters(&text, at)?;
                self.flush();
                self.blocks.push(Block::Formula(text));
            }
            Event::SoftBreak | Event::HardBreak => self.add(" ", self.tone(), at)?,
            Event::Html(_) | Event::InlineHtml(_) => return Err(self.no(at, "HTML")),
            Event::Rule => return Err(self.no(at, "a rule")),
            Event::FootnoteReference(_) => return Err(self.no(at, "a footnote")),
            Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn tone(&self) -> Tone {
        if self.strong > 0 { Tone::Strong } else { Tone::Plain }
    }

    fn add(&mut self, words: &str, tone: Tone, at: usize) -> Result<(), BadLesson> {
        self.has_letters(words, at)?;
        match self.spans.last_mut() {
            Some(last) if last.tone == tone => last.text.push_str(words),
            Some(_) | None => self.spans.push(Span { text: words.to_owned(), tone }),
        }
        Ok(())
    }

    fn has_letters(&self, words: &str, at: usize) -> Result<(), BadLesson> {
        let lacking: String = metrics::lacking(words).into_iter().collect();
        if lacking.is_empty() {
            return Ok(());
        }
        Err(self.bad(at, format!("the fonts have no \"{lacking}\"; use another character")))
    }

    fn open(&mut self, tag: &Tag<'_>, at: usize) -> Result<(), BadLesson> {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                if *level > HeadingLevel::H2 {
                    return Err(self.bad(at, "a page has headings of # and ##; use one of them"));
                }
            }
            Tag::Paragraph | Tag::Link { .. } => {}
            Tag::Emphasis | Tag::Strong => self.strong += 1,
            Tag::List(first) => {
                self.flush();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.flush();
                let next = self.lists.last_mut();
                self.marker = Some(match next {
                    Some(Some(number)) => {
                        let marker = format!("{number}.");
                        *number = number.saturating_add(1);
                        marker
                    }
                    Some(None) | None => "•".to_owned(),
                });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.flush();
                self.is_code = true;
            }
            Tag::Image { .. } => return Err(self.no(at, "an image")),
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                return Err(self.no(at, "a table"));
            }
            Tag::BlockQuote(_) => return Err(self.no(at, "a quotation")),
            Tag::HtmlBlock => return Err(self.no(at, "HTML")),
            _ => return Err(self.no(at, "this kind of Markdown")),
        }
        Ok(())
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let spans = std::mem::take(&mut self.spans);
                self.blocks.push(Block::Heading(trimmed(spans)));
            }
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::Emphasis | TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.is_code = false,
            _ => {}
        }
    }

    /// Ends the paragraph or the item that is open.
    fn flush(&mut self) {
        let spans = trimmed(std::mem::take(&mut self.spans));
        if spans.is_empty() {
            return;
        }
        self.blocks.push(match self.marker.take() {
            Some(marker) => Block::Item(marker, spans),
            None => Block::Paragraph(spans),
        });
    }
}

/// Spans without room before and after them all.
fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    if let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = spans.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Span {
        Span { text: text.to_owned(), tone: Tone::Plain }
    }

    #[test]
    fn markdown_becomes_blocks() {
        let text = "# A *step*\n\nWith `rho` at\n**0.1**: $\\rho$.\n\n$$w_0 = 1$$\n\n- one\n- two\n\n1. first\n";
        let blocks = blocks(text, 1).unwrap();
        let strong = |text: &str| Span { text: text.to_owned(), tone: Tone::Strong };
        assert_eq!(blocks[0], Block::Heading(vec![plain("A "), strong("step")]));
        assert_eq!(blocks[1].said(), "With rho at 0.1: ρ.");
        assert_eq!(blocks[2], Block::Formula("w₀ = 1".to_owned()));
        assert_eq!(blocks[3], Block::Item("•".to_owned(), vec![plain("one")]));
        assert_eq!(blocks[5], Block::Item("1.".to_owned(), vec![plain("first")]));
        assert_eq!(blocks.len(), 6);
    }

    #[test]
    fn a_dollar_and_closed_code_are_text() {
        let said =
            |text: &str| blocks(text, 1).unwrap().iter().map(Block::said).collect::<Vec<_>>();
        assert_eq!(said("It costs \\$5 and $x$.\n"), ["It costs $5 and x."]);
        assert_eq!(said("```\na $x\n```\n"), ["a $x"]);
        assert_eq!(said("~~~ toml\nrho = 1\n~~~\n\nthen\n"), ["rho = 1", "then"]);
        assert_eq!(said("`a $x`\n"), ["a $x"]);
        assert!(blocks(&"word ".repeat(2000), 3).unwrap_err().what.contains("several pages"));
    }

    #[test]
    fn what_a_page_cannot_show_is_refused_with_its_line() {
        for (text, line, said) in [
            ("one\n\n![a](b.png)\n", 12, "an image"),
            ("<b>x</b>\n", 10, "HTML"),
            ("a\n\n|x|y|\n|-|-|\n|1|2|\n", 12, "a table"),
            ("x\n\n> y\n", 12, "a quotation"),
            ("x $\\rhoo$\n", 10, "did you mean \\rho?"),
            ("one **two\n", 10, "bold begins or ends here"),
            ("漢\n", 10, "no \"漢\""),
            ("### deep\n", 10, "# and ##"),
            ("one\n\ntwo $x + 1\n", 12, "other $ is missing"),
            ("one\n\n$$\\frac{1}{2$$\n", 12, "a { without a }"),
            ("one $x_{1$ two\n", 10, "a { without a }"),
            ("one $x^$ two\n", 10, "nothing is raised"),
            ("one $x_{}$ two\n", 10, "nothing is lowered"),
            ("one\n\n```\ncode\n", 12, "end it with a line of ```"),
        ] {
            let error = blocks(text, 10).unwrap_err();
            assert!(error.line == line && error.what.contains(said), "{text}: {error}");
        }
    }
}
