//! The text of a scene file: read from a path or the standard input, up to 1 MB, as UTF-8.
//!
//! ```text
//! my.toml, ~/my.toml    a file          -    the standard input
//! ```
//!
//! The limit is on what is *read*: devices and pipes do not tell how long they are, and some never end.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use crate::typed::{Trouble, because, echo_path, expanded};

/// Bytes of a scene's text at most. The longest scene that means something, a start of ten thousand weights, needs a
/// fifth of it; a file beyond it is something else, or never ends.
pub const LONGEST: u64 = 1_000_000;

/// The name of the standard input.
const STDIN: &str = "-";

/// Why there is no text of a scene.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read {what}: {trouble}")]
pub struct CannotRead {
    what: String,
    trouble: Trouble,
}

/// A file or the standard input that is open: its first bytes are known, so that one can tell what it is.
pub struct Source {
    kind: &'static str,
    /// What it is called in an error.
    what: String,
    head: Vec<u8>,
    rest: Box<dyn Read>,
    /// How long it is, where that is known.
    length: Option<u64>,
}

/// So many bytes tell what a file is.
const HEAD: u64 = 16;

impl Source {
    /// Opens `path`, with `~` expanded, or the standard input where it is `-`, as something of this kind.
    ///
    /// # Errors
    /// When it cannot be opened or read.
    pub fn open(kind: &'static str, path: &Path) -> Result<Self, CannotRead> {
        let is_stdin = path == Path::new(STDIN);
        let what = if is_stdin {
            format!("a {kind} from the standard input")
        } else {
            format!("the {kind} {}", echo_path(path))
        };
        let cannot = |trouble| CannotRead { what: what.clone(), trouble };
        let (rest, length) =
            if is_stdin { (stdin(), None) } else { file(&expanded(path), kind).map_err(cannot)? };
        let mut source = Self { kind, what, head: Vec::new(), rest, length };
        let mut head = Vec::new();
        let read = (&mut source.rest).take(HEAD).read_to_end(&mut head);
        read.map_err(|error| source.cannot(&error))?;
        source.head = head;
        Ok(source)
    }

    /// Its first bytes.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// All of it, from its beginning.
    pub fn reader(&mut self) -> impl Read + '_ {
        Cursor::new(&self.head).chain(&mut self.rest)
    }

    /// Why it cannot be read.
    #[must_use]
    pub fn cannot(&self, error: &io::Error) -> CannotRead {
        CannotRead { what: self.what.clone(), trouble: because(error) }
    }

    /// It as a text.
    ///
    /// # Errors
    /// When it cannot be read, is longer than 1 MB, or is not UTF-8.
    pub fn text(mut self) -> Result<String, CannotRead> {
        let kind = self.kind;
        let too_long =
            self.length.filter(|length| *length > LONGEST).map(|length| long(length, kind));
        let text = match too_long {
            Some(trouble) => Err(trouble),
            None => read_from(self.reader(), kind),
        };
        text.map_err(|trouble| CannotRead { what: self.what, trouble })
    }
}

fn stdin() -> Box<dyn Read> {
    Box::new(io::stdin().lock())
}

fn file(path: &Path, kind: &str) -> Result<(Box<dyn Read>, Option<u64>), Trouble> {
    let found = path.metadata().map_err(|error| because(&error))?;
    if found.is_dir() {
        return Err(Trouble::new(format!("it is a folder; name a {kind} file in it")));
    }
    let file = File::open(path).map_err(|error| because(&error))?;
    Ok((Box::new(file), found.is_file().then_some(found.len())))
}

/// The text in `path`, with `~` expanded; that of the standard input where `path` is `-`.
///
/// # Errors
/// When nothing can be read, it is longer than 1 MB, or it is not UTF-8.
pub fn read(path: &Path) -> Result<String, CannotRead> {
    read_a("scene", path)
}

/// The same for another `kind` of text than a scene.
///
/// # Errors
/// As [`read`].
pub fn read_a(kind: &'static str, path: &Path) -> Result<String, CannotRead> {
    Source::open(kind, path)?.text()
}

/// The text that `reader` yields.
fn read_from(reader: impl Read, kind: &str) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    reader.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| because(&error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(too_long("it is longer than 1 MB", kind));
    }
    text(bytes)
}

