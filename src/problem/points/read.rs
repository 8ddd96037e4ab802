//! A table read row by row: a file of any length is refused at the first point too many.

use std::io::{Cursor, Read};

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::guess::{Columns, Decimal, Style, is_same, number, style};
use super::{BadPoints, LEAST, MOST, Points, Wanted};
use crate::typed::echo;

/// Bytes that tell how a table is written.
const HEAD: u64 = 8192;
/// Lines that do.
pub(super) const LINES: usize = 20;

pub(super) fn read(mut source: impl Read, wanted: &Wanted) -> Result<Points, BadPoints> {
    let unreadable = |error: &std::io::Error| BadPoints::Unreadable(crate::typed::because(error).0);
    let mut head = Vec::new();
    let first = source.by_ref().take(HEAD).read_to_end(&mut head);
    first.map_err(|error| unreadable(&error))?;
    check_text(&head)?;
    let is_all = (head.len() as u64) < HEAD;
    let head = head.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(head);
    let text = String::from_utf8_lossy(&head);
    // Some systems end a line by a carriage return alone.
    let mut lines: Vec<&str> =
        text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
    if !is_all && lines.len() > 1 {
        // The last one may be cut.
        lines.pop();
    }
    lines.truncate(LINES);
    if lines.is_empty() {
        return Err(BadPoints::Empty);
    }
    let style = style(&lines, wanted)?;
    if lines[0].matches('"').count() % 2 == 1 {
        return Err(BadPoints::Quote { line: 1 });
    }
    if style.width < 2 {
        return Err(BadPoints::OneColumn { line: 1 });
    }
    let columns = style.columns(&lines, wanted)?;
    let whole = Cursor::new(&head).chain(source);
    if style.separator == b' ' {
        let end = if head.contains(&b'\n') { b'\n' } else { b'\r' };
        gathered(spaced(whole, end), &style, columns)
    } else {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(style.separator).has_headers(false).flexible(true).trim(Trim::All);
        gathered(
            builder.from_reader(whole).into_byte_records().map(|row| row.map_err(Into::into)),
            &style,
            columns,
        )
    }
}

/// What is no text is said to be none, rather than full of wrong numbers.
pub(super) fn check_text(head: &[u8]) -> Result<(), BadPoints> {
    let zeros = head.iter().filter(|&&byte| byte == 0).count();
    // Letters of two bytes have a zero in every second one, all on the same side.
    let sides = [0, 1].map(|side| {
        let own = head.iter().skip(side).step_by(2);
        own.filter(|&&byte| byte == 0).count()
    });
    let is_wide = 3 * zeros > head.len() && sides.contains(&0);
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) || is_wide {
        return Err(BadPoints::Utf16);
    }
    let packed: [&[u8]; 4] = [b"PK", b"\x89PNG", b"\x7fELF", b"%PDF"];
    let is_packed = packed.iter().any(|first| head.starts_with(first));
    if zeros > 0 || is_packed {
        return Err(BadPoints::NoText);
    }
    match std::str::from_utf8(head) {
        // What is read of a longer text may end within a letter.
        Err(error) if error.error_len().is_some() => {
            let before = &head[..error.valid_up_to()];
            let lines = before.iter().filter(|&&byte| byte == b'\n').count() as u64;
            Err(BadPoints::Letters { line: 1 + lines })
        }
        _ => Ok(()),
    }
}

/// Rows of a table whose columns are any number of spaces apart, and whose lines end so.
fn spaced(source: impl Read, end: u8) -> impl Iterator<Item = std::io::Result<ByteRecord>> {
    use std::io::{BufRead as _, BufReader};
    /// A line longer than this is none.
    const LONG: u64 = 1 << 16;
    let mut lines = BufReader::new(source);
    let (mut number, mut at) = (0, 0);
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        match lines.by_ref().take(LONG).read_until(end, &mut line) {
            Ok(0) => None,
            Err(error) => Some(Err(error)),
            Ok(read) => {
                number += 1;
                let cells = line.split(u8::is_ascii_whitespace).filter(|cell| !cell.is_empty());
                let mut row: ByteRecord = cells.collect();
                let mut position = csv::Position::new();
                position.set_line(number).set_byte(at);
                at += read as u64;
                row.set_position(Some(position));
                Some(Ok(row))
            }
        }
    })
}

