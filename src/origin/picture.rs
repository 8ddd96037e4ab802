//! The text that a picture carries: the chunk `iTXt` of a PNG, a comment of a GIF, the element `metadata` of an SVG, a
//! keyword of a PDF.
//!
//! The first three stand before the picture itself, so that the first megabytes of a file are enough.

use std::io::Cursor;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::escape;
use quick_xml::events::{BytesStart, Event};

use super::{BadOrigin, short};

/// The keyword of the chunk, and the id of the element.
pub const NAME: &str = "samscope";
/// Bytes that are read of a picture whose text stands before it, at most …
const HEAD: u64 = 4_000_000;
/// … and of a PDF, which has it at its end.
const WHOLE: u64 = 64_000_000;
/// Bytes of the text, at most.
const MOST: usize = 2_000_000;

/// What kind of picture it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Pixels.
    Png,
    /// Pixels that move.
    Gif,
    /// Lines and letters.
    Svg,
    /// Lines and letters on a page.
    Pdf,
}

impl Kind {
    /// That of a file which begins with these bytes; none where it is no picture.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        const MARK: &[u8] = b"\xef\xbb\xbf";
        let text = head.strip_prefix(MARK).unwrap_or(head).trim_ascii_start();
        if head.starts_with(b"\x89PNG") {
            Some(Self::Png)
        } else if head.starts_with(b"GIF8") {
            Some(Self::Gif)
        } else if head.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else {
            // No scene file begins with it.
            text.starts_with(b"<").then_some(Self::Svg)
        }
    }

    /// What a file of this name should be, where it is named as a picture.
    #[must_use]
    pub fn by_name(path: &Path) -> Option<&'static str> {
        let ending = path.extension()?;
        let kinds = [Self::Png, Self::Gif, Self::Svg, Self::Pdf].map(Self::name);
        kinds.into_iter().find(|name| ending.eq_ignore_ascii_case(name))
    }

    /// How many bytes of it are read, at most.
    #[must_use]
    pub const fn longest(self) -> u64 {
        match self {
            Self::Png | Self::Gif | Self::Svg => HEAD,
            Self::Pdf => WHOLE,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
        }
    }

    fn broken(self, why: &dyn std::fmt::Display) -> BadOrigin {
        BadOrigin::Broken { kind: self.name(), why: why.to_string() }
    }
}

/// The text in a picture that begins with these bytes.
///
/// # Errors
/// When the bytes are no such picture, or it carries nothing.
pub fn text(kind: Kind, bytes: &[u8]) -> Result<String, BadOrigin> {
    match kind {
        Kind::Png => of_png(bytes),
        Kind::Gif => of_gif(bytes),
        Kind::Svg => of_svg(bytes),
        Kind::Pdf => of_pdf(bytes),
    }
}

fn of_png(bytes: &[u8]) -> Result<String, BadOrigin> {
    let broken = |error: png::DecodingError| Kind::Png.broken(&in_words(&error));
    let limits = png::Limits { bytes: 2 * MOST };
    let decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    let reader = decoder.read_info().map_err(broken)?;
    let chunks = &mut reader.info().utf8_text.clone();
    let chunk = chunks.iter_mut().find(|chunk| chunk.keyword == NAME);
    let Some(chunk) = chunk else {
        // The decoder passes over a chunk of text whose sum is wrong.
        let keyword = [NAME.as_bytes(), b"\0"].concat();
        let head = &bytes[..bytes.len().min(MOST)];
        let is_there = head.windows(keyword.len()).any(|part| part == keyword);
        return Err(if is_there { BadOrigin::Damaged } else { BadOrigin::Nothing });
    };
    chunk.decompress_text_with_limit(MOST).map_err(broken)?;
    chunk.get_text().map_err(broken)
}

/// What is wrong with a PNG, without the decoder's own words for it.
fn in_words(error: &png::DecodingError) -> &'static str {
    match error {
        png::DecodingError::IoError(_) => "it ends too early",
        png::DecodingError::LimitsExceeded => "it has a part that is too large to be of samscope",
        png::DecodingError::Format(_) | png::DecodingError::Parameter(_) => "it is damaged",
    }
}