fn long(length: u64, kind: &str) -> Trouble {
    too_long(&format!("it has {:.1} MB", length as f64 / 1e6), kind)
}

fn too_long(is: &str, kind: &str) -> Trouble {
    Trouble::new(format!("{is}, and a {kind} has 1 MB at most; is it a {kind}?"))
}

/// `bytes` as UTF-8, without a byte order mark.
fn text(bytes: Vec<u8>) -> Result<String, Trouble> {
    const MARK: &str = "\u{feff}";
    if is_utf16(&bytes) {
        return Err(Trouble::new("it is written in UTF-16; save it as UTF-8"));
    }
    if let Some(picture) = picture(&bytes) {
        return Err(Trouble::new(format!("it is a picture ({picture}), and no text")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        Trouble::new(format!("line {line} has letters that are not UTF-8; save it as UTF-8"))
    })?;
    Ok(text.strip_prefix(MARK).map(str::to_owned).unwrap_or(text))
}

/// What picture `bytes` are, by how they begin.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 6] = [
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"%PDF-", "PDF"),
        (b"RIFF", "WebP"),
        (b"BM", "BMP"),
    ];
    let known = KNOWN.into_iter().find(|(head, _)| bytes.starts_with(head));
    // Two letters may begin a text too; a bitmap has its length behind them.
    known
        .map(|(_, name)| name)
        .filter(|name| *name != "BMP" || bytes.get(2..16).is_some_and(|it| it.contains(&0)))
}

/// Whether `bytes` are UTF-16: they begin with its byte order mark, or every other one of the first few is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    // Without a mark: letters of TOML's keys are ASCII, so that their other bytes are zero. Four tell them from noise.
    let zeros: Vec<bool> = bytes.iter().take(8).map(|&byte| byte == 0).collect();
    let every_other =
        |first: usize| zeros.len() == 8 && (0..8).all(|k| zeros[k] == (k % 2 == first));
    marked || every_other(0) || every_other(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(bytes: &[u8]) -> String {
        read_from(bytes, "scene").expect_err("no text").to_string()
    }

    #[test]
    fn a_text_is_read_as_it_stands() {
        assert_eq!(
            read_from("title = \"größer\"".as_bytes(), "scene").unwrap(),
            "title = \"größer\""
        );
        assert_eq!(read_from(&b""[..], "scene").unwrap(), "");
    }

    #[test]
    fn a_mark_of_utf8_is_passed_over() {
        assert_eq!(read_from("\u{feff}rho = 1".as_bytes(), "scene").unwrap(), "rho = 1");
    }

    #[test]
    fn what_never_ends_is_refused_at_the_limit() {
        let message = read_from(io::repeat(0), "scene").unwrap_err().to_string();
        assert!(message.contains("1 MB at most"), "{message}");
        let full = vec![b'#'; usize::try_from(LONGEST).unwrap()];
        assert_eq!(read_from(&full[..], "scene").unwrap().len(), full.len());
    }

    #[test]
    fn utf16_is_told_to_be_saved_as_utf8() {
        let text = "rho = 0.1\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in
            [[&[0xff, 0xfe], &little[..]].concat(), [&[0xfe, 0xff], &big[..]].concat(), little, big]
        {
            let message = refused(&bytes);
            assert!(
                message.contains("UTF-16") && message.contains("save it as UTF-8"),
                "{message}"
            );
        }
    }

    #[test]
    fn letters_of_another_encoding_are_said_with_their_line() {
        let message = refused(b"rho = 0.1\ntitle = \"gr\xf6\xdfer\"\n");
        assert!(message.contains("line 2") && message.contains("save it as UTF-8"), "{message}");
    }

    #[test]
    fn a_folder_is_no_scene() {
        let folder = tempfile::tempdir().unwrap();
        let message = read(folder.path()).unwrap_err().to_string();
        assert!(message.contains("it is a folder"), "{message}");
    }

    #[test]
    fn a_huge_file_is_refused_unread() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(1 << 40).unwrap();
        let message = read(file.path()).unwrap_err().to_string();
        assert!(message.contains("MB at most"), "{message}");
    }
}