/// The points of rows.
fn gathered(
    rows: impl Iterator<Item = std::io::Result<ByteRecord>>,
    style: &Style,
    columns: Columns,
) -> Result<Points, BadPoints> {
    let mut places = Vec::new();
    let mut labels = Vec::new();
    let mut known: Vec<String> = Vec::new();
    let mut names = style.header.is_some();
    for row in rows {
        let row = row.map_err(|error| BadPoints::Unreadable(crate::typed::because(&error).0))?;
        let line = row.position().map_or(0, csv::Position::line);
        let is_empty = row.iter().all(<[u8]>::is_empty);
        if is_empty || std::mem::take(&mut names) {
            continue;
        }
        if let Some(open) = unclosed(&row, line) {
            return Err(BadPoints::Quote { line: open });
        }
        if row.len() != style.width {
            let (found, wanted) = (row.len(), style.width);
            return Err(BadPoints::Ragged { line, found, wanted });
        }
        if places.len() == MOST {
            return Err(BadPoints::Many { line });
        }
        let cell = |k: usize| {
            let bytes = row.get(k).unwrap_or_default();
            std::str::from_utf8(bytes).map_err(|_| BadPoints::Letters { line })
        };
        let coordinate = |k: usize| {
            let text = cell(k)?;
            if style.decimal == Decimal::Comma && text.contains('.') {
                return Err(BadPoints::Mixed { line, given: echo(text) });
            }
            number(text, style.decimal).ok_or_else(|| BadPoints::NoNumber {
                line,
                column: style.name(k),
                given: echo(text),
            })
        };
        places.push([coordinate(columns.x)?, coordinate(columns.y)?]);
        if let Some(k) = columns.label {
            let label = cell(k)?;
            if label.is_empty() {
                return Err(BadPoints::NoLabel { line });
            }
            let place = known
                .iter()
                .position(|other| is_same(other, label, style.decimal))
                .unwrap_or_else(|| {
                    known.push(label.to_owned());
                    known.len() - 1
                });
            if known.len() > 2 {
                let said: Vec<String> = known.iter().map(|label| echo(label)).collect();
                let found = format!("more than two values ({}, …)", said.join(", "));
                return Err(BadPoints::Labels { found });
            }
            labels.push(place);
        }
    }
    match places.len() {
        0 => return Err(BadPoints::Empty),
        few if few < LEAST => return Err(BadPoints::Few(few)),
        _ => {}
    }
    Ok(Points { places, labels: classes(columns, &known, &labels)? })
}

/// The line of a quote that is never closed: what it opens has swallowed the lines after it.
fn unclosed(row: &ByteRecord, line: u64) -> Option<u64> {
    row.iter().find(|cell| cell.contains(&b'\n') || cell.contains(&b'\r')).map(|_| line)
}

/// Labels as classes: the one that comes first in the order of numbers, or of letters, is 0.
fn classes(
    columns: Columns,
    known: &[String],
    labels: &[usize],
) -> Result<Option<Vec<u8>>, BadPoints> {
    if columns.label.is_none() {
        return Ok(None);
    }
    let [one, other] = known else {
        let only = known.first().map(|label| echo(label)).unwrap_or_default();
        return Err(BadPoints::Labels { found: format!("only the value {only}") });
    };
    let is_turned = match (number(one, Decimal::Point), number(other, Decimal::Point)) {
        (Some(one), Some(other)) => one > other,
        _ => one > other,
    };
    let class = |place: &usize| u8::from((*place == 1) != is_turned);
    Ok(Some(labels.iter().map(class).collect()))
}