/// The word in a comment before the first frame.
fn of_gif(bytes: &[u8]) -> Result<String, BadOrigin> {
    let broken = || Kind::Gif.broken(&"it ends too early");
    // A header of six bytes, the screen's seven, and a palette of 2ⁿ⁺¹ colours where the screen's fifth says so.
    let packed = *bytes.get(10).ok_or_else(broken)?;
    let palette = if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) };
    let mut rest = bytes.get(13 + palette..).ok_or_else(broken)?;
    while let [EXTENSION, label, blocks @ ..] = rest {
        let (text, after) = gathered(blocks).ok_or_else(broken)?;
        let word = (*label == COMMENT).then(|| String::from_utf8_lossy(&text).into_owned());
        if let Some(packed) = word.as_deref().and_then(|word| word.strip_prefix(short::BEGINS)) {
            return short::unpacked(packed);
        }
        rest = after;
    }
    Err(BadOrigin::Nothing)
}

/// How an extension of a GIF begins, and the label of a comment.
const EXTENSION: u8 = 0x21;
const COMMENT: u8 = 0xFE;

/// What blocks hold together, each after its length, up to one of nothing; and what is after it.
fn gathered(mut blocks: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut all = Vec::new();
    loop {
        let (&length, rest) = blocks.split_first()?;
        if length == 0 {
            return Some((all, rest));
        }
        let (block, rest) = rest.split_at_checked(length.into())?;
        all.extend_from_slice(block);
        blocks = rest;
    }
}

fn of_svg(bytes: &[u8]) -> Result<String, BadOrigin> {
    let broken = |error: quick_xml::Error| Kind::Svg.broken(&error);
    // What is cut off behind the metadata may end within a letter.
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(element) if is_ours(&element) => {
                let inside = reader.read_text(element.name()).map_err(broken)?;
                let inside = inside.decode().map_err(|error| Kind::Svg.broken(&error))?;
                let said = escape::unescape(&inside).map_err(|error| Kind::Svg.broken(&error))?;
                return Ok(said.into_owned());
            }
            Event::Eof => return Err(BadOrigin::Nothing),
            _ => {}
        }
    }
}

/// The word among the keywords of the document: they are the last that a PDF says of itself.
fn of_pdf(bytes: &[u8]) -> Result<String, BadOrigin> {
    let begins = short::BEGINS.as_bytes();
    let at = bytes.windows(begins.len()).rposition(|part| part == begins);
    let word = &bytes[at.ok_or(BadOrigin::Nothing)?..];
    let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:".contains(byte);
    let end = word.iter().position(|byte| !is_of_it(byte)).unwrap_or(word.len());
    short::unpacked(&String::from_utf8_lossy(&word[begins.len()..end]))
}

fn is_ours(element: &BytesStart<'_>) -> bool {
    let id = element.try_get_attribute("id").ok().flatten();
    element.local_name().as_ref() == b"metadata"
        && id.is_some_and(|id| id.value.as_ref() == NAME.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pictures_are_told_from_scenes_by_how_they_begin() {
        assert_eq!(Kind::of(b"\x89PNG\r\n\x1a\n"), Some(Kind::Png));
        assert_eq!(Kind::of(b"<svg xmlns"), Some(Kind::Svg));
        assert_eq!(Kind::of(b"\xef\xbb\xbf\n <?xml"), Some(Kind::Svg));
        for scene in [&b"rho = 0.1"[..], b"# <svg", b"", b"[[run]]"] {
            assert_eq!(Kind::of(scene), None);
        }
    }

    #[test]
    fn metadata_of_an_svg_is_found_among_others_and_unescaped() {
        let svg = "<?xml version=\"1.0\"?><svg><metadata>no</metadata><g/><metadata id=\"samscope\">a &lt; &amp; \"b\"\n</metadata><path";
        assert_eq!(text(Kind::Svg, svg.as_bytes()).unwrap(), "a < & \"b\"\n");
        assert_eq!(text(Kind::Svg, b"<svg></svg>"), Err(BadOrigin::Nothing));
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in prop::sample::select(vec![Kind::Png, Kind::Gif, Kind::Svg])) {
            let head: &[u8] = match kind {
                Kind::Gif => b"GIF89a\x01\0\x01\0\0\0\0",
                Kind::Svg => b"<svg><metadata id=\"samscope\">",
                Kind::Png | Kind::Pdf => b"\x89PNG\r\n\x1a\n",
            };
            let _ = text(kind, &[head, &bytes].concat());
        }
    }
}
